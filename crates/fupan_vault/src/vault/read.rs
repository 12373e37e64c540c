//! Reads cases out of a vault.

use std::sync::PoisonError;

use fupan_ledger::{Note, ProofFile, Ulid};
use rusqlite::{OptionalExtension as _, params};

use super::{Vault, VaultError};
use crate::entry::{CaseRead, CaseState, Entry};
use crate::index::{BodyRow, Hit, Index, IndexError};
use crate::journal::JournalError;
use crate::object::{ObjectError, from_hex};

impl Vault {
    /// Reads a case from the journal, once: entries in the order of the log, folded. Its digest is
    /// left empty for the hall to set, see [`CaseRead::file`].
    ///
    /// # Errors
    /// There is no such case, or a body is missing that was not erased, or is damaged.
    pub fn case_file(&self, case: Ulid) -> Result<CaseRead, VaultError> {
        let (version, state, erased, log_size) = self.fold(case)?;
        if version == 0 {
            return Err(VaultError::NoCase(case));
        }
        let parts = state.standing();
        let read = CaseRead { file: state.case_file(), case, version, log_size, erased, parts };
        Ok(read)
    }

    /// Cases of the vault and their versions, in the order in which they were opened.
    ///
    /// # Errors
    /// The index cannot answer.
    pub fn cases(&self) -> Result<Vec<(Ulid, u64)>, VaultError> {
        let (index, _) = self.caught_up()?;
        let sql = "SELECT case_id, MAX(ver), MIN(idx) FROM entries WHERE ver IS NOT NULL \
                   GROUP BY case_id ORDER BY MIN(idx)";
        let mut statement = index.db().prepare(sql).map_err(IndexError::from)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let rows: Result<Vec<(String, i64)>, _> = rows.map_err(IndexError::from)?.collect();
        let rows = rows.map_err(IndexError::from)?;
        let id =
            |(case, version): (String, i64)| Some((case.parse().ok()?, version.unsigned_abs()));
        Ok(rows.into_iter().filter_map(id).collect())
    }

    /// Texts of a case, or of all, that hold every one of the words.
    ///
    /// # Errors
    /// The index cannot answer.
    pub fn search(&self, case: Option<Ulid>, words: &str) -> Result<Vec<Hit>, VaultError> {
        let (index, _) = self.caught_up()?;
        let case = case.map(|case| case.to_string());
        Ok(index.search(case.as_deref(), words)?)
    }

    /// Entries of a case with their index, in the order of the log: what was done, by whom, when.
    /// An erased one is not among them.
    ///
    /// # Errors
    /// A body is damaged, or missing without an erasure.
    pub fn history(&self, case: Ulid) -> Result<Vec<(u64, Entry)>, VaultError> {
        let (bodies, _) = self.bodies(case, false)?;
        let mut entries = Vec::new();
        for row in bodies {
            if let Some(entry) = self.body(&row)? {
                entries.push((row.index, entry));
            }
        }
        Ok(entries)
    }

    /// The index's rows, sorted; see [`Index::dump`].
    ///
    /// # Errors
    /// The index cannot answer.
    pub fn index_dump(&self) -> Result<String, VaultError> {
        let (index, _) = self.caught_up()?;
        Ok(index.dump()?)
    }

    /// Builds the index anew from log and objects.
    ///
    /// # Errors
    /// The log or an object cannot be read.
    pub fn rebuild(&self) -> Result<(), VaultError> {
        let (_, head) = self.head()?;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.clear()?;
        index.catch_up(&self.reader, &self.objects, &head)?;
        Ok(())
    }

