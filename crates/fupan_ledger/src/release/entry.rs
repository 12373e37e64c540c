//! As much of a leaf as a bag's check needs: a flat canonical JSON object of short texts, whole
//! numbers and lists of texts. Leaves hold no free text, so no text in one has an escape.

use std::collections::BTreeMap;

/// The fields of a leaf.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    fields: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    Number(i64),
    List(Vec<String>),
}

impl Entry {
    /// Reads a leaf; `None` where the bytes are none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = str::from_utf8(bytes).ok()?.strip_prefix('{')?;
        let mut fields = BTreeMap::new();
        loop {
            let (name, after) = text(rest)?;
            let (value, after) = value(after.strip_prefix(':')?)?;
            if fields.last_key_value().is_some_and(|(last, _): (&String, _)| *last >= name) {
                return None;
            }
            fields.insert(name, value);
            match after.strip_prefix(',') {
                Some(more) => rest = more,
                None => return (after == "}").then_some(Self { fields }),
            }
        }
    }

    /// A text, or nothing.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.fields.get(name)? {
            Value::Text(text) => Some(text),
            Value::Number(_) | Value::List(_) => None,
        }
    }

    /// A number from 0, or nothing.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        match self.fields.get(name)? {
            Value::Number(number) => u64::try_from(*number).ok(),
            Value::Text(_) | Value::List(_) => None,
        }
    }

    /// A list of texts, or nothing.
    pub(super) fn list(&self, name: &str) -> Option<&[String]> {
        match self.fields.get(name)? {
            Value::List(list) => Some(list),
            Value::Text(_) | Value::Number(_) => None,
        }
    }

    /// Whether the digest `name` (`sha256:…` or `sm3:…`) is this one.
    pub(super) fn digest_is(&self, name: &str, algorithm: &str, digest: &[u8]) -> bool {
        let said = format!("{algorithm}:{}", crate::text::to_hex(digest));
        self.text(name) == Some(said.as_str())
    }
}

/// A text in quotes without escapes, and what follows.
fn text(from: &str) -> Option<(String, &str)> {
    let (text, after) = from.strip_prefix('"')?.split_once('"')?;
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain.then(|| (text.to_owned(), after))
}

fn value(from: &str) -> Option<(Value, &str)> {
    if from.starts_with('"') {
        let (text, after) = text(from)?;
        return Some((Value::Text(text), after));
    }
    if let Some(mut rest) = from.strip_prefix('[') {
        let mut list = Vec::new();
        while !rest.starts_with(']') {
            if !list.is_empty() {
                rest = rest.strip_prefix(',')?;
            }
            let (item, after) = text(rest)?;
            list.push(item);
            rest = after;
        }
        return Some((Value::List(list), rest.get(1..)?));
    }
    let end = from.find(|c: char| c != '-' && !c.is_ascii_digit())?;
    let (digits, after) = from.split_at_checked(end)?;
    Some((Value::Number(crate::text::signed(digits)?), after))
}
