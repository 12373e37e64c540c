//! Reads the parts of a check point.

use crate::compare::{Compare, CountAgainst, FieldTolerance, Pair, Part, Period};
use crate::fields::Fields;
use crate::{Fault, Mark, Term};

#[derive(Clone, Copy, Default)]
enum Kind {
    TimeDiff,
    Equal,
    Subset,
    Order,
    #[default]
    Exists,
    Count,
}

const KINDS: [(&str, Kind); 6] = [
    ("time-diff", Kind::TimeDiff),
    ("equal", Kind::Equal),
    ("subset", Kind::Subset),
    ("order", Kind::Order),
    ("exists", Kind::Exists),
    ("count", Kind::Count),
];

impl Part {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Self {
        let kind: Kind = fields.word("compare", &KINDS);
        let right = Term::read_or_none(fields, "right");
        let compare = match kind {
            Kind::TimeDiff => time_diff(fields),
            Kind::Equal => equal(fields),
            Kind::Subset => Compare::Subset {
                both: fields.flag("both"),
                day_tolerance: fields.count_or_none("day-tolerance").unwrap_or_default(),
                settle_s: fields.whole_or_none("settle-s").unwrap_or_default(),
            },
            Kind::Order => {
                Compare::Order { min_s: fields.whole_or_none("min-s").unwrap_or_default() }
            }
            Kind::Exists => Compare::Exists,
            Kind::Count => count(fields, right.is_some()),
        };
        let alone = matches!(compare, Compare::Count { against: CountAgainst::AtLeast { .. }, .. });
        if right.is_none() && !alone {
            let expected = "a fact kind for the second side".to_owned();
            fields.fault("right", Fault::Missing { expected });
        }
        Self {
            title: fields.own_words(),
            basis: fields.word("basis", &Mark::LETTERS),
            by: fields.texts("by"),
            left: Term::read(fields, "left"),
            right,
            pair: pair(fields),
            within: fields.text_or_none("within"),
            compare,
        }
    }
}

#[derive(Clone, Copy, Default)]
enum PairWord {
    First,
    Last,
    FirstToLast,
    #[default]
    Key,
    Near,
    Sequence,
}

const PAIRS: [(&str, PairWord); 6] = [
    ("first", PairWord::First),
    ("last", PairWord::Last),
    ("first-to-last", PairWord::FirstToLast),
    ("key", PairWord::Key),
    ("near", PairWord::Near),
    ("sequence", PairWord::Sequence),
];

fn pair(fields: &mut Fields<'_>) -> Pair {
    match fields.word("pair", &PAIRS) {
        PairWord::First => Pair::First,
        PairWord::Last => Pair::Last,
        PairWord::FirstToLast => Pair::FirstToLast,
        PairWord::Key => Pair::Key,
        PairWord::Sequence => Pair::Sequence,
        PairWord::Near => {
            Pair::Near { seconds: fields.whole("near-s"), metres: fields.whole("near-m") }
        }
    }
}

fn time_diff(fields: &mut Fields<'_>) -> Compare {
    let (min_s, max_s) = (fields.whole_or_none("min-s"), fields.whole_or_none("max-s"));
    let max_working_days = fields.count_or_none("max-working-days");
    let limit = fields.text_or_none("limit");
    let tops = [max_s.is_some(), max_working_days.is_some(), limit.is_some()];
    let tops = tops.into_iter().filter(|there| *there).count();
    if tops > 1 || (tops == 0 && min_s.is_none()) {
        let expected = "min-s, and one of max-s, max-working-days, limit (at least one bound)";
        let found = format!("{tops} upper bounds");
        fields.fault("max-s", Fault::Clash { found, expected: expected.to_owned() });
    }
    if let (Some(min), Some(max)) = (min_s, max_s)
        && min > max
    {
        let expected = format!("not less than min-s {min}");
        fields.fault("max-s", Fault::Disorder { found: max.to_string(), expected });
    }
    let share_percent = fields.count_or_none("share-percent").unwrap_or(100);
    Compare::TimeDiff { min_s, max_s, max_working_days, limit, share_percent }
}

#[derive(Clone, Copy, Default, PartialEq)]
enum AsOf {
    #[default]
    Any,
    Same,
}

fn equal(fields: &mut Fields<'_>) -> Compare {
    let as_of = fields.word_or_none("as-of", &[("any", AsOf::Any), ("same", AsOf::Same)]);
    let tolerances = fields.tables("fields", FieldTolerance::read);
    if tolerances.is_empty() {
        let expected = "a list of quantities, at least one".to_owned();
        fields.fault("fields", Fault::Missing { expected });
    }
    Compare::Equal { fields: tolerances, as_of_same: as_of == Some(AsOf::Same) }
}

impl FieldTolerance {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            name: fields.text("name"),
            abs: fields.decimal_or_none("abs"),
            rel_percent: fields.decimal_or_none("rel-percent"),
            abs_from: fields.text_or_none("abs-from"),
            by_levels: fields.flag("by-levels"),
        }
    }
}

fn count(fields: &mut Fields<'_>, two_sides: bool) -> Compare {
    let of = fields.text_or_none("of");
    let against = if two_sides {
        CountAgainst::Right {
            abs: fields.decimal_or_none("abs"),
            rel_percent: fields.decimal_or_none("rel-percent"),
        }
    } else {
        CountAgainst::AtLeast {
            number: fields.count("at-least"),
            per: fields.word("per", &Period::WORDS),
            over_months: fields.count("over-months"),
        }
    };
    Compare::Count { of, against }
}
