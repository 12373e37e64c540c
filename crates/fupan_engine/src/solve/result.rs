//! The `result` of one instance, in the words of the format.

use serde_json::{Map, Value, json};

use super::branch;
use super::error::Fault;
use super::read::Instance;
use crate::network::{
    Analysis, Bounds, Diagnosis, HardContradiction, Limits, Network, Record, Solved,
};

/// Answers an instance, or says all that is wrong with it.
pub(super) fn of(instance: &Instance, top: usize) -> Result<Value, Vec<Fault>> {
    let branches = branch::all(instance).map_err(|fault| vec![fault])?;
    let nets = Branches { instance, branches: &branches };
    let mut faults: Vec<Fault> = Vec::new();
    for taken in branch::covering(instance) {
        let found = nets.network(&taken).err().unwrap_or_default();
        let new: Vec<Fault> = found.into_iter().filter(|f| !faults.contains(f)).collect();
        faults.extend(new);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let (wide, places) = branch::wide(instance);
    let consistent = branch::consistent(&network(instance, &wide)?, &places);
    let limits = Limits { diagnoses: top.max(1), ..Limits::default() };
    let mut result = Map::new();
    let chosen = match consistent.iter().position(|c| *c) {
        Some(first) => first,
        None if branches.len() == 1 => 0,
        None => nets.cheapest(&limits)?,
    };
    let Some(taken) = branches.get(chosen) else { return Ok(Value::Object(result)) };
    if !instance.alternatives.is_empty() {
        result.insert("branch_consistent".to_owned(), json!(consistent));
        let taken = if let [one] = taken.as_slice() { json!(one) } else { json!(taken) };
        result.insert("chosen_alternative".to_owned(), taken);
    }
    let net = &nets.network(taken)?;
    match net.without(&[]) {
        Some(solved) => consistent_result(&mut result, instance, net, &solved),
        None => conflicting_result(&mut result, instance, net, &limits)?,
    }
    if consistent.iter().filter(|c| **c).count() > 1 {
        result.insert("queries_over_branches".to_owned(), nets.queries(&consistent)?);
    }
    if !instance.left_out.is_empty() {
        result.insert("left_out".to_owned(), json!(instance.left_out));
    }
    Ok(Value::Object(result))
}

fn network(instance: &Instance, records: &[Record]) -> Result<Network, Vec<Fault>> {
    let clocks: Option<Vec<&str>> =
        instance.clocks.as_ref().map(|list| list.iter().map(String::as_str).collect());
    Network::build_declared(records, instance.reference.as_deref(), clocks.as_deref()).map_err(
        |all| {
            let name = || instance.name.clone();
            all.0.into_iter().map(|fault| Fault::Network { instance: name(), fault }).collect()
        },
    )
}

fn hard(instance: &Instance, contradiction: HardContradiction) -> Vec<Fault> {
    vec![Fault::Hard { instance: instance.name.clone(), contradiction }]
}

/// The branches of an instance.
struct Branches<'a> {
    instance: &'a Instance,
    branches: &'a [branch::Taken],
}

impl Branches<'_> {
    fn network(&self, taken: &[usize]) -> Result<Network, Vec<Fault>> {
        network(self.instance, &branch::records(self.instance, taken))
    }

    /// Where every branch contradicts itself, the one that is mended at the least cost, the first
    /// of these; a branch whose hard records contradict is out. None is cheaper than what is the
    /// same in all, so the search ends at one that costs no more.
    fn cheapest(&self, limits: &Limits) -> Result<usize, Vec<Fault>> {
        let few = Limits { diagnoses: 1, ..*limits };
        let cost = |net: &Network| -> Result<(i64, bool), HardContradiction> {
            let diagnoses = net.analyse(&few)?.diagnoses;
            let least = diagnoses.ranked.first().map_or(i64::MAX, |d| d.cost);
            Ok((least, diagnoses.exact))
        };
        let (floor, exact) = cost(&network(self.instance, &branch::common(self.instance))?)
            .map_err(|fault| hard(self.instance, fault))?;
        let (mut best, mut first_fault) = (None, None);
        for (i, taken) in self.branches.iter().enumerate() {
            match cost(&self.network(taken)?) {
                Ok((cost, _)) => {
                    best = Some(best.map_or((cost, i), |b: (i64, usize)| b.min((cost, i))));
                    if exact && cost == floor {
                        break;
                    }
                }
                Err(fault) => {
                    first_fault.get_or_insert(fault);
                }
            }
        }
        match (best, first_fault) {
            (Some((_, i)), _) => Ok(i),
            (None, Some(fault)) => Err(hard(self.instance, fault)),
            (None, None) => Ok(0),
        }
    }

    /// The hull of each query over the consistent branches.
    fn queries(&self, consistent: &[bool]) -> Result<Value, Vec<Fault>> {
        let queries = &self.instance.queries;
        let mut hulls: Vec<Option<Bounds>> = vec![None; queries.len()];
        for (taken, _) in self.branches.iter().zip(consistent).filter(|(_, fine)| **fine) {
            let net = self.network(taken)?;
            let Some(solved) = net.without(&[]) else { continue };
            for (hull, (from, to)) in hulls.iter_mut().zip(queries) {
                let own = solved.gap(from, to);
                *hull = Some(hull.map_or(own, |hull| hull.hull(own)));
            }
        }
        let each = hulls
            .into_iter()
            .zip(queries)
            .map(|(hull, (from, to))| Value::Object(range(from, to, hull.unwrap_or(Bounds::OPEN))));
        Ok(each.collect())
    }
}

