//! The closed set of formulas an indicator is computed by.

use crate::{Period, Term};

/// Formula (计算式): kind and parameters; the value comes out in the unit of the indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// `delay`: time from one fact to another.
    Delay(Leg),
    /// `worst-hop` with `from`/`to`: the longest delay over all keys.
    WorstKey {
        /// Paired by key.
        leg: Leg,
    },
    /// `worst-hop` with `chain`: the longest delay between neighbours of a chain of levels, each
    /// a list of fact kinds in order of preference. A level without a fact breaks the chain there.
    WorstHop {
        /// Levels from the lowest up.
        chain: Vec<Term>,
    },
    /// `share-within`: percent of keys whose delay is at most `max_s`. A key without a `to` fact
    /// counts as not within.
    ShareWithin {
        /// Paired by key.
        leg: Leg,
        /// Seconds.
        max_s: i64,
    },
    /// `delay-ratio`: a delay divided by a stated quantity in minutes.
    DelayRatio {
        /// The delay.
        leg: Leg,
        /// The quantity.
        by: Operand,
    },
    /// `ratio`: one number divided by another, in percent when the unit says so.
    Ratio {
        /// Above the line.
        numerator: Operand,
        /// Below the line.
        denominator: Operand,
    },
    /// `coverage`: percent of required items that are there.
    Coverage {
        /// Items required.
        required: Required,
        /// Facts whose keys (or elements of a set quantity) are the items that are there.
        have: Term,
    },
    /// `count-per-period`: percent of whole periods with at least so many facts.
    CountPerPeriod {
        /// Facts counted.
        of: Term,
        /// Period.
        per: Period,
        /// How far to look back from the accident.
        over_months: u32,
        /// Facts needed in each period.
        at_least: u32,
    },
    /// `relative-error`: 100 × (1 − |left − right| ÷ right), the worst over `fields`, not below 0.
    RelativeError {
        /// What was said.
        left: Term,
        /// What was so.
        right: Term,
        /// Quantities.
        fields: Vec<String>,
        /// Only values as of the same time.
        as_of_same: bool,
    },
    /// `working-days`: working days after the day of `from` up to the day of `to`; worst key.
    WorkingDays {
        /// Paired by key.
        leg: Leg,
    },
    /// `months-since`: months from the last fact of `of` before `until` to `until`.
    MonthsSince {
        /// The repeated act.
        of: Term,
        /// The end.
        until: Term,
    },
    /// `uptime`: percent of the `days` before `until` in which the thing worked; outages run from
    /// a `down` fact to the next `up` fact of the same key. A `stated` percentage is used where
    /// the case has no outages written down.
    Uptime {
        /// Outage begins.
        down: Term,
        /// Outage ends.
        up: Term,
        /// Stated percentage.
        stated: Operand,
        /// Length of the window.
        days: u32,
        /// Its end.
        until: Term,
    },
}

/// Leg (时段): from one fact to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leg {
    /// Where it begins.
    pub from: Term,
    /// Which of several facts.
    pub from_pick: Pick,
    /// Where it ends.
    pub to: Term,
    /// Which of several facts.
    pub to_pick: Pick,
}

/// Which of several facts (取值次序) is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// The earliest.
    #[default]
    First,
    /// The latest.
    Last,
}

impl Pick {
    /// The words a book may write.
    pub const WORDS: [(&'static str, Self); 2] = [("first", Self::First), ("last", Self::Last)];
}

/// Operand (运算数): a number taken from facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operand {
    /// Which facts.
    pub term: Term,
    /// Their quantity; `None` only for [`Take::Count`].
    pub quantity: Option<String>,
    /// How one number is made of several facts.
    pub take: Take,
}

/// How one number is made of several facts (取数方式).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Take {
    /// The quantity of the latest fact.
    #[default]
    Last,
    /// The sum over the facts.
    Sum,
    /// How many facts there are.
    Count,
}

impl Take {
    /// The words a book may write.
    pub const WORDS: [(&'static str, Self); 3] =
        [("last", Self::Last), ("sum", Self::Sum), ("count", Self::Count)];
}

/// What a coverage requires (应有项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Required {
    /// The items of a list of the book, or the rows of a table that a list names.
    List(String),
    /// The keys of facts.
    Facts(Term),
}
