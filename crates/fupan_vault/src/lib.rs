//! The cellar (证据库): evidence that nobody can change unseen.
pub mod entry;
pub mod journal;
pub mod object;
pub mod store;
