//! Every kind of fault, made by breaking the shipped book, with the fields of its message.

use super::{changed, errors};
use crate::shipped::FILES;
use crate::{Book, Fault};

/// Breaks one place; exactly these (file, row, key, code) must be reported.
fn expect(changes: &[(&str, &str, &str)], places: &[(&str, &str, &str, &str)]) -> Vec<String> {
    let errors = errors(changes);
    let found: Vec<(&str, &str, &str, &str)> = errors
        .iter()
        .map(|e| (e.file.as_str(), e.row.as_str(), e.key.as_str(), e.fault.code()))
        .collect();
    assert_eq!(found, places, "{errors:#?}");
    errors.iter().map(ToString::to_string).collect()
}

const LOG: &str = "id = \"weight-log\"";
const WEIGHTS: &str = "weights.toml";

#[test]
fn not_toml() {
    let errors =
        expect(&[(WEIGHTS, "[[weight]]", "[[weight]]\nx = = 1")], &[(WEIGHTS, "", "", "syntax")]);
    assert!(errors.iter().all(|text| text.contains("line 5")), "{errors:?}");
}

#[test]
fn files_unknown_missing_twice() {
    let mut files = changed(&[]);
    files.retain(|(name, _)| name != "lists.toml" && name != "limits.toml");
    files.push(("colours.toml".to_owned(), String::new()));
    files.push(("duties.toml".to_owned(), String::new()));
    let errors = Book::parse(&files).unwrap_err();
    let has = |file: &str, fault: &str| {
        errors.iter().any(|e| e.file == file && e.row.is_empty() && e.fault.code() == fault)
    };
    assert!(has("lists.toml", "missing-file") && has("limits.toml", "missing-file"));
    assert!(has("colours.toml", "unknown-file") && has("duties.toml", "duplicate-file"));
    let expected = errors.iter().find_map(|e| match &e.fault {
        Fault::UnknownFile { expected } => Some(expected.contains(&"laws.toml".to_owned())),
        _ => None,
    });
    assert_eq!(expected, Some(true));
}

#[test]
fn unknown_keys_and_tables() {
    let texts = expect(
        &[(WEIGHTS, LOG, "id = \"weight-log\"\ncolour = \"red\"")],
        &[(WEIGHTS, "weight-log", "colour", "unknown-key")],
    );
    assert!(texts.iter().all(|text| text.contains("reliability")), "names the known keys");
    expect(
        &[("crosschecks.toml", "max-s = 60", "max-s = 60\nmax-minutes = 1")],
        &[("crosschecks.toml", "CV05", "part.2.max-minutes", "unknown-key")],
    );
    expect(
        &[(WEIGHTS, "[[weight]]", "[[colour]]\nid = \"x\"\n\n[[weight]]")],
        &[(WEIGHTS, "", "colour", "unknown-key")],
    );
}

#[test]
fn missing_and_empty() {
    let texts =
        expect(&[(WEIGHTS, "code = \"log\"", "")], &[(WEIGHTS, "weight-log", "code", "missing")]);
    assert!(texts.iter().all(|text| text.contains("expected a text")));
    expect(&[(WEIGHTS, LOG, "")], &[(WEIGHTS, "weight #1", "id", "missing")]);
    expect(
        &[("crosschecks.toml", "en = \"Alarm against receipt\"", "en = \"\"")],
        &[("crosschecks.toml", "CV08", "en", "empty")],
    );
    expect(
        &[("indicators.toml", "to = \"internal-alarm\" }", "}")],
        &[("indicators.toml", "KE01", "formula.to", "missing")],
    )
    .iter()
    .for_each(|text| assert!(text.contains("order of preference")));
}

