//! How facts of two sides are brought together.

use super::Sides;
use crate::between::readings_apart;
use crate::index::Index;
use crate::value;
use fupan_model::{Decimal, Fact};
use fupan_standard::{Pair, Pick};

/// Facts of both sides that are held against each other.
pub(crate) struct Match<'c> {
    pub(crate) key: Option<String>,
    pub(crate) left: Vec<&'c Fact>,
    pub(crate) left_pick: Pick,
    pub(crate) right: Vec<&'c Fact>,
    pub(crate) right_pick: Pick,
}

/// The matches of two sides, by key. Keys that only one side has match nothing: whether that is
/// allowed is for `subset` and `exists` to say.
pub(crate) fn matches<'c>(index: &Index<'_>, pair: Pair, sides: &Sides<'c>) -> Vec<Match<'c>> {
    let whole = |left_pick, right_pick| {
        let (left, right) = (sides.left.clone(), sides.right.clone());
        vec![Match { key: None, left, left_pick, right, right_pick }]
    };
    match pair {
        Pair::First => whole(Pick::First, Pick::First),
        Pair::Last => whole(Pick::Last, Pick::Last),
        Pair::FirstToLast => whole(Pick::First, Pick::Last),
        Pair::Key | Pair::Sequence => by_key(index, sides),
        Pair::Near { seconds, metres } => near(index, sides, seconds, metres),
    }
}

fn by_key<'c>(index: &Index<'_>, sides: &Sides<'c>) -> Vec<Match<'c>> {
    let mut right = index.keyed(&sides.right);
    index
        .keyed(&sides.left)
        .into_iter()
        .filter_map(|(key, left)| {
            let right = right.remove(&key)?;
            let (left_pick, right_pick) = (Pick::First, Pick::First);
            Some(Match { key: Some(key), left, left_pick, right, right_pick })
        })
        .collect()
}

/// Every left fact with every right fact of its key that lies near it in time and place.
fn near<'c>(index: &Index<'_>, sides: &Sides<'c>, seconds: i64, metres: i64) -> Vec<Match<'c>> {
    let right = index.keyed(&sides.right);
    let mut list = Vec::new();
    for fact in &sides.left {
        let key = index.key(fact).unwrap_or_default().to_owned();
        for other in right.get(&key).into_iter().flatten() {
            let gap = readings_apart(index, fact, other);
            let reach = seconds.saturating_mul(1_000);
            let close = gap.min_ms.is_some_and(|min| min <= reach)
                && gap.max_ms.is_some_and(|max| max >= -reach);
            if close && in_place(fact, other, metres) {
                list.push(Match {
                    key: Some(key.clone()),
                    left: vec![fact],
                    left_pick: Pick::First,
                    right: vec![other],
                    right_pick: Pick::First,
                });
            }
        }
    }
    list
}

/// Whether two facts' places lie within so many metres; facts without a place lie anywhere.
fn in_place(a: &Fact, b: &Fact, metres: i64) -> bool {
    let part = |fact: &Fact, name: &str| fact.quantities.get(name).and_then(value::number);
    let apart = |name: &str| -> Option<(i128, i128)> {
        let ((an, ad), (bn, bd)) = (part(a, name)?.ratio(), part(b, name)?.ratio());
        Some((an * bd - bn * ad, ad * bd))
    };
    let (Some((en, ed)), Some((nn, nd))) = (apart("east-m"), apart("north-m")) else { return true };
    let reach = Decimal::whole(metres).ratio().0;
    // (e/ed)² + (n/nd)² ≤ reach², without division.
    let sum = (en * nd).checked_pow(2).zip((nn * ed).checked_pow(2));
    let bound = (reach * ed * nd).checked_pow(2);
    match (sum.and_then(|(e, n)| e.checked_add(n)), bound) {
        (Some(sum), Some(bound)) => sum <= bound,
        // Beyond exact reach of the numbers: far further apart than any plant is wide.
        _ => false,
    }
}
