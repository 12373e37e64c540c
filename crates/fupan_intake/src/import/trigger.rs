//! What several rows say together: a silence, a flood, a change of state. Rows count in the order of
//! the log.

use super::columns::Columns;
use super::pick::Candidate;
use super::values::Parsed;
use crate::mapping::{ColumnKind, Trigger};
use fupan_model::{Decimal, Stated};
use std::collections::{BTreeMap, VecDeque};

/// A trigger at work (触发器).
pub(super) struct Watch<'a> {
    trigger: &'a Trigger,
    /// Of a silence: the latest row so far.
    last: Option<Candidate>,
    /// Of a flood: the latest rows, as many as make one.
    recent: VecDeque<Candidate>,
    flood: Option<Flood>,
    /// Of a change: the state of each stream.
    states: BTreeMap<String, String>,
}

/// A flood that lasts.
struct Flood {
    start: Candidate,
    count: usize,
    until: Option<Stated>,
}

impl<'a> Watch<'a> {
    pub(super) fn new(trigger: &'a Trigger) -> Self {
        let (recent, states) = (VecDeque::new(), BTreeMap::new());
        Self { trigger, last: None, recent, flood: None, states }
    }

    /// Sees the next row; gives what it brought to light.
    pub(super) fn see(
        &mut self,
        row: Candidate,
        columns: &Columns<'_>,
        time: Option<&str>,
    ) -> Vec<Candidate> {
        let stated =
            time.and_then(|column| match columns.parsed(&row.parsed, column, ColumnKind::Time) {
                Some(Parsed::Time(stated)) => Some(stated.clone()),
                _ => None,
            });
        match self.trigger {
            Trigger::Gap { longer_ms } => self.gap(row, *longer_ms, stated),
            Trigger::Count { at_least, within_ms } => {
                self.count(row, *at_least, *within_ms, stated)
            }
            Trigger::Change { column, per, from, to } => {
                let stream = per.as_ref().map(|per| per.fill(|name| columns.text(&row.row, name)));
                let state = columns.text(&row.row, column).to_owned();
                self.change(row, stream.unwrap_or_default(), state, (from, to))
            }
        }
    }

    /// What stands open when the log ends.
    pub(super) fn finish(mut self) -> Vec<Candidate> {
        self.flood.take().map(Flood::told).into_iter().collect()
    }

    /// A row without a time says nothing. The stream is as late as its latest row.
    fn gap(&mut self, row: Candidate, longer_ms: i64, stated: Option<Stated>) -> Vec<Candidate> {
        let Some(at) = row.at else { return Vec::new() };
        let Some(last) = self.last.take() else {
            self.last = Some(row);
            return Vec::new();
        };
        let silence = last.at.map_or(0, |before| at.ms.saturating_sub(before.ms));
        if silence <= 0 {
            self.last = Some(last);
            return Vec::new();
        }
        self.last = Some(row);
        if silence <= longer_ms {
            return Vec::new();
        }
        let mut told = last;
        told.extra.texts.insert(String::from("@gap_s"), seconds(silence));
        told.extra.times.extend(stated.map(|stated| (String::from("@until"), stated)));
        vec![told]
    }

    fn count(
        &mut self,
        row: Candidate,
        at_least: usize,
        within_ms: i64,
        stated: Option<Stated>,
    ) -> Vec<Candidate> {
        let Some(at) = row.at else { return Vec::new() };
        self.recent.push_back(row);
        if self.recent.len() > at_least {
            self.recent.pop_front();
        }
        let early = |row: &Candidate| {
            row.at.is_some_and(|before| at.ms.saturating_sub(before.ms) > within_ms)
        };
        while self.recent.front().is_some_and(early) {
            self.recent.pop_front();
        }
        if self.recent.len() < at_least {
            return self.flood.take().map(Flood::told).into_iter().collect();
        }
        match (&mut self.flood, self.recent.front()) {
            (Some(flood), _) => {
                flood.count += 1;
                flood.until = stated;
            }
            (None, Some(start)) => {
                let start = start.clone();
                self.flood = Some(Flood { start, count: at_least, until: stated });
            }
            (None, None) => {}
        }
        Vec::new()
    }

    /// An empty cell says nothing of the state; the first state of a stream is no change.
    fn change(
        &mut self,
        mut row: Candidate,
        stream: String,
        state: String,
        (from, to): (&Option<String>, &Option<String>),
    ) -> Vec<Candidate> {
        if state.is_empty() {
            return Vec::new();
        }
        let before = self.states.insert(stream, state.clone());
        let Some(before) = before.filter(|before| *before != state) else { return Vec::new() };
        let asked = from.as_ref().is_none_or(|from| *from == before)
            && to.as_ref().is_none_or(|to| *to == state);
        if !asked {
            return Vec::new();
        }
        row.extra.texts.insert(String::from("@from"), before);
        row.extra.texts.insert(String::from("@to"), state);
        vec![row]
    }
}

impl Flood {
    fn told(self) -> Candidate {
        let mut told = self.start;
        told.extra.texts.insert(String::from("@count"), self.count.to_string());
        told.extra.times.extend(self.until.map(|until| (String::from("@until"), until)));
        told
    }
}

/// Milliseconds as seconds, exact.
fn seconds(ms: i64) -> String {
    let (whole, rest) = (ms.div_euclid(1000), ms.rem_euclid(1000));
    let text = if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") };
    Decimal::parse(&text).map_or(text.clone(), |value| value.to_string())
}
