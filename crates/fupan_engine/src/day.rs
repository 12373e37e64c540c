//! Days of facts: the civil day a source states, in the zone it states it in.

use fupan_model::{Fact, Stated};
use fupan_standard::Date;

/// The day a stated time falls on, as written.
pub(crate) fn of_stated(stated: &Stated) -> Option<Date> {
    let iso = stated.at.to_string();
    Date::parse(iso.get(..10)?)
}

/// The day of a fact: of its time, or its key where that is a date.
pub(crate) fn of(fact: &Fact) -> Option<Date> {
    let stated = fact.time.as_ref().and_then(of_stated);
    stated.or_else(|| fact.key.as_deref().and_then(Date::parse))
}

/// The earliest day of several facts.
pub(crate) fn earliest(facts: &[&Fact]) -> Option<Date> {
    facts.iter().filter_map(|fact| of(fact)).min()
}

/// The latest day of several facts.
pub(crate) fn latest(facts: &[&Fact]) -> Option<Date> {
    facts.iter().filter_map(|fact| of(fact)).max()
}
