//! Many at a time: a disk makes many things durable in the time of one, if it is asked for them at once.

use std::io;
use std::thread;

use super::super::{Doing, StoreError};
use super::STAGING;

/// Threads that wait for the disk; they compute nothing.
const HANDS: usize = 16;

/// Does it to each, several at a time.
///
/// # Errors
/// The first that one of the hands met.
pub(super) fn each<T: Send>(
    items: &mut [T],
    make: impl Fn(&mut T) -> Result<(), StoreError> + Sync,
) -> Result<(), StoreError> {
    let share = items.len().div_ceil(HANDS).max(1);
    let (mut shares, make) = (items.chunks_mut(share), &make);
    let Some(own) = shares.next() else { return Ok(()) };
    thread::scope(|scope| {
        let hands: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter_mut().try_for_each(make))).collect();
        let own = own.iter_mut().try_for_each(make);
        let lost = |_| Err(StoreError::plain(Doing::Sync, STAGING, io::ErrorKind::Other));
        let others = hands.into_iter().map(|hand| hand.join().unwrap_or_else(lost));
        // All are waited for, whichever broke.
        others.fold(own, Result::and)
    })
}
