//! Identifiers. What people say aloud (`E3`, `r07`, `CV08`) and what machines compare
//! ([`Digest`]) are different types, so that one can never stand for the other.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the text as it stands in the case or the book.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            /// The text, as people say it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

id_type!(
    /// Number of a piece of evidence within its case (证据编号), e.g. `E3`.
    EvidenceId
);
id_type!(
    /// Number of a fact within its case (事实编号): the record id of the input, verbatim.
    FactId
);
id_type!(
    /// Name of an event (事件): several facts may speak of one event.
    EventId
);
id_type!(
    /// Name of a time source (时钟).
    ClockId
);
id_type!(
    /// Name of a party (责任主体).
    PartyId
);
id_type!(
    /// Number of a question the assessor asks for (待查间隔).
    QuestionId
);
id_type!(
    /// Id of a row of the book (标准数据行), stable and never reused.
    RowId
);
id_type!(
    /// SHA-256 of some bytes (摘要), 64 lower-case hexadecimal digits.
    Digest
);

impl Default for Digest {
    /// None yet: no digits.
    fn default() -> Self {
        Self::new("")
    }
}
