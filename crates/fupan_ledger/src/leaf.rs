//! Leaves of a vault's log (`docs/vault-format.md`): what is hashed into the tree. RFC 8785 canonical
//! JSON, flat, at most 4 KiB. A leaf holds ids, digests, numbers and words of closed lists; it has no
//! way to hold a name, a place or free text, since what is in a log cannot be taken out of it.

mod kind;
mod text;
mod ulid;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::key::KeyId;
use crate::tree::{Hash, leaf_hash};

pub use kind::{LeafField, LeafKind};
pub use ulid::Ulid;

/// Bytes that a leaf may have at most.
pub const MAX_LEAF: usize = 4096;
/// Keys that one leaf may name.
const MAX_KEYS: usize = 16;
/// RFC 8785 numbers are exact up to here.
const MAX_NUMBER: i64 = (1 << 53) - 1;

/// Leaf value (叶值): what a field may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafValue {
    /// A whole number: milliseconds since 1970, a size, an index.
    Number(i64),
    /// A SHA-256 digest, printed `sha256:` and 64 digits.
    Sha256([u8; 32]),
    /// An SM3 digest, printed `sm3:` and 64 digits.
    Sm3([u8; 32]),
    /// An id.
    Ulid(Ulid),
    /// Keys, in the order of signing.
    Keys(Vec<KeyId>),
    /// A word of the field's closed list.
    Word(&'static str),
}

/// Leaf (日志叶): one entry of the log, of one kind, with that kind's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    kind: LeafKind,
    fields: BTreeMap<LeafField, LeafValue>,
}

/// Why bytes or fields are no leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LeafError {
    /// More than 4 KiB.
    #[error("a leaf has at most 4096 bytes")]
    Long,
    /// Not the canonical JSON of a flat object of known fields.
    #[error("not the canonical JSON of a leaf")]
    Text,
    /// A version that is not read here.
    #[error("a leaf of another version")]
    Version,
    /// A kind that is not read here.
    #[error("no kind of leaf")]
    Kind,
    /// The kind must have this field.
    #[error("the field `{0}` is missing")]
    Missing(&'static str),
    /// The kind has no such field.
    #[error("the kind has no field `{0}`")]
    Strange(&'static str),
    /// The field cannot hold this value.
    #[error("the field `{0}` cannot hold this value")]
    Value(&'static str),
}

impl Leaf {
    /// A leaf of `kind` without fields yet.
    #[must_use]
    pub fn new(kind: LeafKind) -> Self {
        Self { kind, fields: BTreeMap::new() }
    }

    /// The leaf with a field set.
    #[must_use]
    pub fn with(mut self, field: LeafField, value: LeafValue) -> Self {
        self.set(field, value);
        self
    }

    /// The leaf with a number set; a number past 2^53 - 1 is refused when it is encoded.
    #[must_use]
    pub fn number(self, field: LeafField, value: i64) -> Self {
        self.with(field, LeafValue::Number(value))
    }

    /// Sets a field.
    pub fn set(&mut self, field: LeafField, value: LeafValue) {
        self.fields.insert(field, value);
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> LeafKind {
        self.kind
    }

    /// A field's value.
    #[must_use]
    pub fn get(&self, field: LeafField) -> Option<&LeafValue> {
        self.fields.get(&field)
    }

    /// A field's number.
    #[must_use]
    pub fn get_number(&self, field: LeafField) -> Option<i64> {
        match self.get(field) {
            Some(LeafValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A field's digest, of either algorithm.
    #[must_use]
    pub fn get_digest(&self, field: LeafField) -> Option<[u8; 32]> {
        match self.get(field) {
            Some(LeafValue::Sha256(digest) | LeafValue::Sm3(digest)) => Some(*digest),
            _ => None,
        }
    }

    /// A field's id.
    #[must_use]
    pub fn get_ulid(&self, field: LeafField) -> Option<Ulid> {
        match self.get(field) {
            Some(LeafValue::Ulid(id)) => Some(*id),
            _ => None,
        }
    }

    /// A field's word.
    #[must_use]
    pub fn get_word(&self, field: LeafField) -> Option<&'static str> {
        match self.get(field) {
            Some(LeafValue::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Its bytes, which are what the tree hashes.
    ///
    /// # Errors
    /// A field that is missing, strange or out of range; more than 4 KiB.
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        self.check()?;
        let bytes = text::print(self.kind, &self.fields).into_bytes();
        if bytes.len() > MAX_LEAF { Err(LeafError::Long) } else { Ok(bytes) }
    }

    /// Reads a leaf. Only the bytes that [`Leaf::encode`] would give are a leaf.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        if bytes.len() > MAX_LEAF {
            return Err(LeafError::Long);
        }
        let (kind, fields) = text::read(str::from_utf8(bytes).map_err(|_| LeafError::Text)?)?;
        let leaf = Self { kind, fields };
        if leaf.encode()? == bytes { Ok(leaf) } else { Err(LeafError::Text) }
    }

    /// Hash of the leaf in the tree.
    ///
    /// # Errors
    /// As [`Leaf::encode`].
    pub fn hash(&self) -> Result<Hash, LeafError> {
        Ok(leaf_hash(&self.encode()?))
    }

    fn check(&self) -> Result<(), LeafError> {
        let (required, optional) = self.kind.fields();
        if let Some(field) = required.iter().find(|field| !self.fields.contains_key(field)) {
            return Err(LeafError::Missing(field.name()));
        }
        for (field, value) in &self.fields {
            if !required.contains(field) && !optional.contains(field) {
                return Err(LeafError::Strange(field.name()));
            }
            let fits = match value {
                LeafValue::Number(number) => (-MAX_NUMBER..=MAX_NUMBER).contains(number),
                LeafValue::Keys(keys) => keys.len() <= MAX_KEYS,
                LeafValue::Sha256(_)
                | LeafValue::Sm3(_)
                | LeafValue::Ulid(_)
                | LeafValue::Word(_) => true,
            };
            if !fits || !field.holds(value) {
                return Err(LeafError::Value(field.name()));
            }
        }
        Ok(())
    }
}
