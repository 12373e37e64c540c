//! Mappings: how the rows of a table become facts (`docs/case-format.md`, section 3).

mod parse;
pub(crate) mod template;

pub use template::Template;

use crate::time::DateOrder;
use fupan_model::{Decimal, Digest, PartyId, RowId};

/// How the bytes are a table (表格格式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Lines of cells with a delimiter.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Encoding of a text (字符编码).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
}

impl Charset {
    /// The names by which a mapping states an encoding.
    pub const NAMES: [&'static str; 4] = ["utf-8", "utf-16le", "utf-16be", "gb18030"];

    /// The name by which a mapping states it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// Type of a column (列类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A time.
    Time,
    /// A number.
    Number,
    /// Words.
    Text,
}

/// A column whose cells are checked (受检列).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRule {
    /// Its head.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Reading policy of its times; `None`: by the precision of the words.
    pub policy: Option<RowId>,
    /// Order of day and month.
    pub order: DateOrder,
    /// Whether an empty cell rejects the row.
    pub required: bool,
}

/// Which of the rows that fit makes the fact (取哪一行).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The earliest.
    First,
    /// The latest.
    Last,
    /// Each of them.
    Each,
}

/// What a cell must be (条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Equal to the text.
    Is(String),
    /// One of the texts.
    In(Vec<String>),
    /// Holding the text.
    Contains(String),
    /// A number not below.
    AtLeast(Decimal),
    /// A number not above.
    AtMost(Decimal),
    /// Empty, or not.
    Empty(bool),
}

/// A condition on a column (筛选条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// What must hold.
    pub test: Test,
}

/// A threshold crossed and kept (越限): the first row of a stay that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Column of the value.
    pub column: String,
    /// The threshold; a stay lies strictly beyond it.
    pub threshold: Decimal,
    /// Whether beyond is above (else below).
    pub above: bool,
    /// How long it must stay, in ms.
    pub hold_ms: i64,
}

/// Where a quantity comes from (量值来源).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityRule {
    /// A column.
    Column(String),
    /// The set of what stands in several columns.
    Columns(Vec<String>),
    /// A text with columns in it.
    Template(Template),
}

/// A claim that a row makes (主张规则).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRule {
    /// What is counted.
    pub field: String,
    /// Column of the value.
    pub column: String,
    /// Column of the time as of which it holds.
    pub as_of: Option<String>,
}

/// A kind of fact that rows make (事实规则).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRule {
    /// Its id within the mapping.
    pub id: String,
    /// The case's own word, or a fact kind.
    pub kind: String,
    /// Its event; `None`: the fact's own id.
    pub event: Option<Template>,
    /// Which row.
    pub pick: Pick,
    /// What the row must be; all must hold.
    pub conditions: Vec<Condition>,
    /// The threshold it crosses.
    pub crossing: Option<Crossing>,
    /// Column of its time; `None`: undated.
    pub time: Option<String>,
    /// Column of its end.
    pub time_end: Option<String>,
    /// Its text; `None`: the cells of the row.
    pub text: Option<Template>,
    /// Its party; `None`: the evidence's.
    pub party: Option<PartyId>,
    /// What pairs it with other facts.
    pub key: Option<Template>,
    /// Quantities by the book's names.
    pub quantities: Vec<(String, QuantityRule)>,
    /// Claims.
    pub claims: Vec<ClaimRule>,
    /// Events it comes after.
    pub after: Vec<Template>,
    /// Events it comes before.
    pub before: Vec<Template>,
    /// Kind of source; `None`: the evidence's.
    pub source_kind: Option<RowId>,
}

/// Mapping (映射): how the rows of a table become facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// SHA-256 of its text.
    pub digest: Digest,
    /// How the bytes are a table; `None`: found.
    pub format: Option<TableFormat>,
    /// Delimiter; `None`: found.
    pub delimiter: Option<char>,
    /// Encoding; `None`: found.
    pub encoding: Option<Charset>,
    /// Sheet of a workbook; `None`: the first.
    pub sheet: Option<String>,
    /// Row of the heads, from 1; 0: none.
    pub header_row: u64,
    /// Zone of times without offset, in seconds east of UTC.
    pub zone_s: Option<i32>,
    /// Columns that are checked.
    pub columns: Vec<ColumnRule>,
    /// Facts.
    pub facts: Vec<FactRule>,
}

impl Mapping {
    /// Every column the mapping names, in the order it names them, with where it does.
    pub(crate) fn named_columns(&self) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        for column in &self.columns {
            out.push((format!("column[{}]", column.name), column.name.clone()));
        }
        for rule in &self.facts {
            let mut say = |name: &str| out.push((format!("fact[{}]", rule.id), name.to_owned()));
            rule.conditions.iter().for_each(|condition| say(&condition.column));
            rule.crossing.iter().for_each(|crossing| say(&crossing.column));
            rule.time.iter().chain(&rule.time_end).for_each(|name| say(name));
            let texts = rule.event.iter().chain(&rule.text).chain(&rule.key);
            texts
                .chain(&rule.after)
                .chain(&rule.before)
                .flat_map(Template::columns)
                .for_each(&mut say);
            for (_, quantity) in &rule.quantities {
                match quantity {
                    QuantityRule::Column(name) => say(name),
                    QuantityRule::Columns(names) => names.iter().for_each(|name| say(name)),
                    QuantityRule::Template(template) => template.columns().for_each(&mut say),
                }
            }
            for claim in &rule.claims {
                say(&claim.column);
                claim.as_of.iter().for_each(|name| say(name));
            }
        }
        out
    }
}
