//! One pass over the rows of a log: what is rejected, what is repeated, what the rules make of the
//! rest. Rows come one by one, or in parts; always in the order of the log.

use super::clock::ClockWatch;
use super::columns::Columns;
use super::condition::Conditions;
use super::curve::Curves;
use super::figures::Figures;
use super::offer::Offer;
use super::part::{Part, Reading};
use super::pick::{Picker, Place};
use super::repeats::{Repeats, Seen};
use super::spread::Taker;
use super::values::{self, ReadError};
use super::{Anchors, ImportInput};
use crate::error::{IntakeError, IntakeErrors};
use crate::mapping::FactRule;
use crate::table::piece::{BadRow, PieceRow};
use crate::table::stage::Stage;
use crate::table::{RowItem, print};
use fupan_model::{ClockNotes, Fact, ImportReport, Moment, RejectedRow};
use sha2::{Digest as _, Sha256};
use std::io;
use std::rc::Rc;

/// How many rejected rows a report lists.
const LISTED: usize = 1000;

/// One pass over the rows (一次导入).
pub(super) struct Run<'a, 'r> {
    input: &'a ImportInput<'a>,
    columns: &'a Columns<'a>,
    conditions: &'a [Conditions<'a>],
    stage: Stage,
    place: Place,
    repeats: &'r mut Repeats,
    figures: Figures,
    clock: ClockWatch,
    time: Option<usize>,
    pickers: Vec<Option<Picker<'a>>>,
    curves: Vec<Curves<'a>>,
    report: ImportReport,
}

