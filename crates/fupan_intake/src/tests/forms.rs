//! JSON, JSONL, logs by pattern, archives: rows, numbers, and what is refused.

use super::rows::run;
use super::workbooks::zip;
use crate::{MOST_RATIO, Mapping, Problem, RowItem, open_table, unpack};
use fupan_model::Locator;
use std::io::Write as _;

/// Rows as `number:cell|cell` or `number!expected`.
fn shown(bytes: &[u8], mapping: &str) -> Result<(Vec<String>, Vec<String>), Problem> {
    let mapping = Mapping::parse("m.toml", mapping).expect("mapping");
    let members = unpack(&bytes, &mapping)?;
    let (mut header, mut out) = (Vec::new(), Vec::new());
    for member in &members {
        let table = open_table(member, &mapping)?;
        header.clone_from(&table.header);
        for item in table.rows {
            out.push(match item.map_err(crate::table::problem_of)? {
                RowItem::Good(row) => {
                    let cells: Vec<_> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                    format!("{}:{}", row.number, cells.join("|"))
                }
                RowItem::Bad { number, expected, .. } => format!("{number}!{expected}"),
            });
        }
    }
    Ok((header, out))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("gzip");
    encoder.finish().expect("gzip")
}

#[test]
fn a_list_of_objects() {
    let text = r#"{"site":"A","data":{"note":[1],"items":[
        {"t":"2024-05-12 13:13:05","tag":"GDS-017","v":25.5,"at":{"floor":2,"room":null}},
        {"t":"2024-05-12 13:13:06","v":"27","ok":true,"list":["a",1]},
        17,
        {"t":"x","t":"y"},
        {"t":"last \"one\", with ]}"}
    ]}}"#;
    let (header, rows) =
        shown(text.as_bytes(), "format = \"json\"\nrows = \"data.items\"").expect("table");
    assert_eq!(header, ["t", "tag", "v", "at.floor", "at.room", "ok", "list"]);
    assert_eq!(
        rows,
        [
            "1:2024-05-12 13:13:05|GDS-017|25.5|2|||",
            "2:2024-05-12 13:13:06||27|||true|[\"a\",1]",
            "3!object",
            "4!json",
            "5:last \"one\", with ]}||||||",
        ]
    );
    let code = |text: &str, path: &str| {
        let mapping = format!("format = \"json\"\n{path}");
        shown(text.as_bytes(), &mapping).expect_err("refused").code()
    };
    assert_eq!(code("{\"a\":1}", ""), "no-list");
    assert_eq!(code("{\"a\":{\"b\":1}}", "rows = \"a.c\""), "no-list");
    assert_eq!(code("{\"a\":{\"b\":1}}", "rows = \"a.b\""), "no-list");
    assert_eq!(code("[]", ""), "empty-file");
    let torn = shown(b"[{\"a\":1} {\"a\":2}, {\"a\":3}]", "format = \"json\"").expect("table").1;
    assert_eq!(torn, ["1:1", "2!json"]);
    assert_eq!(
        shown(b"[{\"a\":1},{\"a\":", "format = \"json\"").expect("table").1,
        ["1:1", "2!json"]
    );
}

#[test]
fn an_object_a_line() {
    let text = "{\"时间\":\"a\",\"值\":1}\n\nbroken\n{\"值\":2.50,\"时间\":\"b\\u0000\"}\n[1]\n{\"时间\":\"c\"}";
    let (header, rows) = shown(text.as_bytes(), "format = \"jsonl\"").expect("table");
    assert_eq!(header, ["时间", "值"]);
    assert_eq!(rows, ["1:a|1", "3!json", "4!no-nul", "5!object", "6:c|"]);
}

#[test]
fn the_lines_of_a_run_of_a_sensor_stream() {
    let header = "fupan.example/chunk/v1\ncase x\nseq 0\n\n— gw c2ln\n\n";
    let chunk = |seq: u64| format!("{header}{{\"seq\":{seq},\"values\":{{\"ch4\":{seq}.5}}}}\n");
    let text = chunk(0) + "broken\n" + &chunk(1);
    let (heads, rows) = shown(text.as_bytes(), "format = \"jsonl\"").expect("table");
    assert_eq!(heads, ["seq", "values.ch4"]);
    // Rows are named by their lines in the file.
    assert_eq!(rows, ["7:0|0.5", "8!json", "15:1|1.5"]);
    // Where the file does not begin so, such lines are rows like others.
    let text = format!("{{\"seq\":0}}\n{header}");
    let rows = shown(text.as_bytes(), "format = \"jsonl\"").expect("table").1;
    assert_eq!(rows, ["1:0", "2!json", "3!json", "4!json", "6!json"]);
}

