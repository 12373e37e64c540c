//! As much of a leaf as a bag's check needs: a flat canonical JSON object of short texts, whole
//! numbers and lists of texts. Leaves hold no free text, so no text in one has an escape.

/// The fields of a leaf: its own text, which is read again for each question, so that very many are held in
/// little memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    leaf: Box<str>,
}

enum Value<'a> {
    Text(&'a str),
    Number(i64),
    /// What stands between the brackets: texts with commas between them.
    List(&'a str),
}

impl Entry {
    /// Reads a leaf; `None` where the bytes are none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let leaf = str::from_utf8(bytes).ok()?;
        let (mut rest, mut last) = (leaf.strip_prefix('{')?, None);
        loop {
            let (name, _, after) = field(rest)?;
            if last.is_some_and(|last| last >= name) {
                return None;
            }
            last = Some(name);
            match after.strip_prefix(',') {
                Some(more) => rest = more,
                None => return (after == "}").then(|| Self { leaf: leaf.into() }),
            }
        }
    }

    fn find(&self, wanted: &str) -> Option<Value<'_>> {
        let mut rest = self.leaf.strip_prefix('{')?;
        loop {
            let (name, value, after) = field(rest)?;
            if name == wanted {
                return Some(value);
            }
            rest = after.strip_prefix(',')?;
        }
    }

    /// A text, or nothing.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.find(name)? {
            Value::Text(text) => Some(text),
            Value::Number(_) | Value::List(_) => None,
        }
    }

    /// A number from 0, or nothing.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        match self.find(name)? {
            Value::Number(number) => u64::try_from(number).ok(),
            Value::Text(_) | Value::List(_) => None,
        }
    }

    /// A list of texts, or nothing.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        match self.find(name)? {
            Value::List(mut rest) => {
                let mut list = Vec::new();
                while let Some((item, after)) = text(rest) {
                    list.push(item);
                    rest = after.strip_prefix(',').unwrap_or_default();
                }
                Some(list)
            }
            Value::Text(_) | Value::Number(_) => None,
        }
    }

    /// Whether the digest `name` (`sha256:…` or `sm3:…`) is this one.
    pub(super) fn digest_is(&self, name: &str, algorithm: &str, digest: &[u8]) -> bool {
        let said = format!("{algorithm}:{}", crate::text::to_hex(digest));
        self.text(name) == Some(said.as_str())
    }
}

/// A name, its value, and what follows.
fn field(from: &str) -> Option<(&str, Value<'_>, &str)> {
    let (name, after) = text(from)?;
    let (value, after) = value(after.strip_prefix(':')?)?;
    Some((name, value, after))
}

/// A text in quotes without escapes, and what follows.
fn text(from: &str) -> Option<(&str, &str)> {
    let (text, after) = from.strip_prefix('"')?.split_once('"')?;
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain.then_some((text, after))
}

fn value(from: &str) -> Option<(Value<'_>, &str)> {
    if from.starts_with('"') {
        let (text, after) = text(from)?;
        return Some((Value::Text(text), after));
    }
    if let Some(items) = from.strip_prefix('[') {
        let mut rest = items;
        while !rest.starts_with(']') {
            if rest.len() < items.len() {
                rest = rest.strip_prefix(',')?;
            }
            (_, rest) = text(rest)?;
        }
        let (items, after) = items.split_at_checked(items.len() - rest.len())?;
        return Some((Value::List(items), after.get(1..)?));
    }
    let end = from.find(|c: char| c != '-' && !c.is_ascii_digit())?;
    let (digits, after) = from.split_at_checked(end)?;
    Some((Value::Number(crate::text::signed(digits)?), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_in_the_text_of_a_leaf() {
        let leaf = br#"{"att":["a,b","c"],"kind":"capture","none":[],"size":-7,"v":1}"#;
        let entry = Entry::read(leaf).unwrap();
        assert_eq!(entry.text("kind"), Some("capture"));
        assert_eq!(entry.list("att"), Some(vec!["a,b", "c"]));
        assert_eq!(entry.list("none"), Some(Vec::new()));
        assert_eq!((entry.number("v"), entry.number("size")), (Some(1), None));
        assert_eq!((entry.text("v"), entry.number("kind"), entry.text("abs")), (None, None, None));
        assert_eq!(Entry::default().text("kind"), None);
    }

    #[test]
    fn what_is_no_flat_canonical_object_is_refused() {
        for text in [
            "",
            "{}",
            "{\"a\":1",
            "{\"a\":1}x",
            "{\"a\":1,}",
            "{\"b\":1,\"a\":1}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":[\"x\",]}",
            "{\"a\":[\"x\" ]}",
            "{\"a\":[\"x\"\"y\"]}",
            "{\"a\":01}",
            "{\"a\": 1}",
            "{\"a\":\"\\n\"}",
            "{\"a\":null}",
            "{\"a\":{\"b\":1}}",
        ] {
            assert_eq!(Entry::read(text.as_bytes()), None, "{text}");
        }
    }
}
