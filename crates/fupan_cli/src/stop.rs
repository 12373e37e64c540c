//! Ctrl-C. While nothing is on disk the program ends at once; while the hall writes, it is only
//! told, and leaves things whole before it ends. What serves is asked to end.

use crate::{progress, show};
use fupan::{FailureKind, Message, Step, Voice, Watch};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

static WRITING: AtomicBool = AtomicBool::new(false);
static ASKED: AtomicBool = AtomicBool::new(false);
static SERVING: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// Begins to listen. Where the system refuses a listener, Ctrl-C ends the program as it always did.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        let serving = SERVING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(end) = serving.as_ref() {
            return end();
        }
        ASKED.store(true, Ordering::SeqCst);
        if !WRITING.load(Ordering::SeqCst) {
            std::process::exit(i32::from(FailureKind::Interrupted.exit_code()));
        }
    });
}

/// From now on Ctrl-C does this, and nothing else: for what serves until a person ends it.
pub(crate) fn serving(end: impl Fn() + Send + 'static) {
    *SERVING.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(end));
}

/// The door's side of a running use case.
pub(crate) struct AtTheDoor<'a>(pub(crate) &'a Voice);

impl Watch for AtTheDoor<'_> {
    fn step(&self, step: Step) {
        progress::end();
        show::progress(&self.0.word(step.key()));
    }

    fn read(&self, done: u64, total: u64) {
        progress::read(self.0, done, total);
    }

    fn writing(&self, on: bool) {
        WRITING.store(on, Ordering::SeqCst);
    }

    fn busy(&self, lines: u64) {
        progress::end();
        show::doubt(&self.0.say(&Message::new("stream-waits").text("lines", lines)));
    }

    fn stopped(&self) -> bool {
        ASKED.load(Ordering::SeqCst)
    }
}
