//! Originals on their way into a vault. Small ones go many at a time, since a disk makes many durable in the
//! time of one; big ones one by one, read as they go.

use crate::file::FileLog;
use crate::{Failure, Message, Watch, cellar};
use fupan_model::Evidence;
use fupan_vault::{Declared, Exhibit, Statement, Stored, Vault, from_hex, hex_of};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Bytes of an original that is held in memory at most.
const SMALL: u64 = 256 << 10;
/// Originals that are held together at most.
const TOGETHER: usize = 256;

/// Takes the originals of new evidence into the vault, and notes in their statements what the vault
/// knows of them. `file_of`: where the original of a piece lies.
///
/// # Errors
/// An original is absent, or no longer what was read.
pub(crate) fn keep_originals(
    root: &Path,
    vault: &Vault,
    mut statements: Vec<Statement>,
    file_of: &dyn Fn(&Evidence) -> Option<PathBuf>,
    watch: &dyn Watch,
) -> Result<Vec<Statement>, Failure> {
    let mut keeping = Keeping { root, vault, watch, held: Vec::new() };
    for statement in &mut statements {
        let Statement::Evidence(exhibit) = statement else { continue };
        let file = file_of(&exhibit.evidence);
        keeping.take(exhibit, file.as_deref())?;
    }
    keeping.store()?;
    Ok(statements)
}

/// Originals that are held until there are enough.
struct Keeping<'a> {
    root: &'a Path,
    vault: &'a Vault,
    watch: &'a dyn Watch,
    held: Vec<(&'a mut Exhibit, Vec<u8>, Declared)>,
}

impl<'a> Keeping<'a> {
    fn take(&mut self, exhibit: &'a mut Exhibit, file: Option<&Path>) -> Result<(), Failure> {
        let evidence = &exhibit.evidence;
        let Some(sha256) = from_hex(evidence.sha256.as_str()) else { return Ok(()) };
        let Some(path) = file else {
            let there = self.vault.objects().has(&sha256);
            let there = there.map_err(|error| cellar::failure(self.root, &error.into()))?;
            return if there { Ok(()) } else { Err(absent(evidence)) };
        };
        let log = FileLog { path, watch: self.watch };
        log.check()?;
        let fault = |error| Failure::stopped_or(self.watch, || Failure::read(path, &error));
        let mut reader = log.reader().map_err(fault)?;
        let declared = Declared { sha256: Some(sha256), sm3: None, size: Some(evidence.size) };
        if evidence.size <= SMALL {
            let mut bytes = Vec::new();
            // One byte more than it should have is enough to see that it is another.
            reader.take(evidence.size + 1).read_to_end(&mut bytes).map_err(fault)?;
            self.held.push((exhibit, bytes, declared));
            return if self.held.len() < TOGETHER { Ok(()) } else { self.store() };
        }
        let stored = self.vault.objects().put(&mut reader, &declared);
        note(exhibit, &stored.map_err(|error| self.refused(error))?);
        Ok(())
    }

    /// Puts what is held into the vault.
    fn store(&mut self) -> Result<(), Failure> {
        let held = std::mem::take(&mut self.held);
        let items: Vec<(&[u8], Declared)> =
            held.iter().map(|(_, bytes, declared)| (bytes.as_slice(), *declared)).collect();
        let stored = self.vault.objects().put_all(&items).map_err(|error| self.refused(error))?;
        held.into_iter().zip(&stored).for_each(|((exhibit, ..), stored)| note(exhibit, stored));
        Ok(())
    }

    fn refused(&self, error: fupan_vault::ObjectError) -> Failure {
        Failure::stopped_or(self.watch, || cellar::failure(self.root, &error.into()))
    }
}

fn note(exhibit: &mut Exhibit, stored: &Stored) {
    exhibit.sm3 = Some(hex_of(&stored.digests.sm3));
    exhibit.chunks = stored.chunks.map(|list| hex_of(&list.sha256));
}

/// That a piece of evidence has no original where it should be.
fn absent(evidence: &Evidence) -> Failure {
    let message = Message::new("original-absent").text("id", &evidence.id);
    Failure::input(vec![message.text("path", &evidence.path)])
}
