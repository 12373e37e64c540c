//! From records to edges. `v - u <= w` is the edge `u -> v` of weight `w`; the variables are the
//! true time of each event and the negated offset of each clock, node 0 is the reference.

use std::collections::BTreeMap;

use super::error::{BuildFault, NetworkError};
use super::names::Names;
use super::record::{Constraint, Record};

/// Greatest magnitude of a time or span, milliseconds: 2^20 nodes of it stay far below `i64`.
const RANGE: i64 = 1 << 40;
const MAX_NODES: usize = 1 << 20;
const MAX_WEIGHT: i64 = 1 << 31;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) w: i64,
}

/// Network (约束网络): records as a graph of difference constraints, checked and immutable.
#[derive(Debug, Clone)]
pub struct Network {
    pub(crate) edges: Vec<Edge>,
    pub(crate) record_of: Vec<u32>,
    pub(crate) first_edge: Vec<u32>,
    pub(crate) out_start: Vec<u32>,
    pub(crate) out: Vec<u32>,
    pub(crate) weights: Vec<i64>,
    pub(crate) hard: Vec<bool>,
    ids: Names,
    sources: Names,
    events: Names,
    reference: Option<String>,
}

impl Network {
    /// Makes a network of the records. `reference` is the source whose offset is 0 by definition.
    ///
    /// # Errors
    /// Every fault of every record: a double id, an empty span, a time beyond the range and so on.
    pub fn build(records: &[Record], reference: Option<&str>) -> Result<Self, BuildFault> {
        Self::build_declared(records, reference, None)
    }

    /// As [`Network::build`], and refuses a record whose clock is not among `clocks`.
    ///
    /// # Errors
    /// As [`Network::build`], and [`NetworkError::UnknownClock`].
    pub fn build_declared(
        records: &[Record],
        reference: Option<&str>,
        clocks: Option<&[&str]>,
    ) -> Result<Self, BuildFault> {
        let mut faults = duplicate_ids(records);
        for record in records {
            check_record(record, clocks, reference, &mut faults);
        }
        let names = Interned::of(records, reference);
        let nodes = 1 + names.sources.len() + names.events.len();
        if nodes > MAX_NODES {
            faults.push(NetworkError::TooLarge { count: nodes });
        }
        if faults.is_empty() {
            Ok(names.network(records, reference, nodes))
        } else {
            Err(BuildFault(faults))
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there is no record at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The id of a record, by its place in the list the network was built from.
    ///
    /// # Panics
    /// If `record` is not below [`Network::len`].
    #[must_use]
    pub fn id(&self, record: usize) -> &str {
        self.ids.get(record)
    }

    /// The place of a record in the list the network was built from.
    #[must_use]
    pub fn index(&self, id: &str) -> Option<usize> {
        self.ids.find(id)
    }

    /// The names of all sources but the reference, in order of first mention.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        (0..self.sources.len()).map(|i| self.sources.get(i))
    }

    /// The names of all events, in order of first mention.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        (0..self.events.len()).map(|i| self.events.get(i))
    }

    /// The bytes its lists take, room kept for growth included.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let words = [
            self.record_of.capacity(),
            self.first_edge.capacity(),
            self.out_start.capacity(),
            self.out.capacity(),
        ];
        let names = [&self.ids, &self.sources, &self.events];
        self.edges.capacity() * size_of::<Edge>()
            + words.iter().sum::<usize>() * size_of::<u32>()
            + self.weights.capacity() * size_of::<i64>()
            + self.hard.capacity()
            + names.iter().map(|n| n.heap_bytes()).sum::<usize>()
    }

    pub(crate) fn node_count(&self) -> usize {
        self.out_start.len() - 1
    }

    pub(crate) fn source_count(&self) -> usize {
        self.sources.len()
    }

    pub(crate) fn source_name(&self, source: usize) -> &str {
        self.sources.get(source)
    }

    pub(crate) fn event_name(&self, event: usize) -> &str {
        self.events.get(event)
    }

    pub(crate) fn event_node(&self, event: &str) -> Option<usize> {
        self.events.find(event).map(|e| 1 + self.sources.len() + e)
    }

    pub(crate) fn source_node(&self, source: &str) -> Option<usize> {
        if self.reference.as_deref() == Some(source) {
            return Some(0);
        }
        self.sources.find(source).map(|s| 1 + s)
    }

    pub(crate) fn edges_of(&self, record: usize) -> std::ops::Range<usize> {
        self.first_edge[record] as usize..self.first_edge[record + 1] as usize
    }

    pub(crate) fn out_of(&self, node: usize) -> &[u32] {
        &self.out[self.out_start[node] as usize..self.out_start[node + 1] as usize]
    }

    pub(crate) fn ids_of(&self, records: impl IntoIterator<Item = u32>) -> Vec<String> {
        let mut ids: Vec<String> =
            records.into_iter().map(|r| self.id(r as usize).to_owned()).collect();
        ids.sort();
        ids
    }
}