fn range(from: &str, to: &str, bounds: Bounds) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("from".to_owned(), json!(from));
    map.insert("to".to_owned(), json!(to));
    map.insert("lo".to_owned(), json!(bounds.min));
    map.insert("hi".to_owned(), json!(bounds.max));
    map
}

fn consistent_result(
    result: &mut Map<String, Value>,
    instance: &Instance,
    net: &Network,
    solved: &Solved<'_>,
) {
    let queries: Vec<Value> = instance
        .queries
        .iter()
        .map(|(from, to)| {
            let mut map = range(from, to, solved.gap(from, to));
            let supports = solved.supports(from, to);
            map.insert("support_lo".to_owned(), json!(supports.min));
            map.insert("support_hi".to_owned(), json!(supports.max));
            Value::Object(map)
        })
        .collect();
    let clocks: Map<String, Value> = net
        .sources()
        .map(|source| {
            let bounds = solved.clock_bounds(source);
            (source.to_owned(), json!([bounds.min, bounds.max]))
        })
        .collect();
    result.insert("consistent".to_owned(), json!(true));
    result.insert("queries".to_owned(), Value::Array(queries));
    result.insert("clock_offset_bounds".to_owned(), Value::Object(clocks));
    result.insert("capped".to_owned(), json!(false));
}

fn diagnoses(list: &[Diagnosis]) -> Value {
    list.iter().map(|d| json!({"records": d.retract, "cost": d.cost})).collect()
}

fn conflicting_result(
    result: &mut Map<String, Value>,
    instance: &Instance,
    net: &Network,
    limits: &Limits,
) -> Result<(), Vec<Fault>> {
    let mut analysis = net.analyse(limits).map_err(|fault| hard(instance, fault))?;
    let top = limits.diagnoses;
    let conflicts = &analysis.conflicts;
    let sets: Vec<&[String]> =
        conflicts.all.iter().take(top).map(|c| c.records.as_slice()).collect();
    let details: Vec<Value> = conflicts
        .all
        .iter()
        .take(top)
        .map(|c| json!({"records": c.records, "hard_beside": c.hard_beside, "excess_ms": c.excess_ms}))
        .collect();
    let cut = conflicts.all.len() > top || conflicts.capped || analysis.diagnoses.capped;
    let components: Vec<Value> = analysis
        .diagnoses
        .components
        .iter()
        .map(|c| {
            let shown: Vec<Diagnosis> = c.ranked.iter().take(top).cloned().collect();
            let sets: Vec<&[String]> = c
                .conflicts
                .iter()
                .take(top)
                .filter_map(|i| conflicts.all.get(*i).map(|c| c.records.as_slice()))
                .collect();
            let complete = c.complete && shown.len() == c.ranked.len();
            json!({"mus": sets, "mcs_ranked": diagnoses(&shown), "complete": complete})
        })
        .collect();
    result.insert("consistent".to_owned(), json!(false));
    result.insert("all_mus".to_owned(), json!(sets));
    result.insert("conflicts".to_owned(), Value::Array(details));
    result.insert("all_mcs_ranked".to_owned(), diagnoses(&analysis.diagnoses.ranked));
    result.insert("components".to_owned(), Value::Array(components));
    result.insert("capped".to_owned(), json!(cut));
    let all_mus = conflicts.complete && conflicts.all.len() <= top;
    result.insert("all_mus_complete".to_owned(), json!(all_mus));
    result.insert("all_mcs_complete".to_owned(), json!(!analysis.diagnoses.capped));
    let least = analysis.least_amount();
    let amounts: Map<String, Value> =
        least.amounts.into_iter().map(|(id, ms)| (id, json!(ms))).collect();
    let cost =
        i64::try_from(least.cost).map_or_else(|_| json!(least.cost.to_string()), |c| json!(c));
    let amount = json!({"cost_weighted_ms": cost, "one_optimal_solution": amounts});
    result.insert("l1_relaxation".to_owned(), amount);
    after_diagnoses(result, instance, &mut analysis);
    Ok(())
}

/// Bounds once the best diagnosis is taken, under each of the ranked, and over the least-cost.
fn after_diagnoses(
    result: &mut Map<String, Value>,
    instance: &Instance,
    analysis: &mut Analysis<'_>,
) {
    let (mut best, mut hulls) = (Vec::new(), Vec::new());
    for (from, to) in &instance.queries {
        let hull = analysis.gap_hull(from, to);
        let first = hull.by_diagnosis.first().map_or(hull.hull, |(_, bounds)| *bounds);
        best.push(Value::Object(range(from, to, first)));
        let mut map = range(from, to, hull.hull);
        let each: Vec<Value> =
            hull.by_diagnosis.iter().map(|(_, b)| json!([b.min, b.max])).collect();
        map.insert("by_diagnosis".to_owned(), Value::Array(each));
        map.insert("touched".to_owned(), json!(hull.touched));
        map.insert("outer".to_owned(), json!(hull.outer));
        hulls.push(Value::Object(map));
    }
    result.insert("bounds_after_best_diagnosis".to_owned(), Value::Array(best));
    result.insert("bounds_over_least_cost".to_owned(), Value::Array(hulls));
}
