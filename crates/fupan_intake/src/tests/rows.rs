//! Tables of text: encodings, delimiters, quotes, rows that are none.

use super::defaults;
use crate::{
    Charset, ImportInput, ImportOutcome, IntakeErrors, Mapping, RowItem, import, open_table,
};
use fupan_model::{Evidence, Fact, Value};
use std::collections::BTreeMap;

pub(crate) fn evidence(path: &str) -> Evidence {
    let text = r#"{"id":"L","kind":"EV4","title":"log","party":"p","sha256":"00"}"#;
    let mut evidence: Evidence = serde_json::from_str(text).expect("evidence");
    evidence.path = path.to_owned();
    evidence
}

pub(crate) fn run(bytes: &[u8], mapping: &str) -> Result<ImportOutcome, IntakeErrors> {
    let mapping = Mapping::parse("m.toml", mapping)?;
    import(&ImportInput {
        evidence: &evidence("evidence/log"),
        log: &bytes,
        mapping: &mapping,
        mapping_name: "m.toml",
        kinds: &BTreeMap::new(),
        day_ms: None,
        defaults: &defaults(),
    })
}

fn table(bytes: &[u8], mapping: &str) -> (Vec<String>, Option<Charset>, Vec<RowItem>) {
    let mapping = Mapping::parse("m.toml", mapping).expect("mapping");
    let table = open_table(&bytes, &mapping).expect("table");
    let rows = table.rows.collect::<Result<Vec<_>, _>>().expect("rows");
    (table.header, table.charset, rows)
}

fn shown(rows: &[RowItem]) -> Vec<String> {
    rows.iter()
        .map(|item| match item {
            RowItem::Good(row) => {
                let cells: Vec<_> = row.cells.iter().map(|c| c.text.as_str()).collect();
                format!("{}:{}", row.number, cells.join("|"))
            }
            RowItem::Bad { number, expected, .. } => format!("{number}!{expected}"),
        })
        .collect()
}

const TEXT: &str = "时间,位号,描述\r\n2024-05-12 13:13:05,GDS-017,可燃气体高报 一号装置区\r\n2024-05-12 13:13:06,GDS-018,恢复正常";

#[test]
fn encodings_are_found() {
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let marked = if mark { "\u{feff}" } else { "" }.to_owned() + TEXT;
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let gb = encoding_rs::GB18030.encode(TEXT).0.into_owned();
    let marked = ["\u{feff}", TEXT].concat().into_bytes();
    for (bytes, want) in [
        (TEXT.as_bytes().to_vec(), Charset::Utf8),
        (marked, Charset::Utf8),
        (gb, Charset::Gb18030),
        (utf16(false, true), Charset::Utf16Le),
        (utf16(true, true), Charset::Utf16Be),
    ] {
        let (header, charset, rows) = table(&bytes, "");
        assert_eq!(charset, Some(want));
        assert_eq!(header, ["时间", "位号", "描述"]);
        assert_eq!(
            shown(&rows),
            [
                "2:2024-05-12 13:13:05|GDS-017|可燃气体高报 一号装置区",
                "3:2024-05-12 13:13:06|GDS-018|恢复正常"
            ]
        );
    }
    // Without a mark the zeros of plain figures and letters tell.
    let plain: Vec<u8> = "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(table(&plain, "").1, Some(Charset::Utf16Le));
}

#[test]
fn a_broken_place_costs_its_row_only() {
    let mut bytes = TEXT.as_bytes().to_vec();
    bytes.extend(b"\nx,\xb1\xa8,y\nok,1,2\n");
    let (_, charset, rows) = table(&bytes, "");
    assert_eq!(charset, Some(Charset::Utf8));
    assert_eq!(shown(&rows).split_off(2), ["4!utf-8", "5:ok|1|2"]);
    let mut gb = encoding_rs::GB18030.encode(TEXT).0.into_owned();
    gb.extend(b"\nx,\xff\xff,y\nok,1,2\n");
    let (_, charset, rows) = table(&gb, "encoding = \"gb18030\"");
    assert_eq!(charset, Some(Charset::Gb18030));
    assert_eq!(shown(&rows).split_off(2), ["4!gb18030", "5:ok|1|2"]);
}

