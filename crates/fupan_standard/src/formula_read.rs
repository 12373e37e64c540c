//! Reads the formula of an indicator.

use crate::fields::Fields;
use crate::formula::{Formula, Leg, Operand, Pick, Required, Take};
use crate::{Fault, Period, Term};

#[derive(Clone, Copy, Default)]
enum Kind {
    #[default]
    Delay,
    WorstHop,
    ShareWithin,
    DelayRatio,
    Ratio,
    Coverage,
    CountPerPeriod,
    RelativeError,
    WorkingDays,
    MonthsSince,
    Uptime,
}

const KINDS: [(&str, Kind); 11] = [
    ("delay", Kind::Delay),
    ("worst-hop", Kind::WorstHop),
    ("share-within", Kind::ShareWithin),
    ("delay-ratio", Kind::DelayRatio),
    ("ratio", Kind::Ratio),
    ("coverage", Kind::Coverage),
    ("count-per-period", Kind::CountPerPeriod),
    ("relative-error", Kind::RelativeError),
    ("working-days", Kind::WorkingDays),
    ("months-since", Kind::MonthsSince),
    ("uptime", Kind::Uptime),
];

impl Formula {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Self {
        match fields.word("kind", &KINDS) {
            Kind::Delay => Self::Delay(Leg::read(fields)),
            Kind::WorstHop => worst_hop(fields),
            Kind::ShareWithin => {
                Self::ShareWithin { leg: Leg::read(fields), max_s: fields.whole("max-s") }
            }
            Kind::DelayRatio => {
                Self::DelayRatio { leg: Leg::read(fields), by: Operand::named(fields, "by") }
            }
            Kind::Ratio => Self::Ratio {
                numerator: Operand::named(fields, "numerator"),
                denominator: Operand::named(fields, "denominator"),
            },
            Kind::Coverage => {
                Self::Coverage { required: required(fields), have: Term::read(fields, "have") }
            }
            Kind::CountPerPeriod => Self::CountPerPeriod {
                of: Term::read(fields, "of"),
                per: fields.word("per", &Period::WORDS),
                over_months: fields.count("over-months"),
                at_least: fields.count("at-least"),
            },
            Kind::RelativeError => Self::RelativeError {
                left: Term::read(fields, "left"),
                right: Term::read(fields, "right"),
                fields: fields.texts_needed("fields"),
                as_of_same: fields.word_or_none("as-of", &[("any", false), ("same", true)])
                    == Some(true),
            },
            Kind::WorkingDays => Self::WorkingDays { leg: Leg::read(fields) },
            Kind::MonthsSince => Self::MonthsSince {
                of: Term::read(fields, "of"),
                until: Term::read(fields, "until"),
            },
            Kind::Uptime => Self::Uptime {
                down: Term::read(fields, "down"),
                up: Term::read(fields, "up"),
                stated: Operand::named(fields, "stated"),
                days: fields.count("days"),
                until: Term::read(fields, "until"),
            },
        }
    }

    /// The formula of an indicator that has none written; never given out.
    pub(crate) fn none() -> Self {
        Self::Delay(Leg::default())
    }

    /// Every term of the formula, with the key it stands under.
    pub fn terms(&self) -> Vec<(&'static str, &Term)> {
        fn leg(leg: &Leg) -> Vec<(&'static str, &Term)> {
            vec![("formula.from", &leg.from), ("formula.to", &leg.to)]
        }
        match self {
            Self::Delay(only)
            | Self::WorstKey { leg: only }
            | Self::ShareWithin { leg: only, .. }
            | Self::WorkingDays { leg: only } => leg(only),
            Self::DelayRatio { leg: over, by } => {
                leg(over).into_iter().chain([("formula.by.of", &by.term)]).collect()
            }
            Self::WorstHop { chain } => chain.iter().map(|term| ("formula.chain", term)).collect(),
            Self::Ratio { numerator, denominator } => vec![
                ("formula.numerator.of", &numerator.term),
                ("formula.denominator.of", &denominator.term),
            ],
            Self::Coverage { required: Required::Facts(term), have } => {
                vec![("formula.required-facts", term), ("formula.have", have)]
            }
            Self::Coverage { required: Required::List(_), have } => vec![("formula.have", have)],
            Self::CountPerPeriod { of, .. } => vec![("formula.of", of)],
            Self::RelativeError { left, right, .. } => {
                vec![("formula.left", left), ("formula.right", right)]
            }
            Self::MonthsSince { of, until } => vec![("formula.of", of), ("formula.until", until)],
            Self::Uptime { down, up, stated, until, .. } => vec![
                ("formula.down", down),
                ("formula.up", up),
                ("formula.stated.of", &stated.term),
                ("formula.until", until),
            ],
        }
    }
}

impl Formula {
    /// The terms whose facts must be points in time.
    pub(crate) fn moments(&self) -> Vec<&Term> {
        match self {
            Self::Delay(leg)
            | Self::WorstKey { leg }
            | Self::ShareWithin { leg, .. }
            | Self::DelayRatio { leg, .. }
            | Self::WorkingDays { leg } => vec![&leg.from, &leg.to],
            Self::WorstHop { chain } => chain.iter().collect(),
            Self::CountPerPeriod { of, .. } => vec![of],
            Self::MonthsSince { of, until } => vec![of, until],
            Self::Uptime { down, up, until, .. } => vec![down, up, until],
            Self::Ratio { .. } | Self::Coverage { .. } | Self::RelativeError { .. } => Vec::new(),
        }
    }
}

impl Leg {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            from: Term::read(fields, "from"),
            from_pick: fields.word_or_none("from-pick", &Pick::WORDS).unwrap_or_default(),
            to: Term::read(fields, "to"),
            to_pick: fields.word_or_none("to-pick", &Pick::WORDS).unwrap_or_default(),
        }
    }
}

impl Operand {
    fn named(fields: &mut Fields<'_>, key: &str) -> Self {
        fields.table(key, Self::read).unwrap_or_default()
    }

    fn read(fields: &mut Fields<'_>) -> Self {
        let operand = Self {
            term: Term::read(fields, "of"),
            quantity: fields.text_or_none("quantity"),
            take: fields.word_or_none("take", &Take::WORDS).unwrap_or_default(),
        };
        if operand.quantity.is_none() == (operand.take != Take::Count) {
            let found = "quantity and take do not go together".to_owned();
            let expected = "a quantity with take last or sum, none with take count".to_owned();
            fields.fault("quantity", Fault::Clash { found, expected });
        }
        operand
    }
}

fn worst_hop(fields: &mut Fields<'_>) -> Formula {
    if !fields.has("chain") {
        return Formula::WorstKey { leg: Leg::read(fields) };
    }
    let lists = fields.lists("chain");
    if lists.len() < 2 {
        let expected = "a list of at least two levels, each a list of fact kinds".to_owned();
        fields.fault("chain", Fault::Missing { expected });
    }
    let chain = lists.into_iter().map(|kinds| Term { kinds, ..Term::default() }).collect();
    Formula::WorstHop { chain }
}

fn required(fields: &mut Fields<'_>) -> Required {
    match (fields.text_or_none("required"), fields.has("required-facts")) {
        (Some(list), false) => Required::List(list),
        (None, _) => Required::Facts(Term::read(fields, "required-facts")),
        (Some(list), true) => {
            let found = "required and required-facts are both written".to_owned();
            fields.fault("required", Fault::Clash { found, expected: "one of the two".to_owned() });
            Required::List(list)
        }
    }
}
