//! Between the table and the import: columns made of others, days that begin when a time of day
//! starts again, and the check of cells that hold many values. Rows pass one by one, in order.

use super::{Cell, Row, RowItem};
use crate::error::cut;
use crate::mapping::{ColumnRule, DaySource, Mapping, Split};
use crate::time::{
    Clock, DAY_MS, Precision, TimeError, TimeForm, read_clock, read_formed, written_day,
};
use fupan_model::{ClockStep, Decimal, Moment};

/// A time of day that lies further back than this begins the next day.
const HALF_DAY_MS: i64 = DAY_MS / 2;
/// Just after midnight, and just before: a row out of order may still belong to the day before.
const HOUR_MS: i64 = 3_600_000;
/// How many steps are listed.
const LISTED: usize = 100;

/// Stage (整理): what is made of the cells of a row before they are read.
pub(crate) struct Stage {
    made: Vec<Made>,
    splits: Vec<SplitAt>,
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

/// A cell that holds many times, to be checked.
struct SplitAt {
    split: Split,
    column: usize,
    date: Option<usize>,
    date_form: TimeForm,
    form: TimeForm,
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
        let mut splits = Vec::new();
        for rule in &mapping.facts {
            let Some(split) = &rule.split else { continue };
            let timed =
                [&rule.time, &rule.time_end].into_iter().flatten().any(|name| *name == split.value);
            if let Some(column) = at(&split.column).filter(|_| timed || split.pair.is_some()) {
                let date_form = split.date.as_deref().map(|name| mapping.time_rule(name).form());
                splits.push(SplitAt {
                    split: split.clone(),
                    column,
                    date: split.date.as_deref().and_then(at),
                    date_form: date_form.unwrap_or_default(),
                    form: mapping.time_rule(&split.value).form(),
                });
            }
        }
        let zone_s = mapping.zone_s.unwrap_or(0);
        Self { made, splits, zone_s, serials, roll_overs: 0, rolled: Vec::new() }
    }

    /// Whether rows pass unchanged.
    pub(crate) fn is_idle(&self) -> bool {
        self.made.is_empty() && self.splits.is_empty()
    }

    /// Passes a row.
    pub(crate) fn pass(&mut self, item: RowItem) -> RowItem {
        let RowItem::Good(mut row) = item else { return item };
        for at in 0..self.made.len() {
            self.make(at, &mut row);
        }
        for check in &self.splits {
            if let Some((text, expected)) = check.fault(&row) {
                let column = check.split.column.clone();
                let expected = expected.to_owned();
                return RowItem::Bad { number: row.number, column, text: cut(&text), expected };
            }
        }
        RowItem::Good(row)
    }

    fn make(&mut self, at: usize, row: &mut Row) {
        let (serials, zone_s) = (self.serials, self.zone_s);
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
                    let moment = |days: i64, ms: i64| {
                        Moment::new(days * DAY_MS + ms - i64::from(zone_s) * 1000, zone_s)
                    };
                    self.roll_overs += 1;
                    if self.rolled.len() < LISTED {
                        let from = moment(first, made.before_ms.unwrap_or(0));
                        let to = moment(*now, clock.ms);
                        self.rolled.push(ClockStep { row: row.number, from, to });
                    }
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

impl SplitAt {
    /// What is wrong with an item of the row's cell.
    fn fault(&self, row: &Row) -> Option<(String, &'static str)> {
        let text = row.cells.get(self.column)?.text.trim();
        let day = self.date.and_then(|at| row.cells.get(at));
        for item in self.split.cut(text) {
            let Some((_, value)) = item.parts else { return Some((item.text.to_owned(), "pair")) };
            if value.is_empty() {
                return Some((item.text.to_owned(), "value"));
            }
            let dated = dated(value, day, &self.date_form, self.date.is_some());
            let read = dated.map(|text| read_formed(&text, Some(0), &self.form));
            if !matches!(read, Some(Ok(_) | Err(TimeError::NoOrder | TimeError::NoPivot))) {
                return Some((item.text.to_owned(), "time"));
            }
        }
        None
    }
}

/// The words of a value with its day; those of a value that names its day itself as they are. A time
/// of day that lies more than half a day before that of the day's cell is of the next day.
pub(crate) fn dated(
    value: &str,
    day: Option<&Cell>,
    form: &TimeForm,
    needs: bool,
) -> Option<String> {
    if !needs {
        return Some(value.to_owned());
    }
    let (days, base_ms) = day_of(day?, form)?;
    let clock = read_clock(value)?;
    let next = base_ms.is_some_and(|base| clock.ms + HALF_DAY_MS < base);
    Some(format!("{} {value}", written_day(days + i64::from(next))))
}

/// The day of a cell, and its time of day where it says one.
fn day_of(cell: &Cell, form: &TimeForm) -> Option<(i64, Option<i64>)> {
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
