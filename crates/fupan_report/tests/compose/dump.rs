//! A document as plain text that a person can read: one line for each paragraph, cites in marks.

use fupan_model::*;

/// The whole document.
pub fn text(document: &Document) -> String {
    let mut out = format!("# {} [{}]\n", document.title.text(), document.lang);
    for line in &document.cover {
        out.push_str(&format!("{}\n", inlines(line)));
    }
    for chapter in &document.chapters {
        out.push_str(&format!("\n## {} (#{})\n", chapter.title.text(), chapter.anchor));
        for block in &chapter.blocks {
            out.push_str(&one(block));
        }
    }
    out
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading(title) => format!("\n### {}\n", title.text()),
        Block::Paragraph(list) => format!("{}\n", inlines(list)),
        Block::List(points) => points.iter().map(|p| format!("- {}\n", inlines(p))).collect(),
        Block::Table(table) => {
            let heads: Vec<&str> = table.columns.iter().map(|c| c.title.text()).collect();
            let mut out = format!("[{}] {}\n", table.caption.text(), heads.join(" | "));
            for row in &table.rows {
                let cells: Vec<String> = row.cells.iter().map(cell).collect();
                let anchor = row.anchor.as_ref().map(|a| format!("#{a} ")).unwrap_or_default();
                let style = match row.style {
                    RowStyle::Plain => "",
                    RowStyle::Group => "== ",
                    RowStyle::Quiet => "-- ",
                };
                out.push_str(&format!("  {style}{anchor}{}\n", cells.join(" | ")));
            }
            out
        }
        Block::Figure(figure) => {
            let mut out = format!("<{}> {}\n", figure.caption.text(), inlines(&figure.alt));
            match &figure.picture {
                Picture::Timeline(timeline) => out.push_str(&lanes(timeline)),
                Picture::Curve(curve) => out.push_str(&readings(curve)),
            }
            out
        }
    }
}

fn lanes(timeline: &Timeline) -> String {
    let mut out = String::new();
    for lane in &timeline.lanes {
        out.push_str(&format!("  {} ({})\n", lane.title.text(), lane.track));
        for bar in &lane.bars {
            let (tone, label) = (sign(bar.tone), sentence(&bar.label));
            out.push_str(&format!("    {tone}{} {label}\n", bar.event));
        }
    }
    for bracket in &timeline.brackets {
        let label = sentence(&bracket.label);
        let (from, to) = (&bracket.from, &bracket.to);
        out.push_str(&format!("  {}{from} → {to}: {label}\n", sign(bracket.tone)));
    }
    out
}

fn readings(curve: &Curve) -> String {
    let mut out = format!("  {} ({} buckets)\n", sentence(&curve.label), curve.points.len());
    for (value, label) in &curve.thresholds {
        out.push_str(&format!("    {value}: {}\n", sentence(label)));
    }
    for (at, label) in &curve.crossings {
        out.push_str(&format!("    {at}: {}\n", sentence(label)));
    }
    out
}

fn cell(cell: &Cell) -> String {
    let paragraphs: Vec<String> = cell.paragraphs.iter().map(|p| inlines(p)).collect();
    let gauge = if cell.gauge.is_some() { " ▭" } else { "" };
    format!("{}{}{gauge}", sign(cell.tone), paragraphs.join(" / "))
}

fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Good => "√ ",
        Tone::Bad => "× ",
        Tone::Doubt => "? ",
        Tone::Faint => "– ",
    }
}

fn inlines(list: &[Inline]) -> String {
    list.iter().map(inline).collect::<Vec<String>>().join(" ")
}

fn inline(one: &Inline) -> String {
    match one {
        Inline::Sentence(said) => sentence(said),
        Inline::Book(book) => format!("{}〈{}〉", book.text, book.row),
        Inline::Link(link) => link.text().to_owned(),
    }
}

fn sentence(said: &Sentence) -> String {
    let cites: Vec<String> = said.cites().iter().map(fupan_report::render::place).collect();
    format!("{}〔{}〕", said.text(), cites.join(" "))
}
