//! Changes of a list of records, each as a new list.

use thiserror::Error;

use crate::network::{Constraint, Record};

/// Change (假设): one thing an assessor tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A record is not relied upon.
    SetAside {
        /// Its id.
        record: String,
    },
    /// A record is held more or less reliable.
    Reweigh {
        /// Its id.
        record: String,
        /// The new cost of setting it aside.
        weight: i64,
    },
    /// The offset of a clock is taken to lie in `[lo, hi]`, milliseconds.
    BoundClock {
        /// The id of the record this makes.
        id: String,
        /// The source.
        source: String,
        /// Least offset.
        lo: i64,
        /// Greatest offset.
        hi: i64,
        /// The cost of setting it aside.
        weight: i64,
    },
    /// A clock may have been set at a moment; see [`split_clock`].
    SplitClock {
        /// The source.
        source: String,
        /// What it showed then, milliseconds since the epoch of the case.
        t: i64,
        /// The id of the record "it made no step".
        id: String,
        /// The cost of setting that record aside.
        weight: i64,
    },
    /// All readings of a source are read by another policy: the ends of their errors move,
    /// milliseconds. Equal amounts shift, a negative and a positive one widen.
    MovePolicy {
        /// The source.
        source: String,
        /// Added to each lower error.
        lo_by: i64,
        /// Added to each upper error.
        hi_by: i64,
    },
    /// An order of two events is taken for true.
    AddOrder {
        /// The id of the record this makes.
        id: String,
        /// The event counted from.
        a: String,
        /// The event counted to.
        b: String,
        /// Least gap, milliseconds.
        min: Option<i64>,
        /// Greatest gap, milliseconds.
        max: Option<i64>,
        /// The cost of setting it aside.
        weight: i64,
    },
}

/// Fault of a change (假设错误): it speaks of what is not there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChangeFault {
    /// No record has that id.
    #[error("there is no record {0}")]
    NoRecord(String),
    /// A record of that id is there already.
    #[error("there is a record {0} already")]
    Taken(String),
    /// No record reads that source.
    #[error("no record reads the clock {0}")]
    NoReading(String),
    /// A hard record cannot be set aside.
    #[error("record {0} may not be set aside")]
    Hard(String),
}

/// The records after a change.
///
/// # Errors
/// [`ChangeFault`] when it speaks of what is not there.
pub fn apply(records: &[Record], change: &Change) -> Result<Vec<Record>, ChangeFault> {
    let mut list = records.to_vec();
    match change {
        Change::SetAside { record } => {
            if find(&mut list, record)?.hard {
                return Err(ChangeFault::Hard(record.clone()));
            }
            list.retain(|r| r.id != *record);
        }
        Change::Reweigh { record, weight } => find(&mut list, record)?.weight = *weight,
        Change::BoundClock { id, source, lo, hi, weight } => {
            let constraint = Constraint::Clock { source: source.clone(), lo: *lo, hi: *hi };
            add(&mut list, id, *weight, constraint)?;
        }
        Change::SplitClock { source, t, id, weight } => {
            return split_clock(records, source, *t, id, *weight);
        }
        Change::MovePolicy { source, lo_by, hi_by } => {
            move_policy(&mut list, source, *lo_by, *hi_by)?;
        }
        Change::AddOrder { id, a, b, min, max, weight } => {
            let constraint = Constraint::Order { a: a.clone(), b: b.clone(), min: *min, max: *max };
            add(&mut list, id, *weight, constraint)?;
        }
    }
    Ok(list)
}

/// Splits a source at the moment its clock showed `t`: readings of `t` and later become those of a
/// source of its own, called `source@t`, and a record `id` says that the clock made no step
/// between the two. Setting that one record aside is the hypothesis that it was set then. What is
/// known of the source's offset otherwise stays with the earlier part.
///
/// # Errors
/// [`ChangeFault`] when nothing reads the source, or the id is taken.
pub fn split_clock(
    records: &[Record],
    source: &str,
    t: i64,
    id: &str,
    weight: i64,
) -> Result<Vec<Record>, ChangeFault> {
    let mut list = records.to_vec();
    let later = format!("{source}@{t}");
    let mut read = false;
    for constraint in list.iter_mut().flat_map(|r| &mut r.constraints) {
        read |= move_reading(constraint, source, t, &later);
    }
    if !read {
        return Err(ChangeFault::NoReading(source.to_owned()));
    }
    let constraint = Constraint::ClockRel { a: later, b: source.to_owned(), lo: 0, hi: 0 };
    add(&mut list, id, weight, constraint)?;
    Ok(list)
}

/// Gives a reading of `t` or later to the source `later`; whether it reads the source at all.
pub(crate) fn move_reading(constraint: &mut Constraint, source: &str, t: i64, later: &str) -> bool {
    match constraint {
        Constraint::Obs { source: own, t: shown, .. } if own == source => {
            if *shown >= t {
                later.clone_into(own);
            }
            true
        }
        Constraint::Obs { .. }
        | Constraint::Order { .. }
        | Constraint::Clock { .. }
        | Constraint::ClockRel { .. } => false,
    }
}

fn find<'a>(list: &'a mut [Record], id: &str) -> Result<&'a mut Record, ChangeFault> {
    list.iter_mut().find(|r| r.id == id).ok_or_else(|| ChangeFault::NoRecord(id.to_owned()))
}

fn add(
    list: &mut Vec<Record>,
    id: &str,
    weight: i64,
    constraint: Constraint,
) -> Result<(), ChangeFault> {
    if list.iter().any(|r| r.id == id) {
        return Err(ChangeFault::Taken(id.to_owned()));
    }
    list.push(Record { id: id.to_owned(), weight, hard: false, constraints: vec![constraint] });
    Ok(())
}

fn move_policy(
    list: &mut [Record],
    source: &str,
    lo_by: i64,
    hi_by: i64,
) -> Result<(), ChangeFault> {
    let mut read = false;
    for constraint in list.iter_mut().flat_map(|r| &mut r.constraints) {
        if let Constraint::Obs { source: own, lo, hi, .. } = constraint
            && own == source
        {
            *lo = lo.saturating_add(lo_by);
            *hi = hi.saturating_add(hi_by);
            read = true;
        }
    }
    if read { Ok(()) } else { Err(ChangeFault::NoReading(source.to_owned())) }
}
