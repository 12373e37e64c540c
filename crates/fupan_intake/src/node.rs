//! One tree for JSON and TOML alike, with keys in the order they stand in the file, so that folder
//! and `fupan-case/1` are read and written by the same code.

use fupan_model::Decimal;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use std::fmt;

/// A value of a document (节点).
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// JSON's null; TOML has none.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, exact.
    Number(Decimal),
    /// A number beyond 18 digits or with an exponent, as the parser printed it.
    Odd(String),
    /// Words.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A table; no key stands twice.
    Table(Vec<(String, Self)>),
}

impl Node {
    /// A text.
    pub(crate) fn text(text: impl fmt::Display) -> Self {
        Self::Text(text.to_string())
    }

    /// A list of texts.
    pub(crate) fn texts<T: fmt::Display>(list: impl IntoIterator<Item = T>) -> Self {
        Self::List(list.into_iter().map(Self::text).collect())
    }

    /// What it is, in the words of [`crate::Problem::WrongType`], or its own text: for messages.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Null => String::from("null"),
            Self::Bool(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Odd(text) | Self::Text(text) => text.clone(),
            Self::List(_) | Self::Table(_) => self.json(),
        }
    }

    /// JSON text without white space.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Its JSON text with the keys of all tables sorted: the form in which unknown keys are kept.
    pub(crate) fn sorted_json(&self) -> String {
        self.clone().sorted().json()
    }

    fn sorted(self) -> Self {
        match self {
            Self::List(list) => Self::List(list.into_iter().map(Self::sorted).collect()),
            Self::Table(mut rows) => {
                rows.sort_by(|a, b| a.0.cmp(&b.0));
                Self::Table(rows.into_iter().map(|(key, node)| (key, node.sorted())).collect())
            }
            plain => plain,
        }
    }

    /// Whether TOML can hold it.
    pub(crate) fn fits_toml(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Odd(text) => text.parse::<f64>().is_ok(),
            Self::List(list) => list.iter().all(Self::fits_toml),
            Self::Table(rows) => rows.iter().all(|(_, node)| node.fits_toml()),
            Self::Bool(_) | Self::Number(_) | Self::Text(_) => true,
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::Odd(text) => match (text.parse::<u64>(), text.parse::<f64>()) {
                (Ok(whole), _) => serializer.serialize_u64(whole),
                (_, Ok(value)) => serializer.serialize_f64(value),
                _ => serializer.serialize_str(text),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => list.serialize(serializer),
            Self::Table(rows) => {
                let mut map = serializer.serialize_map(Some(rows.len()))?;
                for (key, node) in rows {
                    map.serialize_entry(key, node)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(number(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(number(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(number(format!("{value:?}")))
    }
    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut rows: Vec<(String, Node)> = Vec::new();
        while let Some((key, node)) = map.next_entry::<String, Node>()? {
            // Two values under one key: nobody can say which of them was meant.
            if rows.iter().any(|(known, _)| *known == key) {
                return Err(de::Error::custom(format!("the key {key:?} stands twice")));
            }
            // A TOML date arrives as a table of one private key.
            if let ("$__toml_private_datetime", Node::Text(text)) = (key.as_str(), &node) {
                return Ok(Node::Text(text.clone()));
            }
            rows.push((key, node));
        }
        Ok(Node::Table(rows))
    }
}

fn number(text: String) -> Node {
    Decimal::parse(&text).map_or(Node::Odd(text), Node::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_goes_in_and_out() {
        let text = r#"{"b":[1,2.5,null,true,"x"],"a":{"z":1,"y":3.0}}"#;
        let node: Node = serde_json::from_str(text).expect("json");
        assert_eq!(node.json(), text);
        assert_eq!(node.sorted_json(), r#"{"a":{"y":3.0,"z":1},"b":[1,2.5,null,true,"x"]}"#);
        assert!(!node.fits_toml());
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let error = serde_json::from_str::<Node>(r#"{"a":1,"a":2}"#).expect_err("twice");
        assert!(error.to_string().contains("stands twice"), "{error}");
    }

    #[test]
    fn toml_dates_are_texts() {
        let node: Node =
            toml::from_str("a = 2024-05-12\nb = 2024-05-12T13:13:00+08:00").expect("toml");
        assert_eq!(node.json(), r#"{"a":"2024-05-12","b":"2024-05-12T13:13:00+08:00"}"#);
    }

    #[test]
    fn figures_too_long_are_kept_as_they_print() {
        let node: Node = serde_json::from_str("[1e300,12345678901234567890]").expect("json");
        assert_eq!(
            node,
            Node::List(vec![Node::Odd("1e300".into()), Node::Odd("12345678901234567890".into())])
        );
    }
}
