//! Cites: `cite = { evidence = "E3", row = 12 }`, or a list of them.

use super::{Context, evidence_of};
use crate::error::Problem;
use crate::fields::Fields;
use fupan_model::{CaseFile, Cite, Cites, Digest, EvidenceId, Locator};

/// The cites of a table, `None` where it has none. Unknown evidence is noted as an error.
pub(crate) fn read(fields: &mut Fields<'_>, case: &CaseFile) -> Option<Cites> {
    let mut list = Vec::new();
    for mut entry in fields.one_or_many("cite", "cites") {
        let id = entry.need("evidence");
        let locator = locator(&mut entry);
        let id = EvidenceId::new(id);
        match evidence_of(case, &id) {
            Some(evidence) => {
                list.push(Cite { evidence: id, digest: evidence.sha256.clone(), locator });
            }
            None if id.as_str().is_empty() => {}
            None => {
                let known = case.evidence.iter().map(|e| e.id.to_string()).take(50).collect();
                entry.wrong("evidence", id.as_str(), Problem::Unknown("evidence", known));
            }
        }
        entry.finish();
    }
    Cites::of(list)
}

/// The cites of a statement that must have some. In a `fupan-case/1` file a statement that names
/// none cites the file, by its own id.
pub(crate) fn required(
    fields: &mut Fields<'_>,
    case: &CaseFile,
    context: &Context<'_>,
    id: &str,
) -> Cites {
    let locator = Locator::Record(id.to_owned());
    let named = fields.has("cite") || fields.has("cites");
    let (evidence, digest) = match &context.whole_file {
        Some((evidence, digest)) if !named => (evidence.clone(), digest.clone()),
        // The place holder never leaves the reader: a case with an error is not handed out. It
        // spares the rest of the statement errors that only follow from this one.
        _ => (EvidenceId::new(""), Digest::new("")),
    };
    let own = Cites::one(Cite { evidence, digest, locator });
    if named {
        return read(fields, case).unwrap_or(own);
    }
    if context.whole_file.is_none() {
        fields.wrong("cite", "", Problem::NoCite);
    }
    own
}

fn locator(entry: &mut Fields<'_>) -> Locator {
    let sheet = entry.text("sheet");
    let row = entry.count("row");
    let others = ["page", "second", "record", "part"];
    let given: Vec<&'static str> = others.into_iter().filter(|key| entry.has(key)).collect();
    let also_row = row.map(|_| "row");
    let mut all = also_row.into_iter().chain(given);
    if let (Some(a), Some(b)) = (all.next(), all.next()) {
        entry.wrong(b, "", Problem::Both(a, b));
    }
    if sheet.is_some() && row.is_none() {
        entry.wrong("row", "", Problem::Missing);
    }
    let page = entry.count("page").map(Locator::Page);
    let second = entry.count("second").map(Locator::Second);
    let record = entry.text("record").map(Locator::Record);
    let part = entry.text("part").map(Locator::Part);
    match (sheet, row) {
        (Some(sheet), Some(row)) => Locator::SheetRow { sheet, row },
        (None, Some(row)) => Locator::Row(row),
        (_, None) => page.or(second).or(record).or(part).unwrap_or(Locator::Whole),
    }
}