#[test]
fn wrong_sort_and_word() {
    let texts = expect(
        &[(WEIGHTS, "weight = 3476", "weight = \"much\"")],
        &[(WEIGHTS, "weight-log", "weight", "sort")],
    );
    assert!(texts.iter().all(|text| text.contains("found string \"much\"")), "{texts:?}");
    let texts = expect(
        &[("crosschecks.toml", "compare = \"exists\"", "compare = \"similar\"")],
        &[("crosschecks.toml", "CV01", "part.1.compare", "word")],
    );
    assert!(texts.iter().all(|text| text.contains("time-diff, equal, subset")));
    expect(
        &[("duties.toml", "effective-from = \"2007-06-01\"", "effective-from = \"1 June\"")],
        &[("duties.toml", "U01", "effective-from", "sort")],
    );
}

#[test]
fn ids_twice_and_dangling() {
    let texts = expect(
        &[(WEIGHTS, LOG, "id = \"floor-minute\"")],
        &[(WEIGHTS, "floor-minute", "id", "duplicate-id")],
    );
    assert!(texts.iter().all(|text| text.contains("reading-policies.toml")));
    let texts = expect(
        &[
            ("crosschecks.toml", "content = \"C3\"", "content = \"C9\""),
            ("crosschecks.toml", "left = \"call-placed\"", "left = \"call-plaeced\""),
        ],
        &[
            ("crosschecks.toml", "CV08", "content", "dangling"),
            ("crosschecks.toml", "CV08", "part.left", "dangling"),
        ],
    );
    assert!(texts.iter().any(|text| text.contains("call-plaeced") && text.contains("fact-kind")));
    expect(
        &[("lists.toml", "of-table = \"plan-element\"", "of-table = \"plans\"")],
        &[("lists.toml", "plan-elements", "of-table", "word")],
    );
}

#[test]
fn quantities_that_do_not_fit() {
    let texts = expect(
        &[("crosschecks.toml", "{ name = \"version\" }", "{ name = \"edition\" }")],
        &[("crosschecks.toml", "CV01", "part.fields", "no-quantity"); 2],
    );
    assert!(texts.iter().any(|text| text.contains("plan-filed") && text.contains("version")));
    expect(
        &[("indicators.toml", "to = \"internal-alarm\" }", "to = \"casualties-stated\" }")],
        &[("indicators.toml", "KE01", "formula", "clash")],
    );
    expect(
        &[("indicators.toml", "have-set = \"elements\"", "have-set = \"place\"")],
        &[("indicators.toml", "KE13", "formula.have", "sort")],
    );
}

#[test]
fn standing_of_a_row() {
    let texts = expect(
        &[(WEIGHTS, "status = \"proposed\"", "status = \"checked\"")],
        &[(WEIGHTS, "weight-log", "status", "status")],
    );
    assert!(texts.iter().all(|text| text.contains("\"D\"") && text.contains("\"proposed\"")));
    expect(
        &[("duties.toml", "effective-from = \"2007-06-01\"\n", "")],
        &[("duties.toml", "U01", "effective-from", "no-effective-date")],
    );
    expect(
        &[(WEIGHTS, "source = \"team\"", "source = \"see https://example.org/law\"")],
        &[(WEIGHTS, "weight-log", "source", "address")],
    );
    expect(
        &[(
            "duties.toml",
            "effective-from = \"2007-06-01\"",
            "effective-from = \"2007-06-01\"\neffective-to = \"2001-01-01\"",
        )],
        &[("duties.toml", "U01", "effective-to", "disorder")],
    );
}

#[test]
fn numbers_out_of_order() {
    let anchors =
        ("indicators.toml", "full = 1, pass = 3, zero = 10", "full = 3, pass = 3, zero = 10");
    let texts = expect(&[anchors], &[("indicators.toml", "KE01", "anchors", "disorder")]);
    assert!(texts.iter().all(|text| text.contains("full < pass < zero")));
    expect(
        &[(
            "indicators.toml",
            "full = 100, pass = 98, zero = 90",
            "full = 90, pass = 98, zero = 100",
        )],
        &[("indicators.toml", "KE10", "anchors", "disorder")],
    );
    expect(
        &[("crosschecks.toml", "max-s = 60", "max-s = -1")],
        &[("crosschecks.toml", "CV05", "part.2.max-s", "disorder")],
    );
    expect(
        &[("reading-policies.toml", "hi-ms = 999", "hi-ms = -1")],
        &[("reading-policies.toml", "floor-second", "hi-ms", "disorder")],
    );
    expect(
        &[("grades.toml", "min = 10, below = 30", "min = 10, below = 3")],
        &[("grades.toml", "grade-major", "deaths.below", "disorder")],
    );
}

