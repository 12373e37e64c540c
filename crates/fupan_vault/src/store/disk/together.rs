//! Many at a time: a disk makes many things durable in the time of one, if it is asked for them at once.

use std::io;
use std::thread;

use super::super::{Doing, StoreError};
use super::STAGING;

/// Threads that wait for the disk; they compute nothing.
const HANDS: usize = 16;
/// So few are not worth threads.
const FEW: usize = 32;

/// Does it to each; several at a time, where there are many.
///
/// # Errors
/// The first that one of the hands met.
pub(super) fn each<T: Send>(
    items: &mut [T],
    make: impl Fn(&mut T) -> Result<(), StoreError> + Sync,
) -> Result<(), StoreError> {
    if items.len() < FEW {
        return items.iter_mut().try_for_each(make);
    }
    let (share, make) = (items.len().div_ceil(HANDS), &make);
    thread::scope(|scope| {
        let hands = items.chunks_mut(share);
        let hands: Vec<_> =
            hands.map(|share| scope.spawn(move || share.iter_mut().try_for_each(make))).collect();
        let lost = |_| Err(StoreError::plain(Doing::Sync, STAGING, io::ErrorKind::Other));
        hands.into_iter().try_for_each(|hand| hand.join().unwrap_or_else(lost))
    })
}
