//! Gaps, floods, changes, first after another, and cells that hold many values.

use super::{brief, rows::run};
use fupan_model::{Fact, Locator, Value};

fn facts(text: &str, rules: &str) -> Vec<Fact> {
    let mapping = format!("zone = \"+08:00\"\n{rules}");
    run(text.as_bytes(), &mapping).unwrap_or_else(|e| panic!("{e}")).facts
}

fn rule(rest: &str) -> String {
    format!("[[fact]]\nid = \"x\"\nkind = \"k\"\ntime = \"t\"\n{rest}\n")
}

fn row(fact: &Fact) -> u64 {
    match fact.cites.iter().next().map(|cite| cite.locator.clone()) {
        Some(Locator::Row(row)) => row,
        other => panic!("{other:?}"),
    }
}

const STREAM: &str = "t,tag,s\n\
2024-05-12 10:00:00,A,开\n\
2024-05-12 10:00:05,B,关\n\
2024-05-12 10:00:10,A,开\n\
2024-05-12 10:05:10,A,关\n\
2024-05-12 10:05:11,B,\n\
2024-05-12 10:05:12,A,故障\n\
2024-05-12 10:05:13,B,开\n\
2024-05-12 10:05:09,A,关\n\
2024-05-12 11:00:00,A,关\n";

