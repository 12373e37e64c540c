//! A message as a value: which one, and what it is filled with. It has no language yet.

use std::fmt;

/// What a message is filled with (消息参数).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filling {
    /// Words, printed as they are.
    Text(String),
    /// A count, by which a language may choose its plural.
    Count(u64),
}

/// Message (消息): a key of `locales/` and its fillings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Key in `locales/{zh,en}/*.ftl`.
    pub key: String,
    /// Fillings by name, in the order given.
    pub fillings: Vec<(&'static str, Filling)>,
}

impl Message {
    /// A message without fillings.
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), fillings: Vec::new() }
    }

    /// The message with a text under `name`.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over paths, numbers and texts alike"
    )]
    pub fn text(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fillings.push((name, Filling::Text(value.to_string())));
        self
    }

    /// The message with a count under `name`.
    #[must_use]
    pub fn count(mut self, name: &'static str, value: usize) -> Self {
        self.fillings.push((name, Filling::Count(value as u64)));
        self
    }
}

/// For logs and tests only: people read what a voice makes of it.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        for (name, filling) in &self.fillings {
            match filling {
                Filling::Text(text) => write!(f, " {name}={text:?}")?,
                Filling::Count(count) => write!(f, " {name}={count}")?,
            }
        }
        Ok(())
    }
}
