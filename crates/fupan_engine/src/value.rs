//! Stated values: how they are compared and printed, exactly.

use fupan_model::{Decimal, Fact, Moment, Value};

/// A value as plain text, for keys and for a reader.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Set(names) => names.join("\u{3001}"),
    }
}

/// A value as a number, where it is one or is written as one.
pub(crate) fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => Decimal::parse(text).ok(),
        Value::Bool(_) | Value::Set(_) => None,
    }
}

/// A value as a set of names: a set, or one name.
pub(crate) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Set(names) => names.clone(),
        other => vec![text(other)],
    }
}

/// What a fact states of a field, with the time it is stated as of: its quantity of that name, or
/// its claim of that field.
pub(crate) fn stated<'f>(fact: &'f Fact, field: &str) -> Option<(&'f Value, Option<Moment>)> {
    let claim = fact.claims.iter().find(|claim| claim.field == field);
    let as_of =
        claim.and_then(|claim| claim.as_of).or_else(|| as_of_quantity(fact)).or(fact.stated_at);
    let value = fact.quantities.get(field).or_else(|| claim.and_then(|c| c.value.as_ref()))?;
    Some((value, as_of))
}

/// The time a fact's quantities hold for, where one of them says so.
fn as_of_quantity(fact: &Fact) -> Option<Moment> {
    match fact.quantities.get("as-of")? {
        Value::Text(text) => Moment::parse(text),
        Value::Bool(_) | Value::Number(_) | Value::Set(_) => None,
    }
}

/// Whether `|a − b| ≤ allowed`, exactly.
pub(crate) fn within(a: Decimal, b: Decimal, allowed: (i128, i128)) -> bool {
    let ((an, ad), (bn, bd)) = (a.ratio(), b.ratio());
    let gap = (an * bd - bn * ad).abs();
    gap * allowed.1 <= allowed.0 * ad * bd
}

/// The larger of two tolerances given as fractions.
pub(crate) fn larger(a: (i128, i128), b: (i128, i128)) -> (i128, i128) {
    if a.0 * b.1 >= b.0 * a.1 { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_are_exact() {
        let of = |t: &str| Decimal::parse(t).unwrap();
        assert!(within(of("10"), of("12"), (2, 1)));
        assert!(!within(of("10"), of("12.01"), (2, 1)));
        assert!(within(of("0.1"), of("0.3"), (2, 10)));
        assert_eq!(larger((1, 2), (2, 3)), (2, 3));
    }
}
