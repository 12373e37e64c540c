//! Use cases on keys of people, devices and organisations, one file each: draw one, the rules of
//! attesting, enrol, revoke, list. What enters the roll is signed by two organisations, each where its
//! key is; so a statement can be written out, signed elsewhere, and handed in later.

mod approve;
mod enrol;
mod list;
mod new;
mod revoke;
mod rules;

pub use approve::{Approval, Approved, KeyEntry, approve_note};
pub use enrol::{Enrol, KeyWords, enrol_key};
pub use list::{KeyShown, RollShown, list_keys};
pub use new::{KeyDrawn, draw_key};
pub use revoke::{Revoke, revoke_key};
pub use rules::set_rules;

pub(crate) use approve::secret;
pub(crate) use list::assurance_word;
