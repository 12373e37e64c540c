//! Between the table and the import: words that say nothing, columns made of others, days that begin
//! when a time of day starts again, and the check of cells that hold many values. Rows pass one by
//! one, in order.

use super::items::Items;
use super::{Cell, Row, RowItem};
use crate::error::cut;
use crate::mapping::{ColumnRule, DaySource, Mapping};
use crate::time::{Clock, DAY_MS, Precision, TimeForm, read_clock, read_formed, written_day};
use fupan_model::{ClockStep, Decimal, Moment};

/// A time of day that lies further back than this begins the next day.
pub(super) const HALF_DAY_MS: i64 = DAY_MS / 2;
/// Just after midnight, and just before: a row out of order may still belong to the day before.
const HOUR_MS: i64 = 3_600_000;
/// How many steps are listed.
const LISTED: usize = 100;

/// Stage (整理): what is made of the cells of a row before they are read.
pub(crate) struct Stage {
    nothing: Vec<String>,
    made: Vec<Made>,
    splits: Vec<Items>,
    zone_s: i32,
    /// Whether numbers below one are times of day, as workbooks keep them.
    serials: bool,
    /// How often a new day was begun.
    pub(crate) roll_overs: u64,
    /// The first of them.
    pub(crate) rolled: Vec<ClockStep>,
}

/// A column made of a day and a time of day.
struct Made {
    form: TimeForm,
    own: usize,
    clock: usize,
    day: Day,
    roll_over: bool,
    /// The time of day of the row before.
    last_ms: Option<i64>,
    /// The time of day before the last midnight.
    before_ms: Option<i64>,
    /// Whether a midnight was passed.
    turned: bool,
}

enum Day {
    Column(usize),
    Running(i64),
}

impl Stage {
    /// Finds the columns, and adds those that are made to the heads. A column that is not there is
    /// named by the import.
    pub(crate) fn new(mapping: &Mapping, header: &mut Vec<String>, serials: bool) -> Self {
        let mut made = Vec::new();
        for rule in &mapping.columns {
            made.extend(Made::find(rule, header));
        }
        let at = |name: &str| header.iter().position(|head| head == name);
        let rules = mapping.facts.iter();
        let splits = rules.filter_map(|rule| Items::find(rule, mapping, at)).collect();
        let nothing = mapping.layout.nothing.clone();
        let zone_s = mapping.zone_s.unwrap_or(0);
        Self { nothing, made, splits, zone_s, serials, roll_overs: 0, rolled: Vec::new() }
    }

    /// Whether rows pass unchanged.
    pub(crate) fn is_idle(&self) -> bool {
        self.nothing.is_empty() && self.made.is_empty() && self.splits.is_empty()
    }

    /// Passes a row.
    pub(crate) fn pass(&mut self, item: RowItem) -> RowItem {
        let RowItem::Good(mut row) = item else { return item };
        if !self.nothing.is_empty() {
            let says = |cell: &Cell| self.nothing.iter().any(|word| cell.text.trim() == word);
            row.cells.iter_mut().filter(|cell| says(cell)).for_each(|cell| *cell = Cell::default());
        }
        for at in 0..self.made.len() {
            self.make(at, &mut row);
        }
        let mut midnights = Vec::new();
        for items in &self.splits {
            match items.check(&row) {
                Ok(passed) => midnights.extend(passed),
                Err((text, expected)) => {
                    let (column, expected) = (items.column().to_owned(), expected.to_owned());
                    return RowItem::Bad { number: row.number, column, text: cut(&text), expected };
                }
            }
        }
        for (from, to) in midnights {
            self.rolled_over(row.number, from, to);
        }
        RowItem::Good(row)
    }

    fn make(&mut self, at: usize, row: &mut Row) {
        let serials = self.serials;
        let mut midnight = None;
        let Some(made) = self.made.get_mut(at) else { return };
        let cell = row.cells.get(made.clock).cloned().unwrap_or_default();
        let text = cell.text.trim();
        let made_of = if text.is_empty() { None } else { clock_of(&cell, serials) };
        let day = match &made.day {
            Day::Column(place) => {
                let cell = row.cells.get(*place).cloned().unwrap_or_default();
                match day_of(&cell, &made.form) {
                    Some((days, _)) => written_day(days),
                    None => cell.text.trim().to_owned(),
                }
            }
            Day::Running(days) => {
                let first = *days;
                let days = made_of.as_ref().map_or(first, |(clock, _)| made.day_at(clock.ms));
                if let (Day::Running(now), Some((clock, _))) = (&made.day, &made_of)
                    && *now > first
                {
                    let from = first * DAY_MS + made.before_ms.unwrap_or(0);
                    midnight = Some((from, *now * DAY_MS + clock.ms));
                }
                written_day(days)
            }
        };
        let clock = made_of.map_or_else(|| text.to_owned(), |(_, words)| words);
        let text = if text.is_empty() { String::new() } else { format!("{day} {clock}") };
        while row.cells.len() <= made.own {
            row.cells.push(Cell::default());
        }
        if let Some(own) = row.cells.get_mut(made.own) {
            *own = Cell { text: text.trim().to_owned(), date: None };
        }
        if let Some((from, to)) = midnight {
            self.rolled_over(row.number, from, to);
        }
    }

