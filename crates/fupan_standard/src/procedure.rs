//! Rules of the investigation, of which an assessment is a part.

use crate::body::{Body, Links};
use crate::fields::Fields;
use crate::{Article, LimitCase, Span};

/// Procedure rule (调查程序规则).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcedureRule {
    /// Articles it rests on.
    pub articles: Vec<Article>,
    /// Its time limit.
    pub span: Option<Span>,
    /// How much longer it may take with leave.
    pub extension: Option<Span>,
    /// Spans that hold in place of `span` for some accidents.
    pub cases: Vec<LimitCase>,
}

impl Body for ProcedureRule {
    const TABLE: &'static str = "procedure-rule";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            articles: fields.tables("articles", Article::read),
            span: Span::read_or_none(fields, "span"),
            extension: Span::read_or_none(fields, "extension"),
            cases: fields.tables("cases", LimitCase::read),
        }
    }

    fn links(&self, links: &mut Links) {
        links.all("articles.act", self.articles.iter().map(|a| &a.act), &["statute"]);
        LimitCase::links(&self.cases, links);
    }
}
