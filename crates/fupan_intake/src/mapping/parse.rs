//! The TOML of a mapping → [`Mapping`]. Keys it does not know are refused, with those it knows: a
//! key misspelt here would silently change what is read.

use super::fact_parse::{fact, series};
use super::{
    Area, Charset, ColumnKind, ColumnRule, DaySource, Layout, Mapping, Pattern, TableFormat,
};
use crate::digest::digest_of;
use crate::document::toml_table;
use crate::error::{IntakeErrors, Problem};
use crate::fields::{Fields, Sink, whole};
use crate::node::Node;
use crate::source::stays_inside;
use crate::time::{DateOrder, Epoch, read_date, read_zone};
use fupan_model::RowId;

const TOP: [&str; 19] = [
    "format",
    "delimiter",
    "encoding",
    "sheet",
    "header_row",
    "header_rows",
    "range",
    "begins",
    "table",
    "rows",
    "pattern",
    "patterns",
    "record",
    "files",
    "nothing",
    "zone",
    "column",
    "fact",
    "series",
];
const COLUMN: [&str; 11] = [
    "name",
    "type",
    "policy",
    "order",
    "required",
    "pivot",
    "epoch",
    "date",
    "time",
    "roll_over",
    "every_s",
];
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
            format: closed(&mut top, "format", &TableFormat::NAMES)
                .map(|word| TableFormat::named(&word)),
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
            layout: layout(&mut top),
            zone_s: zone(&mut top),
            columns: top.tables("column", "column").into_iter().map(column).collect(),
            facts: top.tables("fact", "fact").into_iter().map(fact).collect(),
            series: top.tables("series", "series").into_iter().map(series).collect(),
        };
        checks(&top, &mapping);
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

fn column(mut fields: Fields<'_>) -> ColumnRule {
    let f = &mut fields;
    let kind = f.one_of("type", &["text", "time", "number"]);
    let stated = f.has("order");
    let order = f.one_of("order", &["ymd", "mdy", "dmy"]);
    let pivot = f.count("pivot").and_then(|pivot| i64::try_from(pivot).ok());
    if pivot.is_some_and(|pivot| pivot > 99) {
        f.wrong("pivot", "", Problem::WrongType("pivot"));
    }
    if pivot.is_some() && !stated {
        f.wrong("order", "", Problem::Missing);
    }
    let every = f.number("every_s");
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
        pivot,
        epoch: closed(f, "epoch", &["s", "ms"]).map(|unit| match unit.as_str() {
            "ms" => Epoch::Millis,
            _ => Epoch::Seconds,
        }),
        day: f.text("date").map(|text| match read_date(&text) {
            Some(days) => DaySource::Stated(days),
            None => DaySource::Column(text),
        }),
        clock: f.text("time"),
        roll_over: f.flag("roll_over").unwrap_or(false),
        every_ms: every.and_then(|every| every.times_floor(1000)).filter(|ms| *ms > 0),
    };
    if every.is_some() && rule.every_ms.is_none() {
        f.wrong("every_s", "", Problem::Negative);
    }
    made_of(f, &rule);
    fields.finish_strict(&COLUMN);
    rule
}

/// What a column is made of fits together.
fn made_of(f: &Fields<'_>, rule: &ColumnRule) {
    let timed = rule.pivot.is_some() || rule.epoch.is_some() || rule.day.is_some();
    if timed && rule.kind != ColumnKind::Time {
        f.wrong("type", "", Problem::OneOf(vec![String::from("time")]));
    }
    if rule.epoch.is_some() && rule.day.is_some() {
        f.wrong("epoch", "", Problem::Both("epoch", "date"));
    }
    let from_column = matches!(rule.day, Some(DaySource::Column(_)));
    if rule.roll_over && from_column {
        f.wrong("roll_over", "", Problem::Both("roll_over", "date"));
    }
    if rule.day.is_none() && (rule.clock.is_some() || rule.roll_over) {
        f.wrong("date", "", Problem::Missing);
    }
}

fn layout(top: &mut Fields<'_>) -> Layout {
    let mut patterns: Vec<String> = top.text("pattern").into_iter().collect();
    if !patterns.is_empty() && top.has("patterns") {
        top.wrong("patterns", "", Problem::Both("pattern", "patterns"));
    }
    patterns.extend(top.texts("patterns"));
    let header_rows = header_rows(top);
    let table = top.count("table");
    if table == Some(0) {
        top.wrong("table", "0", Problem::WrongType("whole-number"));
    }
    Layout {
        header_rows,
        area: top.text("range").and_then(|text| {
            let area = Area::parse(&text);
            if area.is_none() {
                top.wrong("range", &text, Problem::WrongType("range"));
            }
            area
        }),
        begins: top.text("begins"),
        table,
        path: top
            .text("rows")
            .map(|text| text.split('.').map(str::to_owned).collect())
            .unwrap_or_default(),
        patterns: patterns
            .iter()
            .filter_map(|text| {
                let pattern = Pattern::parse(text);
                if pattern.is_none() {
                    top.wrong("pattern", text, Problem::WrongType("pattern"));
                }
                pattern
            })
            .collect(),
        by_time: closed(top, "record", &["line", "time"]).is_some_and(|word| word == "time"),
        files: files(top),
        nothing: top.texts("nothing"),
    }
}

/// Rows of a head of several rows, in order.
fn header_rows(top: &mut Fields<'_>) -> Vec<u64> {
    if top.has("header_rows") && top.has("header_row") {
        top.wrong("header_rows", "", Problem::Both("header_row", "header_rows"));
    }
    let Some(node) = top.take("header_rows") else { return Vec::new() };
    let rows: Option<Vec<u64>> = match &node {
        Node::List(list) => {
            list.iter().map(|item| whole(item).and_then(|row| u64::try_from(row).ok())).collect()
        }
        _ => None,
    };
    let rising = |rows: &Vec<u64>| rows.iter().zip(rows.iter().skip(1)).all(|(a, b)| a < b);
    let good = rows.filter(|rows| !rows.is_empty() && !rows.contains(&0) && rising(rows));
    if good.is_none() {
        top.wrong("header_rows", &node.shown(), Problem::WrongType("row-list"));
    }
    good.unwrap_or_default()
}

/// Members of an archive: names inside it, none twice.
fn files(top: &mut Fields<'_>) -> Vec<String> {
    let files = top.texts("files");
    let mut seen = std::collections::BTreeSet::new();
    for name in &files {
        if !stays_inside(name) {
            top.wrong("files", name, Problem::BadPath);
        } else if !seen.insert(name.as_str()) {
            top.wrong("files", name, Problem::Duplicate("file"));
        }
    }
    files
}

/// What the parts of a mapping say of each other.
fn checks(top: &Fields<'_>, mapping: &Mapping) {
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
    // A rule that waits for another names one that waits for nothing: no circle, no chain.
    let free: Vec<&str> = mapping
        .facts
        .iter()
        .filter(|rule| rule.after_fact.is_none() && rule.time.is_some())
        .map(|rule| rule.id.as_str())
        .collect();
    for rule in &mapping.facts {
        if let Some(name) = rule.after_fact.as_deref().filter(|name| !free.contains(name)) {
            let known = free.iter().map(|id| (*id).to_owned()).collect();
            top.wrong("after_fact", name, Problem::Unknown("fact", known));
        }
    }
    if mapping.format == Some(TableFormat::Text) && mapping.layout.patterns.is_empty() {
        top.wrong("pattern", "", Problem::Missing);
    }
}
