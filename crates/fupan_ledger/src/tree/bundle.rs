//! Entry bundles (C2SP tlog-tiles, "Log entries"): entries, each after its length in two bytes.

use super::tile::{FULL, TileError};

/// Bytes that an entry may have at most.
pub const MAX_ENTRY: usize = 65_535;

/// The bytes of a bundle: 1 to 256 entries.
///
/// # Errors
/// An entry that is too long; no entry or more than 256.
pub fn encode_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, TileError> {
    if entries.is_empty() || entries.len() > usize::from(FULL) {
        return Err(TileError::Shape);
    }
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| TileError::LongEntry)?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle that must hold `width` of them.
///
/// # Errors
/// Bytes that end inside an entry, or hold more or fewer entries.
pub fn decode_bundle(mut bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or(TileError::Length)?;
        entries.push(entry);
        bytes = rest;
    }
    let whole = bytes.is_empty() && entries.len() == usize::from(width);
    if whole { Ok(entries) } else { Err(TileError::Length) }
}