#[test]
fn rows_that_are_none_are_named() {
    let text = b"a;b;c\n1;2;3\n\n;;\n1;2\n1;2;3;4\n1;2;3;\nx;\0;z\n\"q;r\n4;5;6\n\"7\n8\";9;0";
    let (_, _, rows) = table(text, "");
    assert_eq!(
        shown(&rows),
        [
            "2:1|2|3",
            "5!columns=3",
            "6!columns=3",
            "7:1|2|3",
            "8!no-nul",
            "9!closing-quote",
            "10:4|5|6",
            "11:7\n8|9|0",
        ],
        "a stray quote costs its own line, whatever closes it"
    );
    let (_, _, rows) = table(b"a;b;c\n\"q;r\n4;5;6\n7;8;9", "");
    assert_eq!(shown(&rows), ["2!closing-quote", "3:4|5|6", "4:7|8|9"]);
}

#[test]
fn heads_delimiters_and_line_ends() {
    let (header, _, rows) = table(b"Report\n\nt\tv\n1\t2", "header_row = 3");
    assert_eq!((header, shown(&rows)), (vec!["t".into(), "v".into()], vec!["4:1|2".into()]));
    let (header, _, rows) = table(b"1,2\n3,4", "header_row = 0");
    assert_eq!(header, ["1", "2"]);
    assert_eq!(shown(&rows), ["1:1|2", "2:3|4"]);
    let (_, _, rows) = table(b"a|b\r1|2\r3|4\r", "");
    assert_eq!(shown(&rows), ["2:1|2", "3:3|4"]);
    let (_, _, rows) = table(b"a#b\n1#2\n", "delimiter = \"#\"");
    assert_eq!(shown(&rows), ["2:1|2"]);
    let (_, _, rows) = table(b"a,b\n\"x\ny\",2\n3,4\n", "");
    assert_eq!(shown(&rows), ["2:x\ny|2", "4:3|4"]);
}

#[test]
fn a_line_without_end_is_named_and_the_rest_is_read() {
    let mut bytes = b"a,b\n".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', (1 << 24) + 200_000));
    bytes.extend(b"\n1,2\n");
    let (_, _, rows) = table(&bytes, "");
    assert_eq!(shown(&rows), ["2!shorter-line", "3:1|2"]);
}

#[test]
fn chunks_leave_no_seam() {
    let mut text = String::from("时间,值\n");
    for row in 0..20_000 {
        text.push_str(&format!("第{row}行,{row}\n"));
    }
    let bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
    let (_, charset, rows) = table(&bytes, "");
    assert_eq!(charset, Some(Charset::Gb18030));
    assert_eq!(rows.len(), 20_000);
    assert_eq!(shown(&rows).last().map(String::as_str), Some("20001:第19999行|19999"));
}

fn code(result: Result<ImportOutcome, IntakeErrors>) -> Vec<(String, &'static str)> {
    let errors = result.expect_err("must be refused");
    errors.0.iter().map(|e| (e.field.clone(), e.problem.code())).collect()
}

