//! What whoever hands a file in says of its bytes (read out over the telephone, written on the receipt),
//! held against the bytes that came. Nothing is put right: what does not agree is refused.

use crate::file::FileLog;
use crate::{Failure, FailureKind, Message, Watch};
use fupan_intake::check_media;
use fupan_model::Digest;
use fupan_vault::{from_hex, hex_of, measure};
use std::fs::File;
use std::path::Path;

/// Handed words (交件声明): what is said of the bytes; nothing has to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedWords {
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: Option<String>,
    /// SM3 (GB/T 32905), 64 hexadecimal digits.
    pub sm3: Option<String>,
    /// Size in bytes.
    pub size: Option<u64>,
    /// Type: an ending such as `jpg`, or a media type such as `image/jpeg`.
    pub media: Option<String>,
}

impl HandedWords {
    /// Holds the words against a file of this digest and size.
    ///
    /// # Errors
    /// [`FailureKind::Input`]: words that are none, or a type that is not the bytes'.
    /// [`FailureKind::Integrity`]: other bytes than were spoken of. The file cannot be read.
    pub(crate) fn check(
        &self,
        path: &Path,
        (sha256, size): &(Digest, u64),
        watch: &dyn Watch,
    ) -> Result<(), Failure> {
        let said_sha256 = digits(self.sha256.as_deref())?;
        let said_sm3 = digits(self.sm3.as_deref())?;
        let differs = |key: &str, said: String, is: String| {
            Message::new(key).text("path", path.display()).text("said", said).text("is", is)
        };
        let mut other = Vec::new();
        if let Some(said) = said_sha256.filter(|said| said != sha256.as_str()) {
            other.push(differs("handed-sha256", said, sha256.to_string()));
        }
        if let Some(said) = said_sm3 {
            let is = sm3(path, watch)?;
            if said != is {
                other.push(differs("handed-sm3", said, is));
            }
        }
        if let Some(said) = self.size.filter(|said| said != size) {
            other.push(differs("handed-size", said.to_string(), size.to_string()));
        }
        let kind = if other.is_empty() { FailureKind::Input } else { FailureKind::Integrity };
        if let Some(said) = &self.media {
            other.extend(media(path, said)?.map(|is| differs("handed-media", said.clone(), is)));
        }
        if other.is_empty() { Ok(()) } else { Err(Failure { kind, messages: other }) }
    }
}

/// A digest as it is compared.
fn digits(said: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(said) = said else { return Ok(None) };
    let plain = said.trim().to_lowercase();
    if from_hex(&plain).is_some() {
        return Ok(Some(plain));
    }
    let message = Message::new("handed-digest").text("found", said);
    Err(Failure::new(FailureKind::Input, message))
}

fn sm3(path: &Path, watch: &dyn Watch) -> Result<String, Failure> {
    let fault = |error| Failure::read(path, &error);
    let reader = FileLog { path, watch }.reader().map_err(fault)?;
    let stored = measure(reader).map_err(|error| {
        Failure::stopped_or(watch, || crate::cellar::failure(path, &error.into()))
    })?;
    Ok(hex_of(&stored.digests.sm3))
}

/// The type by the bytes, where it is not the one that was said.
fn media(path: &Path, said: &str) -> Result<Option<String>, Failure> {
    let said = said.trim().trim_start_matches('.').to_lowercase();
    let name = format!("x.{said}");
    let found = File::open(path).and_then(|mut file| check_media(&name, &mut file));
    let found = found.map_err(|error| Failure::read(path, &error))?;
    let agrees =
        if said.contains('/') { said == found.found.mime() } else { found.agrees == Some(true) };
    Ok((!agrees).then(|| found.found.mime().to_owned()))
}
