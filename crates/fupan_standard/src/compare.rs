//! The closed set of comparisons a check point is made of. The book gives parameters only: no
//! expressions, no rule language.

use crate::{Mark, Term, Words};
use fupan_model::Decimal;

/// Part (比对分项) of a check point: one comparison of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// One-line title.
    pub title: Words,
    /// Where the tolerance comes from: [`Mark::Proposed`] is an engineering default, any other
    /// mark speaks of the statute named in `by` or `limit`.
    pub basis: Mark,
    /// Rows on which the tolerance rests (limits, filing rules, duties).
    pub by: Vec<String>,
    /// The first side.
    pub left: Term,
    /// The second side; `None` only where a count is held against a number.
    pub right: Option<Term>,
    /// How facts of the two sides are brought together.
    pub pair: Pair,
    /// Only left facts up to this limit (a row of `limits`) after the accident are looked at.
    pub within: Option<String>,
    /// The comparison.
    pub compare: Compare,
}

/// Pairing (配对方式) of left and right facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// The earliest of each side.
    First,
    /// The latest of each side.
    Last,
    /// The earliest of the left, the latest of the right.
    FirstToLast,
    /// Facts of equal key; facts without a key share one empty key. Of several facts of one key
    /// on one side the earliest counts.
    Key,
    /// Facts of equal key whose times lie at most `seconds` and whose places (quantities `east-m`
    /// and `north-m`) at most `metres` apart.
    Near {
        /// Greatest distance in time.
        seconds: i64,
        /// Greatest distance in place.
        metres: i64,
    },
    /// Facts of equal key, looked at as two sequences (only for [`Compare::Order`]).
    Sequence,
}

/// Comparison (比对方式): the closed set of six.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `time-diff`: right minus left lies between the bounds.
    TimeDiff {
        /// Least difference in seconds; `None`: no lower bound.
        min_s: Option<i64>,
        /// Greatest difference in seconds; `None`: none, or given by one of the next two.
        max_s: Option<i64>,
        /// Greatest difference in working days, counted by the calendar of the book.
        max_working_days: Option<u32>,
        /// A row of the limits whose value is the greatest difference.
        limit: Option<String>,
        /// The part holds when at least this share of the pairs does.
        share_percent: u32,
    },
    /// `equal`: the named quantities (or claims of that field) agree.
    Equal {
        /// Quantities with their tolerances.
        fields: Vec<FieldTolerance>,
        /// Only values stated as of the same time are held against each other.
        as_of_same: bool,
    },
    /// `subset`: every key of the left is among the keys of the right.
    Subset {
        /// And the other way round.
        both: bool,
        /// Keys that are dates match within so many days.
        day_tolerance: u32,
        /// A key counts as missing only so many seconds after its fact was stated.
        settle_s: i64,
    },
    /// `order`: left is at least `min_s` seconds before right (0: not later than).
    Order {
        /// Least lead of the left.
        min_s: i64,
    },
    /// `exists`: for each left key there is a right fact.
    Exists,
    /// `count`: numbers of facts (or totals of the quantity `of`).
    Count {
        /// Quantity to be added up; `None`: facts are counted.
        of: Option<String>,
        /// What the count is held against.
        against: CountAgainst,
    },
}

/// What a count (计数) is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountAgainst {
    /// A least number in every whole period of the last `over_months` months before the accident.
    AtLeast {
        /// The number.
        number: u32,
        /// The period.
        per: Period,
        /// How far to look back.
        over_months: u32,
    },
    /// The count of the right side.
    Right {
        /// Allowed difference.
        abs: Option<Decimal>,
        /// Allowed difference in percent of the left.
        rel_percent: Option<Decimal>,
    },
}

/// Period (周期) of a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// January to June, July to December.
    #[default]
    HalfYear,
    /// A calendar year.
    Year,
}

impl Period {
    /// The words a book may write under `per`.
    pub const WORDS: [(&'static str, Self); 2] =
        [("half-year", Self::HalfYear), ("year", Self::Year)];
    /// Length in months.
    pub fn months(self) -> u32 {
        match self {
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

/// Tolerance (容差) of one quantity: the largest of those given; none given: exactly equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldTolerance {
    /// Quantity, or field of a claim.
    pub name: String,
    /// Allowed difference, in the quantity's unit (seconds for times).
    pub abs: Option<Decimal>,
    /// Allowed difference in percent of the larger value.
    pub rel_percent: Option<Decimal>,
    /// A quantity of the facts that states the allowed difference (an instrument's error).
    pub abs_from: Option<String>,
    /// The values agree when the check point's level map says so.
    pub by_levels: bool,
}
