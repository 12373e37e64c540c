//! Elements of an emergency plan, rules of filing and drills, links to ISO 45001.

use crate::body::{Body, Links};
use crate::fields::Fields;
use crate::{Mark, Words};

/// Element of a plan (预案要素).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanElement {
    /// Which sort of plan it belongs to.
    pub plan: PlanSort,
    /// Place in the list.
    pub order: u32,
    /// Number in the plan standard.
    pub number: String,
}

/// Sort of plan (预案类别).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanSort {
    /// 综合预案.
    #[default]
    Comprehensive,
    /// 专项预案.
    Special,
    /// 现场处置方案.
    OnSite,
    /// 附件.
    Annex,
}

const PLANS: [(&str, PlanSort); 4] = [
    ("comprehensive", PlanSort::Comprehensive),
    ("special", PlanSort::Special),
    ("on-site", PlanSort::OnSite),
    ("annex", PlanSort::Annex),
];

impl Body for PlanElement {
    const TABLE: &'static str = "plan-element";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            plan: fields.word("plan", &PLANS),
            order: fields.count("order"),
            number: fields.text("number"),
        }
    }
}

/// Rule of filing and drills (备案演练规则).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilingRule {
    /// Whom it binds, as a word.
    pub who: String,
    /// Number and unit (`working-day`, `year`, `month`) of its time limit.
    pub limit: Option<(u32, String)>,
    /// How often something must happen.
    pub frequency: Vec<Frequency>,
    /// Papers to hand in.
    pub papers: Vec<Words>,
}

/// Frequency (频次).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// How many times at least.
    pub count: u32,
    /// In which period, in months.
    pub months: u32,
    /// Of what.
    pub title: Words,
}

const PERIODS: [(&str, u32); 4] =
    [("half-year", 6), ("year", 12), ("2-years", 24), ("3-years", 36)];

impl Body for FilingRule {
    const TABLE: &'static str = "filing-rule";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            who: fields.text("who"),
            limit: if fields.has("limit") { fields.table("limit", limit) } else { None },
            frequency: fields.tables("frequency", |inner| Frequency {
                count: inner.count("count"),
                months: inner.word("per", &PERIODS),
                title: inner.own_words(),
            }),
            papers: fields.pairs("papers"),
        }
    }
}

fn limit(fields: &mut Fields<'_>) -> (u32, String) {
    let words =
        [("working-day", "working-day"), ("year", "year"), ("month", "month"), ("day", "day")];
    (fields.count("value"), fields.word::<&str>("unit", &words).to_owned())
}

/// Clause of ISO 45001 (职业健康安全管理体系条款) and the contents it is linked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IsoClause {
    /// Number of the clause.
    pub number: String,
    /// Contents of assessment.
    pub contents: Vec<String>,
    /// Mark of the link, which is not the mark of the clause.
    pub mapping_mark: Mark,
}

impl Body for IsoClause {
    const TABLE: &'static str = "iso-clause";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            number: fields.text("number"),
            contents: fields.texts_needed("contents"),
            mapping_mark: fields.word("mapping-mark", &Mark::LETTERS),
        }
    }
    fn links(&self, links: &mut Links) {
        links.all("contents", &self.contents, &["content"]);
    }
}
