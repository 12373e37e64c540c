//! Leaves by their kind: keys, rules, captures, chunks. What they come to is for the hall to say.

use fupan_ledger::{Leaf, LeafKind};

use super::{Vault, VaultError};
use crate::index::IndexError;
use crate::journal::{FaultKind, JournalError};

impl Vault {
    /// Leaves of these kinds with their index, in the order of the log.
    ///
    /// # Errors
    /// Index or log cannot be read.
    pub fn leaves(&self, kinds: &[LeafKind]) -> Result<Vec<(u64, Leaf)>, VaultError> {
        let (places, size) = {
            let (index, head) = self.caught_up()?;
            let mut places = Vec::new();
            for kind in kinds {
                let sql = "SELECT idx FROM entries WHERE kind = ?1";
                let mut statement = index.db().prepare_cached(sql).map_err(IndexError::from)?;
                let rows = statement.query_map([kind.name()], |row| row.get::<_, i64>(0));
                let rows: Result<Vec<i64>, _> = rows.map_err(IndexError::from)?.collect();
                places.extend(rows.map_err(IndexError::from)?.into_iter().map(i64::unsigned_abs));
            }
            places.sort_unstable();
            (places, head.size)
        };
        let mut leaves = Vec::with_capacity(places.len());
        for index in places {
            let bytes = self.log().entry(index, size)?;
            let leaf = Leaf::parse(&bytes)
                .map_err(|_| JournalError::fault(format!("entry {index}"), FaultKind::Format))?;
            leaves.push((index, leaf));
        }
        Ok(leaves)
    }
}
