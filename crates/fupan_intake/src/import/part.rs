//! A piece of a text, read: what a thread of its own makes of a block, to be put in order after.

use super::columns::Columns;
use super::condition::Conditions;
use super::figures::Figures;
use super::values::{Parsed, ReadError, Scope, parse};
use crate::error::cut;
use crate::mapping::{ColumnKind, ColumnRule};
use crate::table::known::Guide;
use crate::table::piece::{BadRow, Piece, PieceRow, Plain, begins_solid, trimmed};
use crate::table::{Cell, Row, print};
use crate::time::{Precision, Quick};
use fupan_model::{Decimal, Moment};

/// A time or a number of a row (行值).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Empty,
    Time(Moment),
    Number(Decimal),
}

/// Part (分段): a piece and what stands in it.
#[derive(Default)]
pub(super) struct Part {
    pub(super) piece: Piece,
    /// Times and numbers: of every row as many as there are such columns.
    values: Vec<Value>,
    /// The row from which nothing is read, because a person must state something first.
    pub(super) refused: Option<ReadError>,
    /// Figures of all good rows.
    pub(super) figures: Option<Figures>,
}

/// How parts are read (分段读法). Threads share it.
pub(super) struct Reading<'a> {
    plain: &'a Plain,
    columns: &'a Columns<'a>,
    scope: Scope<'a>,
    conditions: &'a [Conditions<'a>],
    typed: Vec<Typed<'a>>,
    /// Which of them is the log's own time.
    stamp: Option<usize>,
    /// Columns of words that must not be empty.
    needed: Vec<(usize, &'a ColumnRule)>,
    /// Of each column, whether its cells are read as times or numbers.
    is_typed: Vec<bool>,
    /// The first 64 rules, a bit each; and those with conditions on times or numbers.
    rules: u64,
    unsure: u64,
}

/// A column of times or numbers.
struct Typed<'a> {
    place: usize,
    rule: &'a ColumnRule,
    /// Of a time: which precisions have a policy in the book.
    bounded: [bool; PRECISIONS.len()],
}

const PRECISIONS: [Precision; 2] = [Precision::Second, Precision::Milli];

