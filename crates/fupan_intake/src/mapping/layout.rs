//! Where a table lies in its file: an area of a sheet, a table of a document, a list inside a JSON
//! document, members of an archive, lines of a pattern; and which words of it say nothing.

use super::Pattern;

/// Area of a sheet (区域), ends included: rows from 1, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// First and last row.
    pub rows: (u64, u64),
    /// First and last column.
    pub columns: (u32, u32),
}

impl Area {
    /// Reads `B3:H40`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.trim().split_once(':')?;
        let ((left, top), (right, bottom)) = (corner(from)?, corner(to)?);
        let rows = (top.min(bottom), top.max(bottom));
        Some(Self { rows, columns: (left.min(right), left.max(right)) })
    }

    /// Whether a cell lies in it.
    pub(crate) fn holds(&self, row: u64, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row)
            && (self.columns.0..=self.columns.1).contains(&column)
    }
}

/// Column and row of `B3`; sheets end at XFD1048576.
fn corner(text: &str) -> Option<(u32, u64)> {
    let text = text.trim().replace('$', "");
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at_checked(split)?;
    let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + value(letter));
    let row: u64 = digits.parse().ok()?;
    ((1..=1_048_576).contains(&row) && column <= 16_384).then(|| (column - 1, row))
}

/// Layout (版面): where in its file the table lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Rows of the heads, where there are several.
    pub header_rows: Vec<u64>,
    /// The area of the sheet.
    pub area: Option<Area>,
    /// What stands in the first cell of the head: the table begins at the row that holds it.
    pub begins: Option<String>,
    /// Which table of a document, from 1.
    pub table: Option<u64>,
    /// Keys that lead to the list of rows.
    pub path: Vec<String>,
    /// What lines look like; the first that fits.
    pub patterns: Vec<Pattern>,
    /// Whether a record begins at a line that begins with a time, and runs on until the next.
    pub by_time: bool,
    /// Members of an archive, in order; empty: all.
    pub files: Vec<String>,
    /// Words that stand for an empty cell.
    pub nothing: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas() {
        let area = Area::parse("B3:H40").expect("area");
        assert_eq!((area.rows, area.columns), ((3, 40), (1, 7)));
        assert!(area.holds(3, 1) && area.holds(40, 7) && !area.holds(41, 7) && !area.holds(3, 0));
        assert_eq!(Area::parse("$H$40:b3"), Some(area));
        assert_eq!(Area::parse("AA1:XFD1048576").map(|a| a.columns), Some((26, 16_383)));
        for text in ["", "B3", "B:H", "3:4", "B0:C1", "XFE1:A1", "ABCD1:A1", "B-3:C4"] {
            assert_eq!(Area::parse(text), None, "{text}");
        }
    }
}
