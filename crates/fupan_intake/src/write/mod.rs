//! A case file → the tables of a document: the reader's mirror. What a reader would conclude by
//! itself is left unsaid only where every reader concludes the same.

pub(crate) mod fact;
pub(crate) mod head;
pub(crate) mod inquiry;
mod toml_text;

pub(crate) use toml_text::toml_text;

use crate::node::Node;
use crate::read::{Form, head::format_of};
use fupan_model::{CaseFile, Cites, Decimal, Locator};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Rows of a table being written (表).
#[derive(Debug, Default)]
pub(crate) struct Rows(pub(crate) Vec<(String, Node)>);

impl Rows {
    fn put(&mut self, key: &str, node: Node) {
        self.0.push((key.to_owned(), node));
    }

    fn text(&mut self, key: &str, text: impl Display) {
        self.put(key, Node::text(text));
    }

    fn maybe<T: Display>(&mut self, key: &str, text: Option<&T>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// A text that an empty one says as well.
    fn filled(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(key, text);
        }
    }

    fn count(&mut self, key: &str, count: u64) {
        let node = i64::try_from(count)
            .map_or(Node::Odd(count.to_string()), |value| Node::Number(Decimal::whole(value)));
        self.put(key, node);
    }

    fn texts<T: Display>(&mut self, key: &str, list: &[T]) {
        if !list.is_empty() {
            self.put(key, Node::texts(list));
        }
    }

    fn list(&mut self, key: &str, list: Vec<Node>) {
        if !list.is_empty() {
            self.put(key, Node::List(list));
        }
    }

    fn cites(&mut self, cites: Option<&Cites>) {
        let Some(cites) = cites else { return };
        let mut list: Vec<Node> = cites.iter().map(cite).collect();
        match (list.len(), list.pop()) {
            (1, Some(only)) => self.put("cite", only),
            (_, Some(last)) => {
                list.push(last);
                self.put("cites", Node::List(list));
            }
            _ => {}
        }
    }

    fn bounds(&mut self, key: &str, lo_ms: i64, hi_ms: i64) {
        self.put(key, Node::List(vec![seconds(lo_ms), seconds(hi_ms)]));
    }
}

fn cite(cite: &fupan_model::Cite) -> Node {
    let mut rows = Rows::default();
    rows.text("evidence", &cite.evidence);
    match &cite.locator {
        Locator::Whole => {}
        Locator::Record(id) => rows.text("record", id),
        Locator::Row(row) => rows.count("row", *row),
        Locator::SheetRow { sheet, row } => {
            rows.text("sheet", sheet);
            rows.count("row", *row);
        }
        Locator::Page(page) => rows.count("page", *page),
        Locator::Second(second) => rows.count("second", *second),
        Locator::Part(part) => rows.text("part", part),
    }
    Node::Table(rows.0)
}

/// Milliseconds as a decimal number of seconds.
fn seconds(ms: i64) -> Node {
    if ms % 1000 == 0 {
        return Node::Number(Decimal::whole(ms / 1000));
    }
    let sign = if ms < 0 { "-" } else { "" };
    let size = ms.unsigned_abs();
    let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    let text = text.trim_end_matches('0');
    Decimal::parse(text).map_or_else(|_| Node::Odd(text.to_owned()), Node::Number)
}

/// Keys the format does not know, on their way back to where they stood (随行字段).
#[derive(Debug)]
pub(crate) struct Kept {
    form: Form,
    left: BTreeMap<String, Node>,
}

impl Kept {
    pub(crate) fn new(case: &CaseFile, form: Form) -> Self {
        let read =
            |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Node::Text(text.clone()));
        Self { form, left: case.kept.iter().map(|(k, v)| (k.clone(), read(v))).collect() }
    }

    /// A table with the unknown keys it had, by its path.
    pub(crate) fn close(&mut self, path: &str, mut rows: Rows) -> Node {
        let prefix = format!("{path}.");
        let mine: Vec<String> =
            self.left.keys().filter(|key| key.starts_with(&prefix)).cloned().collect();
        for key in mine {
            let name = key.get(prefix.len()..).unwrap_or_default();
            let known = rows.0.iter().any(|(have, _)| have == name);
            let fits = self.form == Form::Json || self.left.get(&key).is_some_and(Node::fits_toml);
            if known || !fits {
                continue;
            }
            if let Some(node) = self.left.remove(&key) {
                rows.0.push((name.to_owned(), node));
            }
        }
        Node::Table(rows.0)
    }

    /// What found no place of its own.
    pub(crate) fn rest(self) -> BTreeMap<String, Node> {
        self.left
    }
}

