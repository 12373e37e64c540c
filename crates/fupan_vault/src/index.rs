//! The index: tables and search over what the log and its objects say. A cache: deleting it loses
//! nothing, and built anew it is the same, row for row. SQL is made by sea-query, so that another
//! database can stand in.

mod schema;
mod search;
mod write;

use std::path::Path;

use fupan_ledger::{Checkpoint, Hash, Sm3Edge, root_of};
use rusqlite::{Connection, OptionalExtension as _, params};
use thiserror::Error;

use crate::journal::{JournalError, LogReader};
use crate::object::Objects;
use schema::TABLES;
pub use search::Hit;
pub(crate) use write::BodyRow;

/// Version of the tables; another one is built anew.
const VERSION: &str = "fupan-index/3";

/// Why the index cannot answer.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The database cannot.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// The log or an object cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// An object cannot be read.
    #[error(transparent)]
    Object(#[from] crate::object::ObjectError),
}

/// Index (索引): tables over the log.
pub struct Index {
    db: Connection,
    sql: schema::Statements,
}

impl Index {
    /// Opens an index file, making it where it is not.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        if let Ok(index) = Self::over(Connection::open(path)?) {
            return Ok(index);
        }
        // No database, or a damaged one: it is a cache.
        drop(std::fs::remove_file(path));
        Self::over(Connection::open(path)?)
    }

    /// An index in memory.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::over(Connection::open_in_memory()?)
    }

    fn over(db: Connection) -> Result<Self, IndexError> {
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;",
        )?;
        db.set_prepared_statement_cache_capacity(64);
        let index = Self { db, sql: schema::Statements::new() };
        index.make_tables()?;
        Ok(index)
    }

    fn make_tables(&self) -> Result<(), IndexError> {
        for sql in schema::create() {
            self.db.execute(&sql, [])?;
        }
        Ok(())
    }

    /// Forgets everything.
    ///
    /// # Errors
    /// The database cannot.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        for sql in schema::drop_all() {
            self.db.execute(&sql, [])?;
        }
        self.make_tables()
    }

    /// Reads what the log has that the index has not. An index of another version, or over another
    /// log, is built anew.
    ///
    /// # Errors
    /// The log or an object cannot be read; the index is then as it was.
    pub fn catch_up(
        &mut self,
        reader: &LogReader,
        objects: &Objects,
        head: &Checkpoint,
    ) -> Result<(), IndexError> {
        let mut from = self.size()?;
        if from == head.size && self.meta("root")? == Some(head.root.to_string()) {
            return Ok(());
        }
        let ours = self.meta("version")?.as_deref() == Some(VERSION)
            && self.meta("origin")?.as_deref() == Some(head.origin.as_str())
            && from <= head.size
            && self.sm3_edge()?.size() == from
            && self.meta("root")? == Some(root_at(reader, from, head.size)?.to_string());
        if !ours {
            self.clear()?;
            from = 0;
        }
        let mut sm3 = self.sm3_edge()?;
        let sql = &self.sql;
        let transaction = self.db.transaction()?;
        if from == 0 {
            schema::drop_keys()
                .iter()
                .try_for_each(|sql| transaction.execute(sql, []).map(drop))?;
        }
        let erased =
            write::entries(&transaction, sql, (reader, &mut sm3), objects, (from, head.size))?;
        schema::create_keys().iter().try_for_each(|sql| transaction.execute(sql, []).map(drop))?;
        write::forget(&transaction, &erased)?;
        for (name, value) in [
            ("version", VERSION.to_owned()),
            ("origin", head.origin.clone()),
            ("size", head.size.to_string()),
            ("root", head.root.to_string()),
            ("sm3", sm3.line()),
        ] {
            transaction.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)",
                params![name, value],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Entries of the log that are in the index.
    ///
    /// # Errors
    /// The database cannot.
    pub fn size(&self) -> Result<u64, IndexError> {
        Ok(self.meta("size")?.and_then(|size| size.parse().ok()).unwrap_or(0))
    }

    /// The edge of the SM3 tree over the entries that are in the index.
    ///
    /// # Errors
    /// The database cannot.
    pub(crate) fn sm3_edge(&self) -> Result<Sm3Edge, IndexError> {
        Ok(self.meta("sm3")?.and_then(|line| Sm3Edge::read(&line)).unwrap_or_default())
    }

    fn meta(&self, name: &str) -> Result<Option<String>, IndexError> {
        let sql = "SELECT value FROM meta WHERE name = ?1";
        Ok(self.db.query_row(sql, [name], |row| row.get(0)).optional()?)
    }

    /// Every row of every table, sorted: two indexes over the same log give the same text.
    ///
    /// # Errors
    /// The database cannot.
    pub fn dump(&self) -> Result<String, IndexError> {
        let mut text = String::new();
        for table in TABLES {
            let mut rows: Vec<String> = Vec::new();
            let mut statement = self.db.prepare(&schema::select_all(table))?;
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                let mut line = String::from(table.name);
                for at in 0..table.columns.len() {
                    line.push_str(&format!("\t{:?}", row.get_ref(at)?));
                }
                rows.push(line);
            }
            rows.sort_unstable();
            rows.iter().for_each(|row| {
                text.push_str(row);
                text.push('\n');
            });
        }
        Ok(text)
    }

    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }
}

fn root_at(reader: &LogReader, size: u64, head: u64) -> Result<Hash, IndexError> {
    Ok(root_of(&reader.nodes(head), size)?)
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}
