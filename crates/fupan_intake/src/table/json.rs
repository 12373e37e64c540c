//! Lists of objects (JSON) and objects line by line (JSONL) as tables. A list is read piece by piece:
//! an object that is none costs its own row, and a file larger than memory works.

use super::charset::find_charset;
use super::container::problem_of;
use super::lines::Lines;
use super::{Cell, Log, Row, RowItem, Table, decoded::Decoded};
use crate::error::{Problem, cut};
use crate::mapping::{Charset, Mapping};
use crate::node::Node;
use std::collections::BTreeMap;
use std::io;

/// An object may be no longer than this, in bytes of its text.
const LONGEST: usize = 1 << 24;
/// First line of the header of a chunk of a sensor stream (`docs/vault-format.md`); two empty lines end it.
pub(crate) const RUN: &str = "fupan.example/chunk/v1";
/// A table has no more columns than this.
const MOST_COLUMNS: usize = 4_096;

/// One object, or what stands in its place.
struct Piece {
    number: u64,
    text: String,
    /// What is wrong with it, if something is.
    wrong: Option<&'static str>,
}

type Pieces<'l> = Box<dyn Iterator<Item = io::Result<Piece>> + 'l>;

/// Opens it. The heads are all keys of all objects, in the order they first stand: it is read twice.
pub(super) fn open<'l>(
    log: &'l dyn Log,
    mapping: &Mapping,
    by_line: bool,
) -> Result<Table<'l>, Problem> {
    let charset = match mapping.encoding {
        Some(charset) => charset,
        None => find_charset(&mut *log.open().map_err(problem_of)?)?,
    };
    let path = mapping.layout.path.clone();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut header = Vec::new();
    let mut any = false;
    for piece in pieces(log, charset, &path, by_line)? {
        let piece = piece.map_err(problem_of)?;
        any = true;
        for (key, _) in cells_of(&piece).unwrap_or_default() {
            if !places.contains_key(&key) {
                places.insert(key.clone(), header.len());
                header.push(key);
            }
        }
        if header.len() > MOST_COLUMNS {
            return Err(Problem::NotTable(format!("columns > {MOST_COLUMNS}")));
        }
    }
    if !any {
        return Err(Problem::EmptyFile);
    }
    let width = header.len();
    let rows = pieces(log, charset, &path, by_line)?.map(move |piece| {
        let piece = piece?;
        Ok(match cells_of(&piece) {
            Ok(fields) => {
                let mut cells = vec![Cell::default(); width];
                for (key, text) in fields {
                    if let Some(cell) = places.get(&key).and_then(|at| cells.get_mut(*at)) {
                        cell.text = text;
                    }
                }
                checked(Row { number: piece.number, cells }, &places, charset)
            }
            Err(expected) => bad(&piece, expected),
        })
    });
    Ok(Table {
        header,
        charset: Some(charset),
        sheet: None,
        formulas: 0,
        plain: None,
        rows: Box::new(rows),
    })
}

/// Where the first list of objects stands in an object: its path. It looks at the first keys, as
/// deep as they go, in a document of at most 16 Mi characters.
pub(crate) fn find_list(log: &dyn Log, charset: Charset) -> Option<String> {
    let mut text = Decoded::new(log.open().ok()?, charset);
    let mut all = String::new();
    while let Some(c) = text.next_char().ok()? {
        keep(&mut all, c);
    }
    let node: Node = serde_json::from_str(&all).ok()?;
    list_in(&node).map(|path| path.join("."))
}

fn list_in(node: &Node) -> Option<Vec<String>> {
    let Node::Table(rows) = node else { return None };
    let list = |node: &Node| match node {
        Node::List(list) => matches!(list.first(), Some(Node::Table(_))),
        _ => false,
    };
    if let Some((key, _)) = rows.iter().find(|(_, node)| list(node)) {
        return Some(vec![key.clone()]);
    }
    rows.iter().find_map(|(key, node)| {
        let mut path = list_in(node)?;
        path.insert(0, key.clone());
        Some(path)
    })
}

fn pieces<'l>(
    log: &'l dyn Log,
    charset: Charset,
    path: &[String],
    by_line: bool,
) -> Result<Pieces<'l>, Problem> {
    let reader = log.open().map_err(problem_of)?;
    if by_line {
        let lines = Lines::new(reader, charset);
        return Ok(Box::new(ByLine { lines, gaps: 0, run: false }));
    }
    let mut list = List { text: Decoded::new(reader, charset), number: 0, over: false };
    list.enter(path)?;
    Ok(Box::new(list))
}

fn bad(piece: &Piece, expected: &str) -> RowItem {
    RowItem::Bad {
        number: piece.number,
        column: String::new(),
        text: cut(&piece.text),
        expected: expected.to_owned(),
    }
}

/// Broken characters and NUL cost the row.
fn checked(row: Row, places: &BTreeMap<String, usize>, charset: Charset) -> RowItem {
    let broken = row.cells.iter().position(|cell| super::fault(&cell.text, charset).is_some());
    let Some(at) = broken else { return RowItem::Good(row) };
    let text = row.cells.get(at).map(|cell| cell.text.as_str()).unwrap_or_default();
    let column = places.iter().find(|(_, place)| **place == at).map(|(name, _)| name.clone());
    RowItem::Bad {
        number: row.number,
        column: column.unwrap_or_default(),
        text: cut(text),
        expected: super::fault(text, charset).unwrap_or_default().to_owned(),
    }
}

