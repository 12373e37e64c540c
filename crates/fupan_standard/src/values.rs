//! Readers of plain values: texts, numbers, days, words of a closed list, and lists of them.

use crate::fields::Fields;
use crate::{Date, Fault};
use fupan_model::Decimal;
use toml::Value;

impl Fields<'_> {
    fn as_text(&mut self, key: &str, value: Value) -> Option<String> {
        match value {
            Value::String(text) if text.trim().is_empty() => {
                self.fault(key, Fault::Empty { expected: "a text".to_owned() });
                None
            }
            Value::String(text) => Some(text),
            other => {
                self.wrong(key, "a text", &other);
                None
            }
        }
    }

    /// A text that must be there and is not empty.
    pub(crate) fn text(&mut self, key: &str) -> String {
        let value = self.need(key, "a text");
        value.and_then(|v| self.as_text(key, v)).unwrap_or_default()
    }

    /// A text that must be there and may be blank, but not empty.
    pub(crate) fn spaced_text(&mut self, key: &str) -> String {
        match self.need(key, "a text") {
            Some(Value::String(text)) if !text.is_empty() => text,
            Some(other) => self.as_text(key, other).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// A text that may be absent.
    pub(crate) fn text_or_none(&mut self, key: &str) -> Option<String> {
        let value = self.take(key)?;
        self.as_text(key, value)
    }

    /// A list of texts; absent: empty.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Value::Array(items) = value else {
            self.wrong(key, "a list of texts", &value);
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.as_text(key, item)).collect()
    }

    /// A list of texts that must be there and hold something.
    pub(crate) fn texts_needed(&mut self, key: &str) -> Vec<String> {
        let there = self.has(key);
        let texts = self.texts(key);
        if texts.is_empty() {
            let expected = "a list of texts, at least one".to_owned();
            let fault = if there { Fault::Empty { expected } } else { Fault::Missing { expected } };
            self.fault(key, fault);
        }
        texts
    }

    /// One text, or a list of texts; absent: empty.
    pub(crate) fn text_or_texts(&mut self, key: &str) -> Vec<String> {
        match self.left.get(key) {
            Some(Value::String(_)) => self.text_or_none(key).into_iter().collect(),
            _ => self.texts(key),
        }
    }

    /// A list whose members are texts or lists of texts; absent: empty.
    pub(crate) fn lists(&mut self, key: &str) -> Vec<Vec<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Value::Array(items) = value else {
            self.wrong(key, "a list of lists of texts", &value);
            return Vec::new();
        };
        let mut lists = Vec::with_capacity(items.len());
        for item in items {
            let inner = if let Value::Array(inner) = item { inner } else { vec![item] };
            lists.push(inner.into_iter().filter_map(|text| self.as_text(key, text)).collect());
        }
        lists
    }

    /// A whole number from 0 up that may be absent.
    pub(crate) fn count_or_none(&mut self, key: &str) -> Option<u32> {
        let value = self.take(key)?;
        let number = value.as_integer().and_then(|n| u32::try_from(n).ok());
        if number.is_none() {
            self.wrong(key, "a whole number from 0 up", &value);
        }
        number
    }

    /// A whole number from 0 up that must be there.
    pub(crate) fn count(&mut self, key: &str) -> u32 {
        if !self.has(key) {
            self.need(key, "a whole number from 0 up");
            return 0;
        }
        self.count_or_none(key).unwrap_or_default()
    }

    /// A whole number, negative too, that may be absent.
    pub(crate) fn whole_or_none(&mut self, key: &str) -> Option<i64> {
        let value = self.take(key)?;
        let number = value.as_integer();
        if number.is_none() {
            self.wrong(key, "a whole number", &value);
        }
        number
    }

    /// A whole number that must be there.
    pub(crate) fn whole_needed(&mut self, key: &str) -> Option<i64> {
        if !self.has(key) {
            self.need(key, "a whole number");
            return None;
        }
        self.whole_or_none(key)
    }

    /// As [`Fields::whole_needed`], 0 in place of an error.
    pub(crate) fn whole(&mut self, key: &str) -> i64 {
        self.whole_needed(key).unwrap_or_default()
    }

    /// An exact decimal that may be absent: a whole number, or a text such as `"2.5"`.
    pub(crate) fn decimal_or_none(&mut self, key: &str) -> Option<Decimal> {
        let value = self.take(key)?;
        let number = match &value {
            Value::Integer(whole) => Some(Decimal::whole(*whole)),
            Value::String(text) => Decimal::parse(text).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, "a whole number, or a decimal in quotes such as \"2.5\"", &value);
        }
        number
    }

    /// An exact decimal that must be there.
    pub(crate) fn decimal_needed(&mut self, key: &str) -> Option<Decimal> {
        if !self.has(key) {
            self.need(key, "a whole number, or a decimal in quotes such as \"2.5\"");
            return None;
        }
        self.decimal_or_none(key)
    }

    /// As [`Fields::decimal_needed`], 0 in place of an error.
    pub(crate) fn decimal(&mut self, key: &str) -> Decimal {
        self.decimal_needed(key).unwrap_or_else(|| Decimal::whole(0))
    }

    /// Yes or no; absent: no.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.take(key) else { return false };
        if value.as_bool().is_none() {
            self.wrong(key, "true or false", &value);
        }
        value.as_bool().unwrap_or_default()
    }

    /// Yes or no that must be written.
    pub(crate) fn flag_needed(&mut self, key: &str) -> bool {
        if !self.has(key) {
            self.need(key, "true or false");
        }
        self.flag(key)
    }

    /// One word of a closed list that may be absent.
    pub(crate) fn word_or_none<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let found = self.text_or_none(key)?;
        let hit = words.iter().find(|(word, _)| *word == found).map(|(_, value)| *value);
        if hit.is_none() {
            let expected = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            self.fault(key, Fault::Word { found, expected });
        }
        hit
    }

    /// One word of a closed list that must be there.
    pub(crate) fn word<T: Copy + Default>(&mut self, key: &str, words: &[(&str, T)]) -> T {
        if !self.has(key) {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.need(key, &format!("one of: {}", names.join(", ")));
        }
        self.word_or_none(key, words).unwrap_or_default()
    }

    /// A day written `"YYYY-MM-DD"` that may be absent.
    pub(crate) fn date_or_none(&mut self, key: &str) -> Option<Date> {
        let text = self.text_or_none(key)?;
        self.as_date(key, &text)
    }

    /// A list of days.
    pub(crate) fn dates(&mut self, key: &str) -> Vec<Date> {
        let texts = self.texts(key);
        texts.iter().filter_map(|text| self.as_date(key, text)).collect()
    }

    fn as_date(&mut self, key: &str, text: &str) -> Option<Date> {
        let date = Date::parse(text);
        if date.is_none() {
            let expected = "a day written \"YYYY-MM-DD\"".to_owned();
            self.fault(key, Fault::Sort { expected, found: format!("{text:?}") });
        }
        date
    }
}
