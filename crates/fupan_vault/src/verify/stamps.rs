//! The time stamps' part of the walk. A token is checked for all but who may be trusted, which a walk
//! with the log's key alone cannot know: see [`crate::kept_stamps`].

use std::collections::{BTreeMap, BTreeSet};

use fupan_ledger::{StampError, Trust};

use super::VerifyReport;
use super::listed::Listed;
use super::log::Named;
use crate::journal::FaultKind;
use crate::object::sha256_of;
use crate::stamp::{Part, Place, STAMPS, is_named, judge, parse_mark, place_of, request_of};
use crate::store::{BlobName, Store, StoreError};

pub(super) fn walk(
    store: &Store,
    (listed, named): (&Listed, &Named),
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let mut kept: BTreeMap<u64, BTreeSet<[u8; 32]>> = BTreeMap::new();
    let size_of = |name: &BlobName| place_of(name).map(|(place, _)| place.size);
    let names = listed.under(named.newest(), store, STAMPS, size_of)?;
    let mut asked: BTreeMap<Place, BlobName> = BTreeMap::new();
    for name in &names {
        if let Some((place, Part::Request(_))) = place_of(name) {
            asked.entry(place).or_insert_with(|| name.clone());
        }
    }
    for name in names {
        let Some((place, part)) = place_of(&name) else {
            report.fault(&name, FaultKind::Stray);
            continue;
        };
        let Some(bytes) = report.read(store, &name)? else { continue };
        match part {
            Part::Request(digest) => {
                // One place asks once: a second request would be another nonce.
                if asked.get(&place) != Some(&name) {
                    report.fault(&name, FaultKind::Stray);
                }
                if !is_named(&bytes, digest) {
                    report.fault(&name, FaultKind::Differs);
                    continue;
                }
                let right = request_of(&bytes, place.algorithm, named.text(place.size).as_deref());
                if let Err(error) = right {
                    report.fault(&name, kind_of(error));
                }
            }
            Part::Answer => {
                kept.entry(place.size).or_default().insert(sha256_of(&bytes));
                match answer(store, named, report, (place, asked.get(&place)), &bytes)? {
                    Ok(()) => report.stamps += 1,
                    Err(kind) => report.fault(&name, kind),
                }
            }
            Part::Late(digest) | Part::Refused(digest) => {
                if parse_mark(&bytes, &digest).is_none() {
                    report.fault(&name, FaultKind::Differs);
                }
                if !asked.contains_key(&place) {
                    report.fault(place.name(Part::Request(None)), FaultKind::Missing);
                }
            }
        }
    }
    // What the log names must be there as it was: a token that was taken away or changed is told even
    // where its signature says nothing of the change.
    for (size, answers) in &named.anchored {
        let there = kept.get(size);
        for _ in answers.iter().filter(|one| there.is_none_or(|there| !there.contains(*one))) {
            report.fault(format!("{STAMPS}/{size}"), FaultKind::Differs);
        }
    }
    Ok(())
}

/// Whether an answer is one to its request, as far as can be told without knowing whom to trust.
fn answer(
    store: &Store,
    named: &Named,
    report: &mut VerifyReport,
    (place, asked): (Place, Option<&BlobName>),
    bytes: &[u8],
) -> Result<Result<(), FaultKind>, StoreError> {
    let asked = asked.map(|name| report.read(store, name)).transpose()?.flatten();
    let Some(asked) = asked else { return Ok(Err(FaultKind::Missing)) };
    let Ok(request) = request_of(&asked, place.algorithm, named.text(place.size).as_deref()) else {
        return Ok(Err(FaultKind::Differs));
    };
    Ok(match judge(bytes, &request, &Trust::default()) {
        Ok(_) | Err(StampError::Untrusted) => Ok(()),
        Err(error) => Err(kind_of(error)),
    })
}

fn kind_of(error: StampError) -> FaultKind {
    match error {
        StampError::Malformed | StampError::NotGranted | StampError::Algorithm => FaultKind::Format,
        StampError::Imprint | StampError::Nonce | StampError::Policy => FaultKind::Differs,
        StampError::Signers
        | StampError::NoCertificate
        | StampError::Attributes
        | StampError::CertificateHash
        | StampError::Signature
        | StampError::Purpose
        | StampError::Validity
        | StampError::Untrusted => FaultKind::Signature,
    }
}