#[test]
fn keys_that_contradict() {
    expect(
        &[("crosschecks.toml", "max-s = 60", "max-s = 60\nlimit = \"T02\"")],
        &[("crosschecks.toml", "CV05", "part.2.max-s", "clash")],
    );
    expect(
        &[("limits.toml", "nature = \"at-once\"", "nature = \"within\"")],
        &[("limits.toml", "T01", "span", "clash")],
    );
    expect(
        &[("crosschecks.toml", "pair = \"sequence\"", "pair = \"near\"\nnear-s = 1\nnear-m = 1")],
        &[("crosschecks.toml", "CV23", "part.pair", "clash")],
    );
    expect(
        &[("crosschecks.toml", "{ name = \"level\", by-levels = true }", "{ name = \"level\" }")],
        &[("crosschecks.toml", "CV12", "levels", "clash")],
    );
    expect(
        &[("crosschecks.toml", "right = \"plan-filed\"", "right = \"report-received\"")],
        &[("crosschecks.toml", "CV01", "part.pair", "clash")],
    );
    expect(
        &[("calendar/2024.toml", "year = 2024", "year = 2023")],
        &[("calendar/2024.toml", "CAL-2024", "year", "clash")],
    );
    expect(
        &[("calendar/2024.toml", "\"2024-10-01\"", "\"2025-10-01\"")],
        &[("calendar/2024.toml", "CAL-2024", "holidays", "clash")],
    );
}

#[test]
fn all_errors_at_once_and_counts_are_no_error() {
    let errors = errors(&[
        (WEIGHTS, "code = \"log\"", ""),
        (WEIGHTS, "code = \"form\"", "code = 7"),
        ("lists.toml", "zh = ", "zw = "),
    ]);
    let rows: Vec<&str> = errors.iter().map(|e| e.row.as_str()).collect();
    assert_eq!(rows, ["report-items", "report-items", "weight-form", "weight-log"]);
    let mut files = changed(&[]);
    let (_, text) = files.iter_mut().find(|(name, _)| name == "requirements.toml").unwrap();
    let cut = text.rfind("[[requirement]]").unwrap();
    text.truncate(cut);
    let book = Book::parse(&files).unwrap();
    let [short] = book.shortfalls().try_into().unwrap();
    assert_eq!((short.what.as_str(), short.expected, short.found), ("requirements", 4, 3));
    assert_eq!(FILES.len(), files.len());
}

#[test]
fn local_limits_and_identity() {
    const LOCAL: &str = "limits/shandong.toml";
    expect(
        &[(LOCAL, "place = { zh = \"山东省\", en = \"Shandong\" }\n", "")],
        &[(LOCAL, "T16", "place", "missing")],
    );
    expect(
        &[(LOCAL, "[[limit]]", "[[band]]\nid = \"x\"\n\n[[limit]]")],
        &[(LOCAL, "", "band", "unknown-key")],
    );
    let kinds = "fact-kinds.toml";
    expect(
        &[(kinds, "identity = \"plate\"", "identity = \"colour\"")],
        &[(kinds, "force-sent", "key.identity", "dangling")],
    );
    expect(
        &[("identity.toml", "\"width\"", "\"tone\"")],
        &[("identity.toml", "identity-person", "fold", "word")],
    );
    let mut files = changed(&[]);
    files.push(("limits/Some Where.toml".to_owned(), String::new()));
    let errors = Book::parse(&files).unwrap_err();
    assert!(errors.iter().any(|e| e.fault.code() == "unknown-file"), "{errors:?}");
}
