//! Times put together from several cells, days that begin anew, counts, and what must be stated.

use super::{brief, rows::run};
use crate::ImportOutcome;

fn times(outcome: &ImportOutcome) -> Vec<String> {
    let times = outcome.facts.iter().filter_map(|fact| fact.time.as_ref());
    times.map(|time| time.at.to_string().trim_end_matches("+08:00").to_owned()).collect()
}

fn read(text: &str, column: &str) -> ImportOutcome {
    let mapping = format!(
        "zone = \"+08:00\"\n[[column]]\nname = \"t\"\ntype = \"time\"\n{column}\n[[fact]]\nid = \"x\"\nkind = \"k\"\ntime = \"t\"\n"
    );
    run(text.as_bytes(), &mapping).unwrap_or_else(|e| panic!("{e}"))
}

fn refused(text: &str, column: &str) -> Vec<(String, String, &'static str)> {
    let mapping =
        format!("zone = \"+08:00\"\n[[column]]\nname = \"t\"\ntype = \"time\"\n{column}\n");
    brief(&run(text.as_bytes(), &mapping).expect_err("must be refused"))
}

#[test]
fn date_and_time_in_two_columns() {
    let outcome = read(
        "d,t\n2021-01-10,13:13:05\n2021/1/10 0:00,下午1点20分\n2021-01-10,\n,13:14\nx,13:15\n2021-01-10,24:00\n",
        "date = \"d\"",
    );
    assert_eq!(
        times(&outcome),
        ["2021-01-10T13:13:05", "2021-01-10T13:20:00", "2021-01-11T00:00:00"]
    );
    let bad: Vec<_> = outcome.report.rejected.iter().map(|b| (b.row, b.text.as_str())).collect();
    assert_eq!(bad, [(5, "13:14"), (6, "x 13:15")]);
    let text = outcome.facts.first().and_then(|f| f.time.clone()).map(|t| t.text);
    assert_eq!(text.as_deref(), Some("2021-01-10 13:13:05"));
    let made =
        read("d,c\n10/1/21,1:05 PM\n", "date = \"d\"\ntime = \"c\"\norder = \"dmy\"\npivot = 70");
    assert_eq!(times(&made), ["2021-01-10T13:05:00"]);
}

#[test]
fn a_time_of_day_that_starts_again_begins_the_next_day() {
    let log = "t,x\n23:58:00,a\n23:59:59,b\n00:00:01,c\n23:59:58,d\n00:00:03,e\n12:00:00,f\n23:59:00,g\n00:30,h\n00:00:01,c\n";
    let outcome = read(log, "date = \"2021-01-10\"\nroll_over = true");
    assert_eq!(
        times(&outcome),
        [
            "2021-01-10T23:58:00",
            "2021-01-10T23:59:59",
            "2021-01-11T00:00:01",
            "2021-01-10T23:59:58",
            "2021-01-11T00:00:03",
            "2021-01-11T12:00:00",
            "2021-01-11T23:59:00",
            "2021-01-12T00:30:00",
            "2021-01-12T00:00:01",
        ],
        "the same words on another day are no repetition"
    );
    let clock = &outcome.report.clock;
    assert_eq!((clock.roll_overs, clock.out_of_order, outcome.report.duplicates), (2, 2, 0));
    let steps: Vec<_> =
        clock.rolled.iter().map(|s| (s.row, s.from.to_string(), s.to.to_string())).collect();
    assert_eq!(
        steps[0],
        (4, "2021-01-10T23:59:59+08:00".into(), "2021-01-11T00:00:01+08:00".into())
    );
    assert_eq!(steps[1].0, 9);
    let still = read(log, "date = \"2021-01-10\"");
    assert_eq!(still.report.clock.roll_overs, 0);
    assert!(times(&still).iter().all(|time| time.starts_with("2021-01-10")));
}

#[test]
fn counts_since_1970() {
    assert_eq!(
        times(&read("t\n1610255580\n1610255580.25\n", "epoch = \"s\"")),
        ["2021-01-10T13:13:00", "2021-01-10T13:13:00.250"]
    );
    let outcome = read("t\n1610255580123\n-1\n99999999999999999\n2021-01-10\n", "epoch = \"ms\"");
    assert_eq!(
        (times(&outcome), outcome.report.rejected_total),
        (vec!["2021-01-10T13:13:00.123".to_owned()], 3)
    );
    assert_eq!(
        read("t\n1610255580123\n", "epoch = \"s\"").report.rejected_total,
        1,
        "another unit"
    );
}

#[test]
fn what_words_leave_open_must_be_stated() {
    assert_eq!(
        refused("t\n2021-01-10 10:00\n1/2/2021 12:00 AM\n", ""),
        [("column[t]".into(), "order".into(), "no-order")]
    );
    assert_eq!(
        refused("t\n1/1/10 12:00 AM\n", "order = \"mdy\""),
        [("column[t]".into(), "pivot".into(), "no-pivot")]
    );
    assert_eq!(
        times(&read("t\n1/2/10 12:00 AM\n1/2/69 12:00 PM\n", "order = \"mdy\"\npivot = 70")),
        ["2010-01-02T00:00:00", "2069-01-02T12:00:00"]
    );
    assert_eq!(
        times(&read("t\n1/2/70 0:30\n", "order = \"dmy\"\npivot = 70")),
        ["1970-02-01T00:30:00"]
    );
    assert_eq!(
        times(&read("t\n10-1-2 8:30\n", "order = \"ymd\"\npivot = 70")),
        ["2010-01-02T08:30:00"]
    );
    for (column, field, code) in [
        ("pivot = 70", "order", "missing"),
        ("roll_over = true", "date", "missing"),
        ("epoch = \"s\"\ndate = \"2021-01-10\"", "epoch", "both-keys"),
        ("epoch = \"min\"", "epoch", "one-of"),
        ("date = \"ghost\"", "ghost", "no-column"),
    ] {
        let found = refused("t\n1\n", column);
        let found: Vec<_> = found.iter().map(|(_, f, c)| (f.as_str(), *c)).collect();
        assert_eq!(found, [(field, code)], "{column}");
    }
}

#[test]
fn loose_words_name_their_policy() {
    let outcome =
        read("t\n2021年1月10日13时13分许\n2021年1月10日约13时\n2021年1月10日凌晨2点左右\n", "");
    let policies: Vec<_> = outcome
        .facts
        .iter()
        .filter_map(|f| f.time.clone())
        .map(|t| (t.policy.map(|p| p.to_string()).unwrap_or_default(), t.lo_ms))
        .collect();
    assert_eq!(
        policies,
        [
            ("told-to-the-minute".into(), -60_000),
            ("about-hour".into(), -1_800_000),
            ("about".into(), -300_000)
        ]
    );
    let stated = read("t\n2021年1月10日13时许\n", "policy = \"about\"");
    assert_eq!(stated.facts.first().and_then(|f| f.time.clone()).map(|t| t.hi_ms), Some(300_000));
}
