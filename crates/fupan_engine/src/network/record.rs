//! What goes into a network, and what comes out of a question: records and bounds.

/// Constraint (约束): one statement about two time variables, all in closed milliseconds.
/// `offset` of a source is what its clock shows minus the true time; positive is fast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// `offset(source) + x(event)` lies in `[t + lo, t + hi]`.
    Obs {
        /// The source whose clock was read.
        source: String,
        /// The event the reading speaks of.
        event: String,
        /// The time read, milliseconds since the epoch of the case.
        t: i64,
        /// Lower reading error, milliseconds.
        lo: i64,
        /// Upper reading error, milliseconds.
        hi: i64,
    },
    /// `x(b) - x(a)` lies in `[min, max]`; an end that is `None` is open.
    Order {
        /// The event counted from.
        a: String,
        /// The event counted to.
        b: String,
        /// Least gap, milliseconds.
        min: Option<i64>,
        /// Greatest gap, milliseconds.
        max: Option<i64>,
    },
    /// `offset(source)` lies in `[lo, hi]`, against the reference.
    Clock {
        /// The source whose clock was checked.
        source: String,
        /// Least offset, milliseconds.
        lo: i64,
        /// Greatest offset, milliseconds.
        hi: i64,
    },
    /// `offset(a) - offset(b)` lies in `[lo, hi]`.
    ClockRel {
        /// The first source.
        a: String,
        /// The second source.
        b: String,
        /// Least difference, milliseconds.
        lo: i64,
        /// Greatest difference, milliseconds.
        hi: i64,
    },
}

/// Record (记录): the unit that is kept or set aside as a whole, whatever number of constraints
/// it states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The name it has in the case, unique in a network.
    pub id: String,
    /// The cost of setting it aside, 0 to 2^31; no unit.
    pub weight: i64,
    /// A hard record is never set aside.
    pub hard: bool,
    /// What it states; all of it holds or none is relied upon.
    pub constraints: Vec<Constraint>,
}

/// Bounds (界): the tightest range the records imply, closed, milliseconds; `None` is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bounds {
    /// Lower bound, or none.
    pub min: Option<i64>,
    /// Upper bound, or none.
    pub max: Option<i64>,
}

impl Bounds {
    /// Nothing is known.
    pub const OPEN: Self = Self { min: None, max: None };

    /// The least range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            min: self.min.zip(other.min).map(|(a, b)| a.min(b)),
            max: self.max.zip(other.max).map(|(a, b)| a.max(b)),
        }
    }

    /// Whether `other` lies inside this range.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.hull(other) == self
    }
}