fn duplicate_ids(records: &[Record]) -> Vec<NetworkError> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        *seen.entry(&record.id).or_default() += 1;
    }
    seen.into_iter()
        .filter(|(_, n)| *n > 1)
        .map(|(id, _)| NetworkError::DuplicateId { id: id.to_owned() })
        .collect()
}

fn check_record(
    record: &Record,
    clocks: Option<&[&str]>,
    reference: Option<&str>,
    faults: &mut Vec<NetworkError>,
) {
    let id = || record.id.clone();
    if !(0..=MAX_WEIGHT).contains(&record.weight) {
        faults.push(NetworkError::Weight { id: id(), weight: record.weight });
    }
    for constraint in &record.constraints {
        for name in names_in(constraint) {
            if name.is_empty() {
                faults.push(NetworkError::EmptyName { id: id() });
            }
        }
        for clock in clocks_in(constraint) {
            let known = |list: &[&str]| list.contains(&clock) || reference == Some(clock);
            if !clocks.is_none_or(known) {
                faults.push(NetworkError::UnknownClock { id: id(), clock: clock.to_owned() });
            }
        }
        check_span(record, constraint, faults);
    }
}

fn check_span(record: &Record, constraint: &Constraint, faults: &mut Vec<NetworkError>) {
    let id = || record.id.clone();
    let (t, lo, hi) = match *constraint {
        Constraint::Obs { t, lo, hi, .. } => (t, Some(lo), Some(hi)),
        Constraint::Order { min, max, .. } => (0, min, max),
        Constraint::Clock { lo, hi, .. } | Constraint::ClockRel { lo, hi, .. } => {
            (0, Some(lo), Some(hi))
        }
    };
    if lo.is_none() && hi.is_none() {
        faults.push(NetworkError::EmptyOrder { id: id() });
    }
    if let (Some(lo), Some(hi)) = (lo, hi)
        && lo > hi
    {
        faults.push(NetworkError::EmptySpan { id: id(), lo, hi });
    }
    let inside = |v: i64| (-RANGE..=RANGE).contains(&v);
    let wrong = std::iter::once(t)
        .chain(lo)
        .chain(hi)
        .chain(lo.map(|lo| t.saturating_add(lo)))
        .chain(hi.map(|hi| t.saturating_add(hi)))
        .find(|v| !inside(*v));
    if let Some(value) = wrong {
        faults.push(NetworkError::OutOfRange { id: id(), value });
    }
}

fn names_in(constraint: &Constraint) -> [&str; 2] {
    match constraint {
        Constraint::Obs { source, event, .. } => [source, event],
        Constraint::Order { a, b, .. } | Constraint::ClockRel { a, b, .. } => [a, b],
        Constraint::Clock { source, .. } => [source, source],
    }
}

fn clocks_in(constraint: &Constraint) -> Vec<&str> {
    match constraint {
        Constraint::Obs { source, .. } | Constraint::Clock { source, .. } => vec![source],
        Constraint::ClockRel { a, b, .. } => vec![a, b],
        Constraint::Order { .. } => vec![],
    }
}

