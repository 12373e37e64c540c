//! Use case: the newest head of a vault's log before other organisations, for their signatures. Whom to
//! ask, and whose signatures suffice, the policy says.

use crate::cosigners::ByWire;
use crate::place::vault_of;
use crate::verify::policy_of;
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, cellar};
use fupan_vault::Standing;
use fupan_wire::CosignerOutcome;
use std::path::Path;

/// Cosigned (背书结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// Size of the head.
    pub size: u64,
    /// Whether the head has now the signatures that the policy asks for.
    pub quorum: bool,
    /// What came of each cosigner, in the order of the policy.
    pub outcomes: Vec<CosignerOutcome>,
}

impl Cosigned {
    /// In words, a message for each cosigner and one for the whole.
    #[must_use]
    pub fn words(&self) -> Vec<Message> {
        let mut said: Vec<Message> = self.outcomes.iter().map(of_one).collect();
        let key = if self.quorum { "vault-quorum" } else { "vault-no-quorum" };
        said.push(Message::new(key).text("size", self.size));
        said
    }
}

fn of_one(outcome: &CosignerOutcome) -> Message {
    match &outcome.result {
        Ok(()) => Message::new("cosign-done").text("name", &outcome.name),
        Err(error) => {
            let key = if error.is_passing() { "cosign-later" } else { "cosign-refused" };
            Message::new(key).text("name", &outcome.name).text("detail", error)
        }
    }
}

/// Asks every cosigner of the policy that has an address.
///
/// # Errors
/// No vault; a policy that is none, or names no address; the lines cannot be kept. That a cosigner is
/// away or refuses is no error.
pub fn cosign_vault(
    path: &Path,
    policy: &Path,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Cosigned, Failure> {
    let root = vault_of(path)?;
    let terms = policy_of(policy)?;
    let asked = ByWire::new(&terms);
    if asked.is_empty() {
        let message = Message::new("cosign-no-address").text("path", policy.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    let vault = cellar::open(&root, actor.keys()?, Some(terms.clone()))?;
    watch.step(Step::Ask);
    let fault = |error: fupan_vault::VaultError| cellar::failure(&root, &error);
    let standing = vault.journal().map_err(fault)?.cosign(&asked);
    let standing = standing.map_err(|error| cellar::failure(&root, &error.into()))?;
    let (_, head) = vault.head().map_err(fault)?;
    let outcomes = asked.outcomes();
    Ok(Cosigned { size: head.size, quorum: standing == Standing::Quorum, outcomes })
}
