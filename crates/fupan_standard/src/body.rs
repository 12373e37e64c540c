//! How a table's rows are read: one head for all, one body per table.

use crate::fields::Fields;
use crate::{BookError, Date, Fault, Mark, Row, RowView, Status};
use toml::{Table, Value};

/// A table of the book: its name, how its own keys are read, and what they point to.
pub(crate) trait Body: Sized {
    /// Name of the table in the file, `[[name]]`.
    const TABLE: &'static str;
    /// Whether rows are law: those whose text was seen then need the day they hold from.
    const LAW: bool = false;

    /// Reads the table's own keys.
    fn read(fields: &mut Fields<'_>) -> Self;

    /// Names every id or code the row points to.
    fn links(&self, _links: &mut Links) {}

    /// A second name by which other rows speak of this one.
    fn code(&self) -> Option<&str> {
        None
    }
}

/// What one row points to, to be looked up when the whole book is read.
#[derive(Default)]
pub(crate) struct Links {
    /// (key, id or code, tables in which it must stand).
    pub(crate) found: Vec<(&'static str, String, &'static [&'static str])>,
}

impl Links {
    /// `key` names one row of `tables`.
    pub(crate) fn one(&mut self, key: &'static str, id: &str, tables: &'static [&'static str]) {
        if !id.is_empty() {
            self.found.push((key, id.to_owned(), tables));
        }
    }

    /// `key` names rows of `tables`.
    pub(crate) fn all<'t>(
        &mut self,
        key: &'static str,
        ids: impl IntoIterator<Item = &'t String>,
        tables: &'static [&'static str],
    ) {
        for id in ids {
            self.one(key, id, tables);
        }
    }
}

/// A row with what must still be looked up, and its view for people.
pub(crate) struct Read<T> {
    pub(crate) row: Row<T>,
    pub(crate) view: RowView,
    pub(crate) links: Links,
    pub(crate) code: Option<String>,
}

/// Reads one row; `name` stands for its id where it has none.
pub(crate) fn row<T: Body>(
    file: &str,
    name: String,
    table: Table,
    errors: &mut Vec<BookError>,
) -> Read<T> {
    let id = match table.get("id") {
        Some(Value::String(id)) if !id.trim().is_empty() => id.clone(),
        _ => name,
    };
    let lines = lines(&table);
    let mut fields = Fields::new(file, id, table, errors);
    let head = head(&mut fields, T::LAW);
    let body = T::read(&mut fields);
    fields.close();
    let mut links = Links::default();
    body.links(&mut links);
    let code = body.code().map(str::to_owned);
    let view = view(file, T::TABLE, &head, lines);
    let Row { id, title, mark, status, source, effective_from, effective_to, text, note, body: () } =
        head;
    let row =
        Row { id, title, mark, status, source, effective_from, effective_to, text, note, body };
    Read { row, view, links, code }
}

fn head(fields: &mut Fields<'_>, law: bool) -> Row<()> {
    let id = fields.text("id");
    let title = fields.own_words();
    let mark: Mark = fields.word("mark", &Mark::LETTERS);
    let status: Status = fields.word("status", &Status::WORDS);
    if status != mark.status() {
        let found = status.word().to_owned();
        let (mark, expected) = (mark.letter().to_owned(), mark.status().word().to_owned());
        fields.fault("status", Fault::Status { mark, found, expected });
    }
    let source = fields.text("source");
    no_address(fields, "source", &source);
    let dated = fields.has("effective-from");
    let effective_from = fields.date_or_none("effective-from");
    let effective_to = fields.date_or_none("effective-to");
    check_dates(fields, effective_from, effective_to);
    if law && !dated && mark == Mark::Seen {
        fields.fault("effective-from", Fault::NoEffectiveDate);
    }
    let (text, note) = (fields.pair_or_none("text"), fields.pair_or_none("note"));
    Row { id, title, mark, status, source, effective_from, effective_to, text, note, body: () }
}

fn check_dates(fields: &mut Fields<'_>, from: Option<Date>, to: Option<Date>) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let expected = format!("a day not before effective-from {from}");
        fields.fault("effective-to", Fault::Disorder { found: to.to_string(), expected });
    }
}

/// Notes a source that looks like an address of the web.
pub(crate) fn no_address(fields: &mut Fields<'_>, key: &str, source: &str) {
    let address = source.split_whitespace().find(|word| {
        let word = word.to_ascii_lowercase();
        ["://", "www.", "github", "gitlab", ".com", ".html"].iter().any(|part| word.contains(part))
    });
    if let Some(found) = address {
        fields.fault(key, Fault::Address { found: found.to_owned() });
    }
}

fn view(file: &str, table: &str, head: &Row<()>, lines: Vec<(String, String)>) -> RowView {
    RowView {
        file: file.to_owned(),
        table: table.to_owned(),
        id: head.id.clone(),
        title: head.title.clone(),
        mark: head.mark,
        status: head.status,
        source: head.source.clone(),
        effective_from: head.effective_from,
        effective_to: head.effective_to,
        lines,
    }
}

const HEAD: [&str; 8] =
    ["id", "zh", "en", "mark", "status", "source", "effective-from", "effective-to"];

fn lines(table: &Table) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for (key, value) in table.iter().filter(|(key, _)| !HEAD.contains(&key.as_str())) {
        flatten(key, value, &mut lines);
    }
    lines
}

fn flatten(key: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    match value {
        Value::Table(inner) => {
            for (name, value) in inner {
                flatten(&format!("{key}.{name}"), value, lines);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_table) => {
            for (at, item) in items.iter().enumerate() {
                flatten(&format!("{key}.{}", at + 1), item, lines);
            }
        }
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            lines.push((key.to_owned(), texts.join(" · ")));
        }
        other => lines.push((key.to_owned(), plain(other))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