#[test]
fn logs_and_mappings_that_do_not_fit() {
    let time = "[[column]]\nname = \"t\"\ntype = \"time\"\n";
    assert_eq!(code(run(b"", "")), [(String::new(), "empty-file")]);
    assert_eq!(code(run(b"\n \n", "")), [(String::new(), "empty-file")]);
    assert_eq!(code(run(b"a,b\n1,2", time)), [("t".into(), "no-column")]);
    assert_eq!(code(run(b"t,t\n1,2", time)), [("t".into(), "column-twice")]);
    assert_eq!(code(run(b"t\n2024-05-12 13:13", time)), [("zone".into(), "no-zone")]);
    assert_eq!(code(run(b"PK\x03\x04garbage", "")), [(String::new(), "not-table")]);
    assert_eq!(
        code(run(b"PK\x03\x04garbage", "format = \"csv\"")),
        [("format".into(), "other-format")]
    );
    let many = "zonne = 1\nzone = \"+99:00\"\ndelimiter = \"ab\"\nencoding = \"big5\"\n[[fact]]\nid = \"x\"\nwhere = [{ column = \"a\" }]\ncrossing = { column = \"a\" }\nevent = \"{\"\n";
    let found = code(run(b"a", many));
    for want in [
        ("zonne", "unknown-key"),
        ("zone", "bad-zone"),
        ("delimiter", "one-of"),
        ("encoding", "one-of"),
        ("kind", "missing"),
        ("where", "one-of"),
        ("above", "missing"),
        ("event", "wrong-type"),
        ("time", "missing"),
    ] {
        assert!(found.contains(&(want.0.to_owned(), want.1)), "{want:?} not in {found:?}");
    }
}

const RULES: &str = r#"
zone = "+08:00"
[[column]]
name = "t"
type = "time"
[[column]]
name = "v"
type = "number"
"#;

fn facts(text: &str, rule: &str) -> Vec<Fact> {
    let mapping = format!("{RULES}[[fact]]\nid = \"x\"\nkind = \"k\"\ntime = \"t\"\n{rule}");
    run(text.as_bytes(), &mapping).unwrap_or_else(|e| panic!("{e}")).facts
}

fn ids(facts: &[Fact]) -> Vec<(&str, String)> {
    let locator = |fact: &Fact| match fact.cites.iter().next().map(|c| c.locator.clone()) {
        Some(fupan_model::Locator::Row(row)) => row.to_string(),
        other => format!("{other:?}"),
    };
    facts.iter().map(|fact| (fact.id.as_str(), locator(fact))).collect()
}

const VALUES: &str = "t,tag,v,n\n\
2024-05-12 10:00:00,A,10,007\n\
2024-05-12 10:00:10,A,30,\n\
2024-05-12 10:00:20,A,31,8\n\
2024-05-12 10:00:30,A,20,x\n\
2024-05-12 10:00:40,B,99,\n\
2024-05-12 10:00:50,A,26,\n\
2024-05-12 10:01:30,A,27,\n\
,A,5,\n\
2024-05-12 10:00:00,A,28,\n";

#[test]
fn first_last_each() {
    assert_eq!(ids(&facts(VALUES, "pick = \"first\"")), [("L:x", "2".into())]);
    assert_eq!(ids(&facts(VALUES, "pick = \"last\"")), [("L:x", "8".into())]);
    let each = facts(
        VALUES,
        "pick = \"each\"\nwhere = [{ column = \"v\", at_least = 28 }, { column = \"tag\", in = [\"A\", \"C\"] }]",
    );
    assert_eq!(ids(&each), [("L:x:3", "3".into()), ("L:x:4", "4".into()), ("L:x:10", "10".into())]);
    let empty = facts(VALUES, "pick = \"each\"\nwhere = [{ column = \"t\", empty = true }]");
    assert_eq!(ids(&empty), [("L:x:9", "9".into())]);
    assert_eq!(empty.first().and_then(|f| f.time.clone()), None);
    let late = facts(VALUES, "pick = \"first\"\nwhere = [{ column = \"v\", at_most = 9 }]");
    assert_eq!(late, [], "a row without a time cannot be the first");
    let part = facts(VALUES, "where = [{ column = \"n\", contains = \"0\" }]");
    assert_eq!(ids(&part), [("L:x:2", "2".into())]);
}

