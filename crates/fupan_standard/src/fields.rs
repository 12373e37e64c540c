//! Reads the keys of one TOML table and collects everything that is wrong with them: an edited
//! book is mended in one go, not error by error.

use crate::{BookError, Fault, Words};
use toml::{Table, Value};

/// The keys of one table that are not read yet, the place they stand in, and the errors so far.
///
/// Every reader takes its key away; [`Fields::close`] refuses what is left. A reader that fails
/// notes the error and returns an empty value, so that the other keys are still looked at; the
/// book is given out only if no error was noted.
pub(crate) struct Fields<'a> {
    file: &'a str,
    row: String,
    path: String,
    pub(crate) left: Table,
    known: Vec<String>,
    errors: &'a mut Vec<BookError>,
}

impl<'a> Fields<'a> {
    /// Starts on the table of one row, or on a whole file where `row` is empty.
    pub(crate) fn new(
        file: &'a str,
        row: String,
        table: Table,
        errors: &'a mut Vec<BookError>,
    ) -> Self {
        Self { file, row, path: String::new(), left: table, known: Vec::new(), errors }
    }

    /// Notes a fault at `key`.
    pub(crate) fn fault(&mut self, key: &str, fault: Fault) {
        let (file, row, key) = (self.file.to_owned(), self.row.clone(), self.place(key));
        self.errors.push(BookError { file, row, key, fault });
    }

    fn place(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Takes a key's value away.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.known.push(key.to_owned());
        self.left.remove(key)
    }

    /// Takes a key that must be there; notes its absence.
    pub(crate) fn need(&mut self, key: &str, expected: &str) -> Option<Value> {
        let value = self.take(key);
        if value.is_none() {
            self.fault(key, Fault::Missing { expected: expected.to_owned() });
        }
        value
    }

    /// Whether the key is still there; it counts as known from then on.
    pub(crate) fn has(&mut self, key: &str) -> bool {
        self.known.push(key.to_owned());
        self.left.contains_key(key)
    }

    /// Notes a value of the wrong sort.
    pub(crate) fn wrong(&mut self, key: &str, expected: &str, found: &Value) {
        let found = match found {
            Value::Array(_) | Value::Table(_) => found.type_str().to_owned(),
            plain => format!("{} {plain}", plain.type_str()),
        };
        self.fault(key, Fault::Sort { expected: expected.to_owned(), found });
    }

    /// The keys `zh` and `en` of this table.
    pub(crate) fn own_words(&mut self) -> Words {
        Words { zh: self.text("zh"), en: self.text("en") }
    }

    /// The keys `zh` and `en` of this table, which may be blank.
    pub(crate) fn spaced_words(&mut self) -> Words {
        Words { zh: self.spaced_text("zh"), en: self.spaced_text("en") }
    }

    /// An inner table `{ zh, en }` that must be there.
    pub(crate) fn words(&mut self, key: &str) -> Words {
        self.table(key, |inner| inner.own_words()).unwrap_or_default()
    }

    /// An inner table `{ zh, en }` that may be absent.
    pub(crate) fn words_or_none(&mut self, key: &str) -> Option<Words> {
        if self.has(key) { Some(self.words(key)) } else { None }
    }

    /// The keys `<key>-zh` and `<key>-en`, both there.
    pub(crate) fn pair(&mut self, key: &str) -> Words {
        Words { zh: self.text(&format!("{key}-zh")), en: self.text(&format!("{key}-en")) }
    }

    /// The keys `<key>-zh` and `<key>-en`: both or none.
    pub(crate) fn pair_or_none(&mut self, key: &str) -> Option<Words> {
        let (zh, en) = (format!("{key}-zh"), format!("{key}-en"));
        match (self.has(&zh), self.has(&en)) {
            (false, false) => {
                self.known.extend([zh, en]);
                None
            }
            _ => Some(self.pair(key)),
        }
    }

    /// The lists `<key>-zh` and `<key>-en`, of equal length; absent: empty.
    pub(crate) fn pairs(&mut self, key: &str) -> Vec<Words> {
        let en_key = format!("{key}-en");
        let zh = self.texts(&format!("{key}-zh"));
        let en = self.texts(&en_key);
        if zh.len() != en.len() {
            let (found, expected) = (format!("{} texts", en.len()), zh.len());
            let expected = format!("{expected} texts, as many as in {key}-zh");
            self.fault(&en_key, Fault::Clash { found, expected });
        }
        zh.into_iter().zip(en).map(|(zh, en)| Words { zh, en }).collect()
    }

    /// An inner table that must be there, read by `read`.
    pub(crate) fn table<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        match self.need(key, "a table of keys")? {
            Value::Table(inner) => Some(self.inside(key, inner, read)),
            other => {
                self.wrong(key, "a table of keys", &other);
                None
            }
        }
    }

    /// A list of inner tables, each read by `read`; absent: empty.
    pub(crate) fn tables<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Fields<'_>) -> T,
    ) -> Vec<T> {
        let items = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.wrong(key, "a list of tables", &other);
                return Vec::new();
            }
        };
        let mut done = Vec::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            match item {
                Value::Table(inner) => {
                    done.push(self.inside(&format!("{key}.{}", at + 1), inner, &mut read));
                }
                other => self.wrong(key, "a list of tables", &other),
            }
        }
        done
    }

    /// Keys of an inner table that may have any name, each value itself a table.
    pub(crate) fn named_tables<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Fields<'_>) -> T,
    ) -> Vec<(String, T)> {
        let whole = self.table(key, |fields| {
            let names: Vec<String> = fields.left.keys().cloned().collect();
            names
                .into_iter()
                .filter_map(|name| fields.table(&name, &mut read).map(|value| (name, value)))
                .collect()
        });
        whole.unwrap_or_default()
    }

    fn inside<T>(&mut self, key: &str, inner: Table, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        let path = self.place(key);
        let row = self.row.clone();
        let mut fields = Fields {
            file: self.file,
            row,
            path,
            left: inner,
            known: Vec::new(),
            errors: self.errors,
        };
        let value = read(&mut fields);
        fields.close();
        value
    }

    /// Refuses every key that no reader asked for.
    pub(crate) fn close(mut self) {
        let left = std::mem::take(&mut self.left);
        let mut expected = std::mem::take(&mut self.known);
        expected.sort();
        expected.dedup();
        for key in left.keys() {
            self.fault(key, Fault::UnknownKey { expected: expected.clone() });
        }
    }
}
