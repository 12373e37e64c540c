//! Which rows repeat an earlier one to the letter, exactly, in memory that does not grow with the
//! log (but for a bit a row where most rows are repeated).
//!
//! While a log is read for the first time, a filter of quick prints says which rows cannot have
//! been there. A row that may have been is looked for among the rows still at hand; if it is not
//! found there, the rest of the log is only searched for more such suspects, and the log is read
//! again: now half a SHA-256 of every suspect is kept, and there are few. Where they are too many
//! to be kept at once, the log is searched in several passes, each for the rows whose SHA-256 lies
//! in the next range, and what repeats is marked by its place.

use super::filter::Filter;
use std::collections::{BTreeMap, HashSet};

/// How much is kept (容量).
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Blocks of the filter of all rows, as a power of two.
    pub(super) rows: u32,
    /// Blocks of the filter of suspects, as a power of two.
    pub(super) suspects: u32,
    /// How many rows are kept exactly.
    pub(super) exact: usize,
}

impl Room {
    /// 64 MB, 8 MB, and at most some 50 MB.
    pub(super) const ORDINARY: Self = Self { rows: 20, suspects: 17, exact: 1 << 20 };
}

/// What is known of a row (重复判断).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It repeats no earlier row.
    New,
    /// It repeats an earlier row.
    Again,
    /// It may: the log must be read again, and this pass tells no more.
    Unknown,
}

/// Repeats (重复行).
pub(super) struct Repeats {
    room: Room,
    suspects: Filter,
    state: State,
}

enum State {
    /// The first pass.
    First { rows: Filter, searching: bool },
    /// Suspects are kept, those whose whole print lies in the range.
    Exact { kept: HashSet<u128>, from: u128, to: Option<u128>, marks: Marks },
    /// All is marked.
    Marked(Marks),
}

impl Repeats {
    pub(super) fn new(room: Room) -> Self {
        let suspects = Filter::new(room.suspects);
        let state = State::First { rows: Filter::new(room.rows), searching: false };
        Self { room, suspects, state }
    }

    /// Whether this pass tells nothing any more but which rows are suspects or repeated.
    pub(super) fn is_void(&self) -> bool {
        match &self.state {
            State::First { searching, .. } => *searching,
            State::Exact { from, to, .. } => *from > 0 || to.is_some(),
            State::Marked(_) => false,
        }
    }

    /// Judges the row `at` (counted over the whole log) by its quick print; `whole` gives the
    /// whole one, and `at_hand` says whether the same row is still at hand.
    pub(super) fn see(
        &mut self,
        at: u64,
        print: u64,
        whole: impl FnOnce() -> u128,
        at_hand: impl FnOnce() -> bool,
    ) -> Seen {
        let (room, suspects) = (self.room, &self.suspects);
        match &mut self.state {
            State::First { rows, searching } => match (rows.put(print), *searching) {
                (true, _) => self.suspect(print, at_hand),
                (false, true) => Seen::Unknown,
                (false, false) => Seen::New,
            },
            State::Exact { kept, from, to, marks } => {
                if !suspects.has(print) {
                    return Seen::New;
                }
                let whole = whole();
                if whole < *from || to.is_some_and(|to| whole >= to) {
                    return Seen::Unknown;
                }
                if !kept.insert(whole) {
                    marks.put(at);
                    return Seen::Again;
                }
                while kept.len() > room.exact {
                    let end = to.unwrap_or(u128::MAX);
                    let middle = *from + (end - *from) / 2;
                    kept.retain(|print| *print < middle);
                    *to = Some(middle);
                }
                Seen::New
            }
            State::Marked(marks) => {
                if marks.has(at) {
                    Seen::Again
                } else {
                    Seen::New
                }
            }
        }
    }

    /// Puts the prints of many rows into the filter at once, while the log is read for the first
    /// time; gives the rows that are suspects. `None`: each row must be seen by itself.
    pub(super) fn screen(
        &mut self,
        rows: impl Iterator<Item = (usize, u64)>,
    ) -> Option<Vec<usize>> {
        let State::First { rows: filter, .. } = &mut self.state else { return None };
        Some(rows.filter(|(_, print)| filter.put(*print)).map(|(at, _)| at).collect())
    }

    /// Judges a suspect, while the log is read for the first time.
    pub(super) fn suspect(&mut self, print: u64, at_hand: impl FnOnce() -> bool) -> Seen {
        self.suspects.put(print);
        let State::First { searching, .. } = &mut self.state else { return Seen::Unknown };
        if !*searching && at_hand() {
            return Seen::Again;
        }
        *searching = true;
        Seen::Unknown
    }

