//! Which rows make facts: first, last or each of those that fit, a threshold crossed and kept, or
//! what several rows say together.

use super::ImportInput;
use super::columns::Columns;
use super::facts::make;
use super::offer::Offer;
use super::trigger::Watch;
use super::values::Parsed;
use crate::mapping::{ColumnKind, Crossing, FactRule, Pick};
use crate::table::Row;
use crate::table::items::Items;
use fupan_model::{Fact, Moment, Stated};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A rule at work (取数).
pub(super) struct Picker<'a> {
    rule: &'a FactRule,
    input: &'a ImportInput<'a>,
    columns: &'a Columns<'a>,
    place: Place,
    facts: Vec<Fact>,
    /// The time of the best row so far, for first and last; the row itself, or where it stands in
    /// what is being read.
    best_at: Option<Option<Moment>>,
    best: Option<Candidate>,
    pending: Option<usize>,
    /// Where the time of its rows stands among the rules of columns.
    time: Option<usize>,
    /// Where the value of its threshold stands among them.
    value: Option<usize>,
    stay: Stay,
    watch: Option<Watch<'a>>,
    items: Option<Items>,
    after: Option<After>,
}

/// Which of several tables a row stands in (所在表).
#[derive(Clone, Default)]
pub(super) struct Place {
    /// Sheet, or member of an archive.
    pub(super) sheet: Option<Rc<str>>,
    /// Which of several members, from 1; 0: there is but one.
    pub(super) member: usize,
}

/// From when on rows count.
#[derive(Clone)]
pub(super) struct After {
    /// The moment.
    pub(super) at: Moment,
    /// The row that is no row after itself: member and number.
    pub(super) row: Option<(usize, u64)>,
}

/// What a rule makes besides the columns of the row (派生值).
#[derive(Clone, Default)]
pub(super) struct Extra {
    /// Words by name.
    pub(super) texts: BTreeMap<String, String>,
    /// Times by name.
    pub(super) times: BTreeMap<String, Stated>,
    /// Which item of a cell, from 1.
    pub(super) item: Option<usize>,
}

/// A row that may make a fact, with its time.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) row: Row,
    pub(super) parsed: Vec<Parsed>,
    pub(super) at: Option<Moment>,
    pub(super) place: Place,
    pub(super) extra: Extra,
}

/// Where the value stands with regard to the threshold.
enum Stay {
    /// On the near side.
    Out,
    /// Beyond since this row, not yet for long enough.
    Waiting(Box<Candidate>),
    /// Beyond for long enough: the fact is made.
    Told,
}

impl<'a> Picker<'a> {
    /// `after`: from when on rows count, where another rule says so.
    pub(super) fn new(
        rule: &'a FactRule,
        input: &'a ImportInput<'a>,
        columns: &'a Columns<'a>,
        after: Option<After>,
    ) -> Self {
        let stated = rule.after_time.map(|at| After { at, row: None });
        Self {
            rule,
            input,
            columns,
            place: Place::default(),
            facts: Vec::new(),
            best_at: None,
            best: None,
            pending: None,
            time: rule.time.as_deref().and_then(|column| columns.rule(column, ColumnKind::Time)),
            value: rule
                .crossing
                .as_ref()
                .and_then(|crossing| columns.rule(&crossing.column, ColumnKind::Number)),
            stay: Stay::Out,
            watch: rule.trigger.as_ref().map(Watch::new),
            items: Items::find(rule, input.mapping, |name| columns.place(name)),
            after: match (after, stated) {
                (Some(a), Some(b)) if b.at > a.at => Some(b),
                (a, b) => a.or(b),
            },
        }
    }

    /// The rows that follow stand here.
    pub(super) fn begin(&mut self, place: Place) {
        self.place = place;
    }

    /// Takes a row that meets the conditions; `at`: which it is of those being read.
    pub(super) fn take(&mut self, row: &Offer<'_>, at: usize) {
        if self.rule.split.is_some() {
            let (row, parsed) = row.owned();
            self.items(&row, &parsed);
            return;
        }
        let time = self.time.and_then(|rule| row.moment(rule));
        if !self.counts(time, row.number()) {
            return;
        }
        if self.watch.is_some() {
            let candidate = self.candidate(row.owned(), time, Extra::default());
            let (columns, column) = (self.columns, self.rule.time.as_deref());
            let watch = self.watch.as_mut();
            let found = watch.map(|watch| watch.see(candidate, columns, column));
            self.all(found.unwrap_or_default());
            return;
        }
        match &self.rule.crossing {
            Some(crossing) => self.cross(crossing, row, time),
            // Rows without a readable time cannot be first or last of a dated rule; of equal
            // times, and of undated rows, the earlier row is first and is last.
            None if self.rule.pick == Pick::Each => {
                self.make(&self.candidate(row.owned(), time, Extra::default()));
            }
            None if self.is_better(time) => {
                self.best_at = Some(time);
                self.pending = Some(at);
            }
            None => {}
        }
    }

