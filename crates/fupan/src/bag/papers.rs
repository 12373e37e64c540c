//! Papers of a bag: the case file, and the list that people sign.

use super::Export;
use super::gather::Piece;
use super::redact::Redaction;
use crate::{Failure, Lang, Message, Voice, case};
use fupan_intake::case_json;
use fupan_ledger::release::{PaperKind, ReleasedPaper};
use fupan_report::{EvidenceList, ListedEvidence, compose_evidence_list, render};

/// The papers of a case.
///
/// # Errors
/// A bug of the wording.
pub(super) fn of(
    export: &Export<'_>,
    pieces: &[Piece],
    redaction: Option<&Redaction>,
) -> Result<Vec<ReleasedPaper>, Failure> {
    let whole = case::of_journal(export.read);
    let (bytes, case) = match redaction {
        Some(redaction) => redaction.case(export, &whole)?,
        None => (case_json::write(&whole), whole),
    };
    let list = EvidenceList {
        case: case.id.clone(),
        title: case.title.clone(),
        digest: case.digest.to_string(),
        rows: pieces.iter().map(row).collect(),
    };
    // The paper is a Chinese court's; the words inside the bag that help to check it are in both.
    let document =
        compose_evidence_list(&list, export.book, Lang::Zh.code()).map_err(Failure::bug)?;
    let list = render::docx(&document).map_err(Failure::bug)?;
    let mut papers = vec![
        ReleasedPaper { kind: PaperKind::Case, bytes },
        ReleasedPaper { kind: PaperKind::List, bytes: list },
    ];
    papers
        .extend(redaction.map(|one| one.papers(export, &case)).transpose()?.into_iter().flatten());
    Ok(papers)
}

fn row(piece: &Piece) -> ListedEvidence {
    let evidence = &piece.evidence;
    ListedEvidence {
        number: evidence.id.to_string(),
        title: evidence.title.clone(),
        kind: evidence.kind.to_string(),
        name: piece.name.clone(),
        format: piece.format.clone(),
        size: evidence.size,
        sha256: fupan_vault::hex_of(&piece.sha256),
        sm3: fupan_vault::hex_of(&piece.sm3),
        captured: piece.captured(),
        place: piece.field("place"),
        method: piece.field("method"),
        collectors: evidence.collected_by.clone(),
        witnesses: evidence.witnessed_by.clone(),
        holder: piece.holder.clone(),
        remarks: piece.remarks.clone(),
    }
}

/// Kind and medium in words, for the list.
pub(super) fn category(export: &Export<'_>, piece: &Piece) -> String {
    let id = piece.evidence.kind.as_str();
    let title = export.book.row(id).map_or(id, |row| row.title.zh.as_str());
    match piece.evidence.medium.as_str() {
        "" => title.to_owned(),
        medium => {
            let said = Message::new("bag-category").text("title", title).text("medium", medium);
            Voice::new(Lang::Zh).say(&said)
        }
    }
}
