//! Objects: bytes under their SHA-256, with SM3 computed in the same pass. A big file has a list of
//! the digests of its 8 MiB chunks beside it, which is an object too, so that a part can be checked
//! without the whole.

mod chunks;
mod digests;

use std::io::Read;
use std::sync::Arc;

use thiserror::Error;

use crate::store::{BlobName, Blobs, Created, Doing, StoreError};
pub use chunks::{CHUNK, ChunkList};
use digests::Pass;
pub use digests::{Digests, from_hex, hex_of};
pub(crate) use digests::{Taken, sha256_of};

/// Declared (申报值): what the sender says of bytes before they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Declared {
    /// Their SHA-256.
    pub sha256: Option<[u8; 32]>,
    /// Their SM3.
    pub sm3: Option<[u8; 32]>,
    /// Their number.
    pub size: Option<u64>,
}

/// Stored (入库结果): an object that is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Both digests and the size.
    pub digests: Digests,
    /// The list of its chunks, if it is bigger than one.
    pub chunks: Option<Digests>,
    /// Whether it was not there before.
    pub fresh: bool,
}

/// Why bytes are not taken in, or not given out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ObjectError {
    /// The sender's stream broke off. Nothing was kept.
    #[error("the bytes broke off: {0}")]
    Source(std::io::ErrorKind),
    /// They are not what was declared. Nothing was kept.
    #[error("the {what} is {found}, declared was {declared}")]
    Mismatch {
        /// Which value: `size`, `sha256`, `sm3`.
        what: &'static str,
        /// What the sender declared.
        declared: String,
        /// What came.
        found: String,
    },
    /// The object that is kept under this digest has other bytes by now.
    #[error("object {0} is damaged")]
    Damaged(String),
    /// There is no such object.
    #[error("there is no object {0}")]
    Absent(String),
    /// The store cannot.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Objects (客体): the content-addressed part of a vault.
#[derive(Clone)]
pub struct Objects {
    blobs: Arc<dyn Blobs>,
}

impl Objects {
    /// The objects of a store.
    #[must_use]
    pub fn new(blobs: Arc<dyn Blobs>) -> Self {
        Self { blobs }
    }

    /// Takes bytes in, from a stream of any length, with memory that does not grow. If an object of
    /// that digest is there, it is read again and left as it is.
    ///
    /// # Errors
    /// They are not as declared, or cannot be kept; nothing is kept then.
    pub fn put(&self, source: impl Read, declared: &Declared) -> Result<Stored, ObjectError> {
        let mut draft = self.blobs.stage()?;
        let Taken { digests, chunks } = Pass::run(source, &mut draft)?;
        declared.check(&digests)?;
        let made = draft.publish(&name_of(&digests.sha256))?;
        if made == Created::Exists {
            self.check(&digests.sha256)?;
        }
        let chunks = match chunks {
            Some(list) => Some(self.put_bytes(&list.encode())?.digests),
            None => None,
        };
        Ok(Stored { digests, chunks, fresh: made == Created::New })
    }

    /// Takes in bytes that are in memory.
    ///
    /// # Errors
    /// As [`Objects::put`].
    pub fn put_bytes(&self, bytes: &[u8]) -> Result<Stored, ObjectError> {
        let stored = self.put_all(&[(bytes, Declared::default())])?;
        stored.into_iter().next().ok_or(ObjectError::Source(std::io::ErrorKind::InvalidInput))
    }

    /// Takes in several small objects, durable together. One that is not as declared keeps all of them out.
    ///
    /// # Errors
    /// As [`Objects::put`].
    pub fn put_all(&self, all: &[(&[u8], Declared)]) -> Result<Vec<Stored>, ObjectError> {
        let digests: Vec<Digests> = all.iter().map(|(bytes, _)| Digests::of(bytes)).collect();
        digests.iter().zip(all).try_for_each(|(found, (_, declared))| declared.check(found))?;
        let items = digests.iter().zip(all);
        let items: Vec<(BlobName, &[u8])> =
            items.map(|(of, (bytes, _))| (name_of(&of.sha256), *bytes)).collect();
        let made = self.blobs.create_all(&items)?;
        let mut stored = Vec::with_capacity(all.len());
        for (digests, made) in digests.into_iter().zip(made) {
            if made == Created::Exists {
                self.check(&digests.sha256)?;
            }
            stored.push(Stored { digests, chunks: None, fresh: made == Created::New });
        }
        Ok(stored)
    }

