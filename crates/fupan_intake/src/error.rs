//! What is wrong with an input, as typed values: file, place, field, what stood there and what was
//! expected. The hall puts them into words; the `Display` here is for logs and tests.

use std::fmt;
use thiserror::Error;

/// What was expected, and not found (输入问题).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file the case refers to is not there.
    FileAbsent,
    /// The file is there and cannot be read; the reason of the system.
    FileUnreadable(String),
    /// The file holds no byte.
    EmptyFile,
    /// The bytes are not UTF-8, which this kind of file must be.
    NotUtf8,
    /// Not JSON; the parser's reason. The place holds line and column.
    NotJson(String),
    /// Not TOML; the parser's reason. The place holds the line.
    NotToml(String),
    /// Another format is expected.
    WrongFormat(&'static str),
    /// The log is not of the format that the mapping states or means; the format.
    OtherFormat(&'static str),
    /// A key must stand here.
    Missing,
    /// A value of another type is expected: `text`, `number`, `whole-number`, `yes-no`, `list`,
    /// `table`, `template` (a text with columns in braces).
    WrongType(&'static str),
    /// One of these is expected.
    OneOf(Vec<String>),
    /// A key that is not known where keys may not be open; the known ones.
    UnknownKey(Vec<String>),
    /// Only one of the two keys may stand.
    Both(&'static str, &'static str),
    /// A figure below zero.
    Negative,
    /// No date `YYYY-MM-DD`, or a day the calendar lacks.
    BadDate,
    /// No offset such as `+08:00` between -12:00 and +14:00.
    BadZone,
    /// No time of the forms that are read, or a moment that does not exist.
    BadTime,
    /// The moment lies further from the accident than 2^40 ms (about 35 years).
    FarTime,
    /// The lower bound of an error lies above the upper, or a bound beyond 2^40 ms.
    BadBounds,
    /// The book has no such reading policy; those it has.
    UnknownPolicy(Vec<String>),
    /// An id that stands more than once; what it is an id of.
    Duplicate(&'static str),
    /// An id that nothing has; what it should be an id of, and the known ones.
    Unknown(&'static str, Vec<String>),
    /// A statement without a place it was read in.
    NoCite,
    /// `after` and `before` lead in a circle through these events, by these records.
    OrderCycle {
        /// Events of the circle, sorted.
        events: Vec<String>,
        /// Records whose orders make it, sorted.
        records: Vec<String>,
    },
    /// A path that leads out of the case: absolute, with `..`, or with a backslash.
    BadPath,
    /// Evidence whose times are used names no clock; `civil` is on offer.
    NoClock,
    /// The descriptor states another digest than the bytes have; the digest they have.
    DigestDiffers(String),
    /// An original has no descriptor; the descriptor's path.
    NoDescriptor(String),
    /// A descriptor has no original; the original's path.
    NoOriginal(String),
    /// The file lacks a column; the columns it has.
    NoColumn(Vec<String>),
    /// Two columns have one name.
    ColumnTwice,
    /// The workbook lacks the sheet; the sheets it has.
    NoSheet(Vec<String>),
    /// The file cannot be read as a table; the reader's reason.
    NotTable(String),
    /// The encoding cannot be told from the bytes; the mapping must name one of these.
    UnknownEncoding(Vec<String>),
    /// A time without offset, and the mapping names no zone; the log and the row it stands in.
    NoZone(String),
    /// A date that means one day by one order and another by another, and the mapping names none; the
    /// log and the row it stands in, and the orders there are.
    NoOrder(String, Vec<String>),
    /// A year of two digits, and the mapping names no pivot; the log and the row it stands in.
    NoPivot(String),
    /// An archive that grows beyond a limit: the limit, and of what it is (`bytes`, `ratio`,
    /// `members`).
    Bomb {
        /// The limit.
        limit: u64,
        /// Of what.
        what: &'static str,
    },
    /// The archive lacks a member; those it has.
    NoMember(String, Vec<String>),
    /// A member of the archive is packed or locked in a way that is not read; its name.
    Packing(String),
    /// A member of the archive has other columns than the first; its name, and its columns.
    OtherColumns(String, Vec<String>),
    /// No list of rows stands at this path of the JSON document.
    NoList(String),
    /// No cell of the sheet says what the table begins with.
    NoBegin(String),
    /// The document has no such table; how many it has.
    NoTableInDocument(u64),
    /// A text that is no table, and the mapping has no pattern of its lines.
    NoPattern,
}

impl Problem {
    /// A stable word for the problem, by which the hall finds its message.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileAbsent => "file-absent",
            Self::FileUnreadable(_) => "file-unreadable",
            Self::EmptyFile => "empty-file",
            Self::NotUtf8 => "not-utf8",
            Self::NotJson(_) => "not-json",
            Self::NotToml(_) => "not-toml",
            Self::WrongFormat(_) => "wrong-format",
            Self::OtherFormat(_) => "other-format",
            Self::Missing => "missing",
            Self::WrongType(_) => "wrong-type",
            Self::OneOf(_) => "one-of",
            Self::UnknownKey(_) => "unknown-key",
            Self::Both(..) => "both-keys",
            Self::Negative => "negative",
            Self::BadDate => "bad-date",
            Self::BadZone => "bad-zone",
            Self::BadTime => "bad-time",
            Self::FarTime => "far-time",
            Self::BadBounds => "bad-bounds",
            Self::UnknownPolicy(_) => "unknown-policy",
            Self::Duplicate(_) => "duplicate",
            Self::Unknown(..) => "unknown-id",
            Self::NoCite => "no-cite",
            Self::OrderCycle { .. } => "order-cycle",
            Self::BadPath => "bad-path",
            Self::NoClock => "no-clock",
            Self::DigestDiffers(_) => "digest-differs",
            Self::NoDescriptor(_) => "no-descriptor",
            Self::NoOriginal(_) => "no-original",
            Self::NoColumn(_) => "no-column",
            Self::ColumnTwice => "column-twice",
            Self::NoSheet(_) => "no-sheet",
            Self::NotTable(_) => "not-table",
            Self::UnknownEncoding(_) => "unknown-encoding",
            Self::NoZone(_) => "no-zone",
            Self::NoOrder(..) => "no-order",
            Self::NoPivot(_) => "no-pivot",
            Self::Bomb { .. } => "bomb",
            Self::NoMember(..) => "no-member",
            Self::Packing(_) => "packing",
            Self::OtherColumns(..) => "other-columns",
            Self::NoList(_) => "no-list",
            Self::NoBegin(_) => "no-begin",
            Self::NoTableInDocument(_) => "no-table-in-document",
            Self::NoPattern => "no-pattern",
        }
    }

    /// What the message is filled with besides file, place, field and what was found: a name and
    /// its text; lists are joined by a comma and a space.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::FileUnreadable(why)
            | Self::NotJson(why)
            | Self::NotToml(why)
            | Self::NotTable(why) => vec![("why", why.clone())],
            Self::WrongFormat(what) | Self::OtherFormat(what) | Self::WrongType(what) => {
                vec![("expected", (*what).to_owned())]
            }
            Self::OneOf(list)
            | Self::UnknownKey(list)
            | Self::UnknownPolicy(list)
            | Self::NoColumn(list)
            | Self::NoSheet(list)
            | Self::UnknownEncoding(list) => vec![("known", listed(list))],
            Self::NoZone(spot) | Self::NoPivot(spot) => vec![("spot", spot.clone())],
            Self::NoOrder(spot, list) => vec![("spot", spot.clone()), ("known", listed(list))],
            Self::Both(a, b) => vec![("a", (*a).to_owned()), ("b", (*b).to_owned())],
            Self::Duplicate(what) => vec![("what", (*what).to_owned())],
            Self::Unknown(what, known) => {
                vec![("what", (*what).to_owned()), ("known", listed(known))]
            }
            Self::OrderCycle { events, records } => {
                vec![("events", events.join(", ")), ("records", records.join(", "))]
            }
            Self::DigestDiffers(text) | Self::NoDescriptor(text) | Self::NoOriginal(text) => {
                vec![("expected", text.clone())]
            }
            Self::Bomb { limit, what } => {
                vec![("limit", limit.to_string()), ("what", (*what).to_owned())]
            }
            Self::NoMember(name, known) | Self::OtherColumns(name, known) => {
                vec![("expected", name.clone()), ("known", listed(known))]
            }
            Self::Packing(text) | Self::NoList(text) | Self::NoBegin(text) => {
                vec![("expected", text.clone())]
            }
            Self::NoTableInDocument(count) => vec![("count", count.to_string())],
            Self::FileAbsent
            | Self::EmptyFile
            | Self::NotUtf8
            | Self::Missing
            | Self::Negative
            | Self::BadDate
            | Self::BadZone
            | Self::BadTime
            | Self::FarTime
            | Self::BadBounds
            | Self::NoCite
            | Self::BadPath
            | Self::NoClock
            | Self::ColumnTwice
            | Self::NoPattern => Vec::new(),
        }
    }
}

