//! What lies under `tsa/`, and what it proves.

use fupan_ledger::{
    Checkpoint, ImprintAlgorithm, Note, StampError, StampRequest, StampResponse, StampToken, Trust,
};
use sm3::{Digest as _, Sm3};

use super::place::{Part, Place, STAMPS, place_of};
use crate::journal::checkpoint_name;
use crate::object::sha256_of;
use crate::store::{BlobName, Store, StoreError};

/// Kept stamp (留存的时间戳): an answer that lies in a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStamp {
    /// Size of the head.
    pub size: u64,
    /// The hash.
    pub algorithm: ImprintAlgorithm,
    /// Place of the answer.
    pub place: String,
    /// The request, as it was sent.
    pub request: Vec<u8>,
    /// The answer, as it came.
    pub answer: Vec<u8>,
    /// The token; or what speaks against it. [`StampError::Untrusted`]: nothing but that nobody
    /// trusted signed it.
    pub result: Result<StampToken, StampError>,
}

/// All answers that are kept, in the order of the heads, judged under `trust`.
///
/// # Errors
/// The store cannot be read.
pub fn kept_stamps(store: &Store, trust: &Trust) -> Result<Vec<KeptStamp>, StoreError> {
    let mut found = Vec::new();
    for name in store.blobs.list(STAMPS)?.names {
        let Some((place, Part::Answer)) = place_of(&name) else { continue };
        let request = request_at(store, place)?.map(|(_, request)| request).unwrap_or_default();
        let answer = store.blobs.read(&name)?.unwrap_or_default();
        let text = head_text(store, place.size)?;
        let result = request_of(&request, place.algorithm, text.as_deref())
            .and_then(|asked| judge(&answer, &asked, trust));
        let (size, algorithm) = (place.size, place.algorithm);
        found.push((
            place,
            KeptStamp { size, algorithm, place: name.into(), request, answer, result },
        ));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, stamp)| stamp).collect())
}

/// The request of a place: its name, and its bytes, or nothing if they are not what that promises.
/// `None`: there is none.
pub(super) fn request_at(
    store: &Store,
    place: Place,
) -> Result<Option<(BlobName, Vec<u8>)>, StoreError> {
    for name in store.blobs.list(&format!("{STAMPS}/{}", place.size))?.names {
        let Some((of, Part::Request(digest))) = place_of(&name) else { continue };
        if of == place {
            let bytes = store.blobs.read(&name)?;
            let bytes = bytes.filter(|bytes| is_named(bytes, digest));
            return Ok(Some((name, bytes.unwrap_or_default())));
        }
    }
    Ok(None)
}

/// Whether bytes are those that a name with this digest, or with none, promises.
pub(crate) fn is_named(bytes: &[u8], digest: Option<[u8; 32]>) -> bool {
    digest.is_none_or(|digest| sha256_of(bytes) == digest)
}

/// Text of the kept head of that size; `None`: there is none that can be read.
pub(super) fn head_text(store: &Store, size: u64) -> Result<Option<String>, StoreError> {
    let bytes = store.blobs.read(&checkpoint_name(size))?;
    let note = bytes.and_then(|bytes| Note::parse(&bytes).ok());
    let text = note.map(|note| note.text().to_owned());
    Ok(text.filter(|text| Checkpoint::parse(text).is_ok_and(|head| head.size == size)))
}

/// The imprint of a head's text.
pub(super) fn imprint(algorithm: ImprintAlgorithm, text: &str) -> [u8; 32] {
    match algorithm {
        ImprintAlgorithm::Sha256 => sha256_of(text.as_bytes()),
        ImprintAlgorithm::Sm3 => Sm3::digest(text).into(),
    }
}

/// Reads a kept request, which must be over this head in this hash, and have a nonce.
pub(crate) fn request_of(
    bytes: &[u8],
    algorithm: ImprintAlgorithm,
    text: Option<&str>,
) -> Result<StampRequest, StampError> {
    let request = StampRequest::parse(bytes)?;
    let text = text.ok_or(StampError::Imprint)?;
    if (request.algorithm, request.imprint) != (algorithm, imprint(algorithm, text)) {
        return Err(StampError::Imprint);
    }
    let nonce = request.nonce.as_deref().unwrap_or_default();
    if nonce.is_empty() || request.to_der()? != bytes {
        return Err(StampError::Nonce);
    }
    Ok(request)
}

/// The token of an answer, if it proves something.
pub(crate) fn judge(
    answer: &[u8],
    request: &StampRequest,
    trust: &Trust,
) -> Result<StampToken, StampError> {
    let token = StampResponse::parse(answer)?.token.ok_or(StampError::NotGranted)?;
    token.verify(request, trust)?;
    Ok(token)
}
