//! Where things stand in a bag.

use super::parts::{PaperKind, ReadingKind};

/// The declaration of BagIt.
pub(super) const DECLARATION: &str = "bagit.txt";
/// The labels of the bag.
pub(super) const INFO: &str = "bag-info.txt";
/// The signed seal over the tag manifests.
pub(super) const SEAL: &str = "bag.note";
/// The policy as the releasing vault holds it: for comparison, never for trust.
pub(super) const POLICY: &str = "policy.txt";
/// The head of the log with its cosignatures.
pub(super) const CHECKPOINT: &str = "log/checkpoint";
/// Certificates that time stamps may lack.
pub(super) const CHAIN: &str = "tsa/chain.pem";
/// The case as `fupan-case/1`.
pub(super) const CASE: &str = "data/case/case.json";
/// What was withheld, replaced and renamed.
pub(super) const REDACTION: &str = "data/case/redaction.json";
/// Group of the leaves that are about no evidence.
pub(super) const LOG_GROUP: &str = "log";

/// What the path of a file says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// An original.
    Original { kind: &'a str, evidence: &'a str, name: &'a str },
    /// The list of fixed evidence.
    List,
    /// A signed statement.
    Statement { evidence: &'a str, index: u64 },
    /// The object a statement names as `meta`.
    Meta { evidence: &'a str, index: u64 },
    /// The words of an act about evidence.
    Record { evidence: &'a str, index: u64 },
    /// The case file, the list as a paper, a report.
    Paper,
    /// What was read out of an original.
    Reading { evidence: &'a str },
    /// A leaf.
    Entry { group: &'a str, index: u64 },
    /// Its proof.
    Proof { group: &'a str, index: u64 },
    /// A proof that an older head is a beginning of this one.
    Consistency { old: u64, new: u64 },
    /// A request for a time stamp over the head of so many leaves.
    StampRequest { size: u64, algorithm: &'a str },
    /// Its answer.
    StampAnswer { size: u64, algorithm: &'a str },
    /// A verifier key.
    Key { role: &'a str },
    /// A file of BagIt, the seal, the policy, the head, the chain.
    Fixed,
    /// Help for people: `verify/`, and keys in the form that openssl takes.
    Help,
    /// Nothing that a bag of ours has.
    Unknown,
}

/// Paths of what a writer writes.
pub(super) fn original(kind: &str, evidence: &str, name: &str) -> String {
    format!("data/{kind}/{evidence}/{name}")
}

pub(super) fn list() -> String {
    format!("data/{}", super::list::words("file"))
}

pub(super) fn statement(evidence: &str, index: u64) -> String {
    format!("data/statements/{evidence}/{index}.note")
}

pub(super) fn meta(evidence: &str, index: u64) -> String {
    format!("data/statements/{evidence}/{index}.meta.json")
}

pub(super) fn record(evidence: &str, index: u64) -> String {
    format!("data/statements/{evidence}/{index}.body.json")
}

pub(super) fn reading(kind: ReadingKind, evidence: &str) -> String {
    let folder = match kind {
        ReadingKind::Exif => "exif",
        ReadingKind::Text => "text",
    };
    format!("{folder}/{evidence}.json")
}

pub(super) fn paper(kind: &PaperKind) -> String {
    match kind {
        PaperKind::Case => CASE.to_owned(),
        PaperKind::Redaction => REDACTION.to_owned(),
        PaperKind::List => format!("data/{}", super::list::words("paper")),
        PaperKind::ListVolume(number) => {
            format!("data/{}", super::list::words("volume").replace("{}", &format!("{number:03}")))
        }
        PaperKind::Report(name) => format!("data/report/{name}"),
    }
}

pub(super) fn entry(group: &str, index: u64) -> String {
    format!("proofs/{group}/{index}.entry")
}

pub(super) fn proof(group: &str, index: u64) -> String {
    format!("proofs/{group}/{index}.tlog-proof")
}

pub(super) fn consistency(old: u64, new: u64) -> String {
    format!("log/consistency/{old}-{new}.txt")
}

/// What stands at a path.
pub(super) fn place(path: &str) -> Place<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    let number = |text: &str| crate::text::decimal(text);
    let found = match parts.as_slice() {
        ["data", name] if *name == super::list::words("file") => Some(Place::List),
        ["data", name] if *name == super::list::words("paper") => Some(Place::Paper),
        ["data", name] => volume(name).then_some(Place::Paper),
        ["data", "case", _] => [CASE, REDACTION].contains(&path).then_some(Place::Paper),
        ["data", "report", name] => report(name).then_some(Place::Paper),
        ["data", "statements", evidence, name] => match name.split_once('.') {
            Some((index, "note")) => {
                number(index).map(|index| Place::Statement { evidence, index })
            }
            Some((index, "meta.json")) => {
                number(index).map(|index| Place::Meta { evidence, index })
            }
            Some((index, "body.json")) => {
                number(index).map(|index| Place::Record { evidence, index })
            }
            _ => None,
        },
        ["exif" | "text", name] => {
            name.strip_suffix(".json").map(|evidence| Place::Reading { evidence })
        }
        ["data", kind, evidence, name] => Some(Place::Original { kind, evidence, name }),
        ["proofs", group, name] => match name.split_once('.') {
            Some((index, "entry")) => number(index).map(|index| Place::Entry { group, index }),
            Some((index, "tlog-proof")) => number(index).map(|index| Place::Proof { group, index }),
            _ => None,
        },
        ["log", "consistency", name] => {
            name.strip_suffix(".txt").and_then(|name| name.split_once('-')).and_then(
                |(old, new)| Some(Place::Consistency { old: number(old)?, new: number(new)? }),
            )
        }
        ["tsa", name] if path != CHAIN => stamp(name),
        ["keys", role @ ("log" | "cosigners" | "people"), name] => match name.rsplit_once('.') {
            Some((_, "vkey")) => Some(Place::Key { role }),
            Some((_, "pem")) => Some(Place::Help),
            _ => None,
        },
        ["verify", _] => Some(Place::Help),
        _ => fixed(path).then_some(Place::Fixed),
    };
    found.unwrap_or(Place::Unknown)
}

/// Whether a file is a volume of the list.
fn volume(name: &str) -> bool {
    let Some((before, after)) = super::list::words("volume").split_once("{}") else { return false };
    let number = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    number.is_some_and(|number| {
        (3..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Endings that reports have.
fn report(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let known = [".json", ".html", ".docx", ".xlsx"].iter().any(|ending| name.ends_with(ending));
    known && !name.starts_with('.') && name.chars().all(plain)
}

fn stamp(name: &str) -> Option<Place<'_>> {
    let (size, rest) = name.split_once('.')?;
    let size = crate::text::decimal(size)?;
    let (algorithm, ending) = rest.split_once('.')?;
    if !matches!(algorithm, "sha256" | "sm3") {
        return None;
    }
    match ending {
        "tsq" => Some(Place::StampRequest { size, algorithm }),
        "tsr" => Some(Place::StampAnswer { size, algorithm }),
        _ => None,
    }
}

fn fixed(path: &str) -> bool {
    let known = [DECLARATION, INFO, SEAL, POLICY, CHECKPOINT, CHAIN];
    known.contains(&path)
        || ["manifest-sha256.txt", "manifest-sm3.txt", "tagmanifest-sha256.txt"].contains(&path)
        || path == "tagmanifest-sm3.txt"
}
