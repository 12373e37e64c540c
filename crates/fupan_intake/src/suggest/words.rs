//! A draft as the text of a mapping, with remarks in the language of the screen from
//! `words/suggest.toml`.

use super::MappingDraft;
use super::column::{ColumnDraft, Open};
use crate::mapping::{ColumnKind, TableFormat};
use crate::time::{DateOrder, Epoch, Precision};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The remarks of one language.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    zone: String,
    order: String,
    pivot: String,
    day: String,
    epoch: String,
    precision: String,
    fact: String,
    kind: String,
    members: String,
    precisions: BTreeMap<String, String>,
}

fn words(language: &str) -> Words {
    let all: BTreeMap<String, Words> =
        toml::from_str(include_str!("../../words/suggest.toml")).unwrap_or_default();
    let mut all = all;
    all.remove(language).or_else(|| all.remove("en")).unwrap_or_default()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn precision_word(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Hour => "hour",
        Precision::Minute => "minute",
        Precision::Second => "second",
        Precision::Milli => "milli",
    }
}

impl MappingDraft {
    /// The part that says where the table lies: enough to open it.
    pub(super) fn shape(&self) -> String {
        let mut out = String::new();
        let mut line = |key: &str, value: String| {
            out.push_str(&format!("{key} = {value}\n"));
        };
        let format = TableFormat::NAMES.get(self.format as usize).copied().unwrap_or_default();
        line("format", quoted(format));
        match self.delimiter {
            Some('\t') if self.format == TableFormat::Csv => line("delimiter", quoted("tab")),
            Some(mark) if self.format == TableFormat::Csv => {
                line("delimiter", quoted(&mark.to_string()));
            }
            _ => {}
        }
        if let Some(charset) = self.encoding {
            line("encoding", quoted(charset.name()));
        }
        if let Some(sheet) = self.sheet.as_ref().filter(|_| self.format == TableFormat::Xlsx) {
            line("sheet", quoted(sheet));
        }
        if self.format == TableFormat::Docx {
            line("table", self.table.to_string());
        }
        if let Some(row) = self.header_row {
            line("header_row", row.to_string());
        }
        if let Some(path) = &self.path {
            line("rows", quoted(path));
        }
        if let Some(pattern) = &self.pattern {
            // On one line, with its line ends spelt: so it is easier to edit.
            line("pattern", serde_json::to_string(pattern).unwrap_or_default());
            line("record", quoted("time"));
        }
        out
    }

    /// The text of the mapping, for a person to edit. `language`: of the remarks, `zh` or `en`.
    pub fn text(&self, language: &str) -> String {
        let words = words(language);
        let mut out =
            format!("# {}\n", words.title.replace("{name}", &self.name.replace(['\n', '\r'], " ")));
        out.push_str(&self.shape());
        if !self.files.is_empty() {
            let files: Vec<String> = self.files.iter().map(|file| quoted(file)).collect();
            let _ = writeln!(out, "files = [{}]  # {}", files.join(", "), words.members);
        }
        let times = self.columns.iter().filter(|column| column.kind == ColumnKind::Time);
        if times.clone().any(|column| !column.zoned) {
            let _ = writeln!(out, "# zone = \"+08:00\"  # {}", words.zone);
        }
        for column in &self.columns {
            out.push('\n');
            one(&mut out, column, &words);
        }
        out.push('\n');
        self.example(&mut out, &words);
        out
    }

    /// An example of a fact, as a remark.
    fn example(&self, out: &mut String, words: &Words) {
        let time = self.columns.iter().find(|column| column.kind == ColumnKind::Time);
        let text = self.columns.iter().find(|column| column.kind == ColumnKind::Text);
        let _ = writeln!(out, "# {}\n# [[fact]]\n# id = \"first\"", words.fact);
        let _ = writeln!(out, "# kind = {}\n# pick = \"first\"", quoted(&words.kind));
        if let Some(time) = time {
            let _ = writeln!(out, "# time = {}", quoted(&time.name));
        }
        if let Some(text) = text {
            let name = quoted(&text.name);
            let _ = writeln!(out, "# where = [{{ column = {name}, contains = \"…\" }}]");
            let _ = writeln!(out, "# text = {}", quoted(&format!("{{{}}}", text.name)));
        }
    }
}

fn one(out: &mut String, column: &ColumnDraft, words: &Words) {
    let kind = match column.kind {
        ColumnKind::Time => "time",
        ColumnKind::Number => "number",
        ColumnKind::Text => "text",
    };
    let _ = write!(out, "[[column]]\nname = {}\ntype = \"{kind}\"", quoted(&column.name));
    if let Some(precision) = column.precision {
        let word = precision_word(precision);
        let word = words.precisions.get(word).map_or(word, String::as_str);
        let _ = write!(out, "  # {}", words.precision.replace("{precision}", word));
    }
    out.push('\n');
    match column.order {
        Some(DateOrder::Mdy) => out.push_str("order = \"mdy\"\n"),
        Some(DateOrder::Dmy) => out.push_str("order = \"dmy\"\n"),
        Some(DateOrder::Ymd) => out.push_str("order = \"ymd\"\n"),
        None => {}
    }
    if let Some(epoch) = column.epoch {
        let unit = if epoch == Epoch::Seconds { "s" } else { "ms" };
        let _ = writeln!(out, "epoch = \"{unit}\"  # {}", words.epoch);
    }
    for open in &column.open {
        let (line, remark) = match open {
            Open::Order => ("order = \"mdy\"", &words.order),
            Open::Pivot => ("pivot = 70", &words.pivot),
            Open::Day => ("date = \"2000-01-01\"", &words.day),
        };
        let _ = writeln!(out, "# {line}  # {remark}");
    }
}
