//! The TOML of a fact's rule → [`FactRule`], of a curve → [`SeriesRule`].

use super::{
    ClaimRule, Condition, Crossing, FactRule, Pick, QuantityRule, SeriesRule, Split, Template,
    Test, Trigger,
};
use crate::error::Problem;
use crate::fields::Fields;
use crate::node::Node;
use fupan_model::{Moment, PartyId, RowId};

const FACT: [&str; 22] = [
    "id",
    "kind",
    "event",
    "pick",
    "where",
    "crossing",
    "gap",
    "count",
    "change",
    "split",
    "after_time",
    "after_fact",
    "time",
    "time_end",
    "text",
    "party",
    "key",
    "quantities",
    "claims",
    "after",
    "before",
    "source_kind",
];
const CONDITION: [&str; 7] = ["column", "is", "in", "contains", "at_least", "at_most", "empty"];
/// A window holds no more rows than this.
const MOST_COUNT: u64 = 100_000;

/// Reads one rule; what is wrong with it is noted.
pub(super) fn fact(mut fields: Fields<'_>) -> FactRule {
    let f = &mut fields;
    let pick = f.one_of("pick", &["each", "first", "last"]);
    let several: Vec<&'static str> =
        ["crossing", "gap", "count", "change"].into_iter().filter(|key| f.has(key)).collect();
    if let [a, b, ..] = several.as_slice() {
        f.wrong(b, "", Problem::Both(a, b));
    }
    let rule = FactRule {
        id: f.need("id"),
        kind: f.need("kind"),
        event: template(f, "event"),
        pick: match pick.as_str() {
            "first" => Pick::First,
            "last" => Pick::Last,
            _ => Pick::Each,
        },
        conditions: f.tables("where", "where").into_iter().filter_map(condition).collect(),
        crossing: f.table("crossing").and_then(crossing),
        trigger: trigger(f),
        split: f.table("split").and_then(split),
        after_time: after_time(f),
        after_fact: f.text("after_fact"),
        time: f.text("time"),
        time_end: f.text("time_end"),
        text: template(f, "text"),
        party: f.text("party").map(PartyId::new),
        key: template(f, "key"),
        quantities: quantities(f),
        claims: f.tables("claims", "claims").into_iter().map(claim).collect(),
        after: templates(f, "after"),
        before: templates(f, "before"),
        source_kind: f.text("source_kind").map(RowId::new),
    };
    let dated = !several.is_empty() && several != ["change"]
        || rule.time_end.is_some()
        || rule.after_time.is_some()
        || rule.after_fact.is_some();
    if rule.time.is_none() && dated {
        f.wrong("time", "", Problem::Missing);
    }
    if rule.split.is_some() && !several.is_empty() {
        f.wrong("split", "", Problem::Both("split", several.first().copied().unwrap_or_default()));
    }
    fields.finish_strict(&FACT);
    rule
}

/// Reads a curve; what is wrong with it is noted.
pub(super) fn series(mut f: Fields<'_>) -> SeriesRule {
    let rule = SeriesRule {
        value: f.need("value"),
        time: f.need("time"),
        unit: f.need("unit"),
        key: template(&mut f, "key"),
        conditions: f.tables("where", "where").into_iter().filter_map(condition).collect(),
        thresholds: f.numbers("thresholds"),
    };
    f.finish_strict(&["value", "time", "unit", "key", "where", "thresholds"]);
    rule
}

/// A moment with its offset.
fn after_time(f: &mut Fields<'_>) -> Option<Moment> {
    let text = f.text("after_time")?;
    let at = crate::time::read_time(&text, None, crate::time::DateOrder::Ymd).ok();
    if at.is_none() {
        f.wrong("after_time", &text, Problem::BadTime);
    }
    at.map(|reading| reading.at)
}

/// A length of time in seconds, more than nothing, as ms.
fn seconds(f: &mut Fields<'_>, key: &str) -> Option<i64> {
    if !f.has(key) {
        f.wrong(key, "", Problem::Missing);
    }
    let value = f.number(key)?;
    let ms = value.times_floor(1000).filter(|ms| *ms > 0);
    if ms.is_none() {
        f.wrong(key, &value.to_string(), Problem::Negative);
    }
    ms
}

fn trigger(f: &mut Fields<'_>) -> Option<Trigger> {
    if let Some(mut gap) = f.table("gap") {
        let longer_ms = seconds(&mut gap, "longer_s");
        gap.finish_strict(&["longer_s"]);
        return longer_ms.map(|longer_ms| Trigger::Gap { longer_ms });
    }
    if let Some(mut count) = f.table("count") {
        let within_ms = seconds(&mut count, "within_s");
        let rows = count.count("at_least");
        let at_least = rows.filter(|rows| (2..=MOST_COUNT).contains(rows));
        if at_least.is_none() {
            let found = rows.map(|rows| rows.to_string()).unwrap_or_default();
            count.wrong("at_least", &found, Problem::WrongType("row-count"));
        }
        count.finish_strict(&["at_least", "within_s"]);
        let at_least = usize::try_from(at_least?).ok()?;
        return within_ms.map(|within_ms| Trigger::Count { at_least, within_ms });
    }
    let mut change = f.table("change")?;
    let column = change.need("column");
    let per = template(&mut change, "per");
    let (from, to) = (change.text("from"), change.text("to"));
    change.finish_strict(&["column", "per", "from", "to"]);
    Some(Trigger::Change { column, per, from, to })
}

