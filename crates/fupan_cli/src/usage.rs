//! Faults of usage, in the language of the screen.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use fupan::Message;

/// What clap found, as a message of ours.
pub(crate) fn message(error: &clap::Error) -> Message {
    let of = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            Message::new("usage-unknown-argument").text("argument", argument)
        }
        ErrorKind::InvalidSubcommand => {
            Message::new("usage-unknown-verb").text("argument", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => {
            Message::new("usage-missing").text("argument", argument)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Message::new("usage-no-verb")
        }
        ErrorKind::ValueValidation if is_no_number(error) => Message::new("usage-not-number")
            .text("argument", argument)
            .text("value", of(ContextKind::InvalidValue)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Message::new("usage-bad-value")
            .text("argument", argument)
            .text("value", of(ContextKind::InvalidValue))
            .text("expected", expected(error)),
        ErrorKind::ArgumentConflict => Message::new("usage-conflict")
            .text("argument", argument)
            .text("other", of(ContextKind::PriorArg)),
        _ => Message::new("usage-other").text("detail", error.to_string().trim_end()),
    }
}

/// Whether a whole number was wanted, and something else given.
fn is_no_number(error: &clap::Error) -> bool {
    use std::error::Error as _;
    error.source().is_some_and(|source| source.is::<std::num::ParseIntError>())
}

fn expected(error: &clap::Error) -> String {
    use std::error::Error as _;
    let listed = error.get(ContextKind::ValidValue).map(words).filter(|list| !list.is_empty());
    listed.or_else(|| error.source().map(ToString::to_string)).unwrap_or_else(|| "…".to_owned())
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(list) => list.join(", "),
        other => other.to_string(),
    }
}
