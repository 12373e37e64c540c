//! Text into XML and HTML, without ever breaking them.

/// Text with `& < > " '` escaped. Characters that XML 1.0 forbids are shown as U+FFFD, so that
/// nothing vanishes unseen; a tab, line feed or carriage return becomes a space.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether XML 1.0 has no place for a character, or discourages it as a control.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{fffe}' | '\u{ffff}')
}

/// A name for an anchor in HTML: letters and digits stay, all else becomes `_` and its number.
pub(super) fn anchor(place: &str) -> String {
    let mut out = String::from("r-");
    for c in place.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            out.push(c);
        } else {
            out.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_and_nothing_vanishes() {
        assert_eq!(escape("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
        assert_eq!(escape("x\u{0}\u{1b}y\u{ffff}"), "x\u{fffd}\u{fffd}y\u{fffd}");
        assert_eq!(escape("a\nb\tc"), "a b c");
    }

    #[test]
    fn anchors_of_different_places_differ() {
        assert_eq!(anchor("E3"), "r-E3");
        assert_ne!(anchor("E/3"), anchor("E_3"));
        assert!(anchor("证 3").is_ascii());
    }
}