const LOG: &str = "2024-05-12 13:13:05.120 [高报] GDS-017: 浓度 25.5\r\n\
                   2024-05-12 13:13:07.000 [系统] PLC-1: 通讯中断\r\n  at line 7\r\n\r\n  at line 9\r\n\
                   no time here\r\n\
                   2024-05-12 13:13:09.000 broken\r\n\
                   2024-05-12 13:14:00.000 [恢复] GDS-017: 12.0\r\n";
const PATTERN: &str = "format = \"text\"\npattern = \"{时间} [{级别}] {位号:word}: {描述}\"\nzone = \"+08:00\"\n[[column]]\nname = \"时间\"\ntype = \"time\"\n";

#[test]
fn lines_of_a_pattern() {
    let gb = encoding_rs::GB18030.encode(LOG).0.into_owned();
    for bytes in [LOG.as_bytes(), &gb] {
        let (header, rows) = shown(bytes, PATTERN).expect("table");
        assert_eq!(header, ["时间", "级别", "位号", "描述"]);
        assert_eq!(
            rows,
            [
                "1:2024-05-12 13:13:05.120|高报|GDS-017|浓度 25.5",
                "2:2024-05-12 13:13:07.000|系统|PLC-1|通讯中断",
                "3!pattern",
                "5!pattern",
                "6!pattern",
                "7!pattern",
                "8:2024-05-12 13:14:00.000|恢复|GDS-017|12.0",
            ]
        );
    }
    let (_, rows) = shown(LOG.as_bytes(), &format!("record = \"time\"\n{PATTERN}")).expect("table");
    assert_eq!(
        rows,
        [
            "1:2024-05-12 13:13:05.120|高报|GDS-017|浓度 25.5",
            "2:2024-05-12 13:13:07.000|系统|PLC-1|通讯中断\n  at line 7\n\n  at line 9\nno time here",
            "7!pattern",
            "8:2024-05-12 13:14:00.000|恢复|GDS-017|12.0",
        ]
    );
    let two = "format = \"text\"\npatterns = [\"{t:time} A {a}\", \"{t:time} B {b}\"]\n";
    let (header, rows) = shown(b"13:13 A 1\n13:14 B 2\n13:15 C 3\n", two).expect("table");
    assert_eq!(
        (header, rows),
        (
            vec!["t".into(), "a".into(), "b".into()],
            vec!["1:13:13|1|".into(), "2:13:14||2".into(), "3!pattern".into()]
        )
    );
    let errors = run(b"x", "format = \"text\"").expect_err("no pattern");
    assert_eq!(super::brief(&errors), [(String::new(), "pattern".into(), "missing")]);
}

const CSV: &str = "t,v\n2024-05-12 10:00:00,1\n2024-05-12 10:00:10,2\n";
const FACTS: &str = "zone = \"+08:00\"\n[[fact]]\nid = \"x\"\nkind = \"k\"\ntime = \"t\"\n";

#[test]
fn packed_logs_are_read_as_they_lie() {
    let plain = run(CSV.as_bytes(), FACTS).expect("plain");
    let packed = run(&gzip(CSV.as_bytes()), FACTS).expect("gzip");
    assert_eq!(plain, packed);
    let mut twice = gzip(CSV.as_bytes());
    twice.extend(gzip(b"2024-05-12 10:00:20,3\n"));
    assert_eq!(run(&twice, FACTS).expect("two parts").report.rows, 3);
    let archive = zip(&[("log.csv", CSV), ("__MACOSX/._log.csv", "x")]);
    let outcome = run(&archive, FACTS).expect("zip");
    let first = outcome.facts.first().expect("fact");
    let locator = first.cites.iter().next().map(|cite| cite.locator.clone());
    assert_eq!(locator, Some(Locator::SheetRow { sheet: "log.csv".into(), row: 2 }));
    assert_eq!(first.id.as_str(), "L:x:2");
}