    /// Ends a pass; gives whether what it told holds. If not, the log must be read again.
    pub(super) fn end_pass(&mut self) -> bool {
        let void = self.is_void();
        let state = std::mem::replace(&mut self.state, State::Marked(Marks::default()));
        self.state = match state {
            State::First { searching: true, .. } => {
                State::Exact { kept: HashSet::new(), from: 0, to: None, marks: Marks::default() }
            }
            State::Exact { mut kept, to: Some(to), marks, .. } => {
                kept.clear();
                State::Exact { kept, from: to, to: None, marks }
            }
            State::Exact { from: 1.., to: None, marks, .. } => State::Marked(marks),
            // What is known now holds for every later pass as well.
            State::Exact { marks, .. } | State::Marked(marks) => State::Marked(marks),
            State::First { .. } => {
                State::First { rows: Filter::new(self.room.rows), searching: false }
            }
        };
        !void
    }
}

/// Marks of rows by their place (标记): pages of 4,096 rows, of which only those in use are kept.
#[derive(Default)]
struct Marks(BTreeMap<u64, Box<[u64; 64]>>);

impl Marks {
    fn put(&mut self, at: u64) {
        let page = self.0.entry(at >> 12).or_insert_with(|| Box::new([0; 64]));
        if let Some(word) = page.get_mut(place(at)) {
            *word |= 1 << (at & 63);
        }
    }

    fn has(&self, at: u64) -> bool {
        let word = self.0.get(&(at >> 12)).and_then(|page| page.get(place(at)));
        word.is_some_and(|word| word >> (at & 63) & 1 == 1)
    }
}

fn place(at: u64) -> usize {
    usize::try_from(at >> 6 & 63).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::print;
    use sha2::{Digest as _, Sha256};

    fn whole(text: &str) -> u128 {
        let hash = Sha256::digest(text.as_bytes());
        hash.iter().take(16).fold(0, |all, byte| all << 8 | u128::from(*byte))
    }

    /// Reads a log until a pass holds; gives the rows that repeat, the passes, and the most kept.
    fn repeats(log: &[String], room: Room) -> (Vec<usize>, usize, usize) {
        let mut repeats = Repeats::new(room);
        let (mut passes, mut most) = (0, 0);
        loop {
            passes += 1;
            let mut found = Vec::new();
            for (at, row) in log.iter().enumerate() {
                let near = log.get(at.saturating_sub(3)..at).unwrap_or_default();
                let print = print::of_text(row.as_bytes());
                let seen = repeats.see(at as u64, print, || whole(row), || near.contains(row));
                if seen == Seen::Again {
                    found.push(at);
                }
                if let State::Exact { kept, .. } = &repeats.state {
                    most = most.max(kept.len());
                }
            }
            if repeats.end_pass() {
                return (found, passes, most);
            }
            assert!(passes < 2000);
        }
    }

    #[test]
    fn the_same_rows_as_by_keeping_all() {
        let mut dice = 7_u64;
        let mut roll = |most: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            (dice >> 33) % most
        };
        let (mut single, mut several) = (0, 0);
        for round in 0..100 {
            let words = 1 + roll(1 + 40 * round);
            let log: Vec<String> = (0..roll(400)).map(|_| format!("row {}", roll(words))).collect();
            let mut seen = HashSet::new();
            let rows = log.iter().enumerate();
            let naive: Vec<usize> =
                rows.filter(|(_, row)| !seen.insert(row.as_str())).map(|(at, _)| at).collect();
            for room in [
                Room { rows: 0, suspects: 0, exact: 2 },
                Room { rows: 2, suspects: 1, exact: 5 },
                Room { rows: 8, suspects: 8, exact: 10 },
                Room { rows: 10, suspects: 10, exact: 1000 },
            ] {
                let (found, passes, most) = repeats(&log, room);
                assert_eq!(found, naive, "round {round} {room:?}");
                assert!(most <= room.exact + 1, "{most} kept of {room:?}");
                single += usize::from(passes == 1);
                several += usize::from(passes > 3);
            }
        }
        assert!(single > 20 && several > 20, "{single} {several}");
    }

    #[test]
    fn rows_without_repeats_need_one_pass_and_near_repeats_as_well() {
        let log: Vec<String> = (0..2000).map(|n| format!("row {}", n - n % 2)).collect();
        let (found, passes, _) = repeats(&log, Room { rows: 10, suspects: 4, exact: 1 });
        assert_eq!((found.len(), passes), (1000, 1));
    }
}
