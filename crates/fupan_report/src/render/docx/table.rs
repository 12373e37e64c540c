//! Tables on paper: fixed widths, a head that repeats, rows that stay whole.

use super::body::Body;
use super::node::{Grid, GridCell, GridRow, Look, Node, Para, Run, Style};
use super::pages::row_height;
use crate::render::html::key;
use fupan_model::{Cell, Table, Tone};

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

    fn grid(&self, table: &Table) -> Grid {
        let head = table.columns.iter().map(|column| {
            let mut para = Para::words(Style::Head, column.title.text());
            para.keep_next = true;
            GridCell { paras: vec![para], tone: Tone::Plain }
        });
        let mut rows = vec![GridRow { cells: head.collect(), head: true, splits: false }];
        for row in &table.rows {
            let mut bookmark = row.anchor.as_deref().and_then(|anchor| self.bookmark(anchor));
            let mut cells: Vec<GridCell> = row.cells.iter().map(|cell| self.cell(cell)).collect();
            cells.truncate(table.columns.len());
            while cells.len() < table.columns.len() {
                let paras = vec![Para::new(Style::Cell, Vec::new())];
                cells.push(GridCell { paras, tone: Tone::Plain });
            }
            if let Some(first) = cells.first_mut().and_then(|cell| cell.paras.first_mut()) {
                first.bookmark = bookmark.take();
            }
            rows.push(GridRow { cells, head: false, splits: false });
        }
        let mut grid =
            Grid { widths: self.widths(table), rows, title: table.caption.text().to_owned() };
        let tall = self.face.text_height(false) / 3;
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
        let full = self.face.text_width(false);
        let mut widths: Vec<i64> =
            table.columns.iter().map(|c| full * i64::from(c.share) / total).collect();
        let rest = full - widths.iter().sum::<i64>();
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }

    fn cell(&self, cell: &Cell) -> GridCell {
        let sign = self
            .words
            .sign(cell.tone)
            .map(|sign| Run::Text(format!("{} ", sign.sign), Look::Toned(cell.tone)));
        let paras = cell.paragraphs.iter().map(|inlines| {
            let runs = self.inlines(inlines, false).into_iter().map(|run| match run {
                Run::Text(text, Look::Plain) => Run::Text(text, Look::Toned(cell.tone)),
                other => other,
            });
            Para::new(Style::Cell, runs.collect())
        });
        let mut paras: Vec<Para> = paras.collect();
        if paras.is_empty() {
            paras.push(Para::new(Style::Cell, Vec::new()));
        }
        if let (Some(sign), Some(first)) = (sign, paras.first_mut()) {
            first.runs.insert(0, sign);
        }
        GridCell { paras, tone: cell.tone }
    }
}
