//! For each left key there is a right fact.

use super::{Sides, one_sided, pair};
use crate::index::{Index, ids};
use fupan_model::{Arg, CheckStatus, PairResult};
use fupan_standard::{Pair, Part};

pub(crate) fn run(index: &Index<'_>, part: &Part, sides: &Sides<'_>) -> Vec<PairResult> {
    if sides.left.is_empty() || part.pair != Pair::Key {
        return one_sided(sides).unwrap_or_else(|| vec![there(None, sides)]);
    }
    if let Some(outcome) = one_sided(sides) {
        return outcome;
    }
    let right = index.keyed(&sides.right);
    index
        .keyed(&sides.left)
        .into_iter()
        .map(|(key, facts)| match right.get(&key) {
            Some(others) => {
                let all = ids(facts.iter().chain(others));
                let args = [("key", Arg::Text(key.clone()))];
                pair(Some(&key), CheckStatus::Consistent, "exists", args, all)
            }
            None => {
                let kind = sides.right_kind.clone().unwrap_or_else(|| sides.left_kind.clone());
                let args = [("keys", Arg::Texts(vec![key.clone()])), ("kind", Arg::Row(kind))];
                pair(Some(&key), CheckStatus::Discrepant, "only-left", args, ids(&facts))
            }
        })
        .collect()
}

fn there(key: Option<&str>, sides: &Sides<'_>) -> PairResult {
    let facts = ids(sides.left.iter().chain(&sides.right));
    pair(key, CheckStatus::Consistent, "exists", [], facts)
}
