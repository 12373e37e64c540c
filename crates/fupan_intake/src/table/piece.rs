//! A block of lines → rows of cells, without a copy of the cells. It cuts exactly as
//! [`super::delimited`] does line by line; a test compares them.

use super::delimited::MOST_LINES;
use super::known::{Guide, WORD};
use super::lines::LONGEST;
use super::mixed;
use super::split::{Split, split};
use super::words::Words;
use crate::error::cut;
use crate::mapping::Charset;
use encoding_rs::CoderResult;
use memchr::{memchr, memchr_iter, memchr2, memmem};

/// Plain text (可分块文本): delimited text that can be cut into blocks and read out of order.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    pub(crate) charset: Charset,
    pub(crate) delimiter: u8,
    pub(crate) header: Vec<String>,
    /// Lines before the first row.
    pub(crate) skip: u64,
}

/// A piece (片段): a block and the rows in it.
#[derive(Default)]
pub(crate) struct Piece {
    /// The block as it stands in the file.
    pub(crate) bytes: Vec<u8>,
    /// Its text, and behind it the cells that had to be put together. Of a block that was cut before
    /// it was decoded, the text of the other lines.
    pub(super) text: String,
    pub(super) cells: Vec<(u32, u32)>,
    pub(super) words: Words,
    /// The rows, in order.
    pub(crate) rows: Vec<PieceRow>,
    /// Those that are none.
    pub(crate) bad: Vec<BadRow>,
    /// How many lines were used.
    pub(crate) lines: u64,
    /// Whether the last lines were left, because a cell may go on in the next block.
    pub(crate) left: bool,
}

/// A row of a piece (片段行).
#[derive(Clone, Copy, Debug)]
pub(crate) struct PieceRow {
    /// Its line, from 1, within the piece.
    pub(crate) line: u32,
    /// Its first cell; of a bad row, its place among them.
    pub(crate) at: u32,
    /// Whether it is bad.
    pub(crate) is_bad: bool,
    /// Whether its cells are known words, or stand in the block as they are.
    pub(crate) is_known: bool,
    /// Of the first 64 rules, those whose conditions it meets; of a known row that was only cut,
    /// whose conditions on words it meets.
    pub(crate) fits: u64,
    /// The same for rows of the same cells (see [`super::print`]).
    pub(crate) print: u64,
}

/// A row that is none (坏行).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub(crate) column: String,
    pub(crate) text: String,
    pub(crate) expected: String,
}

/// Where a piece is being cut.
pub(super) struct Place<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) line: u32,
    /// Whether it holds what is no character.
    pub(super) odd: bool,
    /// Whether a line of it may be of another encoding, unless it is plain.
    pub(super) mixed: bool,
    pub(super) quoted: bool,
    pub(super) last: bool,
}

impl Plain {
    /// The mark that a text of this encoding may begin with.
    pub(crate) fn mark(&self) -> &'static [u8] {
        if self.charset == Charset::Utf8 { b"\xef\xbb\xbf" } else { b"" }
    }
}

impl Piece {
    /// The text of a cell.
    pub(crate) fn cell(&self, row: &PieceRow, place: usize) -> &str {
        let cell = usize::try_from(row.at).ok().and_then(|at| self.cells.get(at + place));
        let Some((from, to)) = cell.copied() else { return "" };
        let span = from as usize..to as usize;
        match (row.is_known, from) {
            (false, _) => self.text.get(span).unwrap_or_default(),
            (true, WORD) => self.words.text(to as usize),
            (true, _) => self.bytes.get(span).map_or("", |b| std::str::from_utf8(b).unwrap_or("")),
        }
    }

    /// The bytes of the text of a cell.
    pub(crate) fn cell_bytes(&self, row: &PieceRow, place: usize) -> &[u8] {
        let cell = usize::try_from(row.at).ok().and_then(|at| self.cells.get(at + place));
        let plain = cell.filter(|cell| row.is_known && cell.0 != WORD);
        match plain {
            Some((from, to)) => self.bytes.get(*from as usize..*to as usize).unwrap_or_default(),
            None => self.cell(row, place).as_bytes(),
        }
    }

    /// Which known word a cell is: the same number for the same words of a column within this piece.
    pub(crate) fn known_word(&self, row: &PieceRow, place: usize) -> Option<usize> {
        let cell = usize::try_from(row.at).ok().and_then(|at| self.cells.get(at + place))?;
        (row.is_known && cell.0 == WORD).then_some(cell.1 as usize)
    }

    /// Whether a row is the same as one of another piece, to the letter.
    pub(crate) fn is_same(
        &self,
        row: &PieceRow,
        of: &Self,
        other: &PieceRow,
        width: usize,
    ) -> bool {
        let same = |place| self.cell(row, place) == of.cell(other, place);
        !row.is_bad && !other.is_bad && row.print == other.print && (0..width).all(same)
    }

