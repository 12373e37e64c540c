//! Use case: the roll of a vault: whose key is whose, since which leaf, until which.

use crate::cellar::Register;
use crate::place::vault_of;
use crate::{Failure, cellar};
use fupan_ledger::release::fingerprint;
use fupan_ledger::{Assurance, Enrolment, Scheme};
use fupan_vault::hex_of;
use std::path::Path;

/// Roll shown (名册显示).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollShown {
    /// Leaf of the rules in force, and the SHA-256 of their object.
    pub rules: Option<(u64, String)>,
    /// The keys, in the order of their leaves.
    pub keys: Vec<KeyShown>,
    /// Leaves that the rules of their time do not allow, and that count for nothing.
    pub void: Vec<u64>,
}

/// Key shown (名册条目).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyShown {
    /// The person.
    pub person: String,
    /// Their organisation.
    pub organisation: String,
    /// The device.
    pub device: Option<String>,
    /// `ed25519`, `p256`, `sm2`.
    pub scheme: &'static str,
    /// `server-held`, `file-held`, `device-held`, `passkey`.
    pub assurance: &'static str,
    /// The verifier key.
    pub key: String,
    /// Its id.
    pub id: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Leaf that put it on the roll.
    pub added: u64,
    /// From which leaf on it does not count, and the leaf that says so.
    pub revoked: Option<(u64, u64)>,
}

/// The roll of the vault of `path`.
///
/// # Errors
/// No vault, or it cannot be read.
pub fn list_keys(path: &Path) -> Result<RollShown, Failure> {
    let root = vault_of(path)?;
    let vault = cellar::open_to_read(&root)?;
    let register = Register::load(&vault, &root)?;
    let digest = register.rules(&root).ok().map(|(_, digest)| hex_of(digest));
    Ok(RollShown {
        rules: register.rules_at.zip(digest),
        keys: register.roll.enrolments().iter().map(shown).collect(),
        void: register.void,
    })
}

fn shown(one: &Enrolment) -> KeyShown {
    let key = &one.add.key;
    KeyShown {
        person: one.add.person.clone(),
        organisation: one.add.organisation.clone(),
        device: one.add.device.clone(),
        scheme: match key.scheme() {
            Scheme::EcdsaP256 => "p256",
            Scheme::Sm2 => "sm2",
            Scheme::Ed25519 | Scheme::Cosignature => "ed25519",
        },
        assurance: assurance_word(one.assurance()),
        key: key.to_string(),
        id: key.id().to_string(),
        fingerprint: fingerprint(key),
        added: one.added,
        revoked: one.revoked.map(|revoked| (revoked.since, revoked.at)),
    }
}

/// The word of an assurance.
pub(crate) fn assurance_word(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::ServerHeld => "server-held",
        Assurance::FileHeld => "file-held",
        Assurance::DeviceHeld => "device-held",
        Assurance::Passkey => "passkey",
    }
}
