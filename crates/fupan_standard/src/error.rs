//! What can be wrong with a book, said so that a person finds the place and knows how to mend it.

use thiserror::Error;

/// Book error (标准库错误): one fault, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{file}: row {row:?}, key {key:?}: {fault}")]
pub struct BookError {
    /// File name within the book, e.g. `laws.toml`.
    pub file: String,
    /// Id of the row; `law #3` where the third row of that table has none; empty: whole file.
    pub row: String,
    /// Key, inner tables joined by `.` (`part.2.left`); empty: the whole row.
    pub key: String,
    /// What is wrong, and what was expected.
    pub fault: Fault,
}

/// Fault (错误种类).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Fault {
    /// The file is no TOML.
    #[error("not readable as TOML, line {line}: {detail}")]
    Syntax {
        /// Line, counted from 1; 0 where unknown.
        line: usize,
        /// What the reader of TOML says.
        detail: String,
    },
    /// A file the book does not know.
    #[error("the book has no such file; it may hold {}", expected.join(", "))]
    UnknownFile {
        /// File names known.
        expected: Vec<String>,
    },
    /// A file that must be there is not.
    #[error("this file is missing")]
    MissingFile,
    /// The same file name twice.
    #[error("this file is given twice")]
    DuplicateFile,
    /// A key (or table) that this place does not know.
    #[error("unknown key; expected one of: {}", expected.join(", "))]
    UnknownKey {
        /// Keys known here.
        expected: Vec<String>,
    },
    /// A key that must be there is not.
    #[error("missing; expected {expected}")]
    Missing {
        /// What must stand here.
        expected: String,
    },
    /// A value of another sort.
    #[error("expected {expected}, found {found}")]
    Sort {
        /// What must stand here.
        expected: String,
        /// What stands here.
        found: String,
    },
    /// A word outside a closed list.
    #[error("{found:?} is not allowed; expected one of: {}", expected.join(", "))]
    Word {
        /// The word found.
        found: String,
        /// The words allowed.
        expected: Vec<String>,
    },
    /// An empty text.
    #[error("is empty; expected {expected}")]
    Empty {
        /// What must stand here.
        expected: String,
    },
    /// An id that another row has.
    #[error("the id stands already in {other}; every id is unique over the whole book")]
    DuplicateId {
        /// File of the first row.
        other: String,
    },
    /// A reference to a row that does not exist.
    #[error("no row {found:?}; expected an id of: {expected}")]
    Dangling {
        /// The id found.
        found: String,
        /// Tables in which it was looked for.
        expected: String,
    },
    /// A quantity that the fact kind does not have.
    #[error("fact kind {kind:?} has no quantity {found:?}; it has: {}", expected.join(", "))]
    NoQuantity {
        /// The fact kind.
        kind: String,
        /// The quantity found.
        found: String,
        /// Its quantities.
        expected: Vec<String>,
    },
    /// Mark and status do not agree.
    #[error("status {found:?} does not go with mark {mark:?}; expected {expected:?}")]
    Status {
        /// The mark.
        mark: String,
        /// The status found.
        found: String,
        /// The only status the mark allows.
        expected: String,
    },
    /// A row of law without the day from which it holds.
    #[error("a row of law needs effective-from, written YYYY-MM-DD")]
    NoEffectiveDate,
    /// A source that is an address of the web.
    #[error("a source names a statute, the seed or the team, not the address {found:?}")]
    Address {
        /// What looks like an address.
        found: String,
    },
    /// Numbers that must rise or fall do not.
    #[error("{found} is out of order; expected {expected}")]
    Disorder {
        /// The numbers found.
        found: String,
        /// The order expected.
        expected: String,
    },
    /// Two keys that contradict each other.
    #[error("{found}; expected {expected}")]
    Clash {
        /// What is there.
        found: String,
        /// What may be there.
        expected: String,
    },
}

impl Fault {
    /// A stable word for the kind of fault, by which messages in other languages are found.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::UnknownFile { .. } => "unknown-file",
            Self::MissingFile => "missing-file",
            Self::DuplicateFile => "duplicate-file",
            Self::UnknownKey { .. } => "unknown-key",
            Self::Missing { .. } => "missing",
            Self::Sort { .. } => "sort",
            Self::Word { .. } => "word",
            Self::Empty { .. } => "empty",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::Dangling { .. } => "dangling",
            Self::NoQuantity { .. } => "no-quantity",
            Self::Status { .. } => "status",
            Self::NoEffectiveDate => "no-effective-date",
            Self::Address { .. } => "address",
            Self::Disorder { .. } => "disorder",
            Self::Clash { .. } => "clash",
        }
    }
}