    /// Cuts the block into rows. `last`: no block follows.
    pub(crate) fn cut(&mut self, plain: &Plain, guide: &Guide<'_>, last: bool) {
        self.cells.clear();
        self.rows.clear();
        self.bad.clear();
        self.left = false;
        if self.has_known(plain) {
            return self.cut_known(plain, guide);
        }
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        decode(&self.bytes, plain.charset, &mut text);
        let bytes = text.as_bytes();
        let found = |mark: &str| memmem::find(bytes, mark.as_bytes()).is_some();
        let mut place = Place {
            text: &text,
            at: 0,
            line: 0,
            odd: memchr(0, bytes).is_some() || found("\u{fffd}") || found("\u{feff}"),
            mixed: plain.charset == Charset::Gb18030,
            quoted: memchr(b'"', bytes).is_some(),
            last,
        };
        let mut made = Made { base: text.len(), text: String::new() };
        while let Some((line, next)) = line_at(place.text, place.at) {
            place.line += 1;
            let quoted = place.quoted && line.len() <= LONGEST;
            if quoted && memchr(b'"', line.as_bytes()).is_some() {
                if !self.quoted(plain, &mut place, line, next, &mut made) {
                    place.line -= 1;
                    self.left = true;
                    break;
                }
            } else {
                place.at = next;
                self.line(plain, &place, line);
            }
        }
        self.lines = u64::from(place.line);
        text.push_str(&made.text);
        self.text = text;
    }

    /// A line without quotes.
    pub(super) fn line(&mut self, plain: &Plain, place: &Place<'_>, line: &str) {
        if line.len() > LONGEST {
            self.reject(place.line, "", line, "shorter-line");
        } else if !is_blank(line, plain.delimiter) {
            self.simple(plain, place, line);
        }
    }

    /// Where in the block the lines begin that were left.
    pub(crate) fn left_at(&self) -> usize {
        if !self.left {
            return self.bytes.len();
        }
        let before = usize::try_from(self.lines).ok().and_then(|lines| lines.checked_sub(1));
        let end = before.and_then(|before| memchr_iter(b'\n', &self.bytes).nth(before));
        end.map_or(0, |end| end + 1)
    }

    /// A line without quotes that is not blank.
    fn simple(&mut self, plain: &Plain, place: &Place<'_>, line: &str) {
        let start = line.as_ptr() as usize - place.text.as_ptr() as usize;
        let first = self.cells.len();
        let mut from = start;
        for at in memchr_iter(plain.delimiter, line.as_bytes()) {
            self.cells.push((short(from), short(start + at)));
            from = start + at + 1;
        }
        self.cells.push((short(from), short(start + line.len())));
        if self.is_suspect(place, line, first) {
            let texts: Vec<&str> = line.split(char::from(plain.delimiter)).collect();
            if self.odd(plain, place.line, &texts) {
                self.cells.truncate(first);
                return;
            }
        }
        let width = plain.header.len();
        while self.cells.len() - first > width && self.cells.last().is_some_and(|c| c.0 == c.1) {
            self.cells.pop();
        }
        if self.cells.len() - first != width {
            self.cells.truncate(first);
            let expected = format!("columns={width}");
            return self.reject(place.line, "", line, &expected);
        }
        let text = |(from, to): &(u32, u32)| place.text.get(*from as usize..*to as usize);
        let cells = self.cells.get(first..).unwrap_or_default();
        let print = super::print::of_cells(cells.iter().filter_map(text));
        self.row(place.line, first, print);
    }

    fn row(&mut self, line: u32, first: usize, print: u64) {
        let at = short(first);
        self.rows.push(PieceRow { line, at, is_bad: false, is_known: false, fits: 0, print });
    }

    /// The row that begins at a line with quotes, with the lines a quoted cell runs over. `false`:
    /// the cell may go on behind this block.
    fn quoted(
        &mut self,
        plain: &Plain,
        place: &mut Place<'_>,
        line: &str,
        after: usize,
        made: &mut Made,
    ) -> bool {
        let (delimiter, width) = (char::from(plain.delimiter), plain.header.len());
        let (mut joined, mut more, mut next) = (line.to_owned(), 0_u32, after);
        let mut cells = Vec::new();
        let mut state = split(&joined, delimiter, &mut cells);
        loop {
            match state {
                Split::Open => {}
                Split::Torn if more > 0 => break,
                Split::Whole if more > 0 && cells.len() != width => break,
                Split::Torn | Split::Whole => {
                    self.checked(plain, place, line, cells, made);
                    (place.at, place.line) = (next, place.line + more);
                    return true;
                }
            }
            if more as usize >= MOST_LINES || joined.len() > LONGEST {
                break;
            }
            match line_at(place.text, next) {
                Some((line, _)) if line.len() > LONGEST => break,
                Some((line, end)) => {
                    joined.push('\n');
                    joined.push_str(line);
                    (more, next) = (more + 1, end);
                    // A line without a quote closes none.
                    if memchr(b'"', line.as_bytes()).is_some() {
                        state = split(&joined, delimiter, &mut cells);
                    }
                }
                None if place.last => break,
                None => return false,
            }
        }
        // Only the line of the stray quote is lost; the others are rows.
        place.at = after;
        self.reject(place.line, "", line, "closing-quote");
        true
    }