/// Input error (输入错误): one thing wrong, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}: {place}: {field}: found {found:?}: {problem}")]
pub struct IntakeError {
    /// File, relative to the case, with `/`.
    pub file: String,
    /// Row, line, record or table in it: `line 3, column 7`, `records[x12]`, `fact[f07]`; may be empty.
    pub place: String,
    /// Key or column; may be empty.
    pub field: String,
    /// What stood there, cut to 200 characters; empty where nothing did.
    pub found: String,
    /// What was expected.
    pub problem: Problem,
}

impl IntakeError {
    /// An error about a file as a whole.
    pub(crate) fn of_file(file: &str, problem: Problem) -> Self {
        Self::at(file, "", "", "", problem)
    }

    /// An error at a place.
    pub(crate) fn at(file: &str, place: &str, field: &str, found: &str, problem: Problem) -> Self {
        Self {
            file: file.to_owned(),
            place: place.to_owned(),
            field: field.to_owned(),
            found: cut(found),
            problem,
        }
    }
}

/// Names in a message: each once, long ones and long lists cut, so that a file that is no table does
/// not fill the screen.
fn listed(names: &[String]) -> String {
    let (longest, most) = (40, 60);
    let mut shown: Vec<String> = Vec::new();
    for name in names {
        let mut short: String = name.chars().take(longest).collect();
        if short.len() < name.len() {
            short.push('\u{2026}');
        }
        if !shown.contains(&short) {
            shown.push(short);
        }
        if shown.len() > most {
            shown.truncate(most);
            shown.push(String::from("\u{2026}"));
            break;
        }
    }
    shown.join(", ")
}

/// The first 200 characters.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        for (name, text) in self.args() {
            write!(f, " {name}={text}")?;
        }
        Ok(())
    }
}

/// All errors of an input at once (输入错误集); never empty where it is returned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Error)]
pub struct IntakeErrors(
    /// The errors, in the order of the files and of the places in them.
    pub Vec<IntakeError>,
);

impl From<IntakeError> for IntakeErrors {
    fn from(error: IntakeError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for IntakeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}
