//! The part of a case's history that no person stated: captures, later signatures, chunks of streams,
//! gaps and silences.

use super::history::PastEntry;
use crate::cellar::{Captured, Register};
use crate::key::assurance_word;
use crate::{Failure, cellar};
use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, Ulid};
use fupan_model::Moment;
use fupan_vault::Vault;
use std::path::Path;

/// Leaves of the case, as lines of its history.
///
/// # Errors
/// The log cannot be read.
pub(super) fn sealed(
    vault: &Vault,
    root: &Path,
    case: Ulid,
    offset_s: i32,
) -> Result<Vec<PastEntry>, Failure> {
    let ours = |leaf: &Leaf| leaf.get_ulid(LeafField::Case) == Some(case);
    let register = Register::load(vault, root)?;
    let captures = register.captures.iter().filter(|one| ours(&one.leaf));
    let mut shown: Vec<PastEntry> = captures.map(|one| capture(one, offset_s)).collect();
    let kinds = [LeafKind::Chunk, LeafKind::Gap, LeafKind::Silence];
    let leaves = vault.leaves(&kinds).map_err(|error| cellar::failure(root, &error))?;
    let streams = leaves.iter().filter(|(_, leaf)| ours(leaf));
    shown.extend(streams.map(|(index, leaf)| stream(*index, leaf, offset_s)));
    Ok(shown)
}

fn capture(one: &Captured, offset_s: i32) -> PastEntry {
    let leaf = &one.leaf;
    let number = |field| leaf.get_number(field);
    let at = number(LeafField::At).or(number(LeafField::Complete)).or(number(LeafField::Captured));
    let act = match (leaf.kind(), leaf.get_word(LeafField::Status)) {
        (LeafKind::Cosign, _) => "cosign",
        (_, Some("witnessed")) => "capture-witnessed",
        (_, Some("late")) => "capture-late",
        (_, Some("single")) => "capture-single",
        (_, Some("unwitnessed")) => "capture-unwitnessed",
        _ => "capture-pending",
    };
    // Of a later signature, only those who gave it.
    let keys = match leaf.get(LeafField::Att) {
        Some(LeafValue::Keys(keys)) => keys.as_slice(),
        _ => &[],
    };
    let signers = one.signed.iter().flat_map(|signed| signed.signers());
    let signers: Vec<_> = signers.filter(|one| keys.contains(&one.add.key.id())).collect();
    let people: Vec<&str> = signers.iter().map(|one| one.add.person.as_str()).collect();
    let lowest = signers.iter().map(|one| one.assurance()).min();
    let id = leaf.get_ulid(LeafField::Id).map(|id| id.to_string()).unwrap_or_default();
    let mut about = vec![id.clone()];
    about.extend(lowest.map(|lowest| assurance_word(lowest).to_owned()));
    about.extend(leaf.get_word(LeafField::Clock).map(|clock| format!("clock {clock}")));
    about.extend(number(LeafField::Lat).map(|latency| format!("{latency} ms")));
    PastEntry {
        index: one.index,
        id,
        at: Moment::new(at.unwrap_or_default(), offset_s),
        author: people.join(", "),
        version: None,
        act,
        about,
    }
}

fn stream(index: u64, leaf: &Leaf, offset_s: i32) -> PastEntry {
    let number = |field| leaf.get_number(field);
    let time = |ms: i64| Moment::new(ms, offset_s).to_string();
    let id = leaf.get_ulid(LeafField::Stream).map(|id| id.to_string()).unwrap_or_default();
    let (act, what) = match leaf.kind() {
        LeafKind::Chunk => ("chunk", [LeafField::Seq, LeafField::Count]),
        LeafKind::Gap => ("gap", [LeafField::Seq, LeafField::Count]),
        _ => ("silence", [LeafField::First, LeafField::Last]),
    };
    let mut about = vec![id.clone()];
    let timed = |field| matches!(field, LeafField::First | LeafField::Last);
    about.extend(what.into_iter().filter_map(|field| {
        let value = number(field)?;
        let said = if timed(field) { time(value) } else { value.to_string() };
        Some(format!("{} {said}", field.name()))
    }));
    let at = Moment::new(number(LeafField::At).unwrap_or_default(), offset_s);
    PastEntry { index, id, at, author: String::new(), version: None, act, about }
}
