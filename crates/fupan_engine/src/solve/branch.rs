//! Alternatives: a reading whose date, half day or zone is not known stands for several times, of
//! which one is meant, and two spans may lie to each other in one of several ways. Every
//! combination is a branch. They are tried in one network in which each alternative is a record of
//! its own, brought in and set aside again; what contradicts before the last choice is made rules
//! out every branch below.

use super::error::Fault;
use super::read::Instance;
use crate::network::{Network, Record, Solved};

/// Most branches tried.
const MOST: usize = 1 << 10;

/// The alternative taken for each record that has some.
pub(super) type Taken = Vec<usize>;

/// Every branch in order, the last record's alternatives turning fastest. An instance without
/// alternatives has one branch.
pub(super) fn all(instance: &Instance) -> Result<Vec<Taken>, Fault> {
    let sizes = || instance.alternatives.iter().map(|(_, list)| list.len());
    let count = sizes().fold(1usize, usize::saturating_mul);
    if count > MOST {
        let instance = instance.name.clone();
        return Err(Fault::Branches { instance, count, most: MOST });
    }
    let mut branches: Vec<Taken> = vec![vec![]];
    for size in sizes() {
        let with = |taken: &Taken| -> Vec<Taken> {
            (0..size).map(|i| [taken.as_slice(), &[i]].concat()).collect()
        };
        branches = branches.iter().flat_map(with).collect();
    }
    Ok(branches)
}

/// A few branches in which every alternative occurs.
pub(super) fn covering(instance: &Instance) -> Vec<Taken> {
    let sizes = || instance.alternatives.iter().map(|(_, list)| list.len());
    (0..sizes().max().unwrap_or(1)).map(|i| sizes().map(|n| i.min(n - 1)).collect()).collect()
}

/// The records of a branch.
pub(super) fn records(instance: &Instance, taken: &[usize]) -> Vec<Record> {
    let mut records = instance.records.clone();
    for ((place, list), at) in instance.alternatives.iter().zip(taken) {
        if let (Some(record), Some(stated)) = (records.get_mut(*place), list.get(*at)) {
            record.constraints.clone_from(stated);
        }
    }
    records
}

/// The records that are the same in every branch.
pub(super) fn common(instance: &Instance) -> Vec<Record> {
    let open = |i: &usize| !instance.alternatives.iter().any(|(place, _)| place == i);
    let places = instance.records.iter().enumerate().filter(|(i, _)| open(i));
    places.map(|(_, record)| record.clone()).collect()
}

/// Every record, those with alternatives once for each. Names are made that no record has.
pub(super) fn wide(instance: &Instance) -> (Vec<Record>, Vec<Vec<usize>>) {
    let mut records = common(instance);
    let longest = instance.records.iter().map(|r| r.id.len()).max().unwrap_or(0);
    let mut places = Vec::new();
    for (n, (place, list)) in instance.alternatives.iter().enumerate() {
        let mut own = Vec::new();
        for (i, stated) in list.iter().enumerate() {
            own.push(records.len());
            let Some(record) = instance.records.get(*place) else { continue };
            let id = format!("{n:0>width$}/{i}", width = longest + 1);
            records.push(Record { id, constraints: stated.clone(), ..record.clone() });
        }
        places.push(own);
    }
    (records, places)
}

/// Which branches are consistent, in order.
pub(super) fn consistent(wide: &Network, places: &[Vec<usize>]) -> Vec<bool> {
    let count = places.iter().map(Vec::len).product();
    let every: Vec<usize> = places.concat();
    match wide.without(&every) {
        None => vec![false; count],
        Some(mut solved) => {
            let mut found = Vec::with_capacity(count);
            descend(&mut solved, places, &mut found);
            found
        }
    }
}

fn descend(solved: &mut Solved<'_>, places: &[Vec<usize>], found: &mut Vec<bool>) {
    let Some((first, rest)) = places.split_first() else {
        found.push(true);
        return;
    };
    for record in first {
        if solved.bring_back(*record).is_ok() {
            descend(solved, rest, found);
            solved.set_aside(*record);
        } else {
            let below: usize = rest.iter().map(Vec::len).product();
            found.extend(std::iter::repeat_n(false, below));
        }
    }
}
