//! Bad input: everything wrong is named at once, with file, place and field.

use super::{brief, defaults};
use crate::{IntakeErrors, Problem, case_json};

fn errors(text: &str) -> IntakeErrors {
    case_json::read("c.json", text.as_bytes(), None, &defaults()).expect_err("must be refused")
}

fn case(accident: &str, rest: &str) -> String {
    format!(
        r#"{{"format":"fupan-case/1","id":"c","accident":{{{accident}}},
        "parties":[{{"id":"p","track":"enterprise"}}],{rest}}}"#
    )
}

const GOOD: &str = r#""date":"2021-01-10","timezone":"+08:00""#;

fn record(id: &str, rest: &str) -> String {
    format!(r#"{{"id":"{id}","party":"p","event":"e-{id}","kind":"k","text":"t"{rest}}}"#)
}

#[test]
fn files_that_are_no_case() {
    for (text, place, code) in [
        ("", "", "empty-file"),
        ("  \n", "", "empty-file"),
        ("[1]", "", "wrong-type"),
        ("{}", "", "wrong-format"),
        (r#"{"format":"fupan-case/2"}"#, "", "wrong-format"),
        ("{\n \"a\": 1,\n \"b\" 2}", "line 3, column 6", "not-json"),
        (r#"{"a":1,"a":2}"#, "line 1, column 13", "not-json"),
        ("{\"format\":\"fupan-case/1\"", "line 1, column 24", "not-json"),
    ] {
        let errors = errors(text);
        let [error] = errors.0.as_slice() else { panic!("{text}: {errors}") };
        assert_eq!(error.file, "c.json");
        assert_eq!((error.place.as_str(), error.problem.code()), (place, code), "{text}");
    }
    let broken = case_json::read("c.json", b"{\n\"a\": \"\xb1\xa8\"}", None, &defaults());
    let broken = broken.expect_err("no utf-8");
    assert_eq!(brief(&broken), [("line 2, column 7".into(), String::new(), "not-utf8")]);
}

#[test]
fn all_errors_of_a_file_at_once() {
    let text = case(
        r#""date":"2021-02-30","timezone":"+8","deaths":-1,"direct_loss_cny":-5.5,"missing":"two""#,
        &format!(
            r#""records":[{},{},{},{},{}],"questions":[{{"id":"Q","from":"e-a","to":"nowhere"}},{{"id":"Q","from":"e-a","to":"e-a","limit_min":-1}}],
            "clocks":[{{"id":"k","standing":"checked"}},{{"id":"l","standing":"odd"}}]"#,
            record("a", r#","time":"2021-01-10T25:00:00+08:00""#),
            record("a", r#","party2":1,"after":["ghost"]"#),
            record("b", r#","clock":"none","time":"2021-01-10 10:00","error_s":[60,-60]"#),
            record("c", r#","basis":"hearsay","claim":{"value":1}"#),
            r#"{"id":"d","party":"q","event":"e","kind":"k"}"#,
        ),
    );
    let found = brief(&errors(&text));
    let want = [
        ("accident", "date", "bad-date"),
        ("accident", "timezone", "bad-zone"),
        ("accident", "direct_loss_cny", "negative"),
        ("accident", "deaths", "negative"),
        ("accident", "missing", "wrong-type"),
        ("clocks[k]", "offset_s", "missing"),
        ("clocks[l]", "standing", "one-of"),
        ("questions[Q]", "limit_min", "negative"),
        ("records[a]", "time", "bad-time"),
        ("records[b]", "error_s", "bad-bounds"),
        ("records[c]", "basis", "one-of"),
        ("records[c].claim", "field", "missing"),
        ("questions[Q]", "id", "duplicate"),
        ("records[a]", "id", "duplicate"),
        ("records[d]", "party", "unknown-id"),
        ("records[b]", "clock", "unknown-id"),
        ("records[a]", "after", "unknown-id"),
        ("questions[Q]", "to", "unknown-id"),
    ];
    for (place, field, code) in want {
        assert!(
            found.iter().any(|(p, f, c)| (p.as_str(), f.as_str(), *c) == (place, field, code)),
            "{place} {field} {code} not in {found:#?}"
        );
    }
    assert_eq!(found.len(), want.len(), "{found:#?}");
}

#[test]
fn a_circle_of_orders_names_its_records() {
    let text = case(
        GOOD,
        &format!(
            r#""records":[{},{},{},{}]"#,
            record("a", r#","after":["e-c"]"#),
            record("b", r#","after":["e-a"]"#),
            record("c", r#","after":["e-b"],"before":["e-d"]"#),
            record("d", r#","after":["e-d"]"#),
        ),
    );
    let errors = errors(&text);
    let [error] = errors.0.as_slice() else { panic!("{errors}") };
    assert_eq!(
        error.problem,
        Problem::OrderCycle {
            events: vec!["e-a".into(), "e-b".into(), "e-c".into()],
            records: vec!["a".into(), "b".into(), "c".into()],
        }
    );
}

#[test]
fn times_far_from_the_accident() {
    let far =
        case(GOOD, &format!(r#""records":[{}]"#, record("a", r#","time":"1921-01-10 13:13""#)));
    assert_eq!(brief(&errors(&far)), [("records[a]".into(), "time".into(), "far-time")]);
    let near =
        case(GOOD, &format!(r#""records":[{}]"#, record("a", r#","time":"1990-01-10 13:13""#)));
    assert!(case_json::read("c.json", near.as_bytes(), None, &defaults()).is_ok());
}

#[test]
fn policies_and_cites_that_lead_nowhere() {
    let text = case(
        GOOD,
        &format!(
            r#""records":[{},{},{}]"#,
            record("a", r#","time":"2021-01-10 13:13","policy":"guess""#),
            record("b", r#","cite":{"evidence":"E9","row":3}"#),
            record("c", r#","time":"2021-01-10 13:13","policy":"about","error_s":[0,1]"#),
        ),
    );
    assert_eq!(
        brief(&errors(&text)),
        [
            ("records[a]".into(), "policy".into(), "unknown-policy"),
            ("records[b].cite".into(), "evidence".into(), "unknown-id"),
            ("records[c]".into(), "policy".into(), "both-keys"),
        ]
    );
}

#[test]
fn originals_beside_the_file() {
    let with = |path: &str, sha: &str| {
        case(
            GOOD,
            &format!(r#""evidence":[{{"id":"E1","kind":"EV4","path":"{path}","sha256":"{sha}"}}]"#),
        )
    };
    let beside = super::files(&[("log.csv", "a\n")]);
    let read = |text: String| {
        case_json::read("c.json", text.as_bytes(), Some(&beside), &defaults())
            .map_err(|e| e.0.first().map(|e| e.problem.code()))
    };
    let right = crate::digest_of(b"a\n");
    let good = read(with("log.csv", right.as_str())).expect("good");
    assert_eq!(good.evidence.first().map(|e| e.path.as_str()), Some("evidence/log.csv"));
    assert_eq!(read(with("log.csv", "00")).expect_err("bad"), Some("digest-differs"));
    assert_eq!(read(with("other.csv", right.as_str())).expect_err("bad"), Some("file-absent"));
    assert_eq!(read(with("../log.csv", right.as_str())).expect_err("bad"), Some("bad-path"));
    assert_eq!(read(with("log.csv", "")).expect_err("bad"), Some("missing"));
}
