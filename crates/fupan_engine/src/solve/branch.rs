//! Alternatives: a reading whose date, half day or zone is not known stands for several times, of
//! which one is meant. Every combination is a branch.

use super::error::Fault;
use super::read::Instance;
use crate::network::{Constraint, Record};

/// Most branches tried.
pub(super) const MOST: usize = 1 << 10;

/// The alternative taken for each record that has some, and the records it makes.
pub(super) type Branch = (Vec<usize>, Vec<Record>);

/// The records of every branch with the alternative taken for each record that has some; the
/// last record's alternatives turn fastest. An instance without alternatives has one branch.
pub(super) fn all(instance: &Instance) -> Result<Vec<Branch>, Fault> {
    let sizes = instance.alternatives.iter().map(|(_, list)| list.len());
    let count = sizes.fold(1usize, usize::saturating_mul);
    if count > MOST {
        let instance = instance.name.clone();
        return Err(Fault::Branches { instance, count, most: MOST });
    }
    let mut branches = vec![(vec![], instance.records.clone())];
    for (place, times) in &instance.alternatives {
        branches = branches
            .into_iter()
            .flat_map(|(chosen, records)| {
                times.iter().enumerate().map(move |(i, time)| {
                    let mut chosen: Vec<usize> = chosen.clone();
                    chosen.push(i);
                    (chosen, with_time(&records, *place, *time))
                })
            })
            .collect();
    }
    Ok(branches)
}

fn with_time(records: &[Record], place: usize, time: i64) -> Vec<Record> {
    let mut records = records.to_vec();
    let constraints = records.get_mut(place).into_iter().flat_map(|r| &mut r.constraints);
    for constraint in constraints {
        if let Constraint::Obs { t, .. } = constraint {
            *t = time;
        }
    }
    records
}
