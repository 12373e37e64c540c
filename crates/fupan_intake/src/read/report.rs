//! Reports of imports, as `fupan-case/1` carries them.

use super::Context;
use crate::fields::Fields;
use crate::node::Node;
use crate::time::{DateOrder, read_time};
use fupan_model::{
    ClockNotes, ClockStep, ColumnSummary, Digest, EvidenceId, ImportReport, RejectedRow, Series,
};

/// Reads one report.
pub(crate) fn read(mut fields: Fields<'_>, context: &Context<'_>) -> ImportReport {
    let f = &mut fields;
    let report = ImportReport {
        evidence: EvidenceId::new(f.need("evidence")),
        mapping: Digest::new(f.need("mapping")),
        rows: f.count("rows").unwrap_or_default(),
        rejected_total: f.count("rejected_total").unwrap_or_default(),
        rejected: f.tables("rejected", "rejected").into_iter().map(rejected).collect(),
        duplicates: f.count("duplicates").unwrap_or_default(),
        first: f.moment("first", context.zone_s),
        last: f.moment("last", context.zone_s),
        columns: f.tables("columns", "columns").into_iter().map(column).collect(),
        facts: f.count("facts").unwrap_or_default(),
        formulas: f.count("formulas").unwrap_or_default(),
        series: f.tables("series", "series").into_iter().map(|one| series(one, context)).collect(),
        clock: f.table("clock").map(|notes| clock(notes, context)).unwrap_or_default(),
    };
    fields.finish();
    report
}

/// A curve. A point is a list: when, the lowest and the highest reading.
fn series(mut f: Fields<'_>, context: &Context<'_>) -> Series {
    let moment = |node: &Node| match node {
        Node::Text(text) => read_time(text, Some(context.zone_s), DateOrder::Ymd).ok(),
        _ => None,
    };
    let point = |node: &Node| match node {
        Node::List(list) => match list.as_slice() {
            [at, Node::Number(low), Node::Number(high)] => Some((moment(at)?.at, *low, *high)),
            _ => None,
        },
        _ => None,
    };
    let series = Series {
        key: f.text("key").unwrap_or_default(),
        quantity: f.text("quantity").unwrap_or_default(),
        unit: f.text("unit").unwrap_or_default(),
        points: f.list("points", point),
        thresholds: f.numbers("thresholds"),
        crossings: f.list("crossings", |node| moment(node).map(|reading| reading.at)),
    };
    f.finish();
    series
}

fn clock(mut fields: Fields<'_>, context: &Context<'_>) -> ClockNotes {
    let f = &mut fields;
    let steps = |f: &mut Fields<'_>, key| -> Vec<ClockStep> {
        f.tables(key, key).into_iter().filter_map(|entry| step(entry, context)).collect()
    };
    let notes = ClockNotes {
        descending: f.flag("descending").unwrap_or(false),
        out_of_order: f.count("out_of_order").unwrap_or_default(),
        repeated: f.count("repeated").unwrap_or_default(),
        roll_overs: f.count("roll_overs").unwrap_or_default(),
        rolled: steps(f, "rolled"),
        jumps_total: f.count("jumps_total").unwrap_or_default(),
        jumps: steps(f, "jumps"),
    };
    fields.finish();
    notes
}

fn step(mut f: Fields<'_>, context: &Context<'_>) -> Option<ClockStep> {
    let row = f.count("row").unwrap_or_default();
    let (from, to) = (f.moment("from", context.zone_s), f.moment("to", context.zone_s));
    f.finish();
    Some(ClockStep { row, from: from?, to: to? })
}

fn rejected(mut f: Fields<'_>) -> RejectedRow {
    let row = RejectedRow {
        row: f.count("row").unwrap_or_default(),
        column: f.text("column").unwrap_or_default(),
        text: f.text("text").unwrap_or_default(),
        expected: f.text("expected").unwrap_or_default(),
    };
    f.finish();
    row
}

fn column(mut f: Fields<'_>) -> ColumnSummary {
    let column = ColumnSummary {
        name: f.text("name").unwrap_or_default(),
        min: f.text("min"),
        max: f.text("max"),
        sum: f.text("sum"),
    };
    f.finish();
    column
}
