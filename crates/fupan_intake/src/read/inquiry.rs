//! Requests, interviews, findings by hand, and choices of a diagnosis.

use super::{Context, cite};
use crate::error::Problem;
use crate::fields::Fields;
use crate::time::{DAY_MS, Precision};
use fupan_model::{
    CaseFile, Choice, DraftFinding, EvidenceId, Interview, Moment, PartyId, Reply, Request, RowId,
};

/// Reads a request for material.
pub(crate) fn request(mut fields: Fields<'_>, context: &Context<'_>) -> Request {
    let f = &mut fields;
    let request = Request {
        id: f.need("id"),
        to: PartyId::new(f.need("to")),
        asks: f.text("asks").unwrap_or_default(),
        kinds: f.texts("kinds").into_iter().map(RowId::new).collect(),
        asked_at: f.moment("asked_at", context.zone_s),
        due: due(f, context),
        reply: f.table("reply").and_then(|reply| self::reply(reply, context)),
    };
    fields.finish();
    request
}

/// A day by which something is due ends at its last millisecond.
fn due(f: &mut Fields<'_>, context: &Context<'_>) -> Option<Moment> {
    let text = f.text("due")?;
    let reading = context.reading(f, "due", &text)?;
    let whole_day = reading.precision == Precision::Day;
    Some(if whole_day { reading.at.plus(DAY_MS - 1) } else { reading.at })
}

fn reply(mut fields: Fields<'_>, context: &Context<'_>) -> Option<Reply> {
    if !fields.has("at") {
        fields.wrong("at", "", Problem::Missing);
    }
    let at = fields.moment("at", context.zone_s);
    let text = fields.text("text").unwrap_or_default();
    let evidence = fields.texts("evidence").into_iter().map(EvidenceId::new).collect();
    fields.finish();
    at.map(|at| Reply { at, text, evidence })
}

/// Reads an interview.
pub(crate) fn interview(mut fields: Fields<'_>, context: &Context<'_>) -> Interview {
    let f = &mut fields;
    let interview = Interview {
        id: f.need("id"),
        party: PartyId::new(f.need("party")),
        role: f.need("role"),
        layer: f.need("layer"),
        topics: f.texts("topics"),
        interviewers: f.texts("interviewers"),
        started: f.moment("started", context.zone_s),
        ended: f.moment("ended", context.zone_s),
        evidence: f.text("evidence").map(EvidenceId::new),
        signed: f.flag("signed").unwrap_or(false),
    };
    fields.finish();
    interview
}

/// Reads a finding written by hand.
pub(crate) fn finding(
    mut fields: Fields<'_>,
    case: &CaseFile,
    context: &Context<'_>,
) -> DraftFinding {
    let f = &mut fields;
    let id = f.need("id");
    if !f.has("tone") {
        f.wrong("tone", "", Problem::Missing);
    }
    let tone = f.one_of("tone", &["bad", "good"]);
    let content = RowId::new(f.need("content"));
    let text = f.need("text");
    let by = f.text("by").unwrap_or_default();
    let cites = cite::required(f, case, context, &id);
    fields.finish();
    DraftFinding { id, tone, content, text, by, cites }
}

/// Reads a chosen diagnosis.
pub(crate) fn choice(mut fields: Fields<'_>, context: &Context<'_>) -> Choice {
    let f = &mut fields;
    let choice = Choice {
        retract: f.texts("retract"),
        by: f.need("by"),
        reason: f.need("reason"),
        at: f.moment("at", context.zone_s),
    };
    fields.finish();
    choice
}
