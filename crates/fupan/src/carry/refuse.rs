//! What was handed in and not taken: an entry with the reasons' codes and the digest, nothing of the bytes.

use super::{Carried, custody};
use crate::{Failure, FailureKind, Message};
use fupan_model::Digest;
use fupan_vault::{Custody, Deed};

impl Carried<'_> {
    /// Notes in the vault of the case why bytes of this digest and size were not taken as the evidence `id`, and
    /// gives the failure back with the number of the entry. A case without a vault has nowhere to note it;
    /// a fault of the machine is no refusal.
    pub(crate) fn refused(
        &self,
        id: &str,
        (digest, size): &(Digest, u64),
        mut failure: Failure,
    ) -> Failure {
        let Some((root, vault, read)) = self.kept() else { return failure };
        if !matches!(failure.kind, FailureKind::Input | FailureKind::Integrity) {
            return failure;
        }
        let codes: Vec<&str> = failure.messages.iter().map(|one| one.key.as_str()).collect();
        let done = Custody {
            deed: Deed::Refused,
            evidence: String::new(),
            object: None,
            from: None,
            to: None,
            note: format!("{id}: {}; sha256:{digest}, {size} bytes", codes.join(" ")),
        };
        let author = self.actor.author();
        match author.and_then(|author| custody(root, vault, read.case, author, &done)) {
            Ok(entry) => {
                failure.messages.push(Message::new("handed-refused").text("index", entry.index));
            }
            Err(unnoted) => failure.messages.extend(unnoted.messages),
        }
        failure
    }
}
