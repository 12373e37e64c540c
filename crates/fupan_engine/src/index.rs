//! The case file, laid out so that facts are found by kind, event and party.

use crate::identity;
use fupan_model::{CaseFile, Cites, Clock, ClockStanding, EventId, Fact, FactId, Stated};
use fupan_standard::{Book, Condition, Shape, Term};
use std::collections::BTreeMap;

/// The clock every case has: civil time, assumed right.
pub(crate) const CIVIL: &str = "civil";

/// Where things stand in a case.
pub(crate) struct Index<'c> {
    pub(crate) case: &'c CaseFile,
    by_kind: BTreeMap<&'c str, Vec<&'c Fact>>,
    by_event: BTreeMap<&'c EventId, Vec<&'c Fact>>,
    by_id: BTreeMap<&'c str, &'c Fact>,
    clocks: BTreeMap<&'c str, &'c Clock>,
    tracks: BTreeMap<&'c str, &'c str>,
    /// Code of a party kind, by its row id: terms may name either.
    kind_codes: BTreeMap<&'c str, &'c str>,
    /// Rule of identity, by fact kind.
    rules: BTreeMap<&'c str, &'c str>,
    same: identity::Same<'c>,
    shapes: BTreeMap<&'c str, Shape>,
}

/// Facts a term of the book chose, with the kind they are of.
pub(crate) struct Chosen<'c> {
    pub(crate) kind: &'c str,
    pub(crate) facts: Vec<&'c Fact>,
}

impl<'c> Index<'c> {
    pub(crate) fn new(case: &'c CaseFile, book: &'c Book) -> Self {
        let mut facts: Vec<&Fact> = case.facts.iter().collect();
        facts.sort_by(|a, b| a.id.cmp(&b.id));
        let mut by_kind: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
        let mut by_event: BTreeMap<&EventId, Vec<&Fact>> = BTreeMap::new();
        for fact in &facts {
            if let Some(kind) = &fact.kind {
                by_kind.entry(kind.as_str()).or_default().push(fact);
            }
            by_event.entry(&fact.event).or_default().push(fact);
        }
        Self {
            case,
            by_kind,
            by_event,
            by_id: facts.iter().map(|fact| (fact.id.as_str(), *fact)).collect(),
            clocks: case.clocks.iter().map(|clock| (clock.id.as_str(), clock)).collect(),
            tracks: case.parties.iter().map(|p| (p.id.as_str(), p.track.as_str())).collect(),
            kind_codes: book
                .party_kinds
                .iter()
                .map(|row| (row.id.as_str(), row.body.code.as_str()))
                .collect(),
            rules: book
                .fact_kinds
                .iter()
                .filter_map(|row| Some((row.id.as_str(), row.body.identity.as_deref()?)))
                .collect(),
            same: identity::same(case, book),
            shapes: book.readings.iter().map(|row| (row.id.as_str(), row.body.shape)).collect(),
        }
    }

    /// The key a fact goes by: of keys that the book's rules of identity call one, the first.
    pub(crate) fn key<'k>(&'k self, fact: &'k Fact) -> Option<&'k str> {
        let key = fact.key.as_deref()?.trim();
        let rule = fact.kind.as_ref().and_then(|kind| self.rules.get(kind.as_str()));
        let group = rule.and_then(|rule| self.same.get(rule)?.get(key));
        Some(group.map_or(key, String::as_str))
    }

