//! Reads the keys of a table one by one, collects everything that is wrong, and keeps what it does
//! not know: one bad key never hides another, and no unknown key is lost.

use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::node::Node;
use crate::time::{DateOrder, read_time};
use fupan_model::{Decimal, Moment};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Where errors and unknown keys of a whole case go (汇集).
#[derive(Debug, Default)]
pub(crate) struct Sink {
    errors: RefCell<Vec<IntakeError>>,
    kept: RefCell<BTreeMap<String, String>>,
    places: RefCell<BTreeMap<String, Vec<(String, String)>>>,
}

impl Sink {
    /// Notes an error, once.
    pub(crate) fn error(&self, error: IntakeError) {
        let mut errors = self.errors.borrow_mut();
        if !errors.contains(&error) {
            errors.push(error);
        }
    }

    /// Notes several.
    pub(crate) fn errors(&self, errors: IntakeErrors) {
        errors.0.into_iter().for_each(|error| self.error(error));
    }

    /// Notes an error at a table known by its path, such as `records[x12]`. An id that stands more
    /// than once is an error of the last table that has it.
    pub(crate) fn error_at(&self, path: &str, field: &str, found: &str, problem: Problem) {
        let places = self.places.borrow().get(path).cloned().unwrap_or_default();
        let again = matches!(problem, Problem::Duplicate(_));
        let known = if again { places.last() } else { places.first() };
        let (file, place) = known.cloned().unwrap_or_else(|| (String::new(), path.to_owned()));
        self.error(IntakeError::at(&file, &place, field, found, problem));
    }

    /// Notes in which file and where a path stands.
    pub(crate) fn place(&self, path: &str, file: &str, place: &str) {
        let mut places = self.places.borrow_mut();
        places.entry(path.to_owned()).or_default().push((file.to_owned(), place.to_owned()));
    }

    /// Keeps a key nobody knows. A null counts as absent.
    pub(crate) fn keep(&self, path: String, node: &Node) {
        if *node != Node::Null {
            self.kept.borrow_mut().insert(path, node.sorted_json());
        }
    }

    /// What was collected: errors and kept keys.
    pub(crate) fn into_parts(self) -> (Vec<IntakeError>, BTreeMap<String, String>) {
        (self.errors.into_inner(), self.kept.into_inner())
    }
}

/// The keys of one table that are not yet read (字段).
#[derive(Debug)]
pub(crate) struct Fields<'s> {
    sink: &'s Sink,
    rows: Vec<(String, Node)>,
    file: String,
    place: String,
    path: String,
}

impl<'s> Fields<'s> {
    /// The fields of a document's top table. `path` is put before the names of unknown keys.
    pub(crate) fn top(sink: &'s Sink, file: &str, path: &str, rows: Vec<(String, Node)>) -> Self {
        Self { sink, rows, file: file.to_owned(), place: String::new(), path: path.to_owned() }
    }

    /// Notes an error at a key of this table.
    pub(crate) fn wrong(&self, field: &str, found: &str, problem: Problem) {
        self.sink.error(IntakeError::at(&self.file, &self.place, field, found, problem));
    }

    /// Notes an error at another table of the case, known by its path.
    pub(crate) fn wrong_at(&self, path: &str, field: &str, found: &str, problem: Problem) {
        self.sink.error_at(path, field, found, problem);
    }

