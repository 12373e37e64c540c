//! From entries to rows.

use std::collections::BTreeSet;

use fupan_ledger::{Leaf, LeafField, LeafKind, Sm3Edge};
use rusqlite::{Connection, params};

use super::schema::Statements;
use super::{IndexError, search};
use crate::admission::is_act;
use crate::entry::{Act, Entry, Statement};
use crate::journal::{FaultKind, JournalError, LogReader};
use crate::object::{ObjectError, Objects, hex_of};

/// The body of an entry: where the leaf is, and its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BodyRow {
    pub(crate) index: u64,
    pub(crate) body: [u8; 32],
}

struct Rows<'a> {
    db: &'a Connection,
    sql: &'a Statements,
    objects: &'a Objects,
    /// Bodies that are gone; the log must say why, further on.
    gone: BTreeSet<[u8; 32]>,
    /// What was erased, and by which entry.
    erased: Vec<([u8; 32], i64)>,
}

/// Writes the rows of entries; gives the objects that were erased, for [`forget`].
pub(super) fn entries(
    db: &Connection,
    sql: &Statements,
    (reader, sm3): (&LogReader, &mut Sm3Edge),
    objects: &Objects,
    (from, to): (u64, u64),
) -> Result<Vec<([u8; 32], i64)>, IndexError> {
    let mut rows = Rows { db, sql, objects, gone: BTreeSet::new(), erased: Vec::new() };
    reader.entries((from, to), to, |index, bytes| {
        sm3.push(bytes);
        rows.leaf(index, bytes)
    })?;
    match rows.gone.first() {
        None => Ok(rows.erased),
        Some(body) => {
            Err(JournalError::fault(crate::object::name_of(body), FaultKind::Missing).into())
        }
    }
}

/// What an erased body said is no longer in the index, whether it is built now or was before.
pub(super) fn forget(db: &Connection, erased: &[([u8; 32], i64)]) -> Result<(), IndexError> {
    for (object, by) in erased {
        let hex = hex_of(object);
        for table in ["evidence", "facts", "custody", "holds", "texts", "terms"] {
            let of = "SELECT idx FROM entries WHERE body = ?1 AND idx < ?2";
            let sql = format!("DELETE FROM {table} WHERE idx IN ({of})");
            db.prepare_cached(&sql)?.execute(params![hex, by])?;
        }
        let sql = "UPDATE entries SET author = NULL WHERE body = ?1 AND idx < ?2";
        db.prepare_cached(sql)?.execute(params![hex, by])?;
    }
    Ok(())
}

impl Rows<'_> {
    fn leaf(&mut self, index: u64, bytes: &[u8]) -> Result<(), IndexError> {
        let leaf = Leaf::parse(bytes)
            .map_err(|_| JournalError::fault(format!("entry {index}"), FaultKind::Format))?;
        let idx = i64::try_from(index).unwrap_or(i64::MAX);
        let hex = |field| leaf.get_digest(field).map(|digest| hex_of(&digest));
        let id = |field| leaf.get_ulid(field).map(|id| id.to_string());
        let body = leaf.get_digest(LeafField::Body);
        // The bodies of keys are signed notes, and no acts.
        let act = body.filter(|_| is_act(leaf.kind()));
        let entry = act.map(|body| self.body(&body)).transpose()?.flatten();
        let stated = leaf.get_digest(LeafField::Stmt).or(body).map(|digest| hex_of(&digest));
        self.db.prepare_cached(self.sql.insert("entries"))?.execute(params![
            idx,
            leaf.kind().name(),
            id(LeafField::Case),
            id(LeafField::Id),
            leaf.get_number(LeafField::Ver),
            leaf.get_number(LeafField::At),
            stated,
            hex(LeafField::Obj),
            leaf.get_word(LeafField::Status),
            entry.as_ref().map(|entry| entry.author.as_str()),
        ])?;
        if let Some(entry) = entry {
            self.act(idx, &id(LeafField::Case).unwrap_or_default(), &entry)?;
        }
        if let (LeafKind::Erase, Some(object)) = (leaf.kind(), leaf.get_digest(LeafField::Obj)) {
            self.gone.remove(&object);
            self.erased.push((object, idx));
        }
        Ok(())
    }

    fn body(&mut self, digest: &[u8; 32]) -> Result<Option<Entry>, IndexError> {
        match self.objects.read(digest) {
            Ok(bytes) => Ok(Some(Entry::parse(&bytes).map_err(|_| {
                JournalError::fault(crate::object::name_of(digest), FaultKind::Format)
            })?)),
            Err(ObjectError::Absent(_)) => {
                self.gone.insert(*digest);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn act(&self, idx: i64, case: &str, entry: &Entry) -> Result<(), IndexError> {
        match &entry.act {
            Act::State(statements) => (0_i64..)
                .zip(statements)
                .try_for_each(|(part, s)| self.statement(idx, part, case, s)),
            Act::Correct(correction) => {
                self.text(idx, 0, case, "correction", &correction.reason)?;
                let now = correction.now.as_ref();
                now.map_or(Ok(()), |now| self.statement(idx, 1, case, now))
            }
            Act::Custody(custody) => {
                self.db.prepare_cached(self.sql.insert("custody"))?.execute(params![
                    idx,
                    case,
                    custody.evidence,
                    custody.deed.word(),
                    entry.at_ms,
                    entry.author,
                    custody.object,
                ])?;
                self.text(idx, 0, case, "custody", &custody.note)
            }
            Act::Hold(hold) => {
                self.db.prepare_cached(self.sql.insert("holds"))?.execute(params![
                    idx,
                    case,
                    hold.object,
                    i64::from(hold.on)
                ])?;
                self.text(idx, 0, case, "legal-hold", &hold.reason)
            }
            Act::Erase(erasure) => self.text(idx, 0, case, "erase", &erasure.reason),
        }
    }

    fn statement(
        &self,
        idx: i64,
        part: i64,
        case: &str,
        statement: &Statement,
    ) -> Result<(), IndexError> {
        match statement {
            Statement::Evidence(exhibit) => {
                let evidence = &exhibit.evidence;
                self.db.prepare_cached(self.sql.insert("evidence"))?.execute(params![
                    idx,
                    part,
                    case,
                    evidence.id.as_str(),
                    evidence.sha256.as_str(),
                    i64::try_from(evidence.size).unwrap_or(i64::MAX),
                    evidence.kind.as_str(),
                    evidence.title,
                ])?;
            }
            Statement::Fact(fact) => {
                self.db.prepare_cached(self.sql.insert("facts"))?.execute(params![
                    idx,
                    part,
                    case,
                    fact.id.as_str(),
                    fact.party.as_str(),
                    fact.event.as_str(),
                    fact.text,
                ])?;
            }
            _ => {}
        }
        self.text(idx, part, case, statement.kind(), &search::words_of(statement))
    }

    fn text(
        &self,
        idx: i64,
        part: i64,
        case: &str,
        kind: &str,
        text: &str,
    ) -> Result<(), IndexError> {
        if text.is_empty() {
            return Ok(());
        }
        let folded = search::fold(text);
        for term in search::terms(&folded) {
            self.db.prepare_cached(self.sql.insert("terms"))?.execute(params![term, idx, part])?;
        }
        self.db
            .prepare_cached(self.sql.insert("texts"))?
            .execute(params![idx, part, case, kind, folded])?;
        Ok(())
    }
}