#[test]
fn a_threshold_crossed_and_kept() {
    let cross = |rest: &str| {
        facts(VALUES, &format!("where = [{{ column = \"tag\", is = \"A\" }}]\n{rest}"))
    };
    let above = cross("pick = \"each\"\ncrossing = { column = \"v\", above = 25 }");
    assert_eq!(ids(&above), [("L:x:3", "3".into()), ("L:x:7", "7".into())]);
    let held = cross("pick = \"first\"\ncrossing = { column = \"v\", above = 25, hold_s = 30 }");
    assert_eq!(ids(&held), [("L:x", "7".into())]);
    let never = cross("pick = \"first\"\ncrossing = { column = \"v\", above = 25, hold_s = 60 }");
    assert_eq!(never, []);
    let strict = cross("pick = \"first\"\ncrossing = { column = \"v\", above = 31 }");
    assert_eq!(strict, [], "at the threshold is not beyond it");
    let below = cross("pick = \"each\"\ncrossing = { column = \"v\", below = 20.5 }");
    assert_eq!(ids(&below), [("L:x:2", "2".into()), ("L:x:5", "5".into())]);
}

#[test]
fn texts_keys_quantities_claims() {
    let rule = "pick = \"first\"\nevent = \"e-{tag}\"\ntext = \"{tag} at {v}\"\nkey = \"{n}\"\nafter = [\"start-{tag}\"]\nclaims = [{ field = \"level\", column = \"v\", as_of = \"t\" }]\nquantities = { number = \"v\", name = \"n\", set = [\"tag\", \"n\", \"tag\"], words = \"{tag}/{n}\" }";
    let facts = facts(VALUES, rule);
    let [fact] = facts.as_slice() else { panic!("one fact") };
    assert_eq!((fact.event.as_str(), fact.text.as_str()), ("e-A", "A at 10"));
    assert_eq!(fact.key.as_deref(), Some("007"));
    assert_eq!(fact.after.first().map(|e| e.as_str()), Some("start-A"));
    let text = |text: &str| Value::Text(text.to_owned());
    let want = BTreeMap::from([
        ("number".to_owned(), Value::Number(fupan_model::Decimal::whole(10))),
        ("name".to_owned(), text("007")),
        ("set".to_owned(), Value::Set(vec!["007".into(), "A".into()])),
        ("words".to_owned(), text("A/007")),
    ]);
    assert_eq!(fact.quantities, want);
    let claim = fact.claims.first().expect("claim");
    assert_eq!(claim.as_of.map(|m| m.to_string()).as_deref(), Some("2024-05-12T10:00:00+08:00"));
    let time = fact.time.clone().expect("time");
    assert_eq!((time.text.as_str(), time.hi_ms), ("2024-05-12 10:00:00", 999));
}

#[test]
fn bad_rows_are_counted_and_the_first_thousand_listed() {
    let mut text = String::from("t,v\n");
    for row in 0..1500 {
        text.push_str(&format!("2024-05-32 10:00,{row}\n"));
    }
    text.push_str(
        "2024-05-12 10:00,1\n2024-05-12 10:00,1\n2024-05-12 10:00,2.50\n2024-05-12 09:00,1e3\n",
    );
    let outcome = run(text.as_bytes(), RULES).expect("outcome");
    let report = outcome.report;
    assert_eq!((report.rows, report.rejected_total, report.duplicates), (1504, 1501, 1));
    assert_eq!(report.rejected.len(), 1000);
    let first = report.rejected.first().expect("row");
    assert_eq!((first.row, first.column.as_str()), (2, "t"));
    assert_eq!((first.text.as_str(), first.expected.as_str()), ("2024-05-32 10:00", "time"));
    let figures: Vec<_> = report
        .columns
        .iter()
        .map(|c| (c.min.as_deref(), c.max.as_deref(), c.sum.as_deref()))
        .collect();
    let at = Some("2024-05-12T10:00:00+08:00");
    assert_eq!(figures, [(at, at, None), (Some("1"), Some("2.50"), Some("3.50"))]);
    assert_eq!(report.first.map(|m| m.to_string()).as_deref(), at);
}
