//! Check points: where the records of two parties are held against each other.

use crate::body::{Body, Links};
use crate::fields::Fields;
use crate::{Fault, Part, Words};

/// Check point (交叉验证点).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrossCheck {
    /// Content of assessment it belongs to.
    pub content: String,
    /// Phases of the accident it belongs to, at least one.
    pub phases: Vec<String>,
    /// What the enterprise side's record is.
    pub left: Words,
    /// What the government side's record is.
    pub right: Words,
    /// What a discrepancy means.
    pub means: Words,
    /// Duties, limits and filing rules it bears on.
    pub duties: Vec<String>,
    /// Accountability rows an assessor may look at when it is discrepant.
    pub laws: Vec<String>,
    /// Which level of the left agrees with which levels of the right.
    pub levels: Vec<LevelPair>,
    /// The comparisons; all must hold.
    pub parts: Vec<Part>,
}

/// Level pair (级别对应): a level word of the left and the words of the right that agree with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelPair {
    /// Level on the left.
    pub left: String,
    /// Levels on the right.
    pub right: Vec<String>,
}

/// Tables in which a duty may stand.
pub(crate) const DUTY_TABLES: &[&str] = &["duty", "limit", "filing-rule"];

impl Body for CrossCheck {
    const TABLE: &'static str = "crosscheck";

    fn read(fields: &mut Fields<'_>) -> Self {
        let check = Self {
            content: fields.text("content"),
            phases: fields.texts_needed("phases"),
            left: fields.words("left"),
            right: fields.words("right"),
            means: fields.words("means"),
            duties: fields.texts("duties"),
            laws: fields.texts("laws"),
            levels: fields.tables("levels", LevelPair::read),
            parts: fields.tables("part", Part::read),
        };
        if check.parts.is_empty() {
            let expected = "at least one [[crosscheck.part]]".to_owned();
            fields.fault("part", Fault::Missing { expected });
        }
        check
    }

    fn links(&self, links: &mut Links) {
        links.one("content", &self.content, &["content"]);
        links.all("phases", &self.phases, &["phase"]);
        links.all("duties", &self.duties, DUTY_TABLES);
        links.all("laws", &self.laws, &["law"]);
        for part in &self.parts {
            links.all("part.by", &part.by, DUTY_TABLES);
            links.all("part.within", &part.within, &["limit"]);
            if let crate::Compare::TimeDiff { limit, .. } = &part.compare {
                links.all("part.limit", limit, &["limit"]);
            }
            part.left.links("part.left", links);
            if let Some(right) = &part.right {
                right.links("part.right", links);
            }
        }
    }
}

impl LevelPair {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { left: fields.text("left"), right: fields.texts_needed("right") }
    }
}
