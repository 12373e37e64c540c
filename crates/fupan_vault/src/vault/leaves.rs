//! Leaves by their kind: keys, rules, captures, chunks. What they come to is for the hall to say.

use fupan_ledger::{Leaf, LeafKind};
use rusqlite::OptionalExtension as _;

use super::{Vault, VaultError};
use crate::index::IndexError;

impl Vault {
    /// Leaves of these kinds with their index, in the order of the log.
    ///
    /// # Errors
    /// Index or log cannot be read.
    pub fn leaves(&self, kinds: &[LeafKind]) -> Result<Vec<(u64, Leaf)>, VaultError> {
        self.leaves_from(kinds, 0)
    }

    /// The same, from entry `from` on: what came since somebody looked.
    ///
    /// # Errors
    /// Index or log cannot be read.
    pub fn leaves_from(
        &self,
        kinds: &[LeafKind],
        from: u64,
    ) -> Result<Vec<(u64, Leaf)>, VaultError> {
        let (places, size) = {
            let (index, head) = self.caught_up()?;
            let from = i64::try_from(from).unwrap_or(i64::MAX);
            let mut places = Vec::new();
            for kind in kinds {
                let sql = "SELECT idx FROM entries WHERE idx >= ?2 AND kind = ?1";
                let mut statement = index.db().prepare_cached(sql).map_err(IndexError::from)?;
                let rows = statement.query_map((kind.name(), from), |row| row.get::<_, i64>(0));
                let rows: Result<Vec<i64>, _> = rows.map_err(IndexError::from)?.collect();
                places.extend(rows.map_err(IndexError::from)?.into_iter().map(i64::unsigned_abs));
            }
            places.sort_unstable();
            (places, head.size)
        };
        let mut leaves = Vec::with_capacity(places.len());
        for index in places {
            leaves.push((index, self.log().leaf(index, size)?));
        }
        Ok(leaves)
    }

    /// The last leaf of a kind that is the one wanted. Leaves are read from the head back, one at a
    /// time, so that memory does not grow with their number.
    ///
    /// # Errors
    /// Index or log cannot be read.
    pub fn last_leaf(
        &self,
        kind: LeafKind,
        wanted: impl Fn(&Leaf) -> bool,
    ) -> Result<Option<(u64, Leaf)>, VaultError> {
        let (index, head) = self.caught_up()?;
        let mut below = i64::try_from(head.size).unwrap_or(i64::MAX);
        let sql = "SELECT idx FROM entries WHERE idx < ?2 AND kind = ?1 ORDER BY idx DESC LIMIT 1";
        let mut statement = index.db().prepare_cached(sql).map_err(IndexError::from)?;
        loop {
            let found = statement.query_row((kind.name(), below), |row| row.get::<_, i64>(0));
            let Some(at) = found.optional().map_err(IndexError::from)? else { return Ok(None) };
            let leaf = self.log().leaf(at.unsigned_abs(), head.size)?;
            if wanted(&leaf) {
                return Ok(Some((at.unsigned_abs(), leaf)));
            }
            below = at;
        }
    }
}