impl<'a> Reading<'a> {
    pub(super) fn new(
        plain: &'a Plain,
        columns: &'a Columns<'a>,
        scope: Scope<'a>,
        conditions: &'a [Conditions<'a>],
    ) -> Self {
        let typed = |(place, rule): &'a (usize, ColumnRule)| {
            let bounded = PRECISIONS.map(|precision| match &rule.policy {
                Some(id) => scope.policies.by_name.contains_key(id),
                None => scope.policies.of(precision).is_some(),
            });
            Typed { place: *place, rule, bounded }
        };
        let rules = || columns.rules.iter();
        let time = rules().position(|(_, rule)| rule.kind == ColumnKind::Time);
        let typed_before =
            |at: usize| rules().take(at).filter(|(_, rule)| rule.kind != ColumnKind::Text).count();
        let mut is_typed = vec![false; plain.header.len()];
        for (place, _) in rules().filter(|(_, rule)| rule.kind != ColumnKind::Text) {
            if let Some(is_typed) = is_typed.get_mut(*place) {
                *is_typed = true;
            }
        }
        Self {
            plain,
            columns,
            scope,
            conditions,
            typed: rules().filter(|(_, rule)| rule.kind != ColumnKind::Text).map(typed).collect(),
            rules: bits(conditions, |_| true),
            unsure: bits(conditions, |one| {
                !one.are_on(|place| is_typed.get(place).is_some_and(|typed| !typed))
            }),
            is_typed,
            stamp: time.map(typed_before),
            needed: rules()
                .filter(|(_, rule)| rule.kind == ColumnKind::Text && rule.required)
                .map(|(place, rule)| (*place, rule))
                .collect(),
        }
    }

    /// Reads a block.
    pub(super) fn read(&self, part: &mut Part, last: bool) {
        let judge = |column: usize, text: &str| self.judge(column, text);
        let guide = Guide { typed: &self.is_typed, rules: self.rules, judge: &judge };
        part.piece.cut(self.plain, &guide, last);
        part.values.clear();
        part.refused = None;
        part.figures = None;
        let mut quick = vec![Quick::default(); self.typed.len()];
        let mut figures = Figures::new(self.columns);
        let mut seen = Vec::new();
        let mut rows = std::mem::take(&mut part.piece.rows);
        let mut end = rows.len();
        for (at, row) in rows.iter_mut().enumerate() {
            let start = part.values.len();
            if !row.is_bad && !self.row(part, row, &mut quick) {
                match self.why(part, row) {
                    Some(ReadError::Row(bad)) => {
                        row.is_bad = true;
                        row.at = u32::try_from(part.piece.bad.len()).unwrap_or(u32::MAX);
                        let (column, text, expected) = (bad.column, bad.text, bad.expected);
                        part.piece.bad.push(BadRow { column, text, expected });
                    }
                    whole => {
                        part.refused = whole;
                        end = at;
                        break;
                    }
                }
            }
            if row.is_bad {
                part.values.truncate(start);
                part.values.resize(start + self.typed.len(), Value::Empty);
                continue;
            }
            let values = part.values.get(start..).unwrap_or_default();
            self.count(&mut figures, values);
            self.count_words(&mut figures, &part.piece, row, &mut seen);
            row.print = print::near(row.print, self.stamp_of(values).map(|time| time.ms));
            row.fits = self.fits(&part.piece, row);
        }
        rows.truncate(end);
        part.piece.rows = rows;
        part.figures = Some(figures);
    }

    /// Reads the cells of a row; gives whether they can be read.
    fn row(&self, part: &mut Part, row: &PieceRow, quick: &mut [Quick]) -> bool {
        for (typed, quick) in self.typed.iter().zip(quick) {
            let text = part.piece.cell_bytes(row, typed.place);
            let slowly = || self.slowly(typed.rule, part.piece.cell(row, typed.place));
            let Some(value) = self.quickly(typed, text, quick).or_else(slowly) else {
                return false;
            };
            part.values.push(value);
        }
        // Known words were judged.
        let is_judged =
            |place: usize| row.is_known && self.is_typed.get(place).is_some_and(|typed| !typed);
        self.needed.iter().all(|(place, rule)| {
            is_judged(*place) || self.is_there(rule, part.piece.cell(row, *place))
        })
    }

    /// Whether a cell of words that must not be empty is not.
    fn is_there(&self, rule: &ColumnRule, text: &str) -> bool {
        begins_solid(text.as_bytes()) || self.slowly(rule, text).is_some()
    }

    /// What a word of a column means, whatever its row: the rules whose conditions on it hold.
    /// `None`: a row with it is none.
    fn judge(&self, column: usize, text: &str) -> Option<u64> {
        let mut own = self.needed.iter().filter(|(place, _)| *place == column);
        let good = own.all(|(_, rule)| self.is_there(rule, text));
        good.then(|| bits(self.conditions, |one| one.hold_on(column, trimmed(text))))
    }

    /// Why a row cannot be read: the first of its columns, in the order of the mapping.
    fn why(&self, part: &Part, row: &PieceRow) -> Option<ReadError> {
        self.columns.parse(&self.cells(part, row, 0), &self.scope).err()
    }

    /// The plain forms.
    fn quickly(&self, typed: &Typed<'_>, text: &[u8], quick: &mut Quick) -> Option<Value> {
        if typed.rule.kind == ColumnKind::Number {
            return Decimal::read(text).map(Value::Number);
        }
        let zone_s = self.scope.zone_s.filter(|_| typed.rule.epoch.is_none())?;
        let (ms, precision) = quick.read(text)?;
        let at = PRECISIONS.iter().position(|known| *known == precision)?;
        let ms = ms - i64::from(zone_s) * 1000;
        let good = typed.bounded.get(at).is_some_and(|good| *good) && self.scope.is_near(ms);
        good.then(|| Value::Time(Moment::new(ms, zone_s)))
    }

    /// Any form.
    fn slowly(&self, rule: &ColumnRule, text: &str) -> Option<Value> {
        let cell = Cell { text: text.to_owned(), date: None };
        Some(match parse(&cell, rule, 0, &self.scope).ok()? {
            Parsed::Time(stated) => Value::Time(stated.at),
            Parsed::Number(number) => Value::Number(number),
            Parsed::Empty | Parsed::Text => Value::Empty,
        })
    }

    /// Adds a row to the figures.
    pub(super) fn count(&self, figures: &mut Figures, values: &[Value]) {
        let mut values = values.iter();
        for (at, (_, rule)) in self.columns.rules.iter().enumerate() {
            if rule.kind == ColumnKind::Text {
                continue;
            }
            match values.next() {
                Some(Value::Time(time)) => figures.time(at, *time),
                Some(Value::Number(number)) => figures.number(at, *number),
                Some(Value::Empty) | None => {}
            }
        }
    }

    /// Adds the words of a row. `seen`: known words that were added before.
    pub(super) fn count_words(
        &self,
        figures: &mut Figures,
        piece: &Piece,
        row: &PieceRow,
        seen: &mut Vec<bool>,
    ) {
        for (at, (place, rule)) in self.columns.rules.iter().enumerate() {
            if rule.kind != ColumnKind::Text {
                continue;
            }
            if let Some(word) = piece.known_word(row, *place) {
                if seen.len() <= word {
                    seen.resize(word + 1, false);
                }
                if seen.get_mut(word).is_none_or(|seen| std::mem::replace(seen, true)) {
                    continue;
                }
            }
            figures.text(at, piece.cell(row, *place));
        }
    }

    /// The rules whose conditions a row meets.
    fn fits(&self, piece: &Piece, row: &PieceRow) -> u64 {
        let open = if row.is_known { row.fits & self.unsure } else { self.rules };
        if open == 0 {
            return row.fits;
        }
        let hold = |one: &Conditions<'_>| one.hold(|place| trimmed(piece.cell(row, place)));
        let mut at = 0;
        let found = bits(self.conditions, |one| {
            at += 1;
            open >> (at - 1) & 1 == 1 && hold(one)
        });
        row.fits & !self.unsure | found
    }

    /// The values of a row.
    pub(super) fn values<'p>(&self, part: &'p Part, at: usize) -> &'p [Value] {
        let width = self.typed.len();
        part.values.get(at * width..(at + 1) * width).unwrap_or_default()
    }

    /// The log's own time of a row.
    pub(super) fn stamp(&self, part: &Part, at: usize) -> Option<Moment> {
        self.stamp_of(self.values(part, at))
    }

    fn stamp_of(&self, values: &[Value]) -> Option<Moment> {
        match self.stamp.and_then(|at| values.get(at)) {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        }
    }

    /// The value of a column, by its place among the rules.
    pub(super) fn value(&self, part: &Part, at: usize, rule: usize) -> Value {
        let before = self.columns.rules.iter().take(rule);
        let before = before.filter(|(_, rule)| rule.kind != ColumnKind::Text).count();
        self.values(part, at).get(before).copied().unwrap_or(Value::Empty)
    }

    /// A row as a value of its own, with all that was read of it. `lines`: before the part.
    pub(super) fn owned(&self, part: &Part, at: usize, lines: u64) -> (Row, Vec<Parsed>) {
        let Some(row) = part.piece.rows.get(at) else { return (Row::default(), Vec::new()) };
        let row = self.cells(part, row, lines);
        // It was read before; that it could be, is known.
        let parsed = self.columns.parse(&row, &self.scope).unwrap_or_default();
        (row, parsed)
    }

    fn cells(&self, part: &Part, row: &PieceRow, lines: u64) -> Row {
        let cell = |place| Cell { text: part.piece.cell(row, place).to_owned(), date: None };
        let cells = (0..self.plain.header.len()).map(cell).collect();
        Row { number: lines + u64::from(row.line), cells }
    }

    /// A line that is too long, by its beginning.
    pub(super) fn too_long(&self, start: &[u8]) -> BadRow {
        let text = self.plain.charset.encoding().decode_without_bom_handling(start).0;
        let expected = String::from("shorter-line");
        BadRow { column: String::new(), text: cut(&text), expected }
    }
}

/// The first 64 rules whose conditions are `such`, a bit each.
fn bits(conditions: &[Conditions<'_>], mut such: impl FnMut(&Conditions<'_>) -> bool) -> u64 {
    let rules = conditions.iter().enumerate().take(64);
    rules.fold(0, |bits, (at, one)| bits | u64::from(such(one)) << at)
}
