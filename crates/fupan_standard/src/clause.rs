//! Clauses, requirements, methods, stages, contents, phases and the report's outline.

use crate::Words;
use crate::body::Body;
use crate::fields::Fields;

/// Clause (条文事实): a fact about the standard or its predecessor; the paraphrase is the row's
/// text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// The document it stands in.
    pub document: String,
    /// Number of the clause, where it has one.
    pub number: Option<String>,
}

impl Body for Clause {
    const TABLE: &'static str = "clause";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { document: fields.text("document"), number: fields.text_or_none("number") }
    }
}

/// Basic requirement (基本要求).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// Clause of the standard, where known.
    pub clause: Option<String>,
}

impl Body for Requirement {
    const TABLE: &'static str = "requirement";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { clause: fields.text_or_none("clause") }
    }
}

/// Method of assessment (评估方法).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// Clause of the standard, where known.
    pub clause: Option<String>,
}

impl Body for Method {
    const TABLE: &'static str = "method";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { clause: fields.text_or_none("clause") }
    }
}

/// Stage of the procedure (评估阶段).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// Place in the order.
    pub order: u32,
    /// What is done.
    pub steps: Vec<Words>,
}

impl Body for Stage {
    const TABLE: &'static str = "stage";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { order: fields.count("order"), steps: fields.pairs("steps") }
    }
}

/// Content of assessment (评估内容).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Place in the order.
    pub order: u32,
    /// Clause of the standard, where known.
    pub clause: Option<String>,
    /// What is looked at on the enterprise lane.
    pub enterprise: Vec<Words>,
    /// What is looked at on the government lane.
    pub government: Vec<Words>,
}

impl Body for Content {
    const TABLE: &'static str = "content";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            order: fields.count("order"),
            clause: fields.text_or_none("clause"),
            enterprise: fields.pairs("enterprise"),
            government: fields.pairs("government"),
        }
    }
}

/// Phase of the accident (事故阶段).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phase {
    /// Place in the order.
    pub order: u32,
    /// Key point on the enterprise lane.
    pub enterprise: Option<Words>,
    /// Key point on the government lane.
    pub government: Option<Words>,
}

impl Body for Phase {
    const TABLE: &'static str = "phase";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            order: fields.count("order"),
            enterprise: fields.pair_or_none("enterprise"),
            government: fields.pair_or_none("government"),
        }
    }
}

/// Chapter of the report (报告提纲).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Place in the order.
    pub order: u32,
}

impl Body for Outline {
    const TABLE: &'static str = "outline";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { order: fields.count("order") }
    }
}
