//! What is wrong with a text: which line, and which part of the format was expected there.

use thiserror::Error;

/// Malformed (格式错误): a text that is not in its format. Nothing of it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {line}: expected {part}")]
pub struct Malformed {
    /// Line, from 1; one past the last line where the text ends too soon.
    pub line: usize,
    /// What was expected there.
    pub part: Part,
}

impl Malformed {
    /// A fault at `line`, from 1.
    pub(crate) fn at(line: usize, part: Part) -> Self {
        Self { line, part }
    }
}

/// Part (格式部分): what a line of a format must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Part {
    /// UTF-8 without control characters but the line break.
    #[error("UTF-8 without control characters")]
    PlainText,
    /// A line break at the end.
    #[error("a line break at the end")]
    FinalBreak,
    /// An empty line between text and signatures.
    #[error("an empty line before the signatures")]
    Separator,
    /// A signature line: em dash, key name, base64 of key id and signature.
    #[error("a signature line")]
    SignatureLine,
    /// No more signatures than are read.
    #[error("no further signature")]
    FewerSignatures,
    /// The first line, which names format and version.
    #[error("the line that names the format")]
    Header,
    /// The name of a log.
    #[error("the origin of a log")]
    Origin,
    /// A whole number without leading zeros.
    #[error("a whole number without leading zeros")]
    Number,
    /// 32 bytes in base64.
    #[error("a hash in base64")]
    Base64Hash,
    /// Base64 with its padding.
    #[error("base64")]
    Base64,
    /// A line that is not empty.
    #[error("a line that is not empty")]
    NotEmpty,
    /// The named field, which stands exactly here, once.
    #[error("the field `{0}`")]
    Field(&'static str),
    /// The value of the named field.
    #[error("a value of the field `{0}`")]
    Value(&'static str),
    /// The end of the text.
    #[error("the end of the text")]
    End,
    /// A checksum in hexadecimal digits, of the manifest's algorithm.
    #[error("a checksum of the manifest's algorithm")]
    Checksum,
    /// A path inside the bag.
    #[error("a path inside the bag: {0}")]
    Path(#[source] crate::bag::PathFault),
    /// A path that was not named before.
    #[error("a path that was not named before")]
    NewPath,
    /// A label and its value.
    #[error("a label, a colon and a value")]
    Label,
}
