//! How statutes and their articles are named: the book's short form in English, the way Chinese
//! papers cite in Chinese.

use crate::pen::{Pen, Written};
use crate::wording::Lang;

/// Between the name of an act and its articles in a source of the book.
const ARTICLE: &str = " art ";
/// Between the acts of a source.
const ACTS: &str = "; ";
/// Between the articles of an act.
const ARTICLES: &str = ", ";

impl Pen<'_> {
    /// A source of the book, e.g. `Act (CODE, 2019-04-01) art 8(2)`, in the language of the report.
    /// What is not written that way prints as it is.
    pub(crate) fn source(&self, source: &str) -> Written<String> {
        if self.wording.lang() == Lang::En {
            return Ok(source.to_owned());
        }
        let acts: Written<Vec<String>> = source.split(ACTS).map(|act| self.act(act)).collect();
        self.wording.list(&acts?)
    }

    fn act(&self, act: &str) -> Written<String> {
        let Some((name, articles)) = act.rsplit_once(ARTICLE) else { return Ok(act.to_owned()) };
        let named = name.trim_end().strip_suffix(')').and_then(|name| name.rsplit_once('('));
        let Some((title, inside)) = named else { return Ok(act.to_owned()) };
        let day = inside.rsplit_once(ARTICLES).map_or(inside, |(_, day)| day);
        let numbers: Vec<String> = articles.split(ARTICLES).map(str::to_owned).collect();
        let values = [
            ("act", title.trim_end().to_owned()),
            ("day", day.to_owned()),
            ("number", self.article_numbers(&numbers)?),
        ];
        self.wording.fill("article-dated", &values)
    }

    /// Articles of one act: `8(2)` is article 8, item 2; `134-1` the article added after 134.
    pub(crate) fn article_numbers(&self, numbers: &[String]) -> Written<String> {
        let numbers: Written<Vec<String>> = numbers.iter().map(|one| self.article(one)).collect();
        self.wording.list(&numbers?)
    }

    fn article(&self, number: &str) -> Written<String> {
        let end = number.find('(').unwrap_or(number.len());
        let (article, tail) = number.split_at(end);
        let mut values = Vec::new();
        match article.split_once('-') {
            Some((article, more)) => {
                values.extend([("article", article.to_owned()), ("more", more.to_owned())]);
            }
            None => values.push(("article", article.to_owned())),
        }
        let mut items = String::new();
        for piece in tail.split('(').skip(1) {
            let (item, rest) = piece.split_once(')').unwrap_or((piece, ""));
            items.push_str(&self.wording.fill("article-item", &[("n", item.to_owned())])?);
            items.push_str(rest);
        }
        if !items.is_empty() {
            values.push(("items", items));
        }
        self.wording.fill("article-number", &values)
    }
}
