//! Tables on paper: fixed widths, a head that repeats, rows that stay whole.

use super::body::Body;
use super::node::{Grid, GridCell, GridRow, Look, Node, Para, Run, Style};
use super::pages::row_height;
use crate::render::cites::printed;
use crate::render::html::key;
use fupan_model::{Cell, Cites, Row, RowStyle, Table, Tone};

impl Body<'_> {
    /// A caption, the table, and the key of its signs or an empty line.
    pub(super) fn table(&mut self, table: &Table) {
        let number = self.numbers.table();
        let runs = self.caption("Table", &self.document.table_word, number, &table.caption);
        let mut caption = Para::new(Style::Caption, runs);
        caption.keep_next = true;
        self.nodes.push(Node::Para(caption));
        let grid = self.grid(table);
        self.nodes.push(Node::Grid(grid));
        let words = key(table, self.words).unwrap_or_default();
        self.nodes.push(Node::Para(Para::words(Style::Note, words)));
    }

    fn grid(&mut self, table: &Table) -> Grid {
        let head = table.columns.iter().map(|column| {
            let mut para = Para::words(Style::Head, column.title.text());
            para.keep_next = true;
            GridCell { paras: vec![para], tone: Tone::Plain }
        });
        let style = RowStyle::Plain;
        let mut rows = vec![GridRow { cells: head.collect(), style, head: true, splits: false }];
        for row in &table.rows {
            rows.push(self.row(row, table.columns.len()));
        }
        let mut grid =
            Grid { widths: self.widths(table), rows, title: table.caption.text().to_owned() };
        let tall = self.face.text_height(self.across) / 3;
        let splits: Vec<bool> =
            grid.rows.iter().map(|row| row_height(row, &grid, self.face) > tall).collect();
        for (row, splits) in grid.rows.iter_mut().zip(splits) {
            row.splits = splits && !row.head;
        }
        grid
    }

    /// Widths in twips that add up to the width of the text.
    fn widths(&self, table: &Table) -> Vec<i64> {
        let total: i64 = table.columns.iter().map(|c| i64::from(c.share)).sum::<i64>().max(1);
        let full = self.face.text_width(self.across);
        let mut widths: Vec<i64> =
            table.columns.iter().map(|c| full * i64::from(c.share) / total).collect();
        let rest = full - widths.iter().sum::<i64>();
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }

    /// A row with as many cells as the table has columns, or one across all of them.
    fn row(&mut self, row: &Row, columns: usize) -> GridRow {
        let printed = printed(row);
        let mut cells = Vec::new();
        for (c, cell) in row.cells.iter().enumerate() {
            let shows = |p, i, cites: &Cites| printed.get(cites) == Some(&(c, p, i));
            cells.push(self.cell(cell, row.style, shows));
        }
        let count = if row.style == RowStyle::Plain { columns } else { 1 };
        cells.truncate(count);
        while cells.len() < count {
            let paras = vec![Para::new(Style::Cell, Vec::new())];
            cells.push(GridCell { paras, tone: Tone::Plain });
        }
        if let Some(first) = cells.first_mut().and_then(|cell| cell.paras.first_mut()) {
            first.bookmark = row.anchor.as_deref().and_then(|anchor| self.bookmark(anchor));
        }
        // A head stays with the first of the rows below it.
        if row.style != RowStyle::Plain {
            for para in cells.iter_mut().flat_map(|cell| &mut cell.paras) {
                para.keep_next = true;
            }
        }
        GridRow { cells, style: row.style, head: false, splits: false }
    }

    fn cell(
        &mut self,
        cell: &Cell,
        style: RowStyle,
        shows: impl Fn(usize, usize, &Cites) -> bool,
    ) -> GridCell {
        let sign = self
            .words
            .sign(cell.tone)
            .map(|sign| Run::Text(format!("{} ", sign.sign), Look::Toned(cell.tone)));
        let style = match style {
            RowStyle::Plain | RowStyle::Group => Style::Cell,
            RowStyle::Quiet => Style::Quiet,
        };
        let paras = cell.paragraphs.iter().enumerate().map(|(p, inlines)| {
            let runs = self.marked(inlines, false, |i, cites| shows(p, i, cites));
            let runs = runs.into_iter().map(|run| match run {
                Run::Text(text, Look::Plain) => Run::Text(text, Look::Toned(cell.tone)),
                other => other,
            });
            Para::new(style, runs.collect())
        });
        let mut paras: Vec<Para> = paras.collect();
        if paras.is_empty() {
            paras.push(Para::new(style, Vec::new()));
        }
        if let (Some(sign), Some(first)) = (sign, paras.first_mut()) {
            first.runs.insert(0, sign);
        }
        if cell.gauge.is_some() {
            paras.extend(self.gauge());
        }
        GridCell { paras, tone: cell.tone }
    }
}
