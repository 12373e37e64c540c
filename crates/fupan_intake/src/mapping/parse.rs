//! The TOML of a mapping → [`Mapping`]. Keys it does not know are refused, with those it knows: a
//! key misspelt here would silently change what is read.

use super::{
    Charset, ClaimRule, ColumnKind, ColumnRule, Condition, Crossing, FactRule, Mapping, Pick,
    QuantityRule, TableFormat, Template, Test,
};
use crate::digest::digest_of;
use crate::document::toml_table;
use crate::error::{IntakeErrors, Problem};
use crate::fields::{Fields, Sink};
use crate::node::Node;
use crate::time::{DateOrder, read_zone};
use fupan_model::{PartyId, RowId};

const TOP: [&str; 8] =
    ["format", "delimiter", "encoding", "sheet", "header_row", "zone", "column", "fact"];
const COLUMN: [&str; 5] = ["name", "type", "policy", "order", "required"];
const FACT: [&str; 15] = [
    "id",
    "kind",
    "event",
    "pick",
    "where",
    "crossing",
    "time",
    "time_end",
    "text",
    "party",
    "key",
    "quantities",
    "claims",
    "after",
    "before",
];
const CONDITION: [&str; 7] = ["column", "is", "in", "contains", "at_least", "at_most", "empty"];

impl Mapping {
    /// Reads a mapping. `name` is what errors call its file.
    ///
    /// # Errors
    /// [`IntakeErrors`]: everything wrong in it, at once.
    pub fn parse(name: &str, text: &str) -> Result<Self, IntakeErrors> {
        let rows = toml_table(name, text.as_bytes())?;
        let sink = Sink::default();
        let mut top = Fields::top(&sink, name, "", rows);
        let mapping = Self {
            digest: digest_of(text.as_bytes()),
            format: closed(&mut top, "format", &["csv", "xlsx"]).map(|word| match word.as_str() {
                "xlsx" => TableFormat::Xlsx,
                _ => TableFormat::Csv,
            }),
            delimiter: delimiter(&mut top),
            encoding: closed(&mut top, "encoding", &Charset::NAMES).map(|word| {
                match word.as_str() {
                    "utf-16le" => Charset::Utf16Le,
                    "utf-16be" => Charset::Utf16Be,
                    "gb18030" => Charset::Gb18030,
                    _ => Charset::Utf8,
                }
            }),
            sheet: top.text("sheet"),
            header_row: top.count("header_row").unwrap_or(1),
            zone_s: zone(&mut top),
            columns: top.tables("column", "column").into_iter().map(column).collect(),
            facts: top.tables("fact", "fact").into_iter().map(fact).collect(),
        };
        twice(&top, &mapping);
        top.finish_strict(&TOP);
        let (errors, _) = sink.into_parts();
        if errors.is_empty() { Ok(mapping) } else { Err(IntakeErrors(errors)) }
    }
}

/// A word of a closed list, `None` where the key is absent.
fn closed(f: &mut Fields<'_>, key: &str, list: &[&str]) -> Option<String> {
    f.has(key).then(|| f.one_of(key, list))
}

fn delimiter(top: &mut Fields<'_>) -> Option<char> {
    let text = top.text("delimiter")?;
    let mut chars = text.chars();
    match (text.as_str(), chars.next(), chars.next()) {
        ("tab", ..) => Some('\t'),
        (_, Some(one), None) if one != '"' && one != '\n' && one != '\r' => Some(one),
        _ => {
            let known = [",", "tab", ";", "|"].map(str::to_owned).to_vec();
            top.wrong("delimiter", &text, Problem::OneOf(known));
            None
        }
    }
}

fn zone(top: &mut Fields<'_>) -> Option<i32> {
    let text = top.text("zone")?;
    let zone = read_zone(&text);
    if zone.is_none() {
        top.wrong("zone", &text, Problem::BadZone);
    }
    zone
}

fn column(mut f: Fields<'_>) -> ColumnRule {
    let kind = f.one_of("type", &["text", "time", "number"]);
    let order = f.one_of("order", &["ymd", "mdy", "dmy"]);
    let rule = ColumnRule {
        name: f.need("name"),
        kind: match kind.as_str() {
            "time" => ColumnKind::Time,
            "number" => ColumnKind::Number,
            _ => ColumnKind::Text,
        },
        policy: f.text("policy").map(RowId::new),
        order: match order.as_str() {
            "mdy" => DateOrder::Mdy,
            "dmy" => DateOrder::Dmy,
            _ => DateOrder::Ymd,
        },
        required: f.flag("required").unwrap_or(false),
    };
    f.finish_strict(&COLUMN);
    rule
}

fn fact(mut fields: Fields<'_>) -> FactRule {
    let f = &mut fields;
    let pick = f.one_of("pick", &["each", "first", "last"]);
    let crosses = f.has("crossing");
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
    if rule.time.is_none() && (rule.time_end.is_some() || crosses) {
        f.wrong("time", "", Problem::Missing);
    }
    let known: Vec<&str> = FACT.into_iter().chain(["source_kind"]).collect();
    fields.finish_strict(&known);
    rule
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

/// No column and no fact stands twice.
fn twice(top: &Fields<'_>, mapping: &Mapping) {
    let mut seen = std::collections::BTreeSet::new();
    for column in &mapping.columns {
        if !seen.insert(("column", column.name.as_str())) {
            top.wrong("column", &column.name, Problem::Duplicate("column"));
        }
    }
    for rule in &mapping.facts {
        if !seen.insert(("fact", rule.id.as_str())) {
            top.wrong("fact", &rule.id, Problem::Duplicate("fact"));
        }
    }
}
