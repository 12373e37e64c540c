//! Mappings: how the rows of a table become facts (`docs/case-format.md`, section 3).

mod columns;
mod fact_parse;
mod facts;
mod layout;
mod parse;
mod pattern;
mod series;
pub(crate) mod template;

pub use columns::{ColumnKind, ColumnRule, DaySource};
pub use facts::{
    ClaimRule, Condition, Crossing, FactRule, Pick, QuantityRule, Split, Test, Trigger,
};
pub use layout::{Area, Layout};
pub use pattern::{FieldKind, Pattern};
pub use series::SeriesRule;
pub use template::Template;

use fupan_model::Digest;

/// How the bytes are a table (表格格式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Lines of cells with a delimiter.
    Csv,
    /// A workbook.
    Xlsx,
    /// A list of objects.
    Json,
    /// An object a line.
    Jsonl,
    /// Lines of a pattern.
    Text,
    /// A table of a document.
    Docx,
}

impl TableFormat {
    /// The names by which a mapping states a format, in the order of the enum.
    pub const NAMES: [&'static str; 6] = ["csv", "xlsx", "json", "jsonl", "text", "docx"];

    /// The format of a name; delimited text for any other.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "xlsx" => Self::Xlsx,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "text" => Self::Text,
            "docx" => Self::Docx,
            _ => Self::Csv,
        }
    }
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
    /// Where the table lies in its file, and what its lines look like.
    pub layout: Layout,
    /// Zone of times without offset, in seconds east of UTC.
    pub zone_s: Option<i32>,
    /// Columns that are checked.
    pub columns: Vec<ColumnRule>,
    /// Facts.
    pub facts: Vec<FactRule>,
    /// Curves.
    pub series: Vec<SeriesRule>,
}

impl Mapping {
    /// Whether its rows are read one by one, each for itself, with nothing carried from one to the
    /// next, no column made of others and no trigger but the plain ones: rows may then be cut and
    /// read by a faster way, with the same result.
    pub fn is_plain(&self) -> bool {
        self.layout == Layout::default()
            && self.series.is_empty()
            && self.columns.iter().all(ColumnRule::is_plain)
            && self.facts.iter().all(FactRule::is_plain)
    }

    /// The rule of a time column; where the mapping declares none, that of an undeclared one.
    pub(crate) fn time_rule(&self, column: &str) -> ColumnRule {
        let declared = self.columns.iter().find(|rule| rule.name == column);
        let declared = declared.filter(|rule| rule.kind == ColumnKind::Time);
        declared.cloned().unwrap_or_else(|| ColumnRule::undeclared(column, ColumnKind::Time))
    }

    /// Every column the mapping names, in the order it names them, with where it does.
    pub(crate) fn named_columns(&self) -> Vec<(String, String)> {
        let columns = self.columns.iter().flat_map(|column| {
            let place = format!("column[{}]", column.name);
            column.named().into_iter().map(move |name| (place.clone(), name))
        });
        let facts = self.facts.iter().flat_map(|rule| {
            let place = format!("fact[{}]", rule.id);
            rule.named().into_iter().map(move |name| (place.clone(), name))
        });
        let series = self.series.iter().enumerate().flat_map(|(at, rule)| {
            let place = format!("series[{}]", at + 1);
            rule.named().into_iter().map(move |name| (place.clone(), name))
        });
        columns.chain(facts).chain(series).collect()
    }
}
