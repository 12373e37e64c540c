//! Papers of a bag: the case file, and the list that people sign.

use super::Export;
use super::gather::Piece;
use super::redact::Redaction;
use crate::{Failure, Lang, Message, Voice, case};
use fupan_intake::case_json;
use fupan_ledger::release::{self, PaperKind, ReleasedEvidence, ReleasedPaper};
use fupan_model::{CaseFile, Moment};
use fupan_report::{EvidenceList, ListVolume, ListedEvidence, compose_evidence_list, render};

/// Pieces of evidence that one paper lists at most. A word processor still opens a table so long, and a
/// person can hold it.
const VOLUME: usize = 500;

/// The papers of a case.
///
/// # Errors
/// A bug of the wording.
pub(super) fn of(
    export: &Export<'_>,
    pieces: &[Piece],
    released: &[ReleasedEvidence<'_>],
    redaction: Option<&Redaction>,
) -> Result<Vec<ReleasedPaper>, Failure> {
    let whole = case::of_journal(export.read);
    let (bytes, case) = match redaction {
        Some(redaction) => redaction.case(export, &whole)?,
        None => (case_json::write(&whole), whole),
    };
    let mut papers = vec![ReleasedPaper { kind: PaperKind::Case, bytes }];
    papers.extend(lists(export, &case, pieces, released)?);
    papers
        .extend(redaction.map(|one| one.papers(export, &case)).transpose()?.into_iter().flatten());
    Ok(papers)
}

/// The list that people sign: one paper, or volumes of it.
fn lists(
    export: &Export<'_>,
    case: &CaseFile,
    pieces: &[Piece],
    released: &[ReleasedEvidence<'_>],
) -> Result<Vec<ReleasedPaper>, Failure> {
    let listed: Vec<(&Piece, &ReleasedEvidence<'_>)> = pieces.iter().zip(released).collect();
    let of = listed.len().div_ceil(VOLUME).max(1);
    let paper = |number: usize| {
        let first = (number - 1) * VOLUME;
        let rows = listed.iter().skip(first).take(VOLUME).copied().map(row).collect();
        let list = EvidenceList {
            case: case.id.clone(),
            title: case.title.clone(),
            digest: case.digest.to_string(),
            count: listed.len(),
            volume: (of > 1).then_some(ListVolume { number, of, first: first + 1 }),
            rows,
        };
        // The paper is a Chinese court's; the words inside the bag that help to check it are in both.
        let document =
            compose_evidence_list(&list, export.book, Lang::Zh.code()).map_err(Failure::bug)?;
        let bytes = render::docx(&document).map_err(Failure::bug)?;
        let volume = || u32::try_from(number).map(PaperKind::ListVolume).map_err(Failure::bug);
        let kind = if of > 1 { volume()? } else { PaperKind::List };
        Ok(ReleasedPaper { kind, bytes })
    };
    (1..=of).map(paper).collect()
}

fn row((piece, released): (&Piece, &ReleasedEvidence<'_>)) -> ListedEvidence {
    let evidence = &piece.evidence;
    ListedEvidence {
        number: evidence.id.to_string(),
        title: evidence.title.clone(),
        kind: evidence.kind.to_string(),
        name: piece.name.clone(),
        format: piece.ending.clone(),
        size: evidence.size,
        sha256: fupan_vault::hex_of(&piece.sha256),
        sm3: fupan_vault::hex_of(&piece.sm3),
        captured: spoken(&piece.captured()),
        place: piece.field("place"),
        method: piece.field("method"),
        collectors: evidence.collected_by.clone(),
        witnesses: evidence.witnessed_by.clone(),
        holder: piece.holder.clone(),
        remarks: release::remarks(released),
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

/// Beijing time, which the papers of a Chinese court are in.
pub(super) const BEIJING_S: i32 = 8 * 3600;

/// A time as a paper writes it: to the second, with blanks at which a narrow column breaks; in Beijing time
/// where it was kept in none. Other words stay.
pub(super) fn spoken(time: &str) -> String {
    let whole = |moment: Moment| {
        let offset_s = if time.ends_with('Z') { BEIJING_S } else { moment.offset_s };
        let moment = Moment::new(moment.ms - moment.ms.rem_euclid(1000), offset_s);
        let text = moment.to_string();
        let (date, rest) = text.split_once('T')?;
        let (clock, offset) = rest.split_at_checked(8)?;
        Some(format!("{date} {clock} {offset}"))
    };
    let read = Moment::parse(time).and_then(whole);
    read.unwrap_or_else(|| time.to_owned())
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_time_is_written_for_people_and_other_words_stay() {
        for (written, read) in [
            ("2025-05-19T16:30:00+08:00", "2025-05-19 16:30:00 +08:00"),
            ("2026-11-27T02:47:46.254+08:00", "2026-11-27 02:47:46 +08:00"),
            ("1969-12-31T15:59:59.999Z", "1969-12-31 23:59:59 +08:00"),
            ("五月十九日下午", "五月十九日下午"),
            ("", ""),
        ] {
            assert_eq!(spoken(written), read);
        }
    }
}