    /// Notes that midnight was passed, between two moments in local ms.
    fn rolled_over(&mut self, row: u64, from: i64, to: i64) {
        let moment = |local: i64| Moment::new(local - i64::from(self.zone_s) * 1000, self.zone_s);
        self.roll_overs += 1;
        if self.rolled.len() < LISTED {
            self.rolled.push(ClockStep { row, from: moment(from), to: moment(to) });
        }
    }
}

impl Made {
    fn find(rule: &ColumnRule, header: &mut Vec<String>) -> Option<Self> {
        let day = rule.day.as_ref()?;
        let at = |header: &[String], name: &str| header.iter().position(|head| head == name);
        let day = match day {
            DaySource::Column(name) => Day::Column(at(header, name)?),
            DaySource::Stated(days) => Day::Running(*days),
        };
        let clock = at(header, rule.clock.as_deref().unwrap_or(&rule.name))?;
        let own = if rule.clock.is_some() {
            header.push(rule.name.clone());
            header.len() - 1
        } else {
            clock
        };
        let (form, roll_over) = (rule.form(), rule.roll_over);
        Some(Self {
            form,
            own,
            clock,
            day,
            roll_over,
            last_ms: None,
            before_ms: None,
            turned: false,
        })
    }

    /// The day of a time of day, in the running of the log.
    fn day_at(&mut self, ms: i64) -> i64 {
        let Day::Running(days) = &mut self.day else { return 0 };
        let last = self.last_ms;
        if let Some(last) = last.filter(|_| self.roll_over) {
            if ms + HALF_DAY_MS < last {
                *days += 1;
                self.turned = true;
                self.before_ms = Some(last);
            } else if self.turned && last < HOUR_MS && ms >= DAY_MS - HOUR_MS {
                // A row from before the midnight just passed, written after it.
                return *days - 1;
            }
        }
        self.last_ms = Some(ms);
        *days
    }
}

/// The day of a cell, and its time of day where it says one.
pub(super) fn day_of(cell: &Cell, form: &TimeForm) -> Option<(i64, Option<i64>)> {
    let (ms, precision) = match cell.date {
        Some(date) => date,
        None => {
            let reading = read_formed(&cell.text, Some(0), form).ok()?;
            (reading.at.ms + i64::from(reading.at.offset_s) * 1000, reading.precision)
        }
    };
    let of_day = ms.rem_euclid(DAY_MS);
    Some((ms.div_euclid(DAY_MS), (precision > Precision::Day).then_some(of_day)))
}

/// The time of day of a cell, and its words.
fn clock_of(cell: &Cell, serials: bool) -> Option<(Clock, String)> {
    if let Some((ms, precision)) = cell.date {
        return of_ms(ms.rem_euclid(DAY_MS), precision);
    }
    let text = cell.text.trim();
    if serials && let Ok(value) = Decimal::parse(text) {
        // To the nearest millisecond: a typed second is no exact fraction of a day.
        let ms = value.times_floor(DAY_MS * 10)?.checked_add(5)?.div_euclid(10);
        let precision = match ms {
            ms if ms % 60_000 == 0 => Precision::Minute,
            ms if ms % 1000 == 0 => Precision::Second,
            _ => Precision::Milli,
        };
        return if (0..DAY_MS).contains(&ms) { of_ms(ms, precision) } else { None };
    }
    Some((read_clock(text)?, text.to_owned()))
}

fn of_ms(ms: i64, precision: Precision) -> Option<(Clock, String)> {
    let text = Moment::new(ms, 0).to_string();
    let text = text.split_once('T')?.1.trim_end_matches("+00:00").to_owned();
    let text = if precision < Precision::Second { text.get(..5)?.to_owned() } else { text };
    Some((read_clock(&text)?, text))
}
