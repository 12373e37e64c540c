//! Tables of the page.

use super::body::Writer;
use crate::render::cites::printed;
use crate::render::escape::{anchor, escape};
use crate::render::gauge;
use crate::render::words::{Words, tone_name};
use fupan_model::{Cell, Cites, Row, RowStyle, Table, Tone};

/// All tones that have a sign, in the order the key names them.
pub(in crate::render) const SIGNED: [Tone; 4] = [Tone::Good, Tone::Bad, Tone::Doubt, Tone::Faint];

/// The key of the signs a table uses; `None` when it uses none.
pub(in crate::render) fn key(table: &Table, words: &Words) -> Option<String> {
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let used: Vec<String> = SIGNED
        .into_iter()
        .filter(|tone| cells().any(|cell| cell.tone == *tone))
        .filter_map(|tone| words.sign(tone).map(|sign| format!("{} {}", sign.sign, sign.word)))
        .collect();
    (!used.is_empty()).then(|| format!("{}{}", words.tone.note, used.join(&words.tone.stop)))
}

impl Writer<'_> {
    /// A table with its caption, its repeating head and the key of its signs.
    pub(super) fn table(&mut self, table: &Table) -> String {
        let number = self.numbers.table();
        let caption = self.caption(&self.document.table_word, number, &table.caption);
        let total = table.columns.iter().map(|c| u64::from(c.share)).sum::<u64>().max(1);
        let mut out = format!(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n\
             <table>\n<caption>{caption}</caption>\n<colgroup>"
        );
        for column in &table.columns {
            let share = u64::from(column.share) * 10_000 / total;
            out.push_str(&format!("<col style=\"width:{}.{:02}%\">", share / 100, share % 100));
        }
        out.push_str("</colgroup>\n<thead><tr>");
        for column in &table.columns {
            out.push_str(&format!("<th scope=\"col\">{}</th>", escape(column.title.text())));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            out.push_str(&self.row(row, table.columns.len()));
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
        if let Some(key) = key(table, self.words) {
            out.push_str(&format!("<p class=\"key\">{}</p>\n", escape(&key)));
        }
        out
    }

    fn row(&self, row: &Row, columns: usize) -> String {
        let class = match row.style {
            RowStyle::Plain => "",
            RowStyle::Group => " class=\"group\"",
            RowStyle::Quiet => " class=\"quiet\"",
        };
        let mut out = match &row.anchor {
            Some(place) => format!("<tr id=\"{}\"{class}>", anchor(place)),
            None => format!("<tr{class}>"),
        };
        let across = match row.style {
            RowStyle::Plain => String::new(),
            RowStyle::Group | RowStyle::Quiet => format!(" colspan=\"{columns}\""),
        };
        let printed = printed(row);
        for (c, cell) in row.cells.iter().enumerate() {
            let shows = |p, i, cites: &Cites| printed.get(cites) == Some(&(c, p, i));
            out.push_str(&self.cell(cell, &across, shows));
        }
        out.push_str("</tr>\n");
        out
    }

    fn cell(
        &self,
        cell: &Cell,
        across: &str,
        shows: impl Fn(usize, usize, &Cites) -> bool,
    ) -> String {
        let class = match cell.tone {
            Tone::Plain => String::new(),
            tone => format!(" class=\"{}\"", tone_name(tone)),
        };
        let mut sign = self.words.sign(cell.tone).map(|sign| {
            let (sign, word) = (escape(&sign.sign), escape(&sign.word));
            format!("<span class=\"sign\" role=\"img\" aria-label=\"{word}\" title=\"{word}\">{sign}</span> ")
        });
        let mut out = format!("<td{class}{across}>");
        if cell.paragraphs.is_empty() {
            out.push_str(&sign.take().unwrap_or_default());
        }
        for (p, paragraph) in cell.paragraphs.iter().enumerate() {
            let sign = sign.take().unwrap_or_default();
            let text = self.marked(paragraph, false, |i, cites| shows(p, i, cites));
            out.push_str(&format!("<p>{sign}{text}</p>"));
        }
        if let Some(gauge) = &cell.gauge {
            out.push_str(&gauge::svg(gauge));
        }
        out.push_str("</td>");
        out
    }
}