#[test]
fn several_members_are_one_log_in_the_stated_order() {
    let later = "t,v\n2024-05-12 10:05:00,3\nbad,4\n2024-05-12 10:00:10,2\n";
    let archive = zip(&[("b.csv", later), ("a.csv", CSV), ("other.txt", "x")]);
    let mapping = format!(
        "files = [\"a.csv\", \"b.csv\"]\n{FACTS}gap = {{ longer_s = 60 }}\nquantities = {{ length = \"@gap_s\" }}"
    );
    let outcome = run(&archive, &mapping).expect("zip");
    assert_eq!((outcome.report.rows, outcome.report.duplicates), (5, 1));
    let bad = outcome.report.rejected.first().expect("row");
    assert_eq!((bad.row, bad.column.as_str()), (3, "b.csv: t"));
    let [gap] = outcome.facts.as_slice() else { panic!("one gap over the seam") };
    let locator = gap.cites.iter().next().map(|cite| cite.locator.clone());
    assert_eq!(locator, Some(Locator::SheetRow { sheet: "a.csv".into(), row: 3 }));
    assert_eq!(gap.id.as_str(), "L:x:1.3");
    let code =
        |mapping: &str, archive: &[u8]| super::brief(&run(archive, mapping).expect_err("refused"));
    let ghost = format!("files = [\"c.csv\"]\n{FACTS}");
    assert_eq!(code(&ghost, &archive), [(String::new(), "files".into(), "no-member")]);
    assert_eq!(code(&ghost, CSV.as_bytes()), [(String::new(), "format".into(), "other-format")]);
    let odd = zip(&[("a.csv", CSV), ("b.csv", "t,w\n1,2\n")]);
    assert_eq!(code(FACTS, &odd), [("b.csv".into(), String::new(), "other-columns")]);
}

#[test]
fn archives_that_grow_beyond_measure_are_refused() {
    let mut big = CSV.as_bytes().to_vec();
    big.resize(80 << 20, b'\n');
    let bomb = gzip(&big);
    assert!(big.len() as u64 / MOST_RATIO > bomb.len() as u64, "{}", bomb.len());
    let errors = run(&bomb, FACTS).expect_err("bomb");
    let error = errors.0.first().expect("error");
    assert_eq!(
        error.problem.args(),
        [("limit", MOST_RATIO.to_string()), ("what", "ratio".to_owned())]
    );
    // An archive that says so of itself is refused before a byte is unpacked.
    let mut said = zip(&[("a.csv", CSV)]);
    let list = said.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("list");
    said[list + 24..list + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert_eq!(
        super::brief(&run(&said, FACTS).expect_err("bomb")),
        [(String::new(), String::new(), "bomb")]
    );
    // Cut off, and with a changed byte.
    let packed = gzip(CSV.as_bytes());
    let cut = run(&packed[..packed.len() - 9], FACTS).expect_err("cut");
    assert_eq!(super::brief(&cut), [(String::new(), String::new(), "not-table")]);
    let mut changed = zip(&[("a.csv", CSV)]);
    changed[50] ^= 1;
    assert_eq!(
        super::brief(&run(&changed, FACTS).expect_err("sum")),
        [("a.csv".into(), String::new(), "not-table")]
    );
}

#[test]
fn a_mark_in_the_midst_costs_its_row() {
    let joined = [CSV, "\u{feff}", CSV].concat();
    let rejected = run(joined.as_bytes(), FACTS).expect("log").report.rejected;
    let shown: Vec<_> = rejected.iter().map(|bad| (bad.row, bad.expected.as_str())).collect();
    assert_eq!(shown, [(4, "no-mark")]);
}

#[test]
fn lines_of_another_encoding_are_bad_rows() {
    let mut bytes = "t,v\n2024-05-12 10:00:00,可燃气体高报\n".to_owned().into_bytes();
    bytes.extend("2024-05-12 10:00:01,一号装置区可燃气体高报\n".as_bytes());
    bytes.extend(&*encoding_rs::GB18030.encode("2024-05-12 10:00:02,恢复\n").0);
    bytes.extend("2024-05-12 10:00:03,恢复正常\n".as_bytes());
    let outcome = run(&bytes, FACTS).expect("log");
    let shown: Vec<_> =
        outcome.report.rejected.iter().map(|b| (b.row, b.expected.as_str())).collect();
    assert_eq!((outcome.report.rows, shown), (4, vec![(4, "utf-8")]));
    // The other way round a decoder is content: the line is found by what it would say in UTF-8.
    let mut bytes =
        encoding_rs::GB18030.encode("t,v\n2024-05-12 10:00:00,一号装置区\n").0.into_owned();
    bytes.extend("2024-05-12 10:00:01,二号\n2024-05-12 10:00:02,plain\n".as_bytes());
    let outcome = run(&bytes, FACTS).expect("log");
    let shown: Vec<_> =
        outcome.report.rejected.iter().map(|b| (b.row, b.expected.as_str())).collect();
    assert_eq!((outcome.report.rows, shown), (3, vec![(3, "gb18030")]));
}