fn split(mut f: Fields<'_>) -> Option<Split> {
    let rule = Split {
        column: f.need("column"),
        items: f.need("items"),
        pair: f.text("pair").filter(|mark| !mark.is_empty()),
        key: f.text("key"),
        value: f.need("value"),
        date: f.text("date"),
        since: f.texts("since"),
    };
    if !rule.since.is_empty() && rule.date.is_none() {
        f.wrong("date", "", Problem::Missing);
    }
    if rule.pair.is_some() != rule.key.is_some() {
        f.wrong(if rule.pair.is_some() { "key" } else { "pair" }, "", Problem::Missing);
    }
    f.finish_strict(&["column", "items", "pair", "key", "value", "date", "since"]);
    (!rule.items.is_empty()).then_some(rule)
}

fn template(f: &mut Fields<'_>, key: &str) -> Option<Template> {
    let text = f.text(key)?;
    as_template(f, key, &text)
}

fn templates(f: &mut Fields<'_>, key: &str) -> Vec<Template> {
    let texts = f.texts(key);
    texts.iter().filter_map(|text| as_template(f, key, text)).collect()
}

fn as_template(f: &Fields<'_>, key: &str, text: &str) -> Option<Template> {
    let template = Template::parse(text);
    if template.is_none() {
        f.wrong(key, text, Problem::WrongType("template"));
    }
    template
}

fn condition(mut f: Fields<'_>) -> Option<Condition> {
    let column = f.need("column");
    let tests: Vec<&'static str> = CONDITION.into_iter().skip(1).filter(|key| f.has(key)).collect();
    if let [a, b, ..] = tests.as_slice() {
        f.wrong(b, "", Problem::Both(a, b));
    }
    let test = match tests.first().copied() {
        Some("is") => f.text("is").map(Test::Is),
        Some("in") => Some(Test::In(f.texts("in"))),
        Some("contains") => f.text("contains").map(Test::Contains),
        Some("at_least") => f.number("at_least").map(Test::AtLeast),
        Some("at_most") => f.number("at_most").map(Test::AtMost),
        Some("empty") => f.flag("empty").map(Test::Empty),
        _ => {
            let known = CONDITION.into_iter().skip(1).map(str::to_owned).collect();
            f.wrong("where", "", Problem::OneOf(known));
            None
        }
    };
    for key in CONDITION {
        f.take(key);
    }
    f.finish_strict(&CONDITION);
    test.map(|test| Condition { column, test })
}

fn crossing(mut f: Fields<'_>) -> Option<Crossing> {
    let column = f.need("column");
    let (up, down) = (f.number("above"), f.number("below"));
    let hold = f.number("hold_s");
    let hold_ms = hold.map_or(Some(0), |s| s.times_floor(1000)).filter(|ms| *ms >= 0);
    if hold_ms.is_none() {
        f.wrong("hold_s", &hold.map(|s| s.to_string()).unwrap_or_default(), Problem::Negative);
    }
    match (up, down) {
        (Some(_), Some(_)) => f.wrong("below", "", Problem::Both("above", "below")),
        (None, None) => f.wrong("above", "", Problem::Missing),
        _ => {}
    }
    f.finish_strict(&["column", "above", "below", "hold_s"]);
    let threshold = up.or(down)?;
    Some(Crossing { column, threshold, above: up.is_some(), hold_ms: hold_ms? })
}

fn claim(mut f: Fields<'_>) -> ClaimRule {
    let rule =
        ClaimRule { field: f.need("field"), column: f.need("column"), as_of: f.text("as_of") };
    f.finish_strict(&["field", "column", "as_of"]);
    rule
}

fn quantities(f: &mut Fields<'_>) -> Vec<(String, QuantityRule)> {
    let Some(mut table) = f.table("quantities") else { return Vec::new() };
    let mut out = Vec::new();
    for (name, node) in table.rest() {
        match &node {
            Node::Text(text) if text.contains('{') => {
                if let Some(template) = as_template(&table, &name, text) {
                    out.push((name, QuantityRule::Template(template)));
                }
            }
            Node::Text(column) => out.push((name, QuantityRule::Column(column.clone()))),
            Node::List(list) => {
                let columns: Option<Vec<String>> = list
                    .iter()
                    .map(|item| match item {
                        Node::Text(text) => Some(text.clone()),
                        _ => None,
                    })
                    .collect();
                match columns {
                    Some(columns) => out.push((name, QuantityRule::Columns(columns))),
                    None => table.wrong(&name, &node.shown(), Problem::WrongType("text")),
                }
            }
            other => table.wrong(&name, &other.shown(), Problem::WrongType("text")),
        }
    }
    out
}