/// What ends a pass early (中止).
pub(super) enum Stop {
    /// The log cannot be read.
    System(io::Error),
    /// What a person must state first.
    Refused(IntakeErrors),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl<'a, 'r> Run<'a, 'r> {
    /// Without anchors, all rules that wait for none; with anchors, those that do.
    pub(super) fn new(
        input: &'a ImportInput<'a>,
        columns: &'a Columns<'a>,
        conditions: &'a [Conditions<'a>],
        stage: Stage,
        repeats: &'r mut Repeats,
        anchors: Option<&Anchors<'_>>,
    ) -> Self {
        let picker = |rule: &'a FactRule| {
            let after = match (&rule.after_fact, anchors) {
                (None, None) => None,
                (Some(id), Some(anchors)) => Some(anchors.get(id.as_str())?.clone()),
                _ => return None,
            };
            Some(Picker::new(rule, input, columns, after))
        };
        let pickers = input.mapping.facts.iter().map(picker).collect();
        let time = columns.time();
        Self {
            input,
            columns,
            conditions,
            stage,
            place: Place::default(),
            repeats,
            figures: Figures::new(columns),
            clock: ClockWatch::new(time.and_then(|(_, every)| every)),
            time: time.map(|(at, _)| at),
            pickers,
            curves: input.mapping.series.iter().map(Curves::new).collect(),
            report: ImportReport {
                evidence: input.evidence.id.clone(),
                mapping: input.mapping.digest.clone(),
                rows: 0,
                rejected_total: 0,
                rejected: Vec::new(),
                duplicates: 0,
                first: None,
                last: None,
                columns: Vec::new(),
                facts: 0,
                formulas: 0,
                series: Vec::new(),
                clock: ClockNotes::default(),
            },
        }
    }

    pub(super) fn columns(&self) -> &'a Columns<'a> {
        self.columns
    }

    pub(super) fn conditions(&self) -> &'a [Conditions<'a>] {
        self.conditions
    }

    /// Whether rows may come in parts: nothing changes their cells before they are read, and nothing
    /// but the rules looks at them.
    pub(super) fn takes_parts(&self) -> bool {
        self.stage.is_idle() && self.curves.is_empty()
    }

    /// What takes its parts.
    pub(super) fn taker<'t>(&'t mut self, reading: &'t Reading<'t>) -> Parts<'t, 'a, 'r> {
        Parts { run: self, reading }
    }

    /// The rows that follow stand in this sheet or member; so many of their cells a formula computed.
    pub(super) fn begin(&mut self, sheet: Option<String>, member: usize, formulas: u64) {
        self.report.formulas += formulas;
        self.place = Place { sheet: sheet.map(Rc::from), member };
        for picker in self.pickers.iter_mut().flatten() {
            picker.begin(self.place.clone());
        }
    }

    /// Takes a row.
    pub(super) fn take(&mut self, item: RowItem) -> Result<(), IntakeErrors> {
        self.report.rows += 1;
        let item = if self.stage.is_idle() { item } else { self.stage.pass(item) };
        let row = match item {
            RowItem::Good(row) => row,
            RowItem::Bad { number, column, text, expected } => {
                self.reject(RejectedRow { row: number, column, text, expected });
                return Ok(());
            }
        };
        let parsed = match self.columns.parse(&row, &self.input.scope()) {
            Ok(parsed) => parsed,
            Err(ReadError::Row(rejected)) => {
                self.reject(rejected);
                return Ok(());
            }
            Err(whole @ ReadError::Whole { .. }) => return Err(self.refusal(whole, 0)),
        };
        let cells = || row.cells.iter().map(|cell| cell.text.as_str());
        let at = self.time.and_then(|at| parsed.get(at)).and_then(values::Parsed::at);
        let quick = print::of_cells(cells());
        let quick = print::near(quick, at.map(|at| at.ms));
        let seen = self.repeats.see(self.report.rows, quick, || whole_print(cells()), || false);
        if seen == Seen::New && !self.repeats.is_void() {
            let place = |at: usize| self.columns.rules.get(at).map(|(place, _)| *place);
            let text = |at| place(at).and_then(|place| row.cells.get(place));
            self.figures.add(&parsed, |at| text(at).map_or("", |cell| cell.text.as_str()));
            let offer = Offer::Row { row: &row, parsed: &parsed };
            self.offer(&offer, 0, at, None);
            self.settle(|_| offer);
            for curves in &mut self.curves {
                curves.see(&row, &parsed, self.columns);
            }
        } else if seen == Seen::Again {
            self.report.duplicates += 1;
        }
        Ok(())
    }

    /// A row that is none.
    fn bad(&mut self, row: u64, bad: BadRow) {
        let BadRow { column, text, expected } = bad;
        self.reject(RejectedRow { row, column, text, expected });
    }

    /// What a person must state first; `lines` stand before those of the error.
    fn refusal(&self, error: ReadError, lines: u64) -> IntakeErrors {
        match error {
            ReadError::Whole { column, text, row, lack } => {
                let place = format!("column[{column}]");
                let spot = format!("{}:{}", self.input.evidence.path, lines + row);
                let (key, problem) = lack.stated(spot);
                IntakeError::at(self.input.mapping_name, &place, key, &text, problem).into()
            }
            ReadError::Row(_) => IntakeErrors(Vec::new()),
        }
    }

    /// Shows a row to the clock and to the rules. `fits`: those of the first 64 whose conditions it
    /// is known to meet.
    fn offer(&mut self, row: &Offer<'_>, at: usize, time: Option<Moment>, fits: Option<u64>) {
        if let Some(time) = time {
            self.clock.see(row.number(), time);
        }
        if fits == Some(0) && self.pickers.len() <= 64 {
            return;
        }
        let rules = self.pickers.iter_mut().zip(self.conditions).enumerate();
        for (rule, (picker, conditions)) in rules {
            let Some(picker) = picker else { continue };
            let fit = match fits.filter(|_| rule < 64) {
                Some(fits) => fits >> rule & 1 == 1,
                None => conditions.hold(|place| row.text(place)),
            };
            if fit {
                picker.take(row, at);
            }
        }
    }

    fn settle<'o>(&mut self, row: impl Fn(usize) -> Offer<'o>) {
        for picker in self.pickers.iter_mut().flatten() {
            picker.settle(&row);
        }
    }

    fn reject(&mut self, mut row: RejectedRow) {
        // Of several members, the row alone does not tell where it stands.
        if let Some(sheet) = self.place.sheet.as_ref().filter(|_| self.place.member > 0) {
            row.column = format!("{sheet}: {}", row.column).trim_end().to_owned();
        }
        self.report.rejected_total += 1;
        if self.report.rejected.len() < LISTED {
            self.report.rejected.push(row);
        }
    }

    /// The report, without the number of facts; and the facts of each rule.
    pub(super) fn finish(self) -> (ImportReport, Vec<Vec<Fact>>) {
        let facts = self.pickers.into_iter();
        let facts = facts.map(|picker| picker.map(Picker::finish).unwrap_or_default()).collect();
        let mut report = self.report;
        (report.first, report.last) = self.figures.span();
        report.columns = self.figures.finish();
        report.series = self.curves.into_iter().flat_map(Curves::finish).collect();
        report.clock = self.clock.finish(self.stage.roll_overs, self.stage.rolled);
        (report, facts)
    }
}

