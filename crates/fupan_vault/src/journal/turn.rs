//! When the next batch may be begun. It is closed late, so that it holds much, and early enough to be in the WAL
//! when the one before is done.

use std::sync::{Condvar, Mutex, PoisonError};

/// Open unless a batch is on its way into the tiles.
pub(super) struct Turn {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Turn {
    pub(super) fn new() -> Self {
        Self { open: Mutex::new(true), opened: Condvar::new() }
    }

    /// Waits until it is open.
    pub(super) fn wait(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.opened.wait_while(open, |open| !*open));
    }

    pub(super) fn close(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }

    pub(super) fn open(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.opened.notify_all();
    }
}
