//! Events that orders join: ways within a group, which pass no clock, and a memory of those asked
//! before.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::bits::Bits;
use super::build::Network;
use super::checker::Checker;

/// Most ways remembered.
const REMEMBERED: usize = 4096;

/// Ways between an event and clocks: the clock and the length.
pub(super) type Ways = Vec<(u32, i64)>;

/// Ways with the distance to the goal that was asked for.
type Asked = BTreeMap<(usize, Option<usize>, bool), (Ways, Option<i64>)>;

/// The order edges that count, by the event they leave and by the event they enter.
#[derive(Default)]
pub(super) struct Groups {
    /// Events, counted from 0, that an order speaks of.
    joined: Bits,
    leaving: Vec<(u32, u32)>,
    entering: Vec<(u32, u32)>,
    asked: Option<RefCell<Asked>>,
}

impl Groups {
    /// `orders` are edges between events; event nodes begin at `hubs`.
    pub(super) fn new(net: &Network, hubs: usize, orders: &[u32]) -> Self {
        let mut made = Self { joined: Bits::new(net.node_count() - hubs), ..Self::default() };
        for e in orders {
            let edge = net.edges[*e as usize];
            made.joined.add(edge.from as usize - hubs);
            made.joined.add(edge.to as usize - hubs);
            made.leaving.push((edge.from, *e));
            made.entering.push((edge.to, *e));
        }
        made.leaving.sort_unstable();
        made.entering.sort_unstable();
        made
    }

    pub(super) fn has(&self, event: usize) -> bool {
        self.joined.has(event)
    }

    /// The events orders speak of.
    pub(super) fn members(&self) -> Vec<usize> {
        self.joined.iter().collect()
    }

    /// From now on keeps what is asked.
    pub(super) fn remember(&mut self) {
        self.asked = Some(RefCell::default());
    }

    fn of(list: &[(u32, u32)], node: u32) -> &[(u32, u32)] {
        let start = list.partition_point(|(v, _)| *v < node);
        let length = list[start..].partition_point(|(v, _)| *v == node);
        &list[start..start + length]
    }

    /// The shortest way to (or, `against`, from) each clock by orders and one reading, and to
    /// `goal` by orders alone. `readings` adds those of an event.
    pub(super) fn ways(
        &self,
        (checker, hubs): (&Checker<'_>, usize),
        node: usize,
        goal: Option<usize>,
        against: bool,
        readings: &dyn Fn(usize, &mut Ways),
    ) -> (Ways, Option<i64>) {
        let goal = goal.filter(|g| *g >= hubs);
        let key = (node, goal, against);
        if let Some(known) = self.asked.as_ref().and_then(|a| a.borrow().get(&key).cloned()) {
            return known;
        }
        let settled = self.reach(checker, node as u32, against);
        let mut best: BTreeMap<u32, i64> = BTreeMap::new();
        let mut own: Ways = Vec::new();
        for (v, d) in &settled {
            own.clear();
            readings(*v as usize, &mut own);
            for (clock, w) in &own {
                let old = best.entry(*clock).or_insert(d + w);
                *old = (d + w).min(*old);
            }
        }
        let direct = goal.and_then(|g| settled.get(&(g as u32)).copied());
        let made = (best.into_iter().collect(), direct);
        if let Some(asked) = &self.asked {
            let mut asked = asked.borrow_mut();
            if asked.len() >= REMEMBERED {
                asked.clear();
            }
            asked.insert(key, made.clone());
        }
        made
    }

    /// Distances from (or, `against`, to) an event along orders alone.
    fn reach(&self, checker: &Checker<'_>, node: u32, against: bool) -> BTreeMap<u32, i64> {
        let edges = &checker.net.edges;
        let potential = &checker.potential;
        let mut best: BTreeMap<u32, i64> = BTreeMap::from([(node, 0)]);
        let mut done: BTreeSet<u32> = BTreeSet::new();
        let mut heap = BinaryHeap::from([Reverse((0i64, node))]);
        let list = if against { &self.entering } else { &self.leaving };
        while let Some(Reverse((d, u))) = heap.pop() {
            if !done.insert(u) {
                continue;
            }
            for (_, e) in Self::of(list, u) {
                let edge = edges[*e as usize];
                let v = if against { edge.from } else { edge.to };
                let slack = edge.w + potential[edge.from as usize] - potential[edge.to as usize];
                if best.get(&v).is_none_or(|old| d + slack < *old) {
                    best.insert(v, d + slack);
                    heap.push(Reverse((d + slack, v)));
                }
            }
        }
        let at = |v: u32| potential[v as usize];
        let sign = if against { -1 } else { 1 };
        best.into_iter().map(|(v, d)| (v, d + sign * (at(v) - at(node)))).collect()
    }
}
