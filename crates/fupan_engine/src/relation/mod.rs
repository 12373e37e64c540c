//! Allen's thirteen relations between two spans of time (Allen 1983) as orders of their ends.
//! Strictly earlier is earlier by a millisecond at least; a span ends after it begins.

use crate::network::Constraint;

#[cfg(test)]
mod tests;

/// Span (时段): what lasts, told by the events of its beginning and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The event it begins with.
    pub start: String,
    /// The event it ends with.
    pub end: String,
}

/// Relation (时段关系): how one span lies to another; of any two exactly one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Ends before the other begins.
    Before,
    /// Begins after the other ends.
    After,
    /// Ends as the other begins.
    Meets,
    /// Begins as the other ends.
    MetBy,
    /// Begins first and ends within the other.
    Overlaps,
    /// Begins within the other and ends last.
    OverlappedBy,
    /// Begins with the other and ends first.
    Starts,
    /// Begins with the other and ends last.
    StartedBy,
    /// Within the other.
    During,
    /// Around the other.
    Contains,
    /// Begins last and ends with the other.
    Finishes,
    /// Begins first and ends with the other.
    FinishedBy,
    /// Begins and ends with the other.
    Equals,
}

/// How two ends lie: strictly earlier, or at the same time.
#[derive(Clone, Copy)]
enum Ends {
    Earlier,
    Same,
}

impl Relation {
    /// All of them with the words the input uses.
    pub const ALL: [(&'static str, Self); 13] = [
        ("before", Self::Before),
        ("after", Self::After),
        ("meets", Self::Meets),
        ("met-by", Self::MetBy),
        ("overlaps", Self::Overlaps),
        ("overlapped-by", Self::OverlappedBy),
        ("starts", Self::Starts),
        ("started-by", Self::StartedBy),
        ("during", Self::During),
        ("contains", Self::Contains),
        ("finishes", Self::Finishes),
        ("finished-by", Self::FinishedBy),
        ("equals", Self::Equals),
    ];

    /// The relation of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, relation)| *relation)
    }

    /// The relation of the second span to the first.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::Meets => Self::MetBy,
            Self::MetBy => Self::Meets,
            Self::Overlaps => Self::OverlappedBy,
            Self::OverlappedBy => Self::Overlaps,
            Self::Starts => Self::StartedBy,
            Self::StartedBy => Self::Starts,
            Self::During => Self::Contains,
            Self::Contains => Self::During,
            Self::Finishes => Self::FinishedBy,
            Self::FinishedBy => Self::Finishes,
            Self::Equals => Self::Equals,
        }
    }

    /// What it says of the ends of `a` and `b`, that each span ends after it begins included: the
    /// constraints of one record.
    #[must_use]
    pub fn constraints(self, a: &Span, b: &Span) -> Vec<Constraint> {
        use Ends::{Earlier, Same};
        let ends: Vec<(&String, Ends, &String)> = match self {
            Self::Before => vec![(&a.end, Earlier, &b.start)],
            Self::Meets => vec![(&a.end, Same, &b.start)],
            Self::Overlaps => vec![
                (&a.start, Earlier, &b.start),
                (&b.start, Earlier, &a.end),
                (&a.end, Earlier, &b.end),
            ],
            Self::Starts => vec![(&a.start, Same, &b.start), (&a.end, Earlier, &b.end)],
            Self::During => vec![(&b.start, Earlier, &a.start), (&a.end, Earlier, &b.end)],
            Self::Finishes => vec![(&b.start, Earlier, &a.start), (&a.end, Same, &b.end)],
            Self::Equals => vec![(&a.start, Same, &b.start), (&a.end, Same, &b.end)],
            Self::After
            | Self::MetBy
            | Self::OverlappedBy
            | Self::StartedBy
            | Self::Contains
            | Self::FinishedBy => return self.inverse().constraints(b, a),
        };
        let proper = [(&a.start, Earlier, &a.end), (&b.start, Earlier, &b.end)];
        proper.into_iter().chain(ends).map(|(x, how, y)| order(x, how, y)).collect()
    }
}

fn order(x: &str, how: Ends, y: &str) -> Constraint {
    let (min, max) = match how {
        Ends::Earlier => (Some(1), None),
        Ends::Same => (Some(0), Some(0)),
    };
    Constraint::Order { a: x.to_owned(), b: y.to_owned(), min, max }
}