    /// Keeps the best of the rows read, before they are gone.
    pub(super) fn settle<'r>(&mut self, row: impl Fn(usize) -> Offer<'r>) {
        if let Some(at) = self.pending.take() {
            let time = self.best_at.flatten();
            self.best = Some(self.candidate(row(at).owned(), time, Extra::default()));
        }
    }

    /// The facts of this rule.
    pub(super) fn finish(mut self) -> Vec<Fact> {
        let last = self.watch.take().map(Watch::finish).unwrap_or_default();
        self.all(last);
        if let Some(best) = self.best.take() {
            self.make(&best);
        }
        self.facts
    }

    fn all(&mut self, found: Vec<Candidate>) {
        found.into_iter().for_each(|candidate| self.choose(candidate));
    }

    /// Whether a row is late enough.
    fn counts(&self, at: Option<Moment>, number: u64) -> bool {
        let Some(after) = &self.after else { return true };
        at.is_some_and(|at| at >= after.at) && after.row != Some((self.place.member, number))
    }

    fn candidate(
        &self,
        (row, parsed): (Row, Vec<Parsed>),
        at: Option<Moment>,
        extra: Extra,
    ) -> Candidate {
        Candidate { row, parsed, at, place: self.place.clone(), extra }
    }

    fn time_of(&self, parsed: &[Parsed]) -> Option<Moment> {
        let column = self.rule.time.as_deref()?;
        self.columns.parsed(parsed, column, ColumnKind::Time)?.at()
    }

    /// The items of a cell that holds many, each as a row of its own.
    fn items(&mut self, row: &Row, parsed: &[Parsed]) {
        let Some(split) = &self.rule.split else { return };
        let (columns, input) = (self.columns, self.input);
        let rule = input.mapping.time_rule(&split.value);
        for (at, item) in split.cut(columns.text(row, &split.column)).enumerate() {
            let Some((key, value)) = item.parts else { continue };
            let mut extra = Extra { item: Some(at + 1), ..Extra::default() };
            if let Some(name) = &split.key {
                extra.texts.insert(name.clone(), key.to_owned());
            }
            extra.texts.insert(split.value.clone(), value.to_owned());
            let words = self.items.as_ref().and_then(|items| items.dated(row, key, value));
            if let Some((text, _)) = words
                && let Some(stated) = super::values::time_in(&text, &rule, &input.scope())
            {
                extra.times.insert(split.value.clone(), stated);
            }
            let own = self.rule.time.as_deref().and_then(|name| extra.times.get(name));
            let at = own.map(|stated| stated.at).or_else(|| self.time_of(parsed));
            if self.counts(at, row.number) {
                self.choose(self.candidate((row.clone(), parsed.to_vec()), at, extra));
            }
        }
    }

    fn choose(&mut self, candidate: Candidate) {
        if self.rule.pick == Pick::Each {
            self.make(&candidate);
        } else if self.is_better(candidate.at) {
            self.best_at = Some(candidate.at);
            self.best = Some(candidate);
        }
    }

    fn is_better(&self, at: Option<Moment>) -> bool {
        let dated = self.rule.time.is_some();
        match self.best_at {
            _ if dated && at.is_none() => false,
            None => true,
            Some(_) if !dated => self.rule.pick == Pick::Last,
            Some(best) if self.rule.pick == Pick::First => at < best,
            Some(best) => at > best,
        }
    }

    /// Follows the value. Rows count in the order of the log; one without value or time says
    /// nothing and changes nothing.
    fn cross(&mut self, crossing: &Crossing, row: &Offer<'_>, at: Option<Moment>) {
        let value = self.value.and_then(|rule| row.decimal(rule));
        let (Some(value), Some(at)) = (value, at) else { return };
        let beyond =
            if crossing.above { value > crossing.threshold } else { value < crossing.threshold };
        if !beyond {
            self.stay = Stay::Out;
            return;
        }
        let start = match std::mem::replace(&mut self.stay, Stay::Told) {
            Stay::Told => return,
            Stay::Waiting(start) => start,
            Stay::Out => Box::new(self.candidate(row.owned(), Some(at), Extra::default())),
        };
        let held = start.at.map_or(0, |since| at.ms.saturating_sub(since.ms));
        if held >= crossing.hold_ms {
            self.choose(*start);
        } else {
            self.stay = Stay::Waiting(start);
        }
    }

    fn make(&mut self, candidate: &Candidate) {
        let fact = make(self.rule, self.input, self.columns, candidate);
        self.facts.extend(fact);
    }
}
