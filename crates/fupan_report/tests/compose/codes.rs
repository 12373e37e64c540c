//! A value for every place that the judge fills.

use fupan_model::*;

/// A value for the place `name`.
pub fn value(name: &str) -> Arg {
    match name {
        "gap" => Arg::Gap(Gap { min_ms: Some(60_001), max_ms: None }),
        "limit" | "allowed_min" | "allowed_max" | "excess" => Arg::Span(60_000),
        "kind" | "row" | "limit_row" | "left_kind" | "right_kind" => Arg::Row("CV08".into()),
        "rows" | "kinds" => Arg::Rows(vec!["CV08".into(), "KE03".into()]),
        "facts" => Arg::Facts(vec!["r01".into(), "r02".into()]),
        "count" | "needed" | "missing" | "first_row" => Arg::Count(2),
        "days" | "allowed" | "value" | "score" => Arg::Number(Decimal::whole(3)),
        "keys" | "values" | "fields" => Arg::Texts(vec!["deaths".into(), "place".into()]),
        "party" => Arg::Party("plant".into()),
        "due" => Arg::Moment(Moment::new(0, 0)),
        _ => Arg::Text("x".into()),
    }
}
