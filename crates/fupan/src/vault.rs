//! Use cases on vaults, one file each: begin, take a case in, record what a folder says, copy, check,
//! have it cosigned and stamped, prove, keep, erase.

mod backup;
mod cosign;
mod custody;
mod hand_out;
mod head;
mod history;
mod hold;
mod init;
mod prove;
mod rebuild;
mod record;
mod scrub;
mod sealed;
mod search;
mod stamp;
mod take;
mod transcript;

pub use backup::{Copied, backup_vault, restore_vault};
pub use cosign::{Cosigned, cosign_vault};
pub use custody::{CustodyWords, note_custody};
pub use hand_out::hand_out_keys;
pub(crate) use hand_out::log_alone;
pub use head::{HeadShown, show_head};
pub(crate) use history::offset_s;
pub use history::{PastEntry, show_history};
pub use hold::{HoldWords, erase_object, hold};
pub use init::{VaultMade, init_vault};
pub use prove::prove_entry;
pub use rebuild::{Rebuilt, rebuild_index};
pub use record::{Reconciled, record_changes};
pub use scrub::{Scrubbed, scrub_vault};
pub use search::{SearchHit, Searched, search_vault};
pub use stamp::stamp_vault;
pub use take::take_case;
pub use transcript::add_transcript;
pub(crate) use transcript::derive;