    /// Whether a key stands here with a value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.rows.iter().any(|(name, node)| name == key && *node != Node::Null)
    }

    /// Takes a value; null counts as absent.
    pub(crate) fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.rows.iter().position(|(name, _)| name == key)?;
        let (_, node) = self.rows.remove(at);
        (node != Node::Null).then_some(node)
    }

    fn typed<T>(
        &mut self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        let value = read(&node);
        if value.is_none() {
            self.wrong(key, &node.shown(), Problem::WrongType(expected));
        }
        value
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        self.typed(key, "text", |node| match node {
            Node::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A text that must stand here and not be empty; an error and an empty text where it does not.
    pub(crate) fn need(&mut self, key: &str) -> String {
        let there = self.has(key);
        let text = self.text(key);
        if !there || text.as_deref() == Some("") {
            self.wrong(key, "", Problem::Missing);
        }
        text.unwrap_or_default()
    }

    /// A text out of a closed list; the first of the list where the key is absent.
    pub(crate) fn one_of(&mut self, key: &str, list: &[&str]) -> String {
        let first = list.first().copied().unwrap_or_default();
        let Some(text) = self.text(key) else { return first.to_owned() };
        if !list.contains(&text.as_str()) {
            let known = list.iter().map(|word| (*word).to_owned()).collect();
            self.wrong(key, &text, Problem::OneOf(known));
        }
        text
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        self.typed(key, "yes-no", |node| match node {
            Node::Bool(value) => Some(*value),
            _ => None,
        })
    }

    /// A number.
    pub(crate) fn number(&mut self, key: &str) -> Option<Decimal> {
        self.typed(key, "number", |node| match node {
            Node::Number(value) => Some(*value),
            _ => None,
        })
    }

    /// A whole number.
    pub(crate) fn whole(&mut self, key: &str) -> Option<i64> {
        self.typed(key, "whole-number", whole)
    }

    /// A count: a whole number, not negative.
    pub(crate) fn count(&mut self, key: &str) -> Option<u64> {
        let value = self.whole(key)?;
        let count = u64::try_from(value).ok();
        if count.is_none() {
            self.wrong(key, &value.to_string(), Problem::Negative);
        }
        count
    }

    /// A list of texts; empty where the key is absent.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key, |item| match item {
            Node::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A list of numbers; empty where the key is absent.
    pub(crate) fn numbers(&mut self, key: &str) -> Vec<Decimal> {
        self.list(key, |item| match item {
            Node::Number(value) => Some(*value),
            _ => None,
        })
    }

    /// A list of items that `read` understands; empty where the key is absent.
    pub(crate) fn list<T>(&mut self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Vec<T> {
        let list = self.typed(key, "list", |node| match node {
            Node::List(list) => list.iter().map(read).collect(),
            _ => None,
        });
        list.unwrap_or_default()
    }

    /// Two bounds in seconds, decimals allowed, as whole milliseconds rounded outward.
    pub(crate) fn bounds(&mut self, key: &str) -> Option<(i64, i64)> {
        let node = self.take(key)?;
        let Node::List(list) = &node else {
            self.wrong(key, &node.shown(), Problem::WrongType("list"));
            return None;
        };
        let [Node::Number(lo), Node::Number(hi)] = list.as_slice() else {
            self.wrong(key, &node.shown(), Problem::BadBounds);
            return None;
        };
        let bounds = lo
            .times_floor(1000)
            .zip(hi.times_floor(-1000).map(i64::wrapping_neg))
            .filter(|(a, b)| a <= b && a.abs() <= FAR_MS && b.abs() <= FAR_MS);
        if bounds.is_none() {
            self.wrong(key, &node.shown(), Problem::BadBounds);
        }
        bounds
    }

    /// A moment; without offset it is read in `zone_s`.
    pub(crate) fn moment(&mut self, key: &str, zone_s: i32) -> Option<Moment> {
        let text = self.text(key)?;
        let reading = read_time(&text, Some(zone_s), DateOrder::Ymd).ok();
        if reading.is_none() {
            self.wrong(key, &text, Problem::BadTime);
        }
        reading.map(|reading| reading.at)
    }

    /// A table.
    pub(crate) fn table(&mut self, key: &str) -> Option<Self> {
        let node = self.take(key)?;
        let Node::Table(rows) = node else {
            self.wrong(key, &node.shown(), Problem::WrongType("table"));
            return None;
        };
        Some(self.child(rows, &dotted(&self.path, key), &dotted(&self.place, key)))
    }

    /// A list of tables, each named by its `id`, or by its place where it has none. `list` is the
    /// name by which unknown keys and errors of the check know it.
    pub(crate) fn tables(&mut self, key: &str, list: &str) -> Vec<Self> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Node::List(items) = node else {
            self.wrong(key, &node.shown(), Problem::WrongType("list"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let Node::Table(rows) = item else {
                let field = format!("{key}[#{}]", at + 1);
                self.wrong(&field, &item.shown(), Problem::WrongType("table"));
                continue;
            };
            let name = match rows.iter().find(|(name, _)| name == "id") {
                Some((_, Node::Text(id))) if !id.is_empty() => id.clone(),
                _ => format!("#{}", at + 1),
            };
            let path = format!("{}[{name}]", dotted(&self.path, list));
            let place = format!("{}[{name}]", dotted(&self.place, key));
            self.sink.place(&path, &self.file, &place);
            out.push(self.child(rows, &path, &place));
        }
        out
    }

    /// `one` as a table, or `many` as a list of tables; both at once is an error.
    pub(crate) fn one_or_many(&mut self, one: &'static str, many: &'static str) -> Vec<Self> {
        if self.has(one) && self.has(many) {
            self.wrong(one, "", Problem::Both(one, many));
        }
        let mut list: Vec<Self> = match self.take(one) {
            Some(Node::Table(rows)) => {
                let (path, place) = (dotted(&self.path, many), dotted(&self.place, one));
                vec![self.child(rows, &format!("{path}[#1]"), &place)]
            }
            Some(node) => {
                self.wrong(one, &node.shown(), Problem::WrongType("table"));
                Vec::new()
            }
            None => Vec::new(),
        };
        list.extend(self.tables(many, many));
        list
    }

    /// All rows that are left, read by the caller.
    pub(crate) fn rest(&mut self) -> Vec<(String, Node)> {
        std::mem::take(&mut self.rows)
    }

    /// Keeps what nobody asked for.
    pub(crate) fn finish(self) {
        for (key, node) in &self.rows {
            self.sink.keep(dotted(&self.path, key), node);
        }
    }

    /// Refuses what nobody asked for; `known` are the keys that may stand here.
    pub(crate) fn finish_strict(self, known: &[&str]) {
        for (key, node) in &self.rows {
            let list = known.iter().map(|word| (*word).to_owned()).collect();
            self.wrong(key, &node.shown(), Problem::UnknownKey(list));
        }
    }

    fn child(&self, rows: Vec<(String, Node)>, path: &str, place: &str) -> Self {
        Self {
            sink: self.sink,
            rows,
            file: self.file.clone(),
            place: place.to_owned(),
            path: path.to_owned(),
        }
    }
}

/// Times and errors may lie no further than this from the accident: 2^40 ms, about 35 years.
pub(crate) const FAR_MS: i64 = 1 << 40;

/// A whole number, if the node is one (`3` and `3.0`).
pub(crate) fn whole(node: &Node) -> Option<i64> {
    let Node::Number(value) = node else { return None };
    let floor = value.times_floor(1)?;
    (Decimal::whole(floor) == *value).then_some(floor)
}

fn dotted(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