/// The values of an object by key; keys of objects within it are joined by dots.
fn cells_of(piece: &Piece) -> Result<Vec<(String, String)>, &'static str> {
    if let Some(wrong) = piece.wrong {
        return Err(wrong);
    }
    match serde_json::from_str::<Node>(&piece.text) {
        Ok(Node::Table(rows)) => {
            let mut out = Vec::new();
            flatten("", rows, &mut out);
            Ok(out)
        }
        Ok(_) => Err("object"),
        Err(_) => Err("json"),
    }
}

fn flatten(before: &str, rows: Vec<(String, Node)>, out: &mut Vec<(String, String)>) {
    for (key, node) in rows {
        let key = if before.is_empty() { key } else { format!("{before}.{key}") };
        match node {
            Node::Table(rows) => flatten(&key, rows, out),
            Node::Null => out.push((key, String::new())),
            other => out.push((key, other.shown())),
        }
    }
}

/// Objects, one a line. In a run of a sensor stream the signed header before each chunk is none of them.
struct ByLine<'l> {
    lines: Lines<'l>,
    /// Empty lines until the header ends that is being passed over.
    gaps: u8,
    /// Whether the file begins as a run does.
    run: bool,
}

impl ByLine<'_> {
    /// Whether a line is of a header.
    fn is_header(&mut self, number: u64, text: &str) -> bool {
        if text == RUN && (self.run || number == 1) {
            (self.run, self.gaps) = (true, 2);
        }
        let inside = self.gaps > 0;
        self.gaps -= u8::from(inside && text.is_empty());
        inside
    }
}

impl Iterator for ByLine<'_> {
    type Item = io::Result<Piece>;
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.lines.next_line() {
                Ok(line) => line?,
                Err(error) => return Some(Err(error)),
            };
            if !self.is_header(line.number, &line.text) && !line.text.trim().is_empty() {
                let wrong = line.cut.then_some("shorter-line");
                return Some(Ok(Piece { number: line.number, text: line.text, wrong }));
            }
        }
    }
}

/// The objects of a list, cut out one by one.
struct List<'l> {
    text: Decoded<'l>,
    number: u64,
    over: bool,
}

impl List<'_> {
    /// Goes to the list that the keys lead to.
    fn enter(&mut self, path: &[String]) -> Result<(), Problem> {
        let mut found = String::new();
        for key in path {
            if !self.seek(key).map_err(problem_of)? {
                return Err(Problem::NoList(path.join(".")));
            }
        }
        let first = self.text.next_solid().map_err(problem_of)?;
        match first {
            Some('[') => return Ok(()),
            Some(c) => found.push(c),
            None if path.is_empty() => return Err(Problem::EmptyFile),
            None => {}
        }
        Err(Problem::NoList(path.join(".")))
    }

    /// Goes to the value of a key of the object that stands next.
    fn seek(&mut self, key: &str) -> io::Result<bool> {
        if self.text.next_solid()? != Some('{') {
            return Ok(false);
        }
        loop {
            match self.text.next_solid()? {
                Some('"') => {}
                Some(',') => continue,
                _ => return Ok(false),
            }
            let mut name = String::from('"');
            self.string(&mut name)?;
            let name: String = serde_json::from_str(&name).unwrap_or_default();
            if self.text.next_solid()? != Some(':') {
                return Ok(false);
            }
            if name == key {
                return Ok(true);
            }
            let Some(first) = self.text.next_solid()? else { return Ok(false) };
            self.value(first, &mut String::new())?;
        }
    }

    /// Reads the rest of a string, its quote included. Gives whether it was closed.
    fn string(&mut self, out: &mut String) -> io::Result<bool> {
        let mut escaped = false;
        while let Some(c) = self.text.next_char()? {
            keep(out, c);
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return Ok(true),
                _ => {}
            }
        }
        Ok(false)
    }

    /// Reads the rest of a value. Gives whether it was whole; what ends a plain value stays.
    fn value(&mut self, first: char, out: &mut String) -> io::Result<bool> {
        keep(out, first);
        let mut depth = 0_u64;
        match first {
            '"' => return self.string(out),
            '{' | '[' => depth += 1,
            _ => {}
        }
        while let Some(c) = self.text.peek()? {
            if depth == 0 && (matches!(c, ',' | ']' | '}') || c.is_whitespace()) {
                return Ok(true);
            }
            self.text.next_char()?;
            keep(out, c);
            match c {
                '"' if !self.string(out)? => return Ok(false),
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(c, '}' | ']') {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn piece(&mut self) -> io::Result<Option<Piece>> {
        if self.over {
            return Ok(None);
        }
        let mut first = self.text.next_solid()?;
        if self.number > 0 && first == Some(',') {
            first = self.text.next_solid()?;
        } else if self.number > 0 && first.is_some_and(|c| c != ']') {
            return Ok(Some(self.torn(first)));
        }
        match first {
            Some(']') => {
                self.over = true;
                Ok(None)
            }
            Some(c) if c != ',' && c != '}' => {
                let mut text = String::new();
                let whole = self.value(c, &mut text)?;
                self.number += 1;
                self.over = !whole;
                let long = text.len() >= LONGEST;
                let wrong = if long { Some("shorter-line") } else { (!whole).then_some("json") };
                Ok(Some(Piece { number: self.number, text, wrong }))
            }
            other => Ok(Some(self.torn(other))),
        }
    }

    /// The list is torn here: nobody can say where the next object begins.
    fn torn(&mut self, found: Option<char>) -> Piece {
        self.over = true;
        self.number += 1;
        let text = found.map(String::from).unwrap_or_default();
        Piece { number: self.number, text, wrong: Some("json") }
    }
}

fn keep(out: &mut String, c: char) {
    if out.len() < LONGEST {
        out.push(c);
    }
}

impl Iterator for List<'_> {
    type Item = io::Result<Piece>;
    fn next(&mut self) -> Option<Self::Item> {
        self.piece().transpose()
    }
}
