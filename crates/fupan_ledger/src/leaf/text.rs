//! The bytes of a leaf: canonical JSON (RFC 8785) of one flat object. Nothing in a leaf needs an
//! escape, so that canonical means: keys in order, no spaces, whole numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{LeafError, LeafField, LeafKind, LeafValue, Ulid};
use crate::key::KeyId;
use crate::leaf::kind::Shape;
use crate::text as pieces;

const VERSION: &str = "1";

/// What stands under a name.
enum Row<'a> {
    Kind,
    Version,
    Value(&'a LeafValue),
}

/// Prints fields, `kind` and `v` in the order of their names, into one piece of memory: a log of a million
/// leaves prints each of them when it is written and again when it is read.
pub(super) fn print(kind: LeafKind, fields: &BTreeMap<LeafField, LeafValue>) -> String {
    let mut rows: Vec<(&str, Row<'_>)> = Vec::with_capacity(fields.len() + 2);
    rows.extend(fields.iter().map(|(field, value)| (field.name(), Row::Value(value))));
    rows.push(("kind", Row::Kind));
    rows.push(("v", Row::Version));
    rows.sort_unstable_by_key(|(name, _)| *name);
    let mut text = String::with_capacity(96 * rows.len());
    for (name, row) in rows {
        text.push(if text.is_empty() { '{' } else { ',' });
        quote(&mut text, &["", name]);
        text.push(':');
        match row {
            Row::Kind => quote(&mut text, &["", kind.name()]),
            Row::Version => text.push_str(VERSION),
            Row::Value(value) => print_value(&mut text, value),
        }
    }
    text.push('}');
    text
}

fn quote(text: &mut String, parts: &[&str; 2]) {
    text.push('"');
    parts.iter().for_each(|part| text.push_str(part));
    text.push('"');
}

fn print_value(text: &mut String, value: &LeafValue) {
    // Writing to a string does not fail.
    let _ = match value {
        LeafValue::Number(number) => write!(text, "{number}"),
        LeafValue::Sha256(digest) => return quote(text, &["sha256:", &pieces::to_hex(digest)]),
        LeafValue::Sm3(digest) => return quote(text, &["sm3:", &pieces::to_hex(digest)]),
        LeafValue::Ulid(id) => write!(text, "\"{id}\""),
        LeafValue::Keys(keys) => {
            text.push('[');
            for (at, key) in keys.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                let _ = write!(text, "{comma}\"{key}\"");
            }
            text.push(']');
            Ok(())
        }
        LeafValue::Word(word) => return quote(text, &["", word]),
    };
}

/// Reads what [`print`] prints; the caller compares the bytes.
pub(super) fn read(text: &str) -> Result<(LeafKind, BTreeMap<LeafField, LeafValue>), LeafError> {
    let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let mut rest = inside.ok_or(LeafError::Text)?;
    let (mut kind, mut version, mut fields) = (None, None, BTreeMap::new());
    while !rest.is_empty() {
        let (name, after) = rest
            .strip_prefix('"')
            .and_then(|rest| rest.split_once("\":"))
            .ok_or(LeafError::Text)?;
        let (value, after) = cut(after).ok_or(LeafError::Text)?;
        match name {
            "kind" => kind = Some(read_kind(value)?),
            "v" => version = Some(value),
            _ => {
                let field = LeafField::ALL.iter().find(|field| field.name() == name);
                let field = *field.ok_or(LeafError::Text)?;
                let read = read_value(field.shape(), value);
                fields.insert(field, read.ok_or(LeafError::Value(field.name()))?);
            }
        }
        rest = after;
    }
    if version != Some(VERSION) {
        return Err(LeafError::Version);
    }
    Ok((kind.ok_or(LeafError::Kind)?, fields))
}

/// A value and what follows after the comma. No value holds a comma but a list.
fn cut(text: &str) -> Option<(&str, &str)> {
    let end = match text.strip_prefix('[') {
        Some(list) => list.find(']')? + 2,
        None => text.find(',').unwrap_or(text.len()),
    };
    let (value, rest) = text.split_at_checked(end)?;
    match rest.strip_prefix(',') {
        // A comma promises another field.
        Some("") => None,
        Some(rest) => Some((value, rest)),
        None => rest.is_empty().then_some((value, "")),
    }
}

fn quoted(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

fn read_kind(value: &str) -> Result<LeafKind, LeafError> {
    let name = quoted(value).ok_or(LeafError::Text)?;
    LeafKind::ALL.iter().copied().find(|kind| kind.name() == name).ok_or(LeafError::Kind)
}

fn read_value(shape: Shape, value: &str) -> Option<LeafValue> {
    let digest = |prefix: &str| pieces::hex_array(quoted(value)?.strip_prefix(prefix)?);
    Some(match shape {
        Shape::Signed | Shape::Natural => LeafValue::Number(pieces::signed(value)?),
        Shape::Sha256 => LeafValue::Sha256(digest("sha256:")?),
        Shape::Sm3 => LeafValue::Sm3(digest("sm3:")?),
        Shape::Ulid => LeafValue::Ulid(quoted(value)?.parse::<Ulid>().ok()?),
        Shape::Keys => {
            let list = value.strip_prefix('[')?.strip_suffix(']')?;
            let keys = list.split(',').filter(|key| !key.is_empty());
            let keys: Option<Vec<KeyId>> =
                keys.map(|key| Some(KeyId(pieces::hex_array(quoted(key)?)?))).collect();
            LeafValue::Keys(keys?)
        }
        Shape::Word(words) => {
            let word = quoted(value)?;
            LeafValue::Word(words.iter().find(|known| **known == word)?)
        }
    })
}
