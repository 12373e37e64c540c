//! Patterns of log lines: `{time} [{level}] {tag:word}: {text}`. Plain text stands for itself, white
//! space for any white space, a name in braces for a field. A field takes the shortest text after
//! which the rest still fits; a field of a type takes only what is of the type.

use crate::time::{TimeForm, is_time, leading_time};
use fupan_model::Decimal;

/// Type of a field (字段类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Anything.
    Text,
    /// A time, with or without a date.
    Time,
    /// A number.
    Number,
    /// Anything without white space.
    Word,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Plain(String),
    /// A field; the one called `_` is read and not kept.
    Field(String, FieldKind),
}

/// Pattern (行模式): what the lines of a log look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// A field that is read and not kept.
const SKIPPED: &str = "_";
/// How many places are tried for a line beyond four times its length: a pattern that needs more
/// fits nothing, and reading stays linear.
const STEPS: usize = 100_000;

impl Pattern {
    /// Reads a pattern; `None` where braces are not paired, a name is empty or stands twice, a type
    /// is not known, or two fields that take anything stand side by side. `{{` and `}}` are braces.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mut pieces, mut plain) = (Vec::new(), String::new());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(next) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
                plain.push(c);
                rest = next;
            } else if let Some(next) = rest.strip_prefix('{') {
                let (field, after) = next.split_once('}')?;
                let open = |piece: &Piece| {
                    matches!(piece, Piece::Field(_, FieldKind::Text | FieldKind::Word))
                };
                let field = field_of(field)?;
                if plain.is_empty() && open(&field) && pieces.last().is_some_and(open) {
                    return None;
                }
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                pieces.push(field);
                rest = after;
            } else if c == '}' {
                return None;
            } else {
                plain.push(c);
                rest = rest.get(c.len_utf8()..)?;
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        let pattern = Self(pieces);
        let names: Vec<&str> = pattern.names().collect();
        let once = names
            .iter()
            .enumerate()
            .all(|(at, name)| names.iter().skip(at + 1).all(|other| other != name));
        (once && !names.is_empty()).then_some(pattern)
    }

    /// The fields that are kept, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Field(name, _) if name != SKIPPED => Some(name.as_str()),
            Piece::Field(..) | Piece::Plain(_) => None,
        })
    }

    /// Gives fields without a type the one a column has.
    pub(crate) fn typed(mut self, is_time: impl Fn(&str) -> bool) -> Self {
        for piece in &mut self.0 {
            if let Piece::Field(name, kind) = piece
                && *kind == FieldKind::Text
                && is_time(name)
            {
                *kind = FieldKind::Time;
            }
        }
        self
    }

    /// Whether the line begins as a record does: up to the end of its first time it fits. Where the
    /// pattern has a line end there, the line must end there too.
    pub(crate) fn begins(&self, line: &str, form: &dyn Fn(&str) -> TimeForm) -> bool {
        let time = |piece: &Piece| matches!(piece, Piece::Field(_, FieldKind::Time));
        let Some(at) = self.0.iter().position(time) else { return self.read(line, form).is_some() };
        let head = self.0.get(..=at).unwrap_or_default();
        let ends =
            matches!(self.0.get(at + 1), Some(Piece::Plain(plain)) if plain.starts_with('\n'));
        let mut search = Search { form, steps: STEPS, found: Vec::new() };
        search.fits(head, line, !ends)
    }

    /// The fields of a line, by name, without the white space around them; `None`: it does not fit.
    pub(crate) fn read<'t>(
        &'t self,
        line: &'t str,
        form: &'t dyn Fn(&str) -> TimeForm,
    ) -> Option<Vec<(&'t str, &'t str)>> {
        let steps = line.len().saturating_mul(4).saturating_add(STEPS);
        let mut search = Search { form, steps, found: Vec::new() };
        search.fits(&self.0, line, false).then_some(search.found)
    }
}

fn field_of(text: &str) -> Option<Piece> {
    let (name, kind) = text.split_once(':').unwrap_or((text, "text"));
    let kind = match kind.trim() {
        "text" => FieldKind::Text,
        "time" => FieldKind::Time,
        "number" => FieldKind::Number,
        "word" => FieldKind::Word,
        _ => return None,
    };
    let name = name.trim();
    (!name.is_empty() && !name.contains('{')).then(|| Piece::Field(name.to_owned(), kind))
}

/// A line being fitted (匹配).
struct Search<'t> {
    form: &'t dyn Fn(&str) -> TimeForm,
    steps: usize,
    found: Vec<(&'t str, &'t str)>,
}

impl<'t> Search<'t> {
    /// Whether `text` fits the pieces, to its end or, if `open`, at its beginning.
    fn fits(&mut self, pieces: &'t [Piece], text: &'t str, open: bool) -> bool {
        let Some((piece, next)) = pieces.split_first() else {
            return open || text.trim().is_empty();
        };
        match piece {
            Piece::Plain(plain) => {
                after_plain(text, plain).is_some_and(|rest| self.fits(next, rest, open))
            }
            Piece::Field(name, FieldKind::Number) => {
                number_end(text).is_some_and(|end| self.take(name, text, end, next, open))
            }
            Piece::Field(name, FieldKind::Time) => self.time(name, text, next, open),
            Piece::Field(name, kind) => self.shortest(name, *kind, text, next, open),
        }
    }

    fn take(
        &mut self,
        name: &'t str,
        text: &'t str,
        end: usize,
        next: &'t [Piece],
        open: bool,
    ) -> bool {
        let (Some(value), Some(rest)) = (text.get(..end), text.get(end..)) else { return false };
        let kept = self.found.len();
        if name != SKIPPED {
            self.found.push((name, value.trim()));
        }
        let fits = self.fits(next, rest, open);
        if !fits {
            self.found.truncate(kept);
        }
        fits
    }