#[test]
fn a_silence() {
    let found = facts(
        STREAM,
        &rule(
            "gap = { longer_s = 60 }\ntime_end = \"@until\"\ntext = \"{tag} {@gap_s}\"\nquantities = { length = \"@gap_s\" }",
        ),
    );
    assert_eq!(found.iter().map(row).collect::<Vec<_>>(), [4, 8]);
    let first = found.first().expect("fact");
    assert_eq!(first.text, "A 300");
    assert_eq!(
        first.quantities.get("length"),
        Some(&Value::Number(fupan_model::Decimal::whole(300)))
    );
    assert_eq!(
        first.time_end.clone().map(|t| t.at.to_string()).as_deref(),
        Some("2024-05-12T10:05:10+08:00")
    );
    let strict = facts(STREAM, &rule("gap = { longer_s = 300 }"));
    assert_eq!(strict.iter().map(row).collect::<Vec<_>>(), [8], "longer, not as long");
    let of_one = facts(
        STREAM,
        &rule(
            "where = [{ column = \"tag\", is = \"B\" }]\ngap = { longer_s = 300 }\npick = \"first\"",
        ),
    );
    assert_eq!(of_one.iter().map(row).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_flood() {
    let count = |rest: &str| {
        facts(
            STREAM,
            &rule(&format!("count = {{ {rest} }}\ntime_end = \"@until\"\ntext = \"{{@count}}\"")),
        )
    };
    let shown = |found: &[Fact]| -> Vec<(u64, String)> {
        found.iter().map(|f| (row(f), f.text.clone())).collect()
    };
    assert_eq!(shown(&count("at_least = 3, within_s = 10")), [(2, "3".into()), (5, "5".into())]);
    assert_eq!(shown(&count("at_least = 4, within_s = 10")), [(5, "5".into())]);
    assert_eq!(shown(&count("at_least = 6, within_s = 10")), []);
    let ends = count("at_least = 4, within_s = 10");
    let end = ends.first().and_then(|f| f.time_end.clone()).map(|t| t.text);
    assert_eq!(end.as_deref(), Some("2024-05-12 10:05:09"));
}

#[test]
fn a_change_of_state() {
    let change = |rest: &str| {
        let found = facts(
            STREAM,
            &rule(&format!("change = {{ column = \"s\", {rest} }}\ntext = \"{{@from}}→{{@to}}\"")),
        );
        found.iter().map(|f| format!("{} {}", row(f), f.text)).collect::<Vec<_>>()
    };
    assert_eq!(change("per = \"{tag}\""), ["5 开→关", "7 关→故障", "8 关→开", "9 故障→关"]);
    assert_eq!(change("per = \"{tag}\", to = \"关\""), ["5 开→关", "9 故障→关"]);
    assert_eq!(change("per = \"{tag}\", from = \"关\", to = \"开\""), ["8 关→开"]);
    assert_eq!(change("to = \"故障\"").len(), 1);
}

#[test]
fn the_first_after_a_time_or_another_fact() {
    let after =
        facts(STREAM, &rule("pick = \"first\"\nafter_time = \"2024-05-12T10:00:06+08:00\""));
    assert_eq!(after.iter().map(row).collect::<Vec<_>>(), [4]);
    let two = format!(
        "{}[[fact]]\nid = \"y\"\nkind = \"k\"\ntime = \"t\"\npick = \"last\"\nwhere = [{{ column = \"s\", is = \"故障\" }}]\n",
        rule("pick = \"first\"\nafter_fact = \"y\"\nwhere = [{ column = \"tag\", is = \"A\" }]")
    );
    let found = facts(STREAM, &two);
    assert_eq!(
        found.iter().map(|f| (f.id.as_str(), row(f))).collect::<Vec<_>>(),
        [("L:x", 10), ("L:y", 7)]
    );
    let circle = rule("after_fact = \"x\"");
    let errors = run(STREAM.as_bytes(), &circle).expect_err("waits for itself");
    assert_eq!(brief(&errors), [(String::new(), "after_fact".into(), "unknown-id")]);
}

const CALLS: &str = "call,at,units\n\
C1,2019-01-10 23:50:00,\"E01=23:55:10, T02=00:03:00\"\n\
C2,2019-01-11 08:00:00,E05=08:04:30\n\
C3,2019-01-11 09:00:00,\n\
C4,2019-01-11 10:00:00,\"E01=10:04:00, E02\"\n\
C5,2019-01-11 11:00:00,\"E01=25:04:00\"\n";
const SPLIT: &str = "[[fact]]\nid = \"x\"\nkind = \"k\"\nsplit = { column = \"units\", items = \", \", pair = \"=\", key = \"unit\", value = \"arrived\", date = \"at\" }\ntime = \"arrived\"\nkey = \"{call}/{unit}\"\ntext = \"{unit} {arrived}\"\n";

#[test]
fn cells_that_hold_many_values() {
    let outcome = run(CALLS.as_bytes(), &format!("zone = \"-08:00\"\n{SPLIT}"))
        .unwrap_or_else(|e| panic!("{e}"));
    let shown: Vec<_> = outcome
        .facts
        .iter()
        .map(|f| {
            let time = f.time.clone().map(|t| t.at.to_string()).unwrap_or_default();
            format!("{} {} {time}", f.id, f.key.clone().unwrap_or_default())
        })
        .collect();
    assert_eq!(
        shown,
        [
            "L:x:2:1 C1/E01 2019-01-10T23:55:10-08:00",
            "L:x:2:2 C1/T02 2019-01-11T00:03:00-08:00",
            "L:x:3:1 C2/E05 2019-01-11T08:04:30-08:00",
        ]
    );
    let bad: Vec<_> = outcome
        .report
        .rejected
        .iter()
        .map(|b| (b.row, b.column.as_str(), b.text.as_str(), b.expected.as_str()))
        .collect();
    assert_eq!(bad, [(5, "units", "E02", "pair"), (6, "units", "E01=25:04:00", "time")]);
    let first = run(CALLS.as_bytes(), &format!("zone = \"-08:00\"\n{SPLIT}pick = \"last\"\n"))
        .expect("last");
    assert_eq!(first.facts.first().and_then(|f| f.key.clone()).as_deref(), Some("C2/E05"));
}

const RUNS: &str = "call,day,sent,there\n\
C1,1/1/10 12:00 AM,\"E1=23:50:00, E2=23:58:00\",\"E1=23:59:00, E2=00:10:00\"\n\
C2,1/2/10 12:00 AM,E1=08:10:00,E1=08:05:00\n\
C3,1/3/10 12:00 AM,NULL,E1=09:00:00\n\
C4,1/4/10 12:00 AM,E1=10:00:00,NULL\n\
C5,1/5/10 12:00 AM,E1=23:00:00,E3=00:10:00\n";

/// Midnight between two columns: told by the half of a day between the values of one key. A value
/// that is a little early stays: that is the clock's fault, and shown. Words that say nothing are
/// empty cells, and a row is judged only by the rules that speak of it.
#[test]
fn midnight_between_two_cells_of_many_values() {
    let column = "nothing = [\"NULL\"]\nzone = \"-06:00\"\n[[column]]\nname = \"day\"\ntype = \"time\"\norder = \"mdy\"\npivot = 70\n";
    let split = "[[fact]]\nid = \"x\"\nkind = \"k\"\ntime = \"at\"\ntext = \"{call} {unit}\"\nsplit = { column = \"there\", items = \",\", pair = \"=\", key = \"unit\", value = \"at\", date = \"day\", since = [\"sent\"] }\n";
    let outcome =
        run(RUNS.as_bytes(), &format!("{column}{split}")).unwrap_or_else(|e| panic!("{e}"));
    let shown: Vec<String> = outcome
        .facts
        .iter()
        .map(|f| format!("{} {}", f.text, f.time.as_ref().expect("time").at))
        .collect();
    assert_eq!(
        shown,
        [
            "C1 E1 2010-01-01T23:59:00-06:00",
            "C1 E2 2010-01-02T00:10:00-06:00",
            "C2 E1 2010-01-02T08:05:00-06:00",
            "C3 E1 2010-01-03T09:00:00-06:00",
            "C5 E3 2010-01-05T00:10:00-06:00",
        ]
    );
    assert_eq!(outcome.report.rejected_total, 0);
    assert_eq!(outcome.report.clock.roll_overs, 1);
    let rolled = outcome.report.clock.rolled.first().map(|step| (step.row, step.from.to_string()));
    assert_eq!(rolled, Some((2, String::from("2010-01-01T23:58:00-06:00"))));
    let said = column.replace("nothing = [\"NULL\"]\n", "");
    let where_ = "where = [{ column = \"there\", contains = \"=\" }]\n";
    let kept = run(RUNS.as_bytes(), &format!("{said}{split}{where_}")).expect("import");
    assert_eq!((kept.report.rejected_total, kept.facts.len()), (0, 5));
    let strict = run(RUNS.as_bytes(), &format!("{said}{split}")).expect("import");
    assert_eq!(strict.report.rejected.first().map(|row| row.row), Some(5));
}

#[test]
fn rules_that_do_not_fit_are_named() {
    for (rest, field, code) in [
        ("gap = { longer_s = 0 }", "longer_s", "negative"),
        ("gap = {}", "longer_s", "missing"),
        ("count = { at_least = 1, within_s = 5 }", "at_least", "wrong-type"),
        ("change = { per = \"{a}\" }", "column", "missing"),
        ("after_time = \"2024-05-12 10:00\"", "after_time", "bad-time"),
        ("gap = { longer_s = 1 }\ncrossing = { column = \"t\", above = 1 }", "gap", "both-keys"),
        (
            "split = { column = \"t\", items = \",\", value = \"v\", key = \"k\" }",
            "pair",
            "missing",
        ),
        (
            "split = { column = \"t\", items = \",\", value = \"v\", since = [\"t\"] }",
            "date",
            "missing",
        ),
    ] {
        let errors = run(b"t\n2024-05-12\n", &rule(rest)).expect_err(rest);
        assert!(
            brief(&errors).iter().any(|(_, f, c)| (f.as_str(), *c) == (field, code)),
            "{rest}: {errors}"
        );
    }
    let errors = run(b"t\n2024-05-12\n", &rule("text = \"{@gap_s}\"")).expect_err("no gap");
    assert_eq!(brief(&errors), [("fact[x]".into(), "@gap_s".into(), "no-column")]);
}

/// Curves: readings by instrument, the thresholds drawn with them, and each crossing.
#[test]
fn readings_are_drawn() {
    let log = "t,tag,v\n2024-05-12 10:00:00,A,1\n2024-05-12 10:00:01,A,30\n2024-05-12 10:00:02,B,-2\n2024-05-12 10:00:03,A,\n2024-05-12 10:00:04,A,20\n2024-05-12 10:00:05,A,26\n2024-05-12 10:00:06,C,99\n";
    let rule = "zone = \"+08:00\"\n[[series]]\nvalue = \"v\"\ntime = \"t\"\nunit = \"%LEL\"\nkey = \"{tag}\"\nthresholds = [25, 50]\nwhere = [{ column = \"tag\", in = [\"A\", \"B\"] }]\n";
    let series = run(log.as_bytes(), rule).unwrap_or_else(|e| panic!("{e}")).report.series;
    let keys: Vec<(&str, usize)> =
        series.iter().map(|s| (s.key.as_str(), s.points.len())).collect();
    assert_eq!(keys, [("A", 4), ("B", 1)]);
    let first = series.first().expect("a curve");
    let crossed: Vec<String> = first.crossings.iter().map(ToString::to_string).collect();
    assert_eq!(crossed, ["2024-05-12T10:00:01+08:00", "2024-05-12T10:00:05+08:00"]);
    assert_eq!((first.quantity.as_str(), first.unit.as_str()), ("v", "%LEL"));
    let errors =
        run(log.as_bytes(), &rule.replace("value = \"v\"", "value = \"w\"")).expect_err("w");
    assert_eq!(brief(&errors), [("series[1]".into(), "w".into(), "no-column")]);
    let errors = run(log.as_bytes(), &rule.replace("unit", "units")).expect_err("units");
    let codes: Vec<&str> = brief(&errors).iter().map(|(.., code)| *code).collect();
    assert_eq!(codes, ["missing", "unknown-key"]);
}
