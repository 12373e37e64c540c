//! The parts of an Office file, unpacked within the budget.

use super::LayerError;
use super::budget::{Budget, MOST_UNPACKED};
use std::borrow::Cow;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// How many parts an Office file may have.
const MOST_PARTS: usize = 10_000;

/// An Office file (办公文件).
pub(super) struct Parts(ZipArchive<Cursor<Vec<u8>>>);

impl Parts {
    /// Opens a file.
    ///
    /// # Errors
    /// [`LayerError`]: it is no archive, or has too many parts.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, LayerError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| LayerError::CutOff)?;
        if archive.len() > MOST_PARTS {
            return Err(LayerError::TooMuch { limit: MOST_PARTS as u64, what: "parts" });
        }
        Ok(Self(archive))
    }

    /// Names of all parts, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.file_names().flatten().map(Cow::into_owned).collect();
        names.sort_by(|a, b| crate::digest::natural(a, b));
        names
    }

    /// A part as text.
    ///
    /// # Errors
    /// [`LayerError`]: it is broken, locked, or too much.
    pub(super) fn text(&mut self, name: &str, budget: &mut Budget) -> Result<String, LayerError> {
        let bytes = self.bytes(name, budget)?;
        let charset = match bytes.get(..2) {
            Some([0xff, 0xfe]) => encoding_rs::UTF_16LE,
            Some([0xfe, 0xff]) => encoding_rs::UTF_16BE,
            _ => encoding_rs::UTF_8,
        };
        Ok(charset.decode_with_bom_removal(&bytes).0.into_owned())
    }

    /// Counts what all parts unpack to, without keeping any of it.
    ///
    /// # Errors
    /// As [`Parts::text`].
    pub(super) fn measure(&mut self, budget: &mut Budget) -> Result<(), LayerError> {
        for name in self.names() {
            self.bytes(&name, budget)?;
        }
        Ok(())
    }

    /// The file again.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().into_inner()
    }

    fn bytes(&mut self, name: &str, budget: &mut Budget) -> Result<Vec<u8>, LayerError> {
        let broken = || LayerError::Broken(name.to_owned());
        let part = self.0.by_name(name).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => LayerError::Locked,
            _ => broken(),
        })?;
        let mut out = Vec::new();
        let room = budget.room();
        part.take(room + 1).read_to_end(&mut out).map_err(|_| broken())?;
        if out.len() as u64 > room {
            return Err(LayerError::TooMuch { limit: MOST_UNPACKED, what: "unpacked" });
        }
        budget.unpacked(out.len())?;
        Ok(out)
    }
}