    /// The longest time after which the rest fits.
    fn time(&mut self, name: &'t str, text: &'t str, next: &'t [Piece], open: bool) -> bool {
        let form = (self.form)(name);
        let Some(longest) = leading_time(text, &form) else { return false };
        if self.take(name, text, longest, next, open) {
            return true;
        }
        let head = text.get(..longest).unwrap_or_default();
        let ends: Vec<usize> = head.char_indices().map(|(at, _)| at).skip(1).collect();
        ends.into_iter().rev().any(|end| {
            let part = text.get(..end).unwrap_or_default();
            is_time(part, &form) && self.take(name, text, end, next, open)
        })
    }

    /// The shortest text after which the rest fits.
    fn shortest(
        &mut self,
        name: &'t str,
        kind: FieldKind,
        text: &'t str,
        next: &'t [Piece],
        open: bool,
    ) -> bool {
        let word = kind == FieldKind::Word;
        if next.is_empty() {
            let spaced = text.trim().contains(char::is_whitespace);
            return !(word && spaced) && self.take(name, text, text.len(), next, open);
        }
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for end in ends {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 {
                return false;
            }
            let spaced =
                word && text.get(..end).is_some_and(|part| part.ends_with(char::is_whitespace));
            if spaced {
                return false;
            }
            let rest = text.get(end..).unwrap_or_default();
            let likely = match next.first() {
                Some(Piece::Plain(plain)) => after_plain(rest, plain).is_some(),
                _ => true,
            };
            // A word is something; any other field may be empty.
            if likely && !(word && end == 0) && self.take(name, text, end, next, open) {
                return true;
            }
        }
        false
    }
}

/// What follows a plain text; its white space stands for any white space.
fn after_plain<'t>(text: &'t str, plain: &str) -> Option<&'t str> {
    let mut rest = text;
    let mut spaced = false;
    for c in plain.chars() {
        if c.is_whitespace() {
            if !spaced && !rest.starts_with(char::is_whitespace) {
                return None;
            }
            rest = rest.trim_start();
            spaced = true;
        } else {
            rest = rest.strip_prefix(c)?;
            spaced = false;
        }
    }
    Some(rest)
}

/// Where a number at the beginning ends.
fn number_end(text: &str) -> Option<usize> {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.');
    let mut end = text.bytes().take(64).take_while(|b| figure(char::from(*b))).count();
    while end > 0 && Decimal::parse(text.get(..end).unwrap_or_default()).is_err() {
        end -= 1;
    }
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, line: &str) -> Option<Vec<String>> {
        let pattern = Pattern::parse(pattern).expect("pattern");
        let form = |_: &str| TimeForm::default();
        let fields = pattern.read(line, &form)?;
        Some(fields.into_iter().map(|(name, text)| format!("{name}={text}")).collect())
    }

    #[test]
    fn lines_are_cut_into_fields() {
        let fits = |pattern, line, want: &[&str]| {
            assert_eq!(
                read(pattern, line).as_deref(),
                Some(want.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>().as_slice()),
                "{pattern}"
            );
        };
        let line = "2024-05-12 13:13:05  [高报] GDS-017: 浓度 25.5 %LEL";
        fits(
            "{时间} [{级别}] {位号}: {描述}",
            line,
            &["时间=2024-05-12 13:13:05", "级别=高报", "位号=GDS-017", "描述=浓度 25.5 %LEL"],
        );
        fits(
            "{t:time} {_} {tag:word}: {_} {v:number} {u}",
            line,
            &["t=2024-05-12 13:13:05", "tag=GDS-017", "v=25.5", "u=%LEL"],
        );
        fits("{t:time} {x}", "13:13:05.250 a b", &["t=13:13:05.250", "x=a b"]);
        fits("{a}-{b}-end", "1-2-3-end", &["a=1", "b=2-3"]);
        fits("{{{a}}}", "{x}", &["a=x"]);
        fits("{t:time}{n:number}", "13:1305", &["t=13:13", "n=05"]);
    }

    #[test]
    fn a_line_end_in_a_pattern_ends_the_first_line_of_a_record() {
        let form = |_: &str| TimeForm::default();
        let begins = |pattern, line| Pattern::parse(pattern).expect("pattern").begins(line, &form);
        assert!(begins("{who} {t:time}\n{x}", "张三 2024-05-12 13:13"));
        assert!(begins("{who} {t:time}\n{x}", "张 三 2024-05-12 13:13  "));
        assert!(!begins("{who} {t:time}\n{x}", "我 13:13 到了"));
        assert!(begins("{who} {t:time} {x}", "我 13:13 到了"));
        assert_eq!(
            read("{who} {t:time}\n{x}", "张三 2024-05-12 13:13\n漏了\n快来").as_deref(),
            Some(&["who=张三", "t=2024-05-12 13:13", "x=漏了\n快来"].map(str::to_owned)[..])
        );
    }

    #[test]
    fn lines_and_patterns_that_do_not_fit() {
        assert_eq!(read("{t:time} {x}", "later on"), None);
        assert_eq!(read("{a:word}: {b}", "two words: x"), None);
        assert_eq!(read("{n:number} x", "1.2.3 x"), None);
        assert_eq!(read("[{a}]", "[x] y"), None);
        for text in ["", "plain", "{a", "a}", "{}", "{a}{b}", "{a} {a}", "{a:float}"] {
            assert_eq!(Pattern::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_that_fits_in_too_many_ways_ends_all_the_same() {
        let line = "a ".repeat(40_000);
        assert_eq!(read("{a} {b} {c} {d} {e} {f}!", &line), None);
    }
}
