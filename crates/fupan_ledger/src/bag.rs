//! Bags (BagIt 1.0, RFC 8493): the text files of a package, read, printed and compared. Walking the
//! package and hashing its files is the vault's.

mod info;
mod manifest;
mod path;

pub use info::{BagInfo, Declaration, Payload};
pub use manifest::{Difference, Fixity, Manifest, ManifestKind, compare, strays};
pub use path::{PathFault, check_path};
