//! Cells by row and column → a table: areas, tables among others in one sheet, heads of several
//! rows, merged cells. Workbooks and documents share it.

use super::{Cell, Row, RowItem};
use crate::error::{Problem, cut};
use crate::mapping::{Area, Mapping};
use std::collections::{BTreeMap, BTreeSet};

/// Cells of one row, by column from 0.
pub(super) type Cells = BTreeMap<u32, Cell>;
/// Merged cells fill no more than this.
const MOST_FILLED: usize = 1_000_000;

/// Grid (网格): the cells of a sheet that hold something.
#[derive(Default)]
pub(super) struct Grid {
    /// By row from 1.
    pub(super) rows: BTreeMap<u64, Cells>,
    /// Merged areas: the first cell speaks for all.
    pub(super) merged: Vec<Area>,
    /// Cells whose formula was saved without its value.
    pub(super) unsaved: BTreeSet<(u64, u32)>,
    /// Cells whose formula was saved with it.
    pub(super) computed: BTreeSet<(u64, u32)>,
}

/// Heads, the rows after them, and how many of their cells a formula computed.
pub(super) struct Tabled {
    pub(super) header: Vec<String>,
    /// Made one by one: a head far to the right makes every row wide.
    pub(super) rows: Box<dyn Iterator<Item = RowItem>>,
    pub(super) formulas: u64,
}

impl Grid {
    /// The table a mapping speaks of.
    pub(super) fn table(mut self, mapping: &Mapping) -> Result<Tabled, Problem> {
        let layout = &mapping.layout;
        self.fill()?;
        if let Some(area) = layout.area {
            self.keep(&area);
        }
        let head = match &layout.begins {
            Some(text) => Some(self.begin_at(text)?),
            None => None,
        };
        if layout.begins.is_none() {
            let blank = |cells: &Cells| cells.values().all(|cell| cell.text.trim().is_empty());
            let unsaved = &self.unsaved;
            let lacks = |row: u64| unsaved.range((row, 0)..(row + 1, 0)).next().is_some();
            self.rows.retain(|row, cells| !blank(cells) || lacks(*row));
        }
        let heads = match (head, layout.header_rows.as_slice(), mapping.header_row) {
            (Some(row), ..) => vec![row],
            (None, [], 0) => Vec::new(),
            (None, [], least) => {
                self.rows.keys().copied().find(|row| *row >= least).into_iter().collect()
            }
            (None, rows, _) => rows.to_vec(),
        };
        let Some(last) = heads.last().copied() else { return self.headless(mapping.header_row) };
        let left = self.left(layout.area);
        let header = self.heads(&heads, left);
        if header.iter().all(String::is_empty) {
            return Err(Problem::EmptyFile);
        }
        Ok(self.body(header, left, last))
    }

    /// The first column of the table: that of the area, or of the sheet.
    fn left(&self, area: Option<Area>) -> u32 {
        area.map_or(0, |area| area.columns.0)
    }

    fn headless(self, header_row: u64) -> Result<Tabled, Problem> {
        let width = self.rows.values().next().map_or(0, width_of);
        if header_row > 0 || width == 0 {
            return Err(Problem::EmptyFile);
        }
        let header = (1..=width).map(|number| number.to_string()).collect();
        Ok(self.body(header, 0, 0))
    }

