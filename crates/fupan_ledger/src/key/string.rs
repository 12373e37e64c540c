//! Key strings: `name+id+base64(type ‖ key)`, and `PRIVATE+KEY+` before it for a secret one, as Go's
//! `golang.org/x/mod/sumdb/note` writes them.

use std::fmt;
use std::str::FromStr;

use super::{KeyError, KeyId, Scheme, SigningKey, VerifyKey, valid_name};
use crate::text;

const PRIVATE: &str = "PRIVATE+KEY+";

impl fmt::Display for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.scheme().type_bytes().to_vec();
        bytes.extend(self.public.bytes());
        write!(f, "{}+{}+{}", self.name, self.id, text::to_base64(&bytes))
    }
}

impl FromStr for VerifyKey {
    type Err = KeyError;

    fn from_str(string: &str) -> Result<Self, KeyError> {
        let (name, id, scheme, public) = split(string)?;
        let key = Self::new(name, scheme, &public)?;
        if key.id == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

impl SigningKey {
    /// The key with its secret, as `PRIVATE+KEY+name+id+base64(type ‖ 32 bytes)`. For Ed25519 this is
    /// the string of Go's `note` package; for the other schemes no specification gives one.
    #[must_use]
    pub fn secret_string(&self) -> String {
        let key = self.verify_key();
        let mut bytes = key.scheme().type_bytes().to_vec();
        bytes.extend(self.seed());
        format!("{PRIVATE}{}+{}+{}", key.name, key.id, text::to_base64(&bytes))
    }
}

impl FromStr for SigningKey {
    type Err = KeyError;

    fn from_str(string: &str) -> Result<Self, KeyError> {
        let string = string.strip_prefix(PRIVATE).ok_or(KeyError::Shape)?;
        let (name, id, scheme, seed) = split(string)?;
        let seed = seed.try_into().map_err(|_| KeyError::Material)?;
        let key = Self::from_seed(name, scheme, &seed)?;
        if key.verify_key().id == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

fn split(string: &str) -> Result<(&str, KeyId, Scheme, Vec<u8>), KeyError> {
    let mut parts = string.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Shape);
    };
    if !valid_name(name) {
        return Err(KeyError::Name);
    }
    let id = KeyId(text::hex_array(id).ok_or(KeyError::Shape)?);
    let bytes = text::base64(key).ok_or(KeyError::Shape)?;
    Scheme::ALL
        .into_iter()
        .find_map(|scheme| Some((scheme, bytes.strip_prefix(scheme.type_bytes())?.to_vec())))
        .map(|(scheme, key)| (name, id, scheme, key))
        .ok_or(KeyError::UnknownType)
}