/// A pass that takes parts (分段接收).
pub(super) struct Parts<'t, 'a, 'r> {
    run: &'t mut Run<'a, 'r>,
    reading: &'t Reading<'t>,
}

impl Parts<'_, '_, '_> {
    /// Judges the rows of a part; gives those that repeat an earlier one.
    fn see(&mut self, part: &Part, before: Option<&Part>) -> Vec<usize> {
        let (piece, width) = (&part.piece, self.run.columns.width);
        let first = self.run.report.rows + 1;
        self.run.report.rows += piece.rows.len() as u64;
        let good = || piece.rows.iter().enumerate().filter(|(_, row)| !row.is_bad);
        let at_hand = |at: usize, row: &PieceRow| {
            let own = piece.rows.get(..at).unwrap_or_default();
            let own = own.iter().rev().any(|other| piece.is_same(row, piece, other, width));
            let old = |old: &Part| {
                old.piece.rows.iter().any(|other| piece.is_same(row, &old.piece, other, width))
            };
            own || before.is_some_and(old)
        };
        let repeats = &mut *self.run.repeats;
        let screened = repeats.screen(good().map(|(at, row)| (at, row.print)));
        let mut again = |(at, row): &(usize, &PieceRow), screened: bool| {
            let seen = if screened {
                repeats.suspect(row.print, || at_hand(*at, row))
            } else {
                let whole = || whole_print((0..width).map(|place| piece.cell(row, place)));
                repeats.see(first + *at as u64, row.print, whole, || at_hand(*at, row))
            };
            seen == Seen::Again
        };
        match screened {
            Some(suspects) => {
                let rows = suspects.into_iter();
                let rows = rows.filter_map(|at| Some((at, piece.rows.get(at)?)));
                rows.filter(|row| again(row, true)).map(|(at, _)| at).collect()
            }
            None => good().filter(|row| again(row, false)).map(|(at, _)| at).collect(),
        }
    }

    /// Takes the rows of a part but those that are repeated.
    fn rows(&mut self, part: &Part, lines: u64, again: &[usize]) {
        let (run, reading) = (&mut *self.run, self.reading);
        let offer = |at| Offer::Part { part, at, lines, reading };
        let mut again = again.iter().peekable();
        for (at, row) in part.piece.rows.iter().enumerate() {
            if again.next_if(|next| **next == at).is_some() {
                run.report.duplicates += 1;
                continue;
            }
            if row.is_bad {
                let bad = usize::try_from(row.at).ok().and_then(|at| part.piece.bad.get(at));
                let bad = bad.cloned().unwrap_or_default();
                run.bad(lines + u64::from(row.line), bad);
                continue;
            }
            run.offer(&offer(at), at, reading.stamp(part, at), Some(row.fits));
        }
        run.settle(offer);
    }
}

impl Taker for Parts<'_, '_, '_> {
    type Stop = Stop;

    fn part(&mut self, part: &Part, lines: u64, before: Option<&Part>) -> Result<(), Stop> {
        let was_void = self.run.repeats.is_void();
        let again = self.see(part, before);
        if was_void || self.run.repeats.is_void() {
            return Ok(());
        }
        self.rows(part, lines, &again);
        match &part.figures {
            Some(figures) if again.is_empty() => self.run.figures.merge(figures),
            _ => {
                let (mut again, mut seen) = (again.iter().peekable(), Vec::new());
                for (at, row) in part.piece.rows.iter().enumerate() {
                    if again.next_if(|next| **next == at).is_none() && !row.is_bad {
                        let values = self.reading.values(part, at);
                        let figures = &mut self.run.figures;
                        self.reading.count(figures, values);
                        self.reading.count_words(figures, &part.piece, row, &mut seen);
                    }
                }
            }
        }
        match &part.refused {
            Some(refused) => Err(Stop::Refused(self.run.refusal(refused.clone(), lines))),
            None => Ok(()),
        }
    }

    fn long(&mut self, line: u64, start: &[u8]) {
        self.run.report.rows += 1;
        let bad = self.reading.too_long(start);
        self.run.bad(line, bad);
    }
}

/// Half a SHA-256 of the cells: two rows have one print only when they are the same to the letter.
fn whole_print<'c>(cells: impl Iterator<Item = &'c str>) -> u128 {
    let mut hash = Sha256::new();
    for cell in cells {
        hash.update(cell.len().to_le_bytes());
        hash.update(cell.as_bytes());
    }
    hash.finalize().iter().take(16).fold(0, |print, byte| print << 8 | u128::from(*byte))
}