    /// Facts of one side by the key they go by; those without share the empty key.
    pub(crate) fn keyed<'f>(&self, facts: &[&'f Fact]) -> BTreeMap<String, Vec<&'f Fact>> {
        let mut map: BTreeMap<String, Vec<&Fact>> = BTreeMap::new();
        for fact in facts {
            map.entry(self.key(fact).unwrap_or_default().to_owned()).or_default().push(fact);
        }
        map
    }

    /// The facts a term means: those of the first kind, in its order of preference, of which the
    /// case has one that meets the term's parties and conditions.
    pub(crate) fn chosen(&self, term: &'c Term) -> Option<Chosen<'c>> {
        term.kinds.iter().find_map(|kind| {
            let all = self.by_kind.get(kind.as_str())?;
            let facts: Vec<&Fact> =
                all.iter().copied().filter(|fact| self.meets(fact, term)).collect();
            if facts.is_empty() { None } else { Some(Chosen { kind, facts }) }
        })
    }

    /// Whether the case has any fact of a term's kinds, whatever the term's conditions.
    pub(crate) fn any_of(&self, term: &Term) -> bool {
        term.kinds.iter().any(|kind| self.by_kind.contains_key(kind.as_str()))
    }

    /// The earliest stated time of facts of these kinds, in ms since the Unix epoch.
    pub(crate) fn earliest_of(&self, kinds: &[String]) -> Option<i64> {
        let facts = kinds.iter().filter_map(|kind| self.by_kind.get(kind.as_str())).flatten();
        facts.filter_map(|fact| fact.time.as_ref()).map(|stated| stated.at.ms).min()
    }

    fn meets(&self, fact: &Fact, term: &Term) -> bool {
        let track = self.tracks.get(fact.party.as_str()).copied().unwrap_or_default();
        let party = term.parties.is_empty()
            || term.parties.iter().any(|wanted| {
                wanted == track || self.kind_codes.get(wanted.as_str()).copied() == Some(track)
            });
        party && term.conditions.iter().all(|condition| holds(fact, condition))
    }

    /// Events, by id, each with its facts, by id.
    pub(crate) fn events(&self) -> impl Iterator<Item = (&'c EventId, &[&'c Fact])> {
        self.by_event.iter().map(|(event, facts)| (*event, facts.as_slice()))
    }

    /// How a stated time bounds what happened, by its reading policy.
    pub(crate) fn shape(&self, stated: &Stated) -> Shape {
        let policy = stated.policy.as_ref();
        policy.and_then(|id| self.shapes.get(id.as_str())).copied().unwrap_or_default()
    }

    /// Whether any record speaks of the event, be it only as one that others come before or after.
    pub(crate) fn knows(&self, event: &str) -> bool {
        let orders =
            |fact: &&Fact| fact.after.iter().chain(&fact.before).any(|e| e.as_str() == event);
        self.by_event.keys().any(|known| known.as_str() == event) || self.by_id.values().any(orders)
    }

    pub(crate) fn fact(&self, id: &str) -> Option<&'c Fact> {
        self.by_id.get(id).copied()
    }

    /// The clock a fact was read on; civil time where the case declares none of that name.
    pub(crate) fn standing(&self, fact: &Fact) -> ClockStanding {
        self.clocks.get(fact.clock.as_str()).map_or(ClockStanding::Civil, |clock| clock.standing)
    }

    /// Cites of records, by id: of facts, of clocks (by the name they have as records), of clock
    /// comparisons; of the register where none of them has a cite of its own.
    pub(crate) fn cites_of<'a>(&self, records: impl IntoIterator<Item = &'a String>) -> Cites {
        let mut sets: Vec<&Cites> = Vec::new();
        for record in records {
            if let Some(fact) = self.fact(record) {
                sets.push(&fact.cites);
            } else if let Some(clock) = self.clocks.get(clock_of(record)) {
                sets.extend(clock.cites.as_ref());
            } else {
                let relation = self.case.clock_relations.iter().find(|r| &r.id == record);
                sets.extend(relation.and_then(|r| r.cites.as_ref()));
            }
        }
        Cites::all(sets).unwrap_or_else(|| self.register())
    }

    /// Cites of facts.
    pub(crate) fn cites_of_facts<'a>(&self, facts: impl IntoIterator<Item = &'a Fact>) -> Cites {
        Cites::all(facts.into_iter().map(|fact| &fact.cites)).unwrap_or_else(|| self.register())
    }

    /// The register as a whole: what absence is cited by where nobody was asked.
    pub(crate) fn register(&self) -> Cites {
        self.case.cite_part("register")
    }

    /// What the absence of facts of these kinds is cited by: the requests that asked for them, or
    /// the register that holds none.
    pub(crate) fn absence(&self, kinds: &[&str]) -> Cites {
        let asked = self
            .case
            .requests
            .iter()
            .filter(|request| request.kinds.iter().any(|kind| kinds.contains(&kind.as_str())));
        let cites: Vec<Cites> =
            asked.map(|request| self.case.cite_part(format!("requests/{}", request.id))).collect();
        Cites::all(&cites).unwrap_or_else(|| self.register())
    }
}

/// The name a clock has as a record of the network.
pub(crate) fn clock_record(clock: &str) -> String {
    format!("clock:{clock}")
}

/// The name the bound on a clock's rate has as a record of the network.
pub(crate) fn rate_record(clock: &str) -> String {
    format!("rate:{clock}")
}

/// The clock a record's name speaks of, or the name itself.
pub(crate) fn clock_of(record: &str) -> &str {
    record.strip_prefix("clock:").or_else(|| record.strip_prefix("rate:")).unwrap_or(record)
}

/// Ids of facts, sorted, each once.
pub(crate) fn ids<'a>(facts: impl IntoIterator<Item = &'a &'a Fact>) -> Vec<FactId> {
    let mut list: Vec<FactId> = facts.into_iter().map(|fact| fact.id.clone()).collect();
    list.sort();
    list.dedup();
    list
}

/// Whether a fact's quantity is one of the accepted values.
fn holds(fact: &Fact, condition: &Condition) -> bool {
    let found = fact.quantities.get(&condition.name).map(crate::value::text);
    found.is_some_and(|text| condition.any.contains(&text))
}
