//! The command `fupan`: parses a request, calls one use case of the hall, shows the answer.
//! stdout carries the answer only; messages go to stderr, progress only to a terminal.

mod actor;
mod commands;
mod explained;
mod help;
mod language;
mod locator;
mod progress;
mod show;
mod span;
mod stop;
mod summary;
mod usage;

use fupan::{Failure, FailureKind, Voice};
use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;

/// Where the last panic happened, for the message about it.
static PANIC: Mutex<String> = Mutex::new(String::new());

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let voice = Voice::new(language::chosen(&args));
    panic::set_hook(Box::new(|info| {
        if let Ok(mut place) = PANIC.lock() {
            *place = info.to_string();
        }
    }));
    stop::listen();
    let done = panic::catch_unwind(AssertUnwindSafe(|| commands::run(&args, &voice)));
    let done = done.unwrap_or_else(|_| {
        let place = PANIC.lock().map(|place| place.clone()).unwrap_or_default();
        Err(Failure::bug(place))
    });
    progress::end();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            show::failure(&failure, &voice);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}

/// What a verb gives back: its answer is already shown.
type Done = Result<(), Failure>;

/// Bad usage.
fn usage_failure(message: fupan::Message) -> Failure {
    Failure::new(FailureKind::Input, message)
}
