//! A block cut before it is decoded: its lines are cut by their bytes, and only words that were not
//! there before are decoded. Any line that is not as plain as that is read as every other way does.

use super::lines::LONGEST;
use super::piece::{Piece, PieceRow, Place, Plain, decode, line_at, short};
use super::print;
use crate::mapping::Charset;
use memchr::{memchr, memchr2_iter};

/// Stands for the beginning of a cell that is a known word.
pub(super) const WORD: u32 = u32::MAX;
/// The highest delimiter that is no part of a character of several bytes in GB18030.
const LAST_PLAIN: u8 = b'/';
/// Longer lines are decoded.
const LONG: usize = LONGEST / 16;

/// Guide (取格须知): what a reader of cells must know of columns.
pub(crate) struct Guide<'a> {
    /// Of each column, whether its cells are read one by one: times and numbers.
    pub(crate) typed: &'a [bool],
    /// All rules, a bit each.
    pub(crate) rules: u64,
    /// Judges a word of any other column: the rules whose conditions on it hold; `None`: the word
    /// must be looked at in its row.
    pub(crate) judge: &'a dyn Fn(usize, &str) -> Option<u64>,
}

/// A row that is being cut.
struct Begun {
    first: usize,
    column: usize,
    print: u64,
    fits: u64,
    /// Whether all its cells are plain, and any is more than white space.
    plain: bool,
    solid: bool,
}

impl Begun {
    fn new(first: usize, guide: &Guide<'_>) -> Self {
        Self { first, column: 0, print: 0, fits: guide.rules, plain: true, solid: false }
    }
}

impl Piece {
    /// Whether the block can be cut before it is decoded.
    pub(super) fn has_known(&self, plain: &Plain) -> bool {
        let cuts = match plain.charset {
            Charset::Utf8 => true,
            Charset::Gb18030 => plain.delimiter <= LAST_PLAIN,
            Charset::Utf16Le | Charset::Utf16Be => false,
        };
        cuts && self.words.is_worth() && memchr(b'"', &self.bytes).is_none()
    }

    /// Cuts the block into rows.
    pub(super) fn cut_known(&mut self, plain: &Plain, guide: &Guide<'_>) {
        self.words.make_room();
        let bytes = std::mem::take(&mut self.bytes);
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let (mut from, mut start, mut line) = (0, 0, 0);
        let mut row = Begun::new(self.cells.len(), guide);
        for at in memchr2_iter(plain.delimiter, b'\n', &bytes) {
            let ends = bytes.get(at) == Some(&b'\n');
            let cell = bytes.get(from..at).unwrap_or_default();
            let cell = if ends { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
            if row.plain {
                row.plain = self.known_cell(&mut row, cell, from, plain, guide);
            }
            from = at + 1;
            if ends {
                line += 1;
                row.plain &= row.column == plain.header.len() && from - start < LONG;
                if row.plain && row.solid {
                    self.known_row(&row, line);
                } else {
                    self.cells.truncate(row.first);
                    self.other_line(bytes.get(start..from), line, plain, &mut text);
                }
                start = from;
                row = Begun::new(self.cells.len(), guide);
            }
        }
        if start < bytes.len() {
            line += 1;
            self.cells.truncate(row.first);
            self.other_line(bytes.get(start..), line, plain, &mut text);
        }
        self.lines = u64::from(line);
        (self.bytes, self.text) = (bytes, text);
    }

    /// Takes a cell; gives whether it is plain.
    fn known_cell(
        &mut self,
        row: &mut Begun,
        cell: &[u8],
        from: usize,
        plain: &Plain,
        guide: &Guide<'_>,
    ) -> bool {
        let column = row.column;
        row.column += 1;
        match guide.typed.get(column) {
            Some(true) if is_plain(cell) => {
                self.cells.push((short(from), short(from + cell.len())));
                row.print = print::join(row.print, print::of_text(cell));
                row.solid |= cell.iter().any(u8::is_ascii_graphic);
                true
            }
            Some(false) => {
                let judge = |text: &str| (guide.judge)(column, text);
                let Some((at, word)) = self.words.find(column, cell, plain.charset, judge) else {
                    return false;
                };
                self.cells.push((WORD, short(at)));
                row.print = print::join(row.print, word.print);
                row.fits &= word.fits;
                row.solid |= word.solid;
                true
            }
            _ => false,
        }
    }

    fn known_row(&mut self, row: &Begun, line: u32) {
        let (at, print, fits) = (short(row.first), row.print, row.fits);
        self.rows.push(PieceRow { line, at, is_bad: false, is_known: true, print, fits });
        self.words.saw(true);
    }

    /// Reads a line with what ends it.
    fn other_line(&mut self, bytes: Option<&[u8]>, line: u32, plain: &Plain, text: &mut String) {
        self.words.saw(false);
        let base = text.len();
        decode(bytes.unwrap_or_default(), plain.charset, text);
        let place = Place {
            text,
            at: base,
            line,
            odd: true,
            mixed: plain.charset == Charset::Gb18030,
            quoted: false,
            last: true,
        };
        if let Some((line, _)) = line_at(place.text, base) {
            self.line(plain, &place, line);
        }
    }
}

/// Whether a cell is printable ASCII and nothing else.
fn is_plain(cell: &[u8]) -> bool {
    cell.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}
