//! Late, omitted, false, concealed: what a program may say of a report, and what people judge.

use crate::Words;
use crate::body::{Body, Links};
use crate::fields::Fields;

/// Lateness (迟报、漏报、谎报、瞒报): one way in which a report fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lateness {
    /// What the program can test.
    pub test: Words,
    /// The word the program may use; for all but arithmetic it says "suspected".
    pub says: Words,
    /// Whether the matter turns on intent, which people judge.
    pub needs_intent: bool,
    /// Limits it is measured by.
    pub limits: Vec<String>,
    /// Accountability rows an assessor may look at.
    pub laws: Vec<String>,
    /// Fact kinds whose facts give ground for the suspicion.
    pub hints: Vec<String>,
}

impl Body for Lateness {
    const TABLE: &'static str = "lateness";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            test: fields.words("test"),
            says: fields.words("says"),
            needs_intent: fields.flag_needed("needs-intent"),
            limits: fields.texts("limits"),
            laws: fields.texts("laws"),
            hints: fields.texts("hints"),
        }
    }

    fn links(&self, links: &mut Links) {
        links.all("limits", &self.limits, &["limit"]);
        links.all("hints", &self.hints, &["fact-kind"]);
        links.all("laws", &self.laws, &["law"]);
    }
}

/// Penalty band (罚款幅度): amounts a rule states; shown to assessors, never computed with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PenaltyBand {
    /// Whom it is for: ids of kinds of liable persons.
    pub liable: Vec<String>,
    /// Grade of accident; empty: any.
    pub grades: Vec<String>,
    /// The amount, in words.
    pub amount: Words,
    /// The amount in aggravated cases, in words.
    pub aggravated: Option<Words>,
}

impl Body for PenaltyBand {
    const TABLE: &'static str = "penalty-band";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            liable: fields.texts_needed("liable"),
            grades: fields.texts("grades"),
            amount: fields.words("amount"),
            aggravated: fields.words_or_none("aggravated"),
        }
    }

    fn links(&self, links: &mut Links) {
        links.all("liable", &self.liable, &["liable-kind"]);
        links.all("grades", &self.grades, &["grade"]);
    }
}
