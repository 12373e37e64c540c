//! The report as one page of HTML that needs nothing else: no script, no network, no font file.

mod body;
mod table;

pub(super) use table::key;

use super::cites::Marks;
use super::escape::escape;
use super::words::Words;
use body::Writer;
use fupan_model::Document;

/// Look of the page, on a screen and on paper.
const STYLE: &str = include_str!("html/style.css");

/// The report as a self-contained HTML page (网页报告). Every cite is a link to the row of a
/// register whose anchor names its place or its evidence, see [`super::place`].
pub fn html(document: &Document) -> String {
    let words = Words::of(&document.lang);
    let marks = Marks::new(document, &words);
    let mut writer = Writer::new(document, &words, &marks);
    let chapters = writer.chapters();
    let lang = if document.lang == "zh" { "zh-CN" } else { &document.lang };
    let (lang, title) = (escape(lang), escape(document.title.text()));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{lang}\">\n\
         <a class=\"skip\" href=\"#text\">{skip}</a>\n",
        skip = escape(&words.page.skip)
    );
    out.push_str(&format!("<header class=\"cover\">\n<h1>{title}</h1>\n"));
    for line in &document.cover {
        out.push_str(&format!("<p>{}</p>\n", writer.inlines(line, false)));
    }
    out.push_str("</header>\n");
    if let Some(contents) = &document.contents_title {
        let contents = escape(contents.text());
        out.push_str(&format!(
            "<nav class=\"contents\" aria-label=\"{contents}\">\n<h2>{contents}</h2>\n"
        ));
        out.push_str(&writer.contents());
        out.push_str("</nav>\n");
    }
    out.push_str("<main id=\"text\" tabindex=\"-1\">\n");
    out.push_str(&chapters);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests;
