//! Reading policies: how a stated time becomes error bounds.

use crate::body::Body;
use crate::fields::Fields;
use crate::{Fault, Words};

/// Reading policy (读数规则): the true time lies in stated + lo … stated + hi, both included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Milliseconds, never above `hi_ms`.
    pub lo_ms: i64,
    /// Milliseconds.
    pub hi_ms: i64,
    /// What the policy does with the stated time.
    pub shape: Shape,
    /// What an assessor may set in place of the default, in words.
    pub setting: Option<Words>,
}

/// Shape (规则形态) of a reading policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Bounds about the stated time.
    #[default]
    Bounds,
    /// No bounds: the stated time is passed, by at least `lo_ms`.
    After,
    /// No bounds: the stated time is not yet reached, by at least `-hi_ms`.
    Before,
}

const SHAPES: [(&str, Shape); 3] =
    [("bounds", Shape::Bounds), ("after", Shape::After), ("before", Shape::Before)];

impl Body for Reading {
    const TABLE: &'static str = "reading";

    fn read(fields: &mut Fields<'_>) -> Self {
        let reading = Self {
            lo_ms: fields.whole("lo-ms"),
            hi_ms: fields.whole("hi-ms"),
            shape: fields.word("shape", &SHAPES),
            setting: fields.words_or_none("setting"),
        };
        if reading.lo_ms > reading.hi_ms {
            let expected = format!("not less than lo-ms {}", reading.lo_ms);
            let found = reading.hi_ms.to_string();
            fields.fault("hi-ms", Fault::Disorder { found, expected });
        }
        reading
    }
}
