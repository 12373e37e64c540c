//! Tests of releases.

use crate as ledger;

mod attacks;
mod checking;
mod made;
mod names;
mod streamed;
mod writing;