    /// Copies what merged cells hold into all of them, as far as the sheet is used.
    fn fill(&mut self) -> Result<(), Problem> {
        let bottom = self.rows.keys().next_back().copied().unwrap_or(0);
        let right = self
            .rows
            .values()
            .filter_map(|cells| cells.keys().next_back())
            .max()
            .copied()
            .unwrap_or(0);
        let mut filled = 0;
        for area in std::mem::take(&mut self.merged) {
            let first = self.rows.get(&area.rows.0).and_then(|cells| cells.get(&area.columns.0));
            let Some(first) = first.cloned() else { continue };
            for row in area.rows.0..=area.rows.1.min(bottom) {
                for column in area.columns.0..=area.columns.1.min(right) {
                    filled += 1;
                    if filled > MOST_FILLED {
                        return Err(Problem::NotTable(format!("merged cells > {MOST_FILLED}")));
                    }
                    self.rows.entry(row).or_default().insert(column, first.clone());
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, area: &Area) {
        self.rows.retain(|row, cells| {
            cells.retain(|column, _| area.holds(*row, *column));
            !cells.is_empty()
        });
        self.unsaved.retain(|(row, column)| area.holds(*row, *column));
        self.computed.retain(|(row, column)| area.holds(*row, *column));
    }

    /// Keeps the table whose head begins with a cell that says `text`: to the right as far as heads
    /// stand, downwards as far as rows do. Gives the row of its head.
    fn begin_at(&mut self, text: &str) -> Result<u64, Problem> {
        let found = self.rows.iter().find_map(|(row, cells)| {
            let at = cells.iter().find(|(_, cell)| cell.text.trim() == text)?;
            Some((*row, *at.0))
        });
        let (top, left) = found.ok_or_else(|| Problem::NoBegin(text.to_owned()))?;
        let says = |row: u64, column: u32| {
            let cell = self.rows.get(&row).and_then(|cells| cells.get(&column));
            cell.is_some_and(|cell| !cell.text.trim().is_empty())
        };
        let right = (left..).take_while(|column| says(top, *column)).last().unwrap_or(left);
        let any = |row: u64| {
            (left..=right).any(|column| says(row, column) || self.unsaved.contains(&(row, column)))
        };
        let bottom = (top..).take_while(|row| any(*row)).last().unwrap_or(top);
        // The columns are counted from the table's own first.
        let area = Area { rows: (top, bottom), columns: (left, right) };
        self.keep(&area);
        self.shift(left);
        Ok(top)
    }

    fn shift(&mut self, left: u32) {
        for cells in self.rows.values_mut() {
            *cells =
                std::mem::take(cells).into_iter().map(|(at, cell)| (at - left, cell)).collect();
        }
        self.unsaved =
            self.unsaved.iter().map(|(row, at)| (*row, at.saturating_sub(left))).collect();
    }

    /// The heads: what stands one above the other, once each, joined by a stroke.
    fn heads(&self, rows: &[u64], left: u32) -> Vec<String> {
        let cells: Vec<&Cells> = rows.iter().filter_map(|row| self.rows.get(row)).collect();
        let right = cells.iter().filter_map(|cells| cells.keys().next_back()).max().copied();
        let Some(right) = right else { return Vec::new() };
        let head = |column: u32| {
            let mut parts: Vec<&str> = Vec::new();
            for cell in cells.iter().filter_map(|cells| cells.get(&column)) {
                let text = cell.text.trim();
                if !text.is_empty() && parts.last() != Some(&text) {
                    parts.push(text);
                }
            }
            parts.join("/")
        };
        (left..=right).map(head).collect()
    }

    fn body(mut self, header: Vec<String>, left: u32, after: u64) -> Tabled {
        let width = header.len();
        let rows = self.rows.split_off(&(after + 1));
        let unsaved = self.unsaved;
        let formulas = self.computed.range((after + 1, 0)..).count();
        let heads = header.clone();
        let name = move |column: u32| {
            let at = usize::try_from(column.saturating_sub(left)).unwrap_or(usize::MAX);
            heads.get(at).cloned().unwrap_or_default()
        };
        let rows = rows.into_iter().map(move |(number, cells)| {
            match unsaved.range((number, left)..(number + 1, 0)).next() {
                Some((_, column)) => bad(number, name(*column), "", "cached-value"),
                None => item(number, cells, left, width),
            }
        });
        let formulas = u64::try_from(formulas).unwrap_or(u64::MAX);
        Tabled { header, rows: Box::new(rows), formulas }
    }
}

/// Up to the last cell that holds something.
fn width_of(cells: &Cells) -> usize {
    cells.keys().next_back().map_or(0, |last| usize::try_from(*last).unwrap_or(0) + 1)
}

fn bad(number: u64, column: String, text: &str, expected: &str) -> RowItem {
    RowItem::Bad { number, column, text: cut(text), expected: expected.to_owned() }
}

/// Cells in order, empty ones filled in; a bad row where something stands beyond the heads.
fn item(number: u64, mut cells: Cells, left: u32, width: usize) -> RowItem {
    let columns = (left..).take(width);
    let own: Vec<Cell> = columns.map(|column| cells.remove(&column).unwrap_or_default()).collect();
    let beyond = cells.iter().find(|(at, cell)| **at >= left && !cell.text.trim().is_empty());
    match beyond {
        Some((_, cell)) => bad(number, String::new(), &cell.text, &format!("columns={width}")),
        None if own.iter().any(|cell| cell.text.contains('\0')) => {
            bad(number, String::new(), "", "no-nul")
        }
        None => RowItem::Good(Row { number, cells: own }),
    }
}
