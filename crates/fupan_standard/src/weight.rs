//! Weights of kinds of source: how much it costs to set a fact aside.

use crate::body::Body;
use crate::fields::Fields;
use crate::{Fault, Words};
use fupan_model::Decimal;

/// Weight (来源权重): an assessor's setting, never the standard's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The word by which sources name their kind.
    pub code: String,
    /// Reliability r, between 0.5 and 1.
    pub reliability: Decimal,
    /// round(1000 × ln(r ÷ (1 − r))).
    pub weight: i64,
    /// How it is to be shown.
    pub standing: Words,
}

impl Body for Weight {
    const TABLE: &'static str = "weight";

    fn read(fields: &mut Fields<'_>) -> Self {
        let reliability = fields.decimal_needed("reliability");
        let likely = |r: Decimal| {
            let (n, d) = r.ratio();
            n * 2 > d && n < d
        };
        if let Some(found) = reliability.filter(|r| !likely(*r)) {
            let expected = "more than 0.5 and less than 1".to_owned();
            fields.fault("reliability", Fault::Disorder { found: found.to_string(), expected });
        }
        let weight = fields.whole_needed("weight");
        if let Some(found) = weight.filter(|weight| *weight <= 0) {
            let expected = "more than 0".to_owned();
            fields.fault("weight", Fault::Disorder { found: found.to_string(), expected });
        }
        Self {
            code: fields.text("code"),
            reliability: reliability.unwrap_or_else(|| Decimal::whole(0)),
            weight: weight.unwrap_or_default(),
            standing: fields.words("standing"),
        }
    }

    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}
