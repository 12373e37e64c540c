//! Scores: straight lines between the anchors an assessor set, exactly, rounded outward.

use super::{Desk, Measured};
use crate::fraction::{Fraction, outward};
use fupan_model::{Interval, Verdict};
use fupan_standard::{Direction, Indicator};

/// Most a value in breach of a statutory limit can score, whatever the anchors say.
const BREACH_CAP: i128 = 59;
const FULL: i128 = 100;
const PASS: i128 = 60;

/// The score of an interval: of its ends, for the line is monotone. An open end scores the least
/// or the most there is.
pub(crate) fn score(row: &Indicator, value: &Measured, verdict: Option<Verdict>) -> Interval {
    let at = |end: Option<Fraction>, open: i128| match end {
        Some(end) => line(row, end).unwrap_or(Fraction { num: open, den: 1 }),
        None => Fraction { num: open, den: 1 },
    };
    let (mut low, mut high) = match row.direction {
        Direction::Lower => (at(value.max, 0), at(value.min, FULL)),
        Direction::Higher => (at(value.min, 0), at(value.max, FULL)),
    };
    if verdict == Some(Verdict::Over) {
        let cap = Fraction { num: BREACH_CAP, den: 1 };
        low = if cap.less_than(low) { cap } else { low };
        high = if cap.less_than(high) { cap } else { high };
    }
    outward(Some(low), Some(high), 2)
}

/// The score of one value; `None` beyond exact reach.
fn line(row: &Indicator, value: Fraction) -> Option<Fraction> {
    let anchors = &row.anchors;
    let points = [
        (Fraction::of(anchors.full), FULL),
        (Fraction::of(anchors.pass), PASS),
        (Fraction::of(anchors.zero), 0),
    ];
    let better = |a: Fraction, b: Fraction| match row.direction {
        Direction::Lower => !b.less_than(a),
        Direction::Higher => !a.less_than(b),
    };
    let [(full, _), (pass, _), (zero, _)] = points;
    let constant = |score: i128| Some(Fraction { num: score, den: 1 });
    if better(value, full) {
        return constant(FULL);
    }
    if !better(value, zero) || value == zero {
        return constant(0);
    }
    let (from, to, high, low) =
        if better(value, pass) { (full, pass, FULL, PASS) } else { (pass, zero, PASS, 0) };
    // high − (high − low) × (value − from) ÷ (to − from)
    let share = value.minus(from)?.over(to.minus(from)?)?.times(high - low, 1)?;
    Fraction { num: high, den: 1 }.minus(share)
}

/// Whether a value that is no delay meets the statutory value of its row.
pub(crate) fn statutory(desk: &Desk<'_, '_, '_>, value: &Measured) -> Option<Verdict> {
    let body = &desk.row.body;
    let grades = |grades: &[String]| {
        grades.is_empty() || desk.grade.is_some_and(|grade| grades.iter().any(|g| g == grade))
    };
    let stated = body.statutory.as_ref().filter(|s| grades(&s.grades)).map(|s| s.value);
    let named = body
        .limit
        .as_ref()
        .filter(|id| desk.book.limit(id).is_some_and(|row| grades(&row.body.grades)));
    let of_limit = named.and_then(|id| {
        let (_, span) = desk.book.limit_for(id, &desk.index.case.accident, desk.grade)?;
        (span.unit == body.unit).then(|| fupan_model::Decimal::whole(i64::from(span.value)))
    });
    let limit = Fraction::of(stated.or(of_limit)?);
    let met = |v: Fraction| match body.direction {
        Direction::Lower => !limit.less_than(v),
        Direction::Higher => !v.less_than(limit),
    };
    let (worst, best) = match body.direction {
        Direction::Lower => (value.max, value.min),
        Direction::Higher => (value.min, value.max),
    };
    Some(match (worst.map(met), best.map(met)) {
        (Some(true), _) => Verdict::Within,
        (_, Some(false)) => Verdict::Over,
        (None, _) => Verdict::Unbounded,
        (Some(false), _) => Verdict::Undecided,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan_standard::Book;

    fn of(text: &str) -> Fraction {
        Fraction::of(fupan_model::Decimal::parse(text).unwrap())
    }

    fn measured(min: &str, max: Option<&str>) -> Measured {
        let cite = fupan_model::Cite {
            evidence: "E".into(),
            digest: "0".into(),
            locator: fupan_model::Locator::Whole,
        };
        Measured {
            min: Some(of(min)),
            max: max.map(of),
            contested: false,
            verdict: None,
            gap: None,
            cites: fupan_model::Cites::one(cite),
        }
    }

    fn scored(row: &Indicator, value: &Measured, verdict: Option<Verdict>) -> (String, String) {
        let score = score(row, value, verdict);
        (score.min.unwrap().to_string(), score.max.unwrap().to_string())
    }

    #[test]
    fn lines_run_through_the_anchors_and_open_ends_score_the_least() {
        let book = Book::shipped().unwrap();
        let row = &book.indicator("KE03").unwrap().body;
        let words = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(scored(row, &measured("45", Some("60")), None), words("60", "80"));
        assert_eq!(scored(row, &measured("90", None), None), words("0", "30"));
        assert_eq!(scored(row, &measured("61", Some("62")), None), words("58", "59"));
        let late = scored(row, &measured("60", Some("60")), Some(Verdict::Over));
        assert_eq!(late, words("59", "59"));
    }
}
