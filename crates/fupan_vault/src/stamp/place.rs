//! Names below `tsa/`, and the marks that stand there.

use fupan_ledger::ImprintAlgorithm;
use serde::{Deserialize, Serialize};

use crate::object::{from_hex, hex_of, sha256_of};
use crate::store::BlobName;

/// Where time stamps stand.
pub(crate) const STAMPS: &str = "tsa";
const MARK: &str = "fupan-stamp-mark/1";
/// Characters of a reason that are kept.
const LONGEST: usize = 500;

/// What a blob below `tsa/` is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) size: u64,
    pub(crate) number: u32,
    pub(crate) algorithm: ImprintAlgorithm,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The request, as it was sent; named by its digest, so that its nonce cannot be changed unseen
    /// while no answer repeats it. `None`: as it was named before, without.
    Request(Option<[u8; 32]>),
    /// The answer with the token.
    Answer,
    /// A mark that the authority was away; named by its digest.
    Late([u8; 32]),
    /// A mark that there will be no token to this request; named by its digest.
    Refused([u8; 32]),
}

impl Place {
    pub(crate) fn name(self, part: Part) -> BlobName {
        let Self { size, number, algorithm } = self;
        let end = match part {
            Part::Request(None) => "tsq".to_owned(),
            Part::Request(Some(digest)) => format!("tsq.{}", hex_of(&digest)),
            Part::Answer => "tsr".to_owned(),
            Part::Late(digest) => format!("late.{}", hex_of(&digest)),
            Part::Refused(digest) => format!("refused.{}", hex_of(&digest)),
        };
        BlobName::made(format!("{STAMPS}/{size}/{number}.{}.{end}", word(algorithm)))
    }
}

/// Which place a name is; `None`: none.
pub(crate) fn place_of(name: &BlobName) -> Option<(Place, Part)> {
    let (size, file) = name.as_str().strip_prefix("tsa/")?.split_once('/')?;
    let mut parts = file.splitn(3, '.');
    let (number, algorithm, end) = (parts.next()?, parts.next()?, parts.next()?);
    let algorithm = match algorithm {
        "sha256" => ImprintAlgorithm::Sha256,
        "sm3" => ImprintAlgorithm::Sm3,
        _ => return None,
    };
    let place = Place { size: size.parse().ok()?, number: number.parse().ok()?, algorithm };
    let part = match end.split_once('.') {
        None if end == "tsq" => Part::Request(None),
        None if end == "tsr" => Part::Answer,
        Some(("tsq", digest)) => Part::Request(Some(from_hex(digest)?)),
        Some(("late", digest)) => Part::Late(from_hex(digest)?),
        Some(("refused", digest)) => Part::Refused(from_hex(digest)?),
        _ => return None,
    };
    // One spelling of everything.
    (place.name(part) == *name).then_some((place, part))
}

fn word(algorithm: ImprintAlgorithm) -> &'static str {
    match algorithm {
        ImprintAlgorithm::Sha256 => "sha256",
        ImprintAlgorithm::Sm3 => "sm3",
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    format: String,
    at_ms: i64,
    why: String,
}

/// The bytes of a mark, and their digest.
pub(super) fn mark(at_ms: i64, why: &str) -> (Vec<u8>, [u8; 32]) {
    let why = why.chars().take(LONGEST).collect();
    let mark = Mark { format: MARK.to_owned(), at_ms, why };
    // Text and a number always have a form.
    let bytes = serde_json::to_vec(&mark).unwrap_or_default();
    let digest = sha256_of(&bytes);
    (bytes, digest)
}

/// When and why, of a mark under this digest; `None`: it is none.
pub(crate) fn parse_mark(bytes: &[u8], digest: &[u8; 32]) -> Option<(i64, String)> {
    let mark: Mark = serde_json::from_slice(bytes).ok()?;
    (mark.format == MARK && sha256_of(bytes) == *digest).then_some((mark.at_ms, mark.why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_and_have_one_spelling() {
        for algorithm in [ImprintAlgorithm::Sha256, ImprintAlgorithm::Sm3] {
            let place = Place { size: 70_001, number: 3, algorithm };
            for part in [
                Part::Request(None),
                Part::Request(Some([6; 32])),
                Part::Answer,
                Part::Late([7; 32]),
                Part::Refused([8; 32]),
            ] {
                assert_eq!(place_of(&place.name(part)), Some((place, part)));
            }
        }
        for bad in [
            "tsa/7",
            "tsa/07/0.sha256.tsq",
            "tsa/7/00.sha256.tsq",
            "tsa/7/0.sha1.tsq",
            "tsa/7/0.sm3.tst",
            "tsa/7/0.sm3.late",
            "tsa/7/0.sm3.tsq.00",
            "tsa/7/0.sm3.late.00",
            "tsa/7/0.sm3.tsr.x",
            "tsb/7/0.sm3.tsr",
        ] {
            assert_eq!(place_of(&bad.parse().unwrap()), None, "{bad}");
        }
    }

    #[test]
    fn a_mark_is_what_its_name_says() {
        let (bytes, digest) = mark(7, &"远".repeat(900));
        assert_eq!(parse_mark(&bytes, &digest).unwrap().1.chars().count(), LONGEST);
        assert_eq!(parse_mark(&bytes, &[0; 32]), None);
        assert_eq!(parse_mark(b"{}", &sha256_of(b"{}")), None);
    }
}