    /// Opens an object for reading. What comes out is only as true as the disk: [`Objects::check`].
    ///
    /// # Errors
    /// There is none, or it cannot be opened.
    pub fn open(&self, sha256: &[u8; 32]) -> Result<Box<dyn Read + Send>, ObjectError> {
        self.blobs.open(&name_of(sha256))?.ok_or_else(|| ObjectError::Absent(hex_of(sha256)))
    }

    /// Where the object of a digest stands below the folder of a vault, with `/` between folders.
    #[must_use]
    pub fn place(sha256: &[u8; 32]) -> String {
        name_of(sha256).to_string()
    }

    /// Bytes of an object, checked against its digest.
    ///
    /// # Errors
    /// There is none, or it is damaged.
    pub fn read(&self, sha256: &[u8; 32]) -> Result<Vec<u8>, ObjectError> {
        let found = self.blobs.read(&name_of(sha256))?;
        let bytes = found.ok_or_else(|| ObjectError::Absent(hex_of(sha256)))?;
        if digests::sha256_of(&bytes) == *sha256 {
            Ok(bytes)
        } else {
            Err(ObjectError::Damaged(hex_of(sha256)))
        }
    }

    /// Reads an object through and answers with its digests.
    ///
    /// # Errors
    /// There is none, or its bytes are others.
    pub fn check(&self, sha256: &[u8; 32]) -> Result<Digests, ObjectError> {
        let digests = self.measure(sha256)?.digests;
        if digests.sha256 == *sha256 {
            Ok(digests)
        } else {
            Err(ObjectError::Damaged(hex_of(sha256)))
        }
    }

    /// What the bytes under this name are, whether they are right or not.
    pub(crate) fn measure(&self, sha256: &[u8; 32]) -> Result<Taken, ObjectError> {
        let reader = self.open(sha256)?;
        Pass::run(reader, &mut std::io::sink()).map_err(|error| match error {
            ObjectError::Source(kind) => {
                StoreError::plain(Doing::Read, hex_of(sha256), kind).into()
            }
            other => other,
        })
    }

    /// Whether there is such an object.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub fn has(&self, sha256: &[u8; 32]) -> Result<bool, StoreError> {
        Ok(self.blobs.size(&name_of(sha256))?.is_some())
    }

    /// Takes an object away; only [`crate::Vault`] does so, after the log says why.
    pub(crate) fn erase(&self, sha256: &[u8; 32]) -> Result<bool, StoreError> {
        self.blobs.remove(&name_of(sha256))
    }
}

/// What bytes come to, without keeping them: as [`Objects::put`] would say.
///
/// # Errors
/// They broke off.
pub fn measure(source: impl Read) -> Result<Stored, ObjectError> {
    let Taken { digests, chunks } = Pass::run(source, &mut std::io::sink())?;
    let chunks = chunks.map(|list| Digests::of(&list.encode()));
    Ok(Stored { digests, chunks, fresh: false })
}

impl std::fmt::Debug for Objects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Objects").finish_non_exhaustive()
    }
}

impl Declared {
    fn check(&self, found: &Digests) -> Result<(), ObjectError> {
        let differ = |what, declared: String, found: String| {
            if declared == found {
                Ok(())
            } else {
                Err(ObjectError::Mismatch { what, declared, found })
            }
        };
        if let Some(size) = self.size {
            differ("size", size.to_string(), found.size.to_string())?;
        }
        if let Some(sha256) = &self.sha256 {
            differ("sha256", hex_of(sha256), hex_of(&found.sha256))?;
        }
        if let Some(sm3) = &self.sm3 {
            differ("sm3", hex_of(sm3), hex_of(&found.sm3))?;
        }
        Ok(())
    }
}

/// Name of the object with this digest.
pub(crate) fn name_of(sha256: &[u8; 32]) -> BlobName {
    let hex = hex_of(sha256);
    let (ab, cd) = (hex.get(..2).unwrap_or_default(), hex.get(2..4).unwrap_or_default());
    BlobName::made(format!("objects/sha256/{ab}/{cd}/{hex}"))
}

/// The digest that a blob's name stands for.
pub(crate) fn digest_of(name: &BlobName) -> Option<[u8; 32]> {
    let hex = name.as_str().rsplit('/').next()?;
    let digest = digests::from_hex(hex)?;
    (name_of(&digest) == *name).then_some(digest)
}
