//! Where lines of mixed Chinese and Latin text may break: one rule for figure and page estimate.

/// Punctuation that never opens a line: ，。、；：！？）】〕》〉」』”’…—·％ and their ASCII kin.
const NO_START: &str = "\u{ff0c}\u{3002}\u{3001}\u{ff1b}\u{ff1a}\u{ff01}\u{ff1f}\u{ff09}\u{3011}\u{3015}\u{300b}\u{3009}\u{300d}\u{300f}\u{201d}\u{2019}\u{2026}\u{2014}\u{b7}\u{ff05}%,.;:!?)]}\u{3017}";
/// Punctuation that never closes a line: （【〔《〈「『“‘ and their ASCII kin.
const NO_END: &str =
    "\u{ff08}\u{3010}\u{3014}\u{300a}\u{3008}\u{300c}\u{300e}\u{201c}\u{2018}([{\u{3016}";

/// Whether a character takes a full square in a Chinese font.
pub(super) fn wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
}

/// Pieces of a text that stay whole on a line; a trailing space belongs to the piece before it.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = ' ';
    let mut glued = false;
    for c in text.chars() {
        let joins = glued
            || c == ' '
            || NO_START.contains(c)
            || (!wide(c) && !wide(last) && last != ' ' && !breaks_after(last));
        match out.last_mut() {
            Some(piece) if joins => piece.push(c),
            _ => out.push(c.to_string()),
        }
        glued = NO_END.contains(c);
        last = c;
    }
    out
}

/// Whether a full-width mark ends a piece though it is not [`wide`].
fn breaks_after(c: char) -> bool {
    matches!(c, '…' | '—' | '”' | '’')
}

/// The lines of `text` when none is wider than `max`, by the widths that `width` gives a
/// character. A piece wider than a line is broken anywhere. At least one line.
pub(super) fn wrap(text: &str, max: i64, width: impl Fn(char) -> i64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let full: i64 = piece.chars().map(&width).sum();
        let bare: i64 = piece.trim_end().chars().map(&width).sum();
        if used + bare <= max {
            line.push_str(&piece);
            used += full;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        for c in piece.chars() {
            let one = width(c);
            if used + one > max && used > 0 && c != ' ' {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                used = 0;
            }
            line.push(c);
            used += one;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn em(c: char) -> i64 {
        if wide(c) { 2 } else { 1 }
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_its_stops() {
        assert_eq!(wrap("事故发生，后报告", 8, em), ["事故发", "生，后报", "告"]);
        assert_eq!(wrap("见（附件）", 4, em), ["见", "（附", "件）"]);
    }

    #[test]
    fn latin_breaks_at_spaces_and_long_words_anyhow() {
        assert_eq!(wrap("late by 47 min", 8, em), ["late by", "47 min"]);
        assert_eq!(wrap("abcdefghij", 4, em), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4, em), [""]);
    }

    #[test]
    fn no_character_is_lost() {
        let text = "2021-01-10T13:13:00+08:00回风井发生爆炸(22人被困)——“通讯中断”。";
        for max in 2..40 {
            assert_eq!(wrap(text, max, em).concat(), text, "{max}");
        }
    }
}
