//! Text layer: the words of a document with the page, row or paragraph each stands on. A page that
//! holds a picture only says so, and nothing is guessed: no optical recognition, no repair.
//!
//! Files of strangers are read here. Everything is counted against one [`budget`], so that a bomb
//! ends in a typed error; no part indexes or unwraps.

mod budget;
mod parts;
mod pdf;
mod plain;
mod sheets;
mod word;

pub use budget::{MOST_FILE, MOST_PAGES, MOST_STEPS, MOST_TEXT, MOST_UNPACKED};

use crate::media::MediaType;
use budget::Budget;
use fupan_model::Locator;
use std::io::{Read, Seek, SeekFrom};
use thiserror::Error;

/// Text part (文本段): what stands at one place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPart {
    /// The place: a page, a line, a row of a sheet, a paragraph.
    pub locator: Locator,
    /// Its words. `None`: the page or picture holds no text, and a person may type what it shows.
    pub text: Option<String>,
    /// How many characters are drawn there of which the file does not say what they mean; each
    /// stands as U+FFFD in the text.
    pub unread: u64,
}

/// Text layer (文本层): the words of a document, in the order of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextLayer {
    /// Every page; of other forms every line, row or paragraph that is not blank.
    pub parts: Vec<TextPart>,
}

impl TextLayer {
    /// How many parts hold text.
    pub fn with_text(&self) -> usize {
        self.parts.iter().filter(|part| part.text.is_some()).count()
    }

    /// The places that hold no text.
    pub fn without_text(&self) -> impl Iterator<Item = &Locator> {
        self.parts.iter().filter(|part| part.text.is_none()).map(|part| &part.locator)
    }

    fn push(&mut self, locator: Locator, text: String) {
        if !text.trim().is_empty() {
            self.parts.push(TextPart { locator, text: Some(text), unread: 0 });
        }
    }
}

/// Why a document gives no text layer (文本层错误).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LayerError {
    /// The file cannot be read; what the system says.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// No text is read from files of this type.
    #[error("no text is read from {0}")]
    NotRead(&'static str),
    /// The document is locked with a password or by a right.
    #[error("locked")]
    Locked,
    /// The end of the document is missing.
    #[error("cut off")]
    CutOff,
    /// The document does not hold together; where it does not.
    #[error("broken: {0}")]
    Broken(String),
    /// No encoding fits the bytes.
    #[error("unknown encoding")]
    Encoding,
    /// More than is read of one document: the limit, and of what it is (`file`, `unpacked`,
    /// `steps`, `text`, `pages`).
    #[error("more than {limit} ({what})")]
    TooMuch {
        /// The limit.
        limit: u64,
        /// Of what.
        what: &'static str,
    },
}

impl LayerError {
    /// A stable name, for the words of the screen.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NotRead(_) => "not-read",
            Self::Locked => "locked",
            Self::CutOff => "cut-off",
            Self::Broken(_) => "broken",
            Self::Encoding => "encoding",
            Self::TooMuch { .. } => "too-much",
        }
    }

    /// What the words are filled with.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable(why) | Self::Broken(why) => vec![("why", why.clone())],
            Self::NotRead(name) => vec![("found", (*name).to_owned())],
            Self::Locked | Self::CutOff | Self::Encoding => Vec::new(),
            Self::TooMuch { limit, what } => {
                vec![("limit", limit.to_string()), ("what", (*what).to_owned())]
            }
        }
    }
}

/// Reads the text layer of a document whose bytes were found to be of a type.
///
/// # Errors
/// [`LayerError`]; the same bytes always give the same one.
pub fn read_text(
    reader: &mut (impl Read + Seek),
    found: MediaType,
) -> Result<TextLayer, LayerError> {
    let read: Reader = match found {
        MediaType::PDF => pdf::read,
        MediaType::DOCX => word::read,
        MediaType::XLSX => sheets::read,
        MediaType::OLE => locked_office,
        other if other.is_text() => plain::read,
        other if other.is_picture() => picture,
        other => return Err(LayerError::NotRead(other.mime())),
    };
    read(whole(reader)?, &mut Budget::default())
}

/// How a form is read.
type Reader = fn(Vec<u8>, &mut Budget) -> Result<TextLayer, LayerError>;

/// The bytes of a file that is not too large.
fn whole(reader: &mut (impl Read + Seek)) -> Result<Vec<u8>, LayerError> {
    let said = |error: std::io::Error| LayerError::Unreadable(error.to_string());
    reader.seek(SeekFrom::Start(0)).map_err(said)?;
    let mut bytes = Vec::new();
    reader.take(MOST_FILE + 1).read_to_end(&mut bytes).map_err(said)?;
    if bytes.len() as u64 > MOST_FILE {
        return Err(LayerError::TooMuch { limit: MOST_FILE, what: "file" });
    }
    Ok(bytes)
}

/// A picture is one page without text.
fn picture(_: Vec<u8>, _: &mut Budget) -> Result<TextLayer, LayerError> {
    let part = TextPart { locator: Locator::Whole, text: None, unread: 0 };
    Ok(TextLayer { parts: vec![part] })
}

/// What an Office file with a password is wrapped in; old Office files look alike and are not read.
#[expect(clippy::needless_pass_by_value, reason = "one of several readers that take the bytes")]
fn locked_office(bytes: Vec<u8>, _: &mut Budget) -> Result<TextLayer, LayerError> {
    let mark: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(mark.len()).any(|window| window == mark) {
        Err(LayerError::Locked)
    } else {
        Err(LayerError::NotRead(MediaType::OLE.mime()))
    }
}

#[cfg(test)]
mod tests;
