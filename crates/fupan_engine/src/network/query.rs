//! Questions to a consistent set of records: gaps, windows, offsets and what they rest on.

use std::cell::OnceCell;

use super::bits::Bits;
use super::build::Network;
use super::checker::Checker;
use super::conflict::records_of;
use super::core::CoreTable;
use super::record::Bounds;
use super::relax::Relax;
use super::shortest::Scratch;

/// Solved network (相容网络): a network less some records, known to be consistent. The first gap
/// asked of it makes its core, where that is cheap; later ones ask the core.
pub struct Solved<'n> {
    pub(super) checker: Checker<'n>,
    core: OnceCell<Option<CoreTable>>,
}

/// Supports (依据): for each end of a bound, the ids of records that give it, none of which can
/// be spared; empty where the end is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supports {
    /// What the lower bound rests on.
    pub min: Vec<String>,
    /// What the upper bound rests on.
    pub max: Vec<String>,
}

impl Network {
    /// The network without the given records, by place; `None` when the rest contradicts itself.
    #[must_use]
    pub fn without(&self, removed: &[usize]) -> Option<Solved<'_>> {
        let mut off = Bits::new(self.edges.len());
        for record in removed.iter().filter(|r| **r < self.len()) {
            self.edges_of(*record).for_each(|e| off.add(e));
        }
        let mut relax = Relax::new(self);
        match relax.run(&off) {
            Some(_) => None,
            None => Some(Solved::new(Checker::new(self, off, relax.label))),
        }
    }

    /// Whether all records but the given ones can be true together.
    #[must_use]
    pub fn is_consistent(&self, removed: &[usize]) -> bool {
        self.without(removed).is_some()
    }
}

impl<'n> Solved<'n> {
    pub(super) fn new(checker: Checker<'n>) -> Self {
        Self { checker, core: OnceCell::new() }
    }

    /// Sets a record aside, by place; what is known of the rest stays valid.
    pub fn set_aside(&mut self, record: usize) {
        if record < self.checker.net.len() {
            self.core.take();
            self.checker.remove(record as u32);
            self.checker.settle();
        }
    }

    /// Brings a record back, by place, at the cost of one shortest-path search.
    ///
    /// # Errors
    /// The ids of the records it cannot be true with, itself among them; nothing has changed then.
    pub fn bring_back(&mut self, record: usize) -> Result<(), Vec<String>> {
        if record >= self.checker.net.len() {
            return Ok(());
        }
        self.core.take();
        let mark = self.checker.mark();
        let added = self.checker.add(record as u32);
        if added.is_err() {
            self.checker.undo(mark);
        }
        self.checker.settle();
        let net = self.checker.net;
        added.map_err(|cycle| net.ids_of(records_of(net, &cycle)))
    }

    /// The range of `x(to) - x(from)`. An event nothing speaks of is unbounded against all but
    /// itself.
    #[must_use]
    pub fn gap(&self, from: &str, to: &str) -> Bounds {
        if from == to {
            return Bounds { min: Some(0), max: Some(0) };
        }
        match (self.checker.net.event_node(from), self.checker.net.event_node(to)) {
            (Some(a), Some(b)) => self.between(a, b),
            _ => Bounds::OPEN,
        }
    }

    /// The range of the event's time on the reference; open when nothing ties it to it.
    #[must_use]
    pub fn window(&self, event: &str) -> Bounds {
        self.checker.net.event_node(event).map_or(Bounds::OPEN, |x| self.between(0, x))
    }

    /// The range of the offset of a source's clock against the reference.
    #[must_use]
    pub fn clock_bounds(&self, source: &str) -> Bounds {
        self.checker.net.source_node(source).map_or(Bounds::OPEN, |c| self.between(c, 0))
    }

    /// One inclusion-minimal set of records for each end of [`Solved::gap`].
    #[must_use]
    pub fn supports(&self, from: &str, to: &str) -> Supports {
        match (self.checker.net.event_node(from), self.checker.net.event_node(to)) {
            (Some(a), Some(b)) if a != b => self.supports_between(a, b),
            _ => Supports { min: vec![], max: vec![] },
        }
    }

    /// As [`Solved::supports`], for the window of an event.
    #[must_use]
    pub fn window_supports(&self, event: &str) -> Supports {
        match self.checker.net.event_node(event) {
            Some(x) => self.supports_between(0, x),
            None => Supports { min: vec![], max: vec![] },
        }
    }

    fn between(&self, a: usize, b: usize) -> Bounds {
        if CoreTable::is_cheap(self.checker.net)
            && let Some(core) = self.core.get_or_init(|| CoreTable::new(&self.checker))
        {
            return core.between(&self.checker, a, b);
        }
        let mut s = Scratch::new(self.checker.net.node_count());
        Bounds {
            min: self.checker.distance(&mut s, b, a, None).map(|d| -d),
            max: self.checker.distance(&mut s, a, b, None),
        }
    }

    fn supports_between(&self, a: usize, b: usize) -> Supports {
        let mut s = Scratch::new(self.checker.net.node_count());
        let mut one = |from, to| {
            let (length, path) = self.checker.path(&mut s, from, to, None)?;
            let net = self.checker.net;
            Some(net.ids_of(net.support_of(&path, length, (from, to))))
        };
        Supports { min: one(b, a).unwrap_or_default(), max: one(a, b).unwrap_or_default() }
    }
}
