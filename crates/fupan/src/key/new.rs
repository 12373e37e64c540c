//! Use case: a new key of a person, a device or an organisation. Its secret goes into a file of its
//! owner's and is never printed.

use crate::{Failure, FailureKind, Message, cellar};
use fupan_ledger::Scheme;
use fupan_ledger::release::fingerprint;
use std::path::{Path, PathBuf};

/// Key drawn (新密钥).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDrawn {
    /// The verifier key, to hand out.
    pub key: String,
    /// Its id.
    pub id: String,
    /// Its fingerprint, to read out.
    pub fingerprint: String,
    /// The file with the secret.
    pub file: PathBuf,
}

/// Draws a key called `name` of `scheme` (`ed25519`, `p256`, `sm2`) into a new file `out`.
///
/// # Errors
/// A name or scheme that is none; a file that is there already ([`FailureKind::Conflict`]).
pub fn draw_key(name: &str, scheme: &str, out: &Path) -> Result<KeyDrawn, Failure> {
    let refused = |key: &str, found: &str| {
        Failure::new(FailureKind::Input, Message::new(key).text("found", found))
    };
    let scheme = match scheme {
        "ed25519" => Scheme::Ed25519,
        "p256" => Scheme::EcdsaP256,
        "sm2" => Scheme::Sm2,
        other => return Err(refused("key-scheme", other)),
    };
    let plain = !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+');
    if name.is_empty() || !plain {
        return Err(refused("key-name", name));
    }
    let key = cellar::draw(name, scheme)?;
    cellar::write_secret(out, &format!("{}\n", key.secret_string()))?;
    let verify = key.verify_key();
    Ok(KeyDrawn {
        key: verify.to_string(),
        id: verify.id().to_string(),
        fingerprint: fingerprint(verify),
        file: out.to_path_buf(),
    })
}
