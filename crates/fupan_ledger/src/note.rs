//! Signed notes (C2SP signed-note): a text, an empty line, signature lines.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::key::{KeyError, KeyId, SigningKey, Verified, VerifyKey, valid_name};
use crate::malformed::{Malformed, Part};
use crate::text;

/// Signature lines that are read of one note; the specification asks for at least 16.
pub const MAX_SIGNATURES: usize = 64;

/// Signature line (签名行): who signed, and the bytes. Lines of unknown keys are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// Name of the key.
    pub name: String,
    /// Id of the key.
    pub id: KeyId,
    /// The signature, in the form of its scheme.
    pub signature: Vec<u8>,
}

/// Note (签名文书): a text and the lines of those who signed it. Printing gives the bytes read. A copy shares
/// both: one head stands in the receipts of a whole batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: Arc<str>,
    signatures: Arc<Vec<SignatureLine>>,
}

/// Why a note is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// It is no note.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A line with the name and id of a known key does not verify under it.
    #[error("the signature of {name} ({id}) does not verify")]
    BadSignature {
        /// Name of the key.
        name: String,
        /// Id of the key.
        id: KeyId,
    },
    /// No line is of a known key.
    #[error("no signature of a known key")]
    Unsigned,
}

impl Note {
    /// A note without signatures yet.
    ///
    /// # Errors
    /// A text that no note can hold: not ended by a line break, or with control characters.
    pub fn new(text: &str) -> Result<Self, Malformed> {
        check_plain(text)?;
        if !text.ends_with('\n') {
            return Err(Malformed::at(text.split('\n').count(), Part::FinalBreak));
        }
        Ok(Self { text: text.into(), signatures: Arc::default() })
    }

    /// Reads a note.
    ///
    /// # Errors
    /// The first line that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let whole = str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Malformed::at(1 + before.iter().filter(|byte| **byte == b'\n').count(), Part::PlainText)
        })?;
        check_plain(whole)?;
        let last = whole.split('\n').count();
        let (text, lines) =
            whole.rsplit_once("\n\n").ok_or(Malformed::at(last, Part::Separator))?;
        let lines = lines.strip_suffix('\n').ok_or(Malformed::at(last, Part::FinalBreak))?;
        let first = 3 + text.matches('\n').count();
        let mut signatures = Vec::new();
        for (at, line) in lines.split('\n').enumerate() {
            if at == MAX_SIGNATURES {
                return Err(Malformed::at(first + at, Part::FewerSignatures));
            }
            let line = SignatureLine::parse(line);
            signatures.push(line.ok_or(Malformed::at(first + at, Part::SignatureLine))?);
        }
        Ok(Self { text: format!("{text}\n").into(), signatures: signatures.into() })
    }

    /// The signed text, with its last line break.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signature lines, known or not, in their order.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// The text without its signatures.
    #[must_use]
    pub fn unsigned(&self) -> Self {
        Self { text: self.text.clone(), signatures: Arc::default() }
    }

    /// Signs the text and adds the line.
    ///
    /// # Errors
    /// A cosigner's key: it signs checkpoints, see [`SigningKey::cosign`].
    pub fn sign(&mut self, key: &SigningKey) -> Result<(), KeyError> {
        let line = key.sign(&self.text)?;
        self.add(line);
        Ok(())
    }

    /// Adds a line made elsewhere, unless the same line is there.
    pub fn add(&mut self, line: SignatureLine) {
        if !self.signatures.contains(&line) {
            Arc::make_mut(&mut self.signatures).push(line);
        }
    }

    /// Checks every line that has name and id of a known key; lines of unknown keys are ignored.
    /// Answers with the places in `known` of the keys that signed, each once, and what they said.
    /// Keys that share name and id are all tried, for an id is no proof.
    ///
    /// # Errors
    /// A line of a known key that does not verify, or no line of a known key.
    pub fn verify(&self, known: &[VerifyKey]) -> Result<Vec<(usize, Verified)>, NoteError> {
        let mut found: Vec<(usize, Verified)> = Vec::new();
        for line in self.signatures.iter() {
            let mut candidates = known
                .iter()
                .enumerate()
                .filter(|(_, key)| key.name() == line.name && key.id() == line.id)
                .peekable();
            if candidates.peek().is_none() {
                continue;
            }
            let said = candidates
                .find_map(|(at, key)| Some((at, key.verify(&self.text, &line.signature)?)));
            let Some((at, verified)) = said else {
                return Err(NoteError::BadSignature { name: line.name.clone(), id: line.id });
            };
            match found.iter_mut().find(|(seen, _)| *seen == at) {
                // Two cosignatures of one key: the later one speaks.
                Some((_, before)) => before.time_s = before.time_s.max(verified.time_s),
                None => found.push((at, verified)),
            }
        }
        if found.is_empty() { Err(NoteError::Unsigned) } else { Ok(found) }
    }
}

impl SignatureLine {
    fn parse(line: &str) -> Option<Self> {
        let (name, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let bytes = text::base64(bytes)?;
        let (id, signature) = bytes.split_first_chunk::<4>()?;
        let whole = valid_name(name) && !signature.is_empty();
        whole.then(|| Self { name: name.to_owned(), id: KeyId(*id), signature: signature.to_vec() })
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.0.to_vec();
        bytes.extend_from_slice(&self.signature);
        write!(f, "\u{2014} {} {}", self.name, text::to_base64(&bytes))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// Control characters other than the line break are refused: they can hide text on a screen.
fn check_plain(text: &str) -> Result<(), Malformed> {
    let bad = |line: &str| line.chars().any(|c| c < ' ');
    text.split('\n').position(bad).map_or(Ok(()), |at| Err(Malformed::at(at + 1, Part::PlainText)))
}
