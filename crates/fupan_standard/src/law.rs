//! Statutes, duties and the accountability index.

use crate::Words;
use crate::body::{Body, Links};
use crate::fields::Fields;

/// Statute (法规): a norm that other rows cite by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statute {
    /// Number of the act, where known.
    pub number: Option<Words>,
}

impl Body for Statute {
    const TABLE: &'static str = "statute";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self { number: fields.words_or_none("number") }
    }
}

/// Article (条款): a statute and a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Article {
    /// Id of the statute.
    pub act: String,
    /// Article, paragraph and item as cited, e.g. `17(5)`.
    pub number: String,
}

impl Article {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Self {
        Self { act: fields.text("act"), number: fields.text("number") }
    }
}

/// Duty (法定职责): who must do what. `source` and `articles` say by which law.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// Who must do it.
    pub who: Words,
    /// Before or after the alarm.
    pub stage: DutyStage,
    /// Articles it rests on.
    pub articles: Vec<Article>,
}

/// Stage of a duty (职责阶段).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DutyStage {
    /// To be ready.
    Preparedness,
    /// To act after the alarm.
    #[default]
    Response,
    /// To look back.
    Aftermath,
}

const STAGES: [(&str, DutyStage); 3] = [
    ("preparedness", DutyStage::Preparedness),
    ("response", DutyStage::Response),
    ("aftermath", DutyStage::Aftermath),
];

impl Body for Duty {
    const TABLE: &'static str = "duty";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            who: fields.words("who"),
            stage: fields.word("stage", &STAGES),
            articles: fields.tables("articles", Article::read),
        }
    }

    fn links(&self, links: &mut Links) {
        links.all("articles.act", self.articles.iter().map(|a| &a.act), &["statute"]);
    }
}

/// Accountability row (问责条款): breach, duty, liability, who can be liable. A reference for
/// the assessor, never a finding of guilt. The row's title is the breach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Law {
    /// Articles of the duty that is breached; empty where the breach is an offence by itself.
    pub duty_articles: Vec<Article>,
    /// What follows, in words.
    pub liability: Words,
    /// Articles of the liability.
    pub liability_articles: Vec<Article>,
    /// Who can be liable: ids of kinds of liable persons.
    pub liable: Vec<String>,
    /// Indicators and check points that can lead here.
    pub links: Vec<String>,
}

impl Body for Law {
    const TABLE: &'static str = "law";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            duty_articles: fields.tables("duty-articles", Article::read),
            liability: fields.words("liability"),
            liability_articles: fields.tables("liability-articles", Article::read),
            liable: fields.texts_needed("liable"),
            links: fields.texts("links"),
        }
    }

    fn links(&self, links: &mut Links) {
        let acts =
            |articles: &[Article]| articles.iter().map(|a| a.act.clone()).collect::<Vec<_>>();
        links.all("duty-articles.act", &acts(&self.duty_articles), &["statute"]);
        links.all("liability-articles.act", &acts(&self.liability_articles), &["statute"]);
        links.all("liable", &self.liable, &["liable-kind"]);
        links.all("links", &self.links, &["indicator", "crosscheck"]);
    }
}

/// Kind of liable person (责任人类别).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiableKind {
    /// Lane the person belongs to, where it is one of a lane.
    pub track: Option<String>,
}

impl Body for LiableKind {
    const TABLE: &'static str = "liable-kind";

    fn read(fields: &mut Fields<'_>) -> Self {
        Self { track: fields.text_or_none("track") }
    }

    fn links(&self, links: &mut Links) {
        links.all("track", &self.track, &["track"]);
    }
}
