//! Whole calendar periods before a day.

use fupan_standard::{Date, Period};

/// A period (周期): first and last day, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    from: Date,
    to: Date,
    year: i32,
    half: Option<u32>,
}

impl Span {
    pub(crate) fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// `2023` or `2023-H1`.
    pub(crate) fn name(&self) -> String {
        match self.half {
            Some(half) => format!("{}-H{half}", self.year),
            None => self.year.to_string(),
        }
    }
}

/// The whole periods that end before the day and begin no earlier than so many months before it,
/// oldest first. None where the day's text is no date.
pub(crate) fn before(day: &str, per: Period, months: u32) -> Vec<Span> {
    let Some(day) = Date::parse(day) else { return Vec::new() };
    let count = months / per.months().max(1);
    let mut spans = Vec::new();
    let mut span = holding(day, per);
    for _ in 0..count {
        let Some(previous) = span.as_ref().and_then(|s| earlier(s, per)) else { break };
        spans.push(previous.clone());
        span = Some(previous);
    }
    spans.reverse();
    spans
}

fn holding(day: Date, per: Period) -> Option<Span> {
    let second = Date::new(day.year(), 7, 1)? <= day;
    match per {
        Period::HalfYear => half(day.year(), if second { 2 } else { 1 }),
        Period::Year => year(day.year()),
    }
}

fn earlier(span: &Span, per: Period) -> Option<Span> {
    match (per, span.half) {
        (Period::HalfYear, Some(2)) => half(span.year, 1),
        (Period::HalfYear, _) => half(span.year - 1, 2),
        (Period::Year, _) => year(span.year - 1),
    }
}

fn half(of: i32, half: u32) -> Option<Span> {
    let (from, to) = if half == 1 { ((1, 1), (6, 30)) } else { ((7, 1), (12, 31)) };
    let (from, to) = (Date::new(of, from.0, from.1)?, Date::new(of, to.0, to.1)?);
    Some(Span { from, to, year: of, half: Some(half) })
}

fn year(of: i32) -> Option<Span> {
    Some(Span { from: Date::new(of, 1, 1)?, to: Date::new(of, 12, 31)?, year: of, half: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(day: &str, per: Period, months: u32) -> Vec<String> {
        before(day, per, months).iter().map(Span::name).collect()
    }

    #[test]
    fn whole_periods_end_before_the_accident() {
        assert_eq!(names("2024-05-12", Period::HalfYear, 18), ["2022-H2", "2023-H1", "2023-H2"]);
        assert_eq!(names("2024-07-01", Period::HalfYear, 12), ["2023-H2", "2024-H1"]);
        assert_eq!(names("2024-05-12", Period::Year, 24), ["2022", "2023"]);
        assert!(names("no date", Period::Year, 24).is_empty());
    }
}
