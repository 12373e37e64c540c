//! Duties to keep, and erasure. An erased object is gone; leaf, digests and proof stay. What somebody
//! must keep, or another case uses, is not erased.

use fupan_ledger::Ulid;

use super::read::erased_in;
use super::{Vault, VaultError};
use crate::index::{Index, IndexError};
use crate::journal::Refused;
use crate::object::{from_hex, hex_of};

impl Vault {
    /// Whether the log says that the object was erased.
    ///
    /// # Errors
    /// The index cannot answer.
    pub fn is_erased(&self, object: &[u8; 32]) -> Result<bool, VaultError> {
        let (index, _) = self.caught_up()?;
        Ok(erased_in(&index, &hex_of(object))?)
    }

    /// Whether an object may be erased from a case.
    pub(super) fn may_erase(&self, case: Ulid, object: &[u8; 32]) -> Result<(), VaultError> {
        let (index, _) = self.caught_up()?;
        let hex = hex_of(object);
        let mut users = users(&index, &hex)?;
        if let Some(holder) = holder(&index, &hex, &users, case)? {
            return Err(Refused::Held { case: holder }.into());
        }
        users.retain(|user| *user != case);
        match users.first() {
            Some(other) => Err(Refused::StillUsed { case: *other }.into()),
            None => Ok(()),
        }
    }

    /// Ends erasures that a run before had written to the log and not carried out.
    pub(super) fn finish_erasures(&self) -> Result<(), VaultError> {
        let objects: Vec<String> = {
            let (index, _) = self.caught_up()?;
            let sql = "SELECT DISTINCT obj FROM entries WHERE kind = 'erase' ORDER BY obj";
            texts(&index, sql, &[])?
        };
        for object in objects.iter().filter_map(|object| from_hex(object)) {
            if self.objects.has(&object)? {
                self.objects.erase(&object)?;
            }
        }
        Ok(())
    }
}

/// Cases that use an object: as evidence, in a capture, or as the body of an act.
fn users(index: &Index, object: &str) -> Result<Vec<Ulid>, IndexError> {
    let sql = "SELECT case_id FROM evidence WHERE sha256 = ?1 \
               UNION SELECT case_id FROM entries WHERE kind <> 'erase' AND \
               (obj = ?1 OR body = ?1) ORDER BY 1";
    Ok(ids(&texts(index, sql, &[object])?))
}

/// A case that must keep the object: by a hold on it, or on a whole case that uses it.
fn holder(
    index: &Index,
    object: &str,
    users: &[Ulid],
    case: Ulid,
) -> Result<Option<Ulid>, IndexError> {
    let last = |of: &str, values: &[&str]| {
        let sql = format!(
            "SELECT case_id FROM holds h WHERE {of} AND standing = 1 AND idx = (SELECT MAX(idx) \
             FROM holds o WHERE o.case_id = h.case_id AND o.object IS h.object) ORDER BY idx"
        );
        texts(index, &sql, values).map(|found| ids(&found))
    };
    if let Some(holder) = last("object = ?1", &[object])?.first() {
        return Ok(Some(*holder));
    }
    for user in users.iter().chain([&case]) {
        if let Some(holder) = last("object IS NULL AND case_id = ?1", &[&user.to_string()])?.first()
        {
            return Ok(Some(*holder));
        }
    }
    Ok(None)
}

fn texts(index: &Index, sql: &str, values: &[&str]) -> Result<Vec<String>, IndexError> {
    let mut statement = index.db().prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<Vec<String>, _>>()?)
}

fn ids(texts: &[String]) -> Vec<Ulid> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}