    /// A row whose cells had to be put together.
    fn checked(
        &mut self,
        plain: &Plain,
        place: &Place<'_>,
        line: &str,
        mut cells: Vec<String>,
        made: &mut Made,
    ) {
        let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
        if (place.odd || place.mixed) && self.odd(plain, place.line, &texts) {
            return;
        }
        let width = plain.header.len();
        while cells.len() > width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() != width {
            return self.reject(place.line, "", line, &format!("columns={width}"));
        }
        let first = self.cells.len();
        for cell in &cells {
            let from = made.base + made.text.len();
            made.text.push_str(cell);
            self.cells.push((short(from), short(from + cell.len())));
        }
        let print = super::print::of_cells(cells.iter().map(String::as_str));
        self.row(place.line, first, print);
    }

    /// Whether a line may hold what [`Self::odd`] finds; told without looking at every character.
    fn is_suspect(&self, place: &Place<'_>, line: &str, first: usize) -> bool {
        // Whatever is no character holds one of these bytes.
        if place.odd && memchr2(0, 0xef, line.as_bytes()).is_some() {
            return true;
        }
        let text = |(from, to): &(u32, u32)| place.text.get(*from as usize..*to as usize);
        let cells = self.cells.get(first..).unwrap_or_default();
        place.mixed && cells.iter().filter_map(text).any(mixed::is_suspect)
    }

    /// Whether a cell holds what is no character, or words of another encoding; its row is then rejected.
    fn odd(&mut self, plain: &Plain, line: u32, cells: &[&str]) -> bool {
        let fault = |cell: &&str| super::fault(cell, plain.charset);
        let Some((at, cell)) = cells.iter().enumerate().find(|(_, cell)| fault(cell).is_some())
        else {
            return false;
        };
        let name = plain.header.get(at).map(String::as_str).unwrap_or_default();
        self.reject(line, name, cell, fault(cell).unwrap_or_default());
        true
    }

    fn reject(&mut self, line: u32, column: &str, text: &str, expected: &str) {
        let at = short(self.bad.len());
        let (column, expected) = (column.to_owned(), expected.to_owned());
        self.bad.push(BadRow { column, text: cut(text), expected });
        let row = PieceRow { line, at, is_bad: true, is_known: false, fits: 0, print: 0 };
        self.rows.push(row);
    }
}

/// Cells that had to be put together.
struct Made {
    /// Where they will stand in the text.
    base: usize,
    text: String,
}

/// Places within a block; none is longer than a few lines of the longest kind.
pub(super) fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The line at a place, without what ends it, and where the next one begins.
pub(super) fn line_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let (line, used) = match memchr(b'\n', rest.as_bytes()) {
        Some(end) => (rest.get(..end)?, end + 1),
        None => (rest, rest.len()),
    };
    Some((line.strip_suffix('\r').unwrap_or(line), at + used))
}

fn is_blank(line: &str, delimiter: u8) -> bool {
    match line.as_bytes() {
        bytes @ [first, ..] if *first != delimiter && begins_solid(bytes) => false,
        _ => line.chars().all(|c| c == char::from(delimiter) || c.is_whitespace()),
    }
}

/// Whether a text begins with a character that is no white space, told by its first byte: a plain
/// letter or mark, or any character from U+4000 on. `false`: it cannot be told so quickly.
pub(crate) fn begins_solid(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || *byte >= 0xe4)
}

/// A text without white space at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let plain_end = bytes.last().is_some_and(u8::is_ascii_graphic);
    let wide_end = || matches!(bytes, [.., 0xe4..=0xef, 0x80..=0xbf, 0x80..=0xbf]);
    if begins_solid(bytes) && (plain_end || wide_end()) { text } else { text.trim() }
}

/// Adds the text of bytes. Broken bytes become U+FFFD.
pub(super) fn decode(bytes: &[u8], charset: Charset, text: &mut String) {
    if charset == Charset::Utf8
        && let Ok(whole) = std::str::from_utf8(bytes)
    {
        return text.push_str(whole);
    }
    let mut decoder = charset.encoding().new_decoder_without_bom_handling();
    let mut rest = bytes;
    loop {
        text.reserve(decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len()));
        let (result, read, _) = decoder.decode_to_string(rest, text, true);
        rest = rest.get(read..).unwrap_or_default();
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_is_that_of_all_texts() {
        let ends =
            ["", " ", "\u{3000}", "\u{a0}", "\u{2003}", "\t", "\u{feff}", "\u{85}", "\u{fffd}"];
        for middle in ["", "a", "\u{53ef}", "\u{1f600}", "\u{3001}x\u{e9}", "\u{4e00}"] {
            for before in ends {
                for after in ends {
                    let text = format!("{before}{middle}{after}");
                    assert_eq!(trimmed(&text), text.trim(), "{text:?}");
                    assert!(!begins_solid(text.as_bytes()) || !text.trim().is_empty());
                }
            }
        }
    }
}
