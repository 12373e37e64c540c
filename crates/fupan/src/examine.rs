//! Use case: what a file is that somebody hands in, before anything is done with it. It is read,
//! never run, shown or changed; what is odd about it is a doubt, not a refusal.

use crate::{Failure, FailureKind, Message, Step, Watch, evidence};
use fupan_intake::{
    ExifError, ExifField, LayerError, MediaCheck, TextLayer, check_media, digest_read, read_exif,
    read_text,
};
use fupan_model::Digest;
use std::fs::File;
use std::path::Path;

/// Examined file (初检结果).
#[derive(Clone, Debug)]
pub struct Examined {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// What its name says against what its bytes say.
    pub media: MediaCheck,
    /// What a photo or recording says of itself.
    pub exif: Result<Vec<ExifField>, ExifError>,
    /// Its words with their places.
    pub text: Result<TextLayer, LayerError>,
}

impl Examined {
    /// What is odd about it.
    pub fn doubts(&self) -> Vec<Message> {
        doubts(&self.media)
    }

    /// Why it has no recorded fields that can be read.
    pub fn exif_fault(&self) -> Option<Message> {
        let error = self.exif.as_ref().err()?;
        Some(match error {
            ExifError::Unreadable(why) => Message::new("exif-unreadable").text("why", why),
            ExifError::Broken(why) => Message::new("exif-broken").text("why", why),
            ExifError::TooLarge(limit) => Message::new("exif-too-large").text("limit", limit),
        })
    }

    /// Why it has no text that can be read.
    pub fn text_fault(&self) -> Option<Message> {
        self.text.as_ref().err().map(|error| fault(error, &self.name))
    }

    /// Its text layer.
    ///
    /// # Errors
    /// Why there is none.
    pub fn layer(&self) -> Result<&TextLayer, Failure> {
        self.text.as_ref().map_err(|error| {
            let kind = match error {
                LayerError::Unreadable(_) => FailureKind::Io,
                _ => FailureKind::Input,
            };
            Failure::new(kind, fault(error, &self.name))
        })
    }
}

/// Examines a file.
///
/// # Errors
/// It is absent, a folder, or cannot be read. What is wrong inside it is part of the result.
pub fn examine(path: &Path, watch: &dyn Watch) -> Result<Examined, Failure> {
    watch.step(Step::Read);
    if path.is_dir() {
        let message = Message::new("file-is-folder").text("path", path.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    let unread = |error: std::io::Error| Failure::read(path, &error);
    let mut file = File::open(path).map_err(unread)?;
    let name = evidence::name_of(path);
    let (sha256, size) = digest_read(&mut file).map_err(unread)?;
    let media = check_media(&name, &mut file).map_err(unread)?;
    let exif = read_exif(&mut file, media.found);
    let text = read_text(&mut file, media.found);
    Ok(Examined { name, sha256, size, media, exif, text })
}

fn fault(error: &LayerError, name: &str) -> Message {
    let message = Message::new(&format!("layer-{}", error.code())).text("name", name);
    error.args().into_iter().fold(message, |message, (name, text)| message.text(name, text))
}

/// What is odd about a file, by its bytes.
pub(crate) fn doubts(media: &MediaCheck) -> Vec<Message> {
    let mut out = Vec::new();
    if media.agrees == Some(false) {
        let declared = media.declared.as_deref().unwrap_or_default();
        let message = Message::new("doubt-type").text("declared", declared);
        out.push(message.text("found", media.found.mime()));
    }
    for also in &media.also {
        let message = Message::new("doubt-also").text("found", media.found.mime());
        out.push(message.text("also", also.mime()));
    }
    if media.active {
        out.push(Message::new("doubt-active"));
    }
    if media.never_inline {
        out.push(Message::new("doubt-inline"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Voice};

    #[test]
    fn every_fault_has_words_in_both_languages() {
        let text = || "x".to_owned();
        let faults = [
            LayerError::Unreadable(text()),
            LayerError::NotRead("video/mp4"),
            LayerError::Locked,
            LayerError::CutOff,
            LayerError::Broken(text()),
            LayerError::Encoding,
            LayerError::TooMuch { limit: 1, what: "text" },
        ];
        for lang in Lang::ALL {
            let voice = Voice::new(lang);
            for error in &faults {
                let words = voice.say(&fault(error, "a.pdf"));
                assert!(words.contains("a.pdf") && !words.contains('{'), "{words}");
            }
        }
    }
}