/// Names while they are being numbered.
struct Interned<'a> {
    sources: BTreeMap<&'a str, u32>,
    events: BTreeMap<&'a str, u32>,
}

impl<'a> Interned<'a> {
    fn of(records: &'a [Record], reference: Option<&str>) -> Self {
        let (mut sources, mut events) = (BTreeMap::new(), BTreeMap::new());
        for constraint in records.iter().flat_map(|r| &r.constraints) {
            for clock in clocks_in(constraint) {
                if reference != Some(clock) {
                    let next = sources.len() as u32;
                    sources.entry(clock).or_insert(next);
                }
            }
            let spoken: &[&'a str] = match constraint {
                Constraint::Obs { event, .. } => &[event],
                Constraint::Order { a, b, .. } => &[a, b],
                Constraint::Clock { .. } | Constraint::ClockRel { .. } => &[],
            };
            for event in spoken {
                let next = events.len() as u32;
                events.entry(*event).or_insert(next);
            }
        }
        Self { sources, events }
    }

    fn clock(&self, name: &str) -> u32 {
        self.sources.get(name).map_or(0, |s| 1 + s)
    }

    fn event(&self, name: &str) -> u32 {
        1 + self.sources.len() as u32 + self.events[name]
    }

    /// The edges of a constraint; an edge from a node to itself is kept only when it contradicts.
    fn edges(&self, constraint: &Constraint) -> impl Iterator<Item = Edge> {
        let (u, v, lo, hi) = match constraint {
            Constraint::Obs { source, event, t, lo, hi } => {
                (self.clock(source), self.event(event), Some(t + lo), Some(t + hi))
            }
            Constraint::Order { a, b, min, max } => (self.event(a), self.event(b), *min, *max),
            Constraint::Clock { source, lo, hi } => (0, self.clock(source), Some(-*hi), Some(-*lo)),
            Constraint::ClockRel { a, b, lo, hi } => {
                (self.clock(a), self.clock(b), Some(*lo), Some(*hi))
            }
        };
        let up = hi.map(|w| Edge { from: u, to: v, w });
        let down = lo.map(|lo| Edge { from: v, to: u, w: -lo });
        up.into_iter().chain(down).filter(|e| e.from != e.to || e.w < 0)
    }

    fn network(&self, records: &[Record], reference: Option<&str>, nodes: usize) -> Network {
        let (mut edges, mut record_of, mut first_edge) = (Vec::new(), Vec::new(), vec![0]);
        for (index, record) in records.iter().enumerate() {
            for constraint in &record.constraints {
                for edge in self.edges(constraint) {
                    edges.push(edge);
                    record_of.push(index as u32);
                }
            }
            first_edge.push(edges.len() as u32);
        }
        edges.shrink_to_fit();
        record_of.shrink_to_fit();
        let (out_start, out) = adjacency(&edges, nodes);
        Network {
            edges,
            record_of,
            first_edge,
            out_start,
            out,
            weights: records.iter().map(|r| r.weight).collect(),
            hard: records.iter().map(|r| r.hard).collect(),
            ids: Names::new(records.iter().map(|r| r.id.as_str())),
            sources: in_order(&self.sources),
            events: in_order(&self.events),
            reference: reference.map(str::to_owned),
        }
    }
}

fn in_order(map: &BTreeMap<&str, u32>) -> Names {
    let mut list = vec![""; map.len()];
    for (name, at) in map {
        list[*at as usize] = name;
    }
    Names::new(list)
}

fn adjacency(edges: &[Edge], nodes: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0u32; nodes + 1];
    for edge in edges {
        start[edge.from as usize + 1] += 1;
    }
    for i in 0..nodes {
        start[i + 1] += start[i];
    }
    let mut at = start.clone();
    let mut out = vec![0u32; edges.len()];
    for (i, edge) in edges.iter().enumerate() {
        let slot = &mut at[edge.from as usize];
        out[*slot as usize] = i as u32;
        *slot += 1;
    }
    (start, out)
}
