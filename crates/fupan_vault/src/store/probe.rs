//! Whether a store keeps its word. A store that writes over what is there, or swaps a head that is not
//! the expected one, is refused at opening: on it two writers would lose each other's evidence.

use std::io;

use super::{BlobName, Created, Doing, Store, StoreError, Swapped};

/// Tries the conditions. The store is left as it was, whatever the outcome.
///
/// # Errors
/// The store does not honour a condition, or cannot be written.
pub fn probe(store: &Store) -> Result<(), StoreError> {
    let name = BlobName::made("staging/probe".to_owned());
    let faithless =
        |place: &str| StoreError::plain(Doing::Write, place, io::ErrorKind::Unsupported);
    store.blobs.remove(&name)?;
    let first = store.blobs.create(&name, b"first")?;
    let second = store.blobs.create(&name, b"second")?;
    let kept = store.blobs.read(&name)?;
    store.blobs.remove(&name)?;
    if first != Created::New || second != Created::Exists || kept.as_deref() != Some(b"first") {
        return Err(faithless(name.as_str()));
    }
    // A swap that must fail; if it did not, the head would be what it is.
    if let Some(head) = store.head.load()? {
        let mut other = head.clone();
        other.push(b'\n');
        if store.head.swap(Some(&other), &head)? == Swapped::Done {
            return Err(faithless("log/checkpoint"));
        }
    }
    Ok(())
}
