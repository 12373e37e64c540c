//! A document as TOML the way a person writes it: `[[fact]]` with one line a key, cites and bounds
//! on theirs.

use crate::node::Node;
use std::fmt::Write as _;

/// The text of a document: plain keys first, then tables, then lists of tables.
pub(crate) fn toml_text(top: &Node) -> Vec<u8> {
    let Node::Table(rows) = top else { return Vec::new() };
    let mut out = String::new();
    for (key, node) in rows.iter().filter(|(_, node)| shape(node) == Shape::Plain) {
        line(&mut out, key, node);
    }
    for (key, node) in rows {
        match (shape(node), node) {
            (Shape::Section, Node::Table(inner)) => {
                section(&mut out, &format!("[{}]", name(key)), inner);
            }
            (Shape::Sections, Node::List(list)) => {
                for item in list {
                    if let Node::Table(inner) = item {
                        section(&mut out, &format!("[[{}]]", name(key)), inner);
                    }
                }
            }
            _ => {}
        }
    }
    out.into_bytes()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Plain,
    Section,
    Sections,
}

fn shape(node: &Node) -> Shape {
    match node {
        Node::Table(_) => Shape::Section,
        Node::List(list)
            if !list.is_empty() && list.iter().all(|n| matches!(n, Node::Table(_))) =>
        {
            Shape::Sections
        }
        _ => Shape::Plain,
    }
}

fn section(out: &mut String, head: &str, rows: &[(String, Node)]) {
    let gap = if out.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{gap}{head}");
    for (key, node) in rows {
        line(out, key, node);
    }
}

fn line(out: &mut String, key: &str, node: &Node) {
    let _ = writeln!(out, "{} = {}", name(key), inline(node));
}

fn inline(node: &Node) -> String {
    match node {
        // TOML has no null; the caller keeps such keys elsewhere.
        Node::Null => String::from("\"\""),
        Node::Bool(value) => value.to_string(),
        Node::Number(value) => value.to_string(),
        Node::Odd(text) => text.clone(),
        Node::Text(text) => quoted(text),
        Node::List(list) => {
            let items: Vec<String> = list.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Table(rows) if rows.is_empty() => String::from("{}"),
        Node::Table(rows) => {
            let pair = |(key, node): &(String, Node)| format!("{} = {}", name(key), inline(node));
            let items: Vec<String> = rows.iter().map(pair).collect();
            format!("{{ {} }}", items.join(", "))
        }
    }
}

/// A key, quoted where it must be.
fn name(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_as_what_was_written() {
        let json = r#"{"a":"1\" \\ \n\t\u0001\u007f中","n":[1,-2.50,3.0,true],"big":1e300,"e":[],
          "t":{"x y":1,"":{"deep":[{"q":"z"},{}]}},"l":[{"id":"a","c":{"row":3}},{"id":"b"}],"plain":[[1],{"k":2}],"z":0}"#;
        let node: Node = serde_json::from_str(json).expect("json");
        let text = String::from_utf8(toml_text(&node)).expect("utf-8");
        let back: Node = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert_eq!(back.sorted_json(), node.sorted_json(), "{text}");
        assert!(text.contains("[[l]]\nid = \"a\"\nc = { row = 3 }\n"), "{text}");
    }
}
