//! What was found and what it was made from: findings, needs, evidence.

use super::{Entry, Sheet, lines, number, sheet, text};
use crate::chapters::finding_text;
use crate::pen::{Pen, Written};
use fupan_model::{Cite, Cites, Decimal, Evidence, FindingResult, Locator, Need};

/// Names of some rows of the book, as one text.
fn rows_named(pen: &Pen<'_>, ids: &[fupan_model::RowId]) -> Written<Entry> {
    let names: Written<Vec<String>> = ids.iter().map(|id| pen.named(id.as_str())).collect();
    Ok(text(pen.wording.list(&names?)?))
}

pub(super) fn findings(pen: &Pen<'_>) -> Written<Sheet> {
    let one = |finding: &FindingResult| -> Written<Vec<Entry>> {
        let tone = match finding.tone.as_str() {
            "bad" => "heading-bad",
            "good" => "heading-good",
            _ => "heading-open",
        };
        let content = finding.content.as_ref().map(|id| pen.named(id.as_str()));
        Ok(vec![
            text(&finding.id),
            text(pen.wording.word(tone)?),
            lines(pen, &finding_text(pen, finding)?),
            text(content.transpose()?.unwrap_or_default()),
            rows_named(pen, &finding.duties)?,
            rows_named(pen, &finding.laws)?,
            Entry::Cites(finding.cites.clone()),
        ])
    };
    let rows: Written<Vec<_>> = pen.assessment.findings.iter().map(one).collect();
    let columns = [
        ("column-number", 12),
        ("column-tone", 10),
        ("column-finding", 60),
        ("column-content", 18),
        ("column-duties", 36),
        ("chapter-accountability", 36),
    ];
    sheet(pen, "chapter-findings", &columns, rows?)
}

pub(super) fn needs(pen: &Pen<'_>) -> Written<Sheet> {
    let one = |need: &Need| -> Written<Vec<Entry>> {
        let kind = pen.book.fact_kind(need.kind.as_str());
        let holders: Vec<String> =
            need.holders.iter().map(|id| pen.party_kind(id.as_str())).collect();
        let parties: Vec<String> = need.parties.iter().map(|id| pen.party(id.as_str())).collect();
        Ok(vec![
            text(pen.title(need.kind.as_str())),
            text(kind.map_or("", |row| pen.words(&row.body.found_in))),
            text(pen.wording.list(&parties)?),
            text(pen.wording.list(&holders)?),
            rows_named(pen, &need.rows)?,
            text(pen.wording.list(&need.requests)?),
            Entry::Cites(need.cites.clone()),
        ])
    };
    let rows: Written<Vec<_>> = pen.assessment.needs.iter().map(one).collect();
    let columns = [
        ("column-record", 26),
        ("column-found-in", 36),
        ("column-party", 32),
        ("column-party-kind", 28),
        ("column-needed-for", 40),
        ("column-asked-already", 16),
    ];
    sheet(pen, "chapter-needs", &columns, rows?)
}

pub(super) fn evidence(pen: &Pen<'_>) -> Written<Sheet> {
    let all = pen.assessment.register.evidence.iter();
    let rows: Written<Vec<_>> = all.map(|one| evidence_row(pen, one)).collect();
    let columns = [
        ("column-number", 10),
        ("column-kind", 14),
        ("column-name-of-evidence", 30),
        ("column-medium", 24),
        ("column-party", 20),
        ("column-clock", 20),
        ("column-bytes", 12),
        ("column-digest-whole", 68),
        ("column-collector", 30),
        ("column-witnessed", 30),
        ("column-collected-at", 22),
    ];
    sheet(pen, "heading-evidence", &columns, rows?)
}

fn evidence_row(pen: &Pen<'_>, one: &Evidence) -> Written<Vec<Entry>> {
    let whole =
        Cite { evidence: one.id.clone(), digest: one.sha256.clone(), locator: Locator::Whole };
    let clock = one.clock.as_ref().map(|id| pen.clock(id.as_str()));
    let at = one.collected_at.as_ref().map(|at| pen.stated(at));
    Ok(vec![
        text(one.id.as_str()),
        text(pen.title(one.kind.as_str())),
        text(&one.title),
        text(&one.medium),
        text(one.party.as_ref().map(|id| pen.party(id.as_str())).unwrap_or_default()),
        text(clock.transpose()?.unwrap_or_default()),
        number(i64::try_from(one.size).ok().map(Decimal::whole)),
        text(one.sha256.as_str()),
        text(pen.wording.list(&one.collected_by)?),
        text(pen.wording.list(&one.witnessed_by)?),
        text(at.transpose()?.unwrap_or_default()),
        Entry::Cites(Cites::one(whole)),
    ])
}