/// The whole case as one `fupan-case/1` document.
pub(crate) fn json_document(case: &CaseFile) -> Node {
    let mut kept = Kept::new(case, Form::Json);
    let mut top = Rows::default();
    head::names(&mut top, case, Form::Json, &mut kept);
    head::lists(&mut top, case, Form::Json, &mut kept);
    let evidence: Vec<Node> =
        case.evidence.iter().map(|e| head::evidence(e, None, &mut kept)).collect();
    top.list("evidence", evidence);
    let facts: Vec<Node> =
        case.facts.iter().map(|f| fact::fact(f, case, Form::Json, &mut kept)).collect();
    top.put("records", Node::List(facts));
    for (key, list) in inquiry::all(case, &mut kept) {
        top.list(key, list);
    }
    top.list("imports", case.imports.iter().map(inquiry::report).collect());
    let known: Vec<String> = top.0.iter().map(|(key, _)| key.clone()).collect();
    let (own, strange): (Vec<_>, Vec<_>) =
        kept.rest().into_iter().partition(|(key, _)| !reserved(key) && !known.contains(key));
    top.0.extend(own);
    if !strange.is_empty() {
        top.put("kept", Node::Table(strange));
    }
    Node::Table(top.0)
}

/// Names of lists and tables in either form: an unknown key may not take them on its way back.
fn reserved(key: &str) -> bool {
    const NAMES: [&str; 30] = [
        "format",
        "id",
        "title",
        "notice",
        "languages",
        "accident",
        "parties",
        "party",
        "clocks",
        "clock",
        "clock_relations",
        "clock_relation",
        "team",
        "questions",
        "question",
        "kinds",
        "evidence",
        "records",
        "record",
        "fact",
        "facts",
        "requests",
        "request",
        "interviews",
        "interview",
        "findings",
        "finding",
        "choices",
        "choice",
        "imports",
    ];
    NAMES.contains(&key) || key == "kept"
}

/// The text files of a case folder, by path. Originals are not among them: they are copied.
pub(crate) fn folder_documents(case: &CaseFile) -> BTreeMap<String, Node> {
    let mut kept = Kept::new(case, Form::Folder);
    let mut files = BTreeMap::new();
    let mut top = Rows::default();
    head::names(&mut top, case, Form::Folder, &mut kept);
    head::lists(&mut top, case, Form::Folder, &mut kept);
    for evidence in &case.evidence {
        let mapping = evidence.mapping.as_ref().map(|_| mapping_path(evidence));
        let node = head::evidence(evidence, Some(mapping), &mut kept);
        files.insert(format!("{}.toml", evidence.path), node);
    }
    let hand = case.facts.iter().filter(|f| f.origin == fupan_model::Origin::Hand);
    let facts = hand.map(|f| fact::fact(f, case, Form::Folder, &mut kept)).collect();
    let mut lists = vec![("records", facts)];
    lists.extend(inquiry::all(case, &mut kept));
    for (list, rows) in lists {
        if !rows.is_empty() {
            let file = if list == "records" { "facts" } else { list };
            let table = vec![(Form::Folder.key(list).to_owned(), Node::List(rows))];
            files.insert(format!("{file}.toml"), Node::Table(table));
        }
    }
    let (own, strange): (Vec<_>, Vec<_>) =
        kept.rest().into_iter().partition(|(key, node)| !reserved(key) && node.fits_toml());
    top.0.extend(own);
    files.insert(String::from("case.toml"), Node::Table(top.0));
    if !strange.is_empty() {
        files.insert(String::from("kept.json"), Node::Table(strange));
    }
    files
}

/// Where the mapping of a log stands in a folder that is written.
pub(crate) fn mapping_path(evidence: &fupan_model::Evidence) -> String {
    let path = &evidence.path;
    format!("mappings/{}.toml", path.strip_prefix("evidence/").unwrap_or(path))
}

/// The format's own name for itself, as the first key.
fn format_key(rows: &mut Rows, form: Form) {
    rows.text("format", format_of(form));
}
