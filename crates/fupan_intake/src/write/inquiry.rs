//! Requests, interviews, findings, choices and import reports, as tables.

use super::{Kept, Rows};
use crate::node::Node;
use fupan_model::{
    CaseFile, Choice, ClockNotes, ClockStep, ColumnSummary, Decimal, DraftFinding, ImportReport,
    Interview, Moment, RejectedRow, Request, Series,
};

/// The lists by their name in JSON.
pub(crate) fn all(case: &CaseFile, kept: &mut Kept) -> Vec<(&'static str, Vec<Node>)> {
    vec![
        ("requests", case.requests.iter().map(|r| request(r, kept)).collect()),
        ("interviews", case.interviews.iter().map(|i| interview(i, kept)).collect()),
        ("findings", case.findings.iter().map(|f| finding(f, kept)).collect()),
        ("choices", case.choices.iter().enumerate().map(|(at, c)| choice(at, c, kept)).collect()),
    ]
}

/// A row of `requests[]`.
pub(crate) fn request(request: &Request, kept: &mut Kept) -> Node {
    let path = format!("requests[{}]", request.id);
    let mut rows = Rows::default();
    rows.text("id", &request.id);
    rows.text("to", &request.to);
    rows.filled("asks", &request.asks);
    rows.texts("kinds", &request.kinds);
    rows.maybe("asked_at", request.asked_at.as_ref());
    rows.maybe("due", request.due.as_ref());
    if let Some(reply) = &request.reply {
        let mut inner = Rows::default();
        inner.text("at", reply.at);
        inner.text("text", &reply.text);
        inner.texts("evidence", &reply.evidence);
        rows.put("reply", kept.close(&format!("{path}.reply"), inner));
    }
    kept.close(&path, rows)
}

/// A row of `interviews[]`.
pub(crate) fn interview(interview: &Interview, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &interview.id);
    rows.text("party", &interview.party);
    rows.text("role", &interview.role);
    rows.text("layer", &interview.layer);
    rows.texts("topics", &interview.topics);
    rows.texts("interviewers", &interview.interviewers);
    rows.maybe("started", interview.started.as_ref());
    rows.maybe("ended", interview.ended.as_ref());
    rows.maybe("evidence", interview.evidence.as_ref());
    rows.put("signed", Node::Bool(interview.signed));
    kept.close(&format!("interviews[{}]", interview.id), rows)
}

/// A row of `findings[]`.
pub(crate) fn finding(finding: &DraftFinding, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &finding.id);
    rows.text("tone", &finding.tone);
    rows.text("content", &finding.content);
    rows.text("text", &finding.text);
    rows.filled("by", &finding.by);
    rows.cites(Some(&finding.cites));
    kept.close(&format!("findings[{}]", finding.id), rows)
}

/// A row of `choices[]`.
pub(crate) fn choice(at: usize, choice: &Choice, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.texts("retract", &choice.retract);
    rows.text("by", &choice.by);
    rows.text("reason", &choice.reason);
    rows.maybe("at", choice.at.as_ref());
    kept.close(&format!("choices[#{}]", at + 1), rows)
}

/// A report of an import; only JSON carries it, a folder makes it again.
pub(crate) fn report(report: &ImportReport) -> Node {
    let mut rows = Rows::default();
    rows.text("evidence", &report.evidence);
    rows.text("mapping", &report.mapping);
    rows.count("rows", report.rows);
    rows.count("rejected_total", report.rejected_total);
    rows.list("rejected", report.rejected.iter().map(rejected).collect());
    rows.count("duplicates", report.duplicates);
    rows.maybe("first", report.first.as_ref());
    rows.maybe("last", report.last.as_ref());
    rows.list("columns", report.columns.iter().map(column).collect());
    rows.count("facts", report.facts);
    if report.formulas > 0 {
        rows.count("formulas", report.formulas);
    }
    rows.list("series", report.series.iter().map(series).collect());
    if !report.clock.is_quiet() {
        rows.put("clock", clock(&report.clock));
    }
    Node::Table(rows.0)
}

fn series(series: &Series) -> Node {
    let mut rows = Rows::default();
    rows.filled("key", &series.key);
    rows.text("quantity", &series.quantity);
    rows.text("unit", &series.unit);
    let point = |(at, low, high): &(Moment, Decimal, Decimal)| {
        Node::List(vec![Node::text(at), Node::Number(*low), Node::Number(*high)])
    };
    rows.list("points", series.points.iter().map(point).collect());
    rows.list("thresholds", series.thresholds.iter().copied().map(Node::Number).collect());
    rows.list("crossings", series.crossings.iter().map(Node::text).collect());
    Node::Table(rows.0)
}

/// Only what there is to say.
fn clock(notes: &ClockNotes) -> Node {
    let mut rows = Rows::default();
    if notes.descending {
        rows.put("descending", Node::Bool(true));
    }
    rows.count("out_of_order", notes.out_of_order);
    rows.count("repeated", notes.repeated);
    rows.count("roll_overs", notes.roll_overs);
    rows.list("rolled", notes.rolled.iter().map(step).collect());
    rows.count("jumps_total", notes.jumps_total);
    rows.list("jumps", notes.jumps.iter().map(step).collect());
    Node::Table(rows.0)
}

fn step(step: &ClockStep) -> Node {
    let mut rows = Rows::default();
    rows.count("row", step.row);
    rows.text("from", step.from);
    rows.text("to", step.to);
    Node::Table(rows.0)
}

fn rejected(row: &RejectedRow) -> Node {
    let mut rows = Rows::default();
    rows.count("row", row.row);
    rows.text("column", &row.column);
    rows.text("text", &row.text);
    rows.text("expected", &row.expected);
    Node::Table(rows.0)
}

fn column(column: &ColumnSummary) -> Node {
    let mut rows = Rows::default();
    rows.text("name", &column.name);
    rows.maybe("min", column.min.as_ref());
    rows.maybe("max", column.max.as_ref());
    rows.maybe("sum", column.sum.as_ref());
    Node::Table(rows.0)
}
