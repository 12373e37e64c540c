//! Use case: what was done in a case, by whom and when.

use crate::place::{CasePlace, locate, no_vault};
use crate::{Failure, cellar};
use fupan_model::{Accident, Moment};
use fupan_vault::{Act, Deed};
use std::path::Path;

/// Past entry (案卷流水).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEntry {
    /// Index in the log.
    pub index: u64,
    /// Its id.
    pub id: String,
    /// When, by the clock of the machine it was made on, in the zone of the accident.
    pub at: Moment,
    /// Who.
    pub author: String,
    /// Version of the case after it; `None`: it states nothing.
    pub version: Option<u64>,
    /// What was done: `state`, `correct`, `hold`, `release`, `erase`, or a deed of custody.
    pub act: &'static str,
    /// What it is about: kinds and ids of statements, a piece of evidence, a reason.
    pub about: Vec<String>,
}

/// Entries of the case at `path`, in the order of the log.
///
/// # Errors
/// It does not live in a vault; a body is damaged.
pub fn show_history(path: &Path) -> Result<Vec<PastEntry>, Failure> {
    let CasePlace::Kept(kept) = locate(path) else { return Err(no_vault(path)) };
    let vault = cellar::open_to_read(&kept.vault)?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let offset_s = offset_s(&read.file.accident);
    let entries = vault.history(read.case).map_err(|error| cellar::failure(&kept.vault, &error))?;
    let shown = entries.into_iter().map(|(index, entry)| {
        let (act, about) = said(&entry.act);
        PastEntry {
            index,
            id: entry.id().map(|id| id.to_string()).unwrap_or_default(),
            at: Moment::new(entry.at_ms, offset_s),
            author: entry.author,
            version: entry.expected.map(|expected| expected + 1),
            act,
            about,
        }
    });
    let mut shown: Vec<PastEntry> = shown.collect();
    shown.extend(super::sealed::sealed(&vault, &kept.vault, read.case, offset_s)?);
    shown.sort_by_key(|one| one.index);
    Ok(shown)
}

/// Offset of a case's times from UTC, in seconds.
pub(crate) fn offset_s(accident: &Accident) -> i32 {
    let day = Moment::parse(&format!("{}T00:00:00{}", accident.date, accident.timezone));
    day.map_or(0, |day| day.offset_s)
}

fn said(act: &Act) -> (&'static str, Vec<String>) {
    match act {
        Act::State(statements) => {
            let named = |s: &fupan_vault::Statement| match s.id() {
                Some(id) => format!("{} {id}", s.kind()),
                None => s.kind().to_owned(),
            };
            ("state", statements.iter().map(named).collect())
        }
        Act::Correct(correction) => (
            "correct",
            vec![format!("{} {}", correction.of, correction.part), correction.reason.clone()],
        ),
        Act::Custody(custody) => {
            let ends = [&custody.from, &custody.to].into_iter().flatten().cloned();
            let mut about = vec![custody.evidence.clone()];
            about.extend(ends);
            about.push(custody.note.clone());
            about.retain(|text| !text.is_empty());
            (custody.deed.word(), about)
        }
        Act::Hold(hold) => {
            let what = hold.object.clone().unwrap_or_default();
            let act = if hold.on { "hold" } else { "release" };
            (act, [what, hold.reason.clone()].into_iter().filter(|text| !text.is_empty()).collect())
        }
        Act::Erase(erasure) => ("erase", vec![erasure.object.clone(), erasure.reason.clone()]),
    }
}

/// Words of deeds, for doors that ask for one.
pub(super) const DEEDS: [Deed; 6] =
    [Deed::Received, Deed::Viewed, Deed::Moved, Deed::HandedOver, Deed::Exported, Deed::Verified];
