//! One line → cells. Quotes as RFC 4180 has them; a stray quote costs one row, never the file.

/// Whether a text was wholly cut into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// It was.
    Whole,
    /// It was, but words follow a closing quote.
    Torn,
    /// A quote is still open: the row goes on in the next line.
    Open,
}

/// Cuts `text` into `cells`. A quote opens a quoted cell only at the cell's start; inside it two
/// quotes are one; what follows the closing quote belongs to the cell as it is.
pub(super) fn split(text: &str, delimiter: char, cells: &mut Vec<String>) -> Split {
    cells.clear();
    let mut rest = text;
    let mut torn = false;
    loop {
        let mut cell = String::new();
        if let Some(quoted) = rest.strip_prefix('"') {
            rest = quoted;
            loop {
                let Some((part, after)) = rest.split_once('"') else { return Split::Open };
                cell.push_str(part);
                rest = after;
                match rest.strip_prefix('"') {
                    Some(next) => {
                        cell.push('"');
                        rest = next;
                    }
                    None => break,
                }
            }
            torn |= !rest.is_empty() && !rest.starts_with(delimiter);
        }
        match rest.split_once(delimiter) {
            Some((plain, after)) => {
                cell.push_str(plain);
                cells.push(cell);
                rest = after;
            }
            None => {
                cell.push_str(rest);
                cells.push(cell);
                return if torn { Split::Torn } else { Split::Whole };
            }
        }
    }
}

/// The delimiter of a head line: the one of `, tab ; |` that stands most often outside quotes.
pub(crate) fn find_delimiter(line: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0), ('\t', 0), (';', 0), ('|', 0)];
    for c in line.chars() {
        quoted ^= c == '"';
        if !quoted && let Some(entry) = counts.iter_mut().find(|(mark, _)| *mark == c) {
            entry.1 += 1;
        }
    }
    // Of equal counts the one named first.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(mark, _)| mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> (Split, Vec<String>) {
        let mut cells = Vec::new();
        let done = split(text, ',', &mut cells);
        (done, cells)
    }

    #[test]
    fn cells_and_quotes() {
        for (text, want) in [
            ("a,b", vec!["a", "b"]),
            ("a,", vec!["a", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"a\"\"b\",\"\"", vec!["a\"b", ""]),
            ("a\"b,c", vec!["a\"b", "c"]),
            ("\"a\nb\",c", vec!["a\nb", "c"]),
        ] {
            assert_eq!(cut(text), (Split::Whole, want.into_iter().map(str::to_owned).collect()));
        }
        assert_eq!(cut("a,\"b").0, Split::Open);
        assert_eq!(cut("\"a\"x,c"), (Split::Torn, vec!["ax".to_owned(), "c".to_owned()]));
    }

    #[test]
    fn the_delimiter_is_found() {
        assert_eq!(find_delimiter("a;b;c"), ';');
        assert_eq!(find_delimiter("a\tb,c\td"), '\t');
        assert_eq!(find_delimiter("\"a;b;c\",d"), ',');
        assert_eq!(find_delimiter("only"), ',');
    }
}
