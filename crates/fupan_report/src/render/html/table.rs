//! Tables of the page.

use super::body::Writer;
use crate::render::escape::{anchor, escape};
use crate::render::words::{Words, tone_name};
use fupan_model::{Cell, Table, Tone};

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
            match &row.anchor {
                Some(place) => out.push_str(&format!("<tr id=\"{}\">", anchor(place))),
                None => out.push_str("<tr>"),
            }
            out.extend(row.cells.iter().map(|cell| self.cell(cell)));
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
        if let Some(key) = key(table, self.words) {
            out.push_str(&format!("<p class=\"key\">{}</p>\n", escape(&key)));
        }
        out
    }

    fn cell(&self, cell: &Cell) -> String {
        let class = match cell.tone {
            Tone::Plain => String::new(),
            tone => format!(" class=\"{}\"", tone_name(tone)),
        };
        let mut sign = self.words.sign(cell.tone).map(|sign| {
            let (sign, word) = (escape(&sign.sign), escape(&sign.word));
            format!("<span class=\"sign\" role=\"img\" aria-label=\"{word}\" title=\"{word}\">{sign}</span> ")
        });
        let mut out = format!("<td{class}>");
        if cell.paragraphs.is_empty() {
            out.push_str(&sign.take().unwrap_or_default());
        }
        for paragraph in &cell.paragraphs {
            let sign = sign.take().unwrap_or_default();
            out.push_str(&format!("<p>{sign}{}</p>", self.inlines(paragraph, false)));
        }
        out.push_str("</td>");
        out
    }
}
