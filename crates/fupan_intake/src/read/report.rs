//! Reports of imports, as `fupan-case/1` carries them.

use super::Context;
use crate::fields::Fields;
use fupan_model::{ColumnSummary, Digest, EvidenceId, ImportReport, RejectedRow};

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
    };
    fields.finish();
    report
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