    /// The newest head with all cosignatures that are kept over it.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn cosigned_head(&self) -> Result<Note, VaultError> {
        let (note, _) = self.head()?;
        Ok(crate::journal::with_cosignatures(&*self.store.blobs, note)?)
    }

    /// Heads over which cosignatures are kept, each with them, the smallest first.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn cosigned_heads(&self) -> Result<Vec<Note>, VaultError> {
        Ok(crate::journal::cosigned_heads(&*self.store.blobs)?)
    }

    /// The head of that size, where one was published.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn published_head(&self, size: u64) -> Result<Option<Note>, VaultError> {
        let bytes = self.store.blobs.read(&crate::journal::checkpoint_name(size))?;
        let note = bytes.map(|bytes| Note::parse(&bytes).map_err(JournalError::from));
        Ok(note.transpose()?)
    }

    /// The leaf at an index, and the proof that it is in the log of the newest head, with all cosignatures
    /// kept over that head.
    ///
    /// # Errors
    /// The index lies beyond the head; a tile cannot be read.
    pub fn prove(&self, index: u64) -> Result<(Vec<u8>, ProofFile), VaultError> {
        let (_, head) = self.head()?;
        let checkpoint = self.cosigned_head()?;
        let path = self.reader.inclusion(index, head.size)?;
        let leaf = self.reader.entry(index, head.size)?;
        Ok((leaf, ProofFile { extra: None, index, path, checkpoint }))
    }

    /// Where an act is in the log, by its id.
    pub(super) fn act_at(&self, id: Ulid) -> Result<Option<u64>, VaultError> {
        let (index, _) = self.caught_up()?;
        let sql = "SELECT MIN(idx) FROM entries WHERE id = ?1";
        let found: Option<Option<i64>> = index
            .db()
            .query_row(sql, [id.to_string()], |row| row.get(0))
            .optional()
            .map_err(IndexError::from)?;
        Ok(found.flatten().map(i64::unsigned_abs))
    }

    /// Checks an entry against the case, if it was made upon the version the case has; if not, the
    /// journal decides what that means.
    pub(super) fn check_fold(
        &self,
        case: Ulid,
        expected: u64,
        entry: &Entry,
    ) -> Result<(), VaultError> {
        let known = |states: &std::collections::BTreeMap<Ulid, (u64, CaseState)>| {
            let (version, state) = states.get(&case)?;
            (*version == expected).then(|| state.check(entry).map(|_| ()))
        };
        if let Some(fits) = known(&self.states.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(fits?);
        }
        let (version, state, _, _) = self.fold(case)?;
        let fits = if version == expected { state.check(entry).map(|_| ()) } else { Ok(()) };
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.insert(case, (version, state));
        Ok(fits?)
    }

    /// Notes an entry that is in the log.
    pub(super) fn note_fold(&self, case: Ulid, version: u64, entry: &Entry) {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let applied = match states.get_mut(&case) {
            Some((at, state)) if *at + 1 == version => {
                *at = version;
                state.apply(entry).is_ok()
            }
            Some(_) => false,
            None => return,
        };
        if !applied {
            // Read again when it is needed.
            states.remove(&case);
        }
    }

    fn fold(&self, case: Ulid) -> Result<(u64, CaseState, Vec<u64>, u64), VaultError> {
        let (bodies, size) = self.bodies(case, true)?;
        let (mut state, mut erased) = (CaseState::default(), Vec::new());
        for row in &bodies {
            match self.body(row)? {
                None => erased.push(row.index),
                Some(entry) => match state.apply(&entry) {
                    Ok(()) => {}
                    // It rests on a body that was erased.
                    Err(_) if !erased.is_empty() => erased.push(row.index),
                    Err(error) => return Err(error.into()),
                },
            }
        }
        Ok((bodies.len() as u64, state, erased, size))
    }

    /// Bodies of a case's acts, in order; those that state something, or all.
    fn bodies(&self, case: Ulid, stating: bool) -> Result<(Vec<BodyRow>, u64), VaultError> {
        let (index, head) = self.caught_up()?;
        let only = if stating { "AND ver IS NOT NULL" } else { "" };
        let sql = format!(
            "SELECT idx, body FROM entries WHERE case_id = ?1 AND body IS NOT NULL AND kind IN \
             ('entry', 'correction', 'custody', 'legal-hold', 'erase') {only} ORDER BY idx"
        );
        let mut statement = index.db().prepare(&sql).map_err(IndexError::from)?;
        let rows = statement.query_map(params![case.to_string()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        });
        let mut bodies = Vec::new();
        for row in rows.map_err(IndexError::from)? {
            let (at, body) = row.map_err(IndexError::from)?;
            if let Some(body) = from_hex(&body) {
                bodies.push(BodyRow { index: at.unsigned_abs(), body });
            }
        }
        Ok((bodies, head.size))
    }

    /// A body; `None`: it was erased.
    fn body(&self, row: &BodyRow) -> Result<Option<Entry>, VaultError> {
        match self.objects.read(&row.body) {
            Ok(bytes) => {
                Entry::parse(&bytes).map(Some).map_err(|error| VaultError::Form(error.to_string()))
            }
            Err(ObjectError::Absent(_)) if self.is_erased(&row.body)? => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether the log says that an object was erased.
pub(super) fn erased_in(index: &Index, object: &str) -> Result<bool, IndexError> {
    let sql = "SELECT 1 FROM entries WHERE kind = 'erase' AND obj = ?1 LIMIT 1";
    Ok(index.db().query_row(sql, [object], |_| Ok(())).optional()?.is_some())
}
