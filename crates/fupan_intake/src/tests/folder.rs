//! The case folder: descriptors, clocks, imports, and the way through JSON and back.

use super::{defaults, files};
use crate::{CaseSource, SourceError, case_folder, case_json};
use fupan_model::{CaseFile, Locator, Origin};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

const HEAD: &str = r#"
format = "fupan-case-folder/1"
id = "t"
title = "T"
languages = ["zh", "en"]
colour = "red"
[accident]
date = 2024-05-12
timezone = "+08:00"
deaths = 3
weather = { wind = 3.5 }
[[party]]
id = "plant"
name = "Plant"
track = "enterprise"
[[party]]
id = "bureau"
name = "Bureau"
track = "government"
[[clock]]
id = "dcs"
standing = "checked"
offset_s = [88, 92.5]
cite = { evidence = "E2", page = 1 }
[[clock_relation]]
id = "k1"
a = "dcs"
b = "civil"
offset_s = [88, 93]
[[team]]
role = "leader"
[[question]]
id = "Q1"
from = "leak"
to = "received"
limit_min = 60
[[question]]
id = "Q2"
from = "alarm-GDS-018"
to = "received"
[kinds]
"报警" = "call-placed"
"#;

const FACTS: &str = r#"
[[fact]]
id = "f1"
party = "bureau"
event = "received"
kind = "报警"
text = "call received"
time = 2024年5月12日14时02分
"#;

const MAPPING: &str = r#"
format = "csv"
zone = "+08:00"
[[column]]
name = "时间"
type = "time"
required = true
[[column]]
name = "值"
type = "number"
[[fact]]
id = "leak"
kind = "internal-alarm"
event = "leak"
pick = "first"
where = [{ column = "类型", is = "高报" }]
time = "时间"
text = "{位号} {值}"
key = "{位号}"
quantities = { level = "值" }
[[fact]]
id = "alarm"
kind = "internal-alarm"
event = "alarm-{位号}"
pick = "each"
where = [{ column = "类型", is = "高高报" }]
time = "时间"
[[series]]
value = "值"
time = "时间"
unit = "%LEL"
key = "{位号}"
thresholds = [25, 50.5]
"#;

const LOG: &str = "时间,位号,类型,值\r\n\
2024-05-12 13:13:05,GDS-017,高报,26.5\r\n\
2024-05-12 13:12:05,GDS-017,正常,1\r\n\
2024-05-32 13:12:05,GDS-017,高报,1\r\n\
2024-05-12 13:14:05,GDS-017,高高报,51\r\n\
2024-05-12 13:14:05,GDS-017,高高报,51";

pub(super) fn folder() -> BTreeMap<String, Vec<u8>> {
    let facts = FACTS.replace("2024年5月12日14时02分", "\"2024年5月12日14时02分\"")
        + "cite = { evidence = \"E2\", page = 2 }\nmood = \"calm\"\n";
    let mut all = files(&[
        ("case.toml", HEAD),
        ("facts.toml", &facts),
        ("evidence/dcs.csv", LOG),
        (
            "evidence/dcs.csv.toml",
            "id = \"E1\"\nkind = \"EV4\"\ntitle = \"DCS\"\nparty = \"plant\"\nclock = \"dcs\"\nmapping = \"mappings/dcs.toml\"\nshelf = 7\n[fields]\norigin = \"DCS server\"\n",
        ),
        ("mappings/dcs.toml", MAPPING),
        ("evidence/duty.txt", "14:02 call"),
        (
            "evidence/duty.txt.toml",
            "id = \"E2\"\nkind = \"EV1\"\ntitle = \"Duty\"\nparty = \"bureau\"\nclock = \"civil\"\n",
        ),
        ("evidence/.DS_Store", "x"),
        (
            "requests.toml",
            "[[request]]\nid = \"RQ1\"\nto = \"plant\"\nasks = \"drill records\"\ndue = 2024-05-20\nreply = { at = \"2024-05-19T10:00:00+08:00\", text = \"here\", evidence = [\"E1\"] }\n",
        ),
        (
            "interviews.toml",
            "[[interview]]\nid = \"I1\"\nparty = \"plant\"\nrole = \"chief\"\nlayer = \"decision\"\ninterviewers = [\"a\", \"b\"]\nevidence = \"E2\"\nsigned = true\n",
        ),
        (
            "findings.toml",
            "[[finding]]\nid = \"H1\"\ntone = \"good\"\ncontent = \"C3\"\ntext = \"t\"\nby = \"x\"\ncite = { evidence = \"E1\", row = 2 }\n",
        ),
        ("choices.toml", "[[choice]]\nretract = [\"f1\"]\nby = \"x\"\nreason = \"r\"\n"),
    ]);
    all.insert("kept.json".into(), br#"{"deep": {"a": null}}"#.to_vec());
    all
}

fn read(files: &BTreeMap<String, Vec<u8>>) -> CaseFile {
    case_folder::read(files, &defaults()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn a_folder_is_read_with_its_logs() {
    let case = read(&folder());
    let ids: Vec<_> = case.facts.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["E1:alarm:5", "E1:leak", "f1"]);
    let leak = case.facts.iter().find(|f| f.id.as_str() == "E1:leak").expect("leak");
    assert_eq!(leak.origin, Origin::Import);
    assert_eq!((leak.text.as_str(), leak.clock.as_str()), ("GDS-017 26.5", "dcs"));
    assert_eq!(leak.cites.iter().next().map(|c| c.locator.clone()), Some(Locator::Row(2)));
    let [report] = case.imports.as_slice() else { panic!("one import") };
    assert_eq!((report.rows, report.rejected_total, report.duplicates, report.facts), (5, 1, 1, 2));
    let clocks: Vec<_> = case.clocks.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(clocks, ["civil", "dcs"]);
    let due = case.requests.first().and_then(|r| r.due).map(|d| d.to_string());
    assert_eq!(due.as_deref(), Some("2024-05-20T23:59:59.999+08:00"));
    let kept: Vec<_> = case.kept.keys().map(String::as_str).collect();
    assert_eq!(
        kept,
        ["accident.weather", "colour", "deep", "evidence[E1].shelf", "records[f1].mood"]
    );
}

#[test]
fn round_trips_of_a_folder() {
    let original = folder();
    let case = read(&original);
    let json = case_json::write(&case);
    let back = case_json::read("x.json", &json, Some(&original), &defaults());
    let back = back.unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(back, case);
    assert_eq!(case_json::write(&back), json);
    let mut written = case_folder::write(&back);
    for path in ["evidence/dcs.csv", "evidence/duty.txt"] {
        written.insert(path.into(), original.get(path).cloned().unwrap_or_default());
    }
    let again = read(&written);
    assert_eq!(again, case);
    let facts = String::from_utf8_lossy(written.get("facts.toml").expect("facts")).into_owned();
    assert!(!facts.contains("E1:leak"), "imports are made again, not written: {facts}");
}

fn refused(
    change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>),
) -> Vec<(String, String, String, &'static str)> {
    let mut all = folder();
    change(&mut all);
    let errors = case_folder::read(&all, &defaults()).expect_err("must be refused");
    let list = errors.0.iter();
    list.map(|e| (e.file.clone(), e.place.clone(), e.field.clone(), e.problem.code())).collect()
}

fn edit(all: &mut BTreeMap<String, Vec<u8>>, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(all.remove(path).expect("file")).expect("utf-8");
    assert!(text.contains(from), "{from}");
    all.insert(path.into(), text.replacen(from, to, 1).into_bytes());
}

#[test]
fn what_a_folder_lacks() {
    let one = |file: &str, place: &str, field: &str, code: &'static str| {
        vec![(file.to_owned(), place.to_owned(), field.to_owned(), code)]
    };
    assert_eq!(refused(|f| drop(f.remove("case.toml"))), one("case.toml", "", "", "file-absent"));
    let orphan = refused(|f| drop(f.insert("evidence/x.pdf".into(), vec![1])));
    assert_eq!(orphan, one("evidence/x.pdf", "", "", "no-descriptor"));
    let lost = refused(|f| drop(f.insert("evidence/x.pdf.toml".into(), b"id = \"E3\"".to_vec())));
    assert_eq!(lost, one("evidence/x.pdf.toml", "", "", "no-original"));
    let changed = refused(|f| {
        edit(f, "evidence/duty.txt.toml", "title", "sha256 = \"abc\"\ntitle");
    });
    assert_eq!(changed, one("evidence/duty.txt.toml", "", "sha256", "digest-differs"));
    let no_mapping = refused(|f| drop(f.remove("mappings/dcs.toml")));
    assert!(no_mapping.contains(&(
        "mappings/dcs.toml".into(),
        String::new(),
        String::new(),
        "file-absent"
    )));
    let outside = refused(|f| edit(f, "evidence/dcs.csv.toml", "mappings/dcs", "../../dcs"));
    assert!(outside.contains(&(
        "evidence/dcs.csv.toml".into(),
        String::new(),
        "mapping".into(),
        "bad-path"
    )));
}

#[test]
fn times_without_a_clock_are_refused_unless_one_is_chosen() {
    let want = |file: &str| vec![(file.to_owned(), String::new(), "clock".to_owned(), "no-clock")];
    let by_hand = refused(|f| edit(f, "evidence/duty.txt.toml", "clock = \"civil\"", ""));
    assert_eq!(by_hand, want("evidence/duty.txt.toml"));
    let imported = refused(|f| edit(f, "evidence/dcs.csv.toml", "clock = \"dcs\"", ""));
    assert_eq!(imported, want("evidence/dcs.csv.toml"));
    let mut chosen = folder();
    edit(&mut chosen, "evidence/duty.txt.toml", "clock = \"civil\"", "");
    edit(&mut chosen, "facts.toml", "kind =", "clock = \"civil\"\nkind =");
    let case = read(&chosen);
    let again = case_folder::write(&case);
    let facts = String::from_utf8_lossy(again.get("facts.toml").expect("facts")).into_owned();
    assert!(facts.contains("clock = \"civil\""), "{facts}");
}

#[test]
fn errors_of_several_files_come_together() {
    let found = refused(|f| {
        edit(f, "facts.toml", "E2", "E9");
        edit(f, "evidence/dcs.csv.toml", "party = \"plant\"", "party = \"nobody\"");
        edit(f, "mappings/dcs.toml", "pick = \"first\"", "pick = \"first\"\npikc = 1");
        edit(f, "choices.toml", "f1", "f7");
        f.insert("requests.toml".into(), b"[[request]]\nid = \"RQ1\n".to_vec());
    });
    for want in [
        ("facts.toml", "fact[f1].cite", "evidence", "unknown-id"),
        ("evidence/dcs.csv.toml", "", "party", "unknown-id"),
        ("mappings/dcs.toml", "fact[leak]", "pikc", "unknown-key"),
        ("choices.toml", "choice[#1]", "retract", "unknown-id"),
    ] {
        let want = (want.0.to_owned(), want.1.to_owned(), want.2.to_owned(), want.3);
        assert!(found.contains(&want), "{want:?} not in {found:#?}");
    }
    let toml = found.iter().find(|e| e.3 == "not-toml").expect("toml error");
    assert_eq!(
        (toml.0.as_str(), toml.1.starts_with("line 2, ")),
        ("requests.toml", true),
        "{toml:?}"
    );
}

#[test]
fn a_column_that_is_not_there_names_those_that_are() {
    let mut all = folder();
    edit(&mut all, "mappings/dcs.toml", "name = \"值\"", "name = \"数值\"");
    let errors = case_folder::read(&all, &defaults()).expect_err("no column");
    let error = errors.0.first().expect("error");
    assert_eq!((error.file.as_str(), error.field.as_str()), ("mappings/dcs.toml", "数值"));
    assert_eq!(error.found, "evidence/dcs.csv");
    assert_eq!(error.problem.args(), [("known", "时间, 位号, 类型, 值".to_owned())]);
}

#[test]
fn the_same_bytes_twice_add_nothing() {
    let mut all = folder();
    all.insert("evidence/copy.csv".into(), LOG.as_bytes().to_vec());
    let text = "id = \"E3\"\nkind = \"EV4\"\ntitle = \"copy\"\nparty = \"plant\"\nclock = \"dcs\"\nmapping = \"mappings/dcs.toml\"\n";
    all.insert("evidence/copy.csv.toml".into(), text.as_bytes().to_vec());
    let case = read(&all);
    assert_eq!(case.facts.len(), 3);
    let [_, again] = case.imports.as_slice() else { panic!("two imports") };
    assert_eq!((again.rows, again.rejected_total, again.duplicates, again.facts), (5, 1, 4, 0));
    let digest = crate::digest_of(LOG.as_bytes());
    assert_eq!(crate::same_bytes(&case, &digest).map(|e| e.id.as_str()), Some("E1"));
}

#[test]
fn an_id_that_stands_twice_is_named_where_it_stands_again() {
    let twice = refused(|f| {
        edit(f, "evidence/duty.txt.toml", "\"E2\"", "\"E1\"");
        edit(f, "facts.toml", "E2", "E1");
        edit(f, "interviews.toml", "E2", "E1");
        edit(f, "case.toml", "E2", "E1");
    });
    let want = ("evidence/duty.txt.toml".into(), String::new(), "id".into(), "duplicate");
    assert_eq!(twice, [want]);
    let fact = refused(|f| edit(f, "facts.toml", "f1", "E1:leak"));
    let codes: Vec<_> = fact.iter().map(|e| (e.0.as_str(), e.2.as_str(), e.3)).collect();
    assert!(codes.contains(&("mappings/dcs.toml", "id", "duplicate")), "{codes:?}");
}

/// A folder whose log goes on and on; it tells how much of it was wanted at once, and at all.
struct Endless {
    files: BTreeMap<String, Vec<u8>>,
    rows: usize,
    largest: Cell<usize>,
    total: Cell<usize>,
}

const LONG_LOG: &str = "evidence/dcs.csv";

impl CaseSource for Endless {
    fn list(&self) -> Result<Vec<String>, SourceError> {
        self.files.list()
    }
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        assert_ne!(path, LONG_LOG, "a log is never wanted whole");
        self.files.read(path)
    }
    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, SourceError> {
        if path != LONG_LOG {
            return Ok(Box::new(Cursor::new(self.read(path)?)));
        }
        Ok(Box::new(Rows { of: self, row: 0, line: "时间,值\n".into() }))
    }
}

/// The rows of it, a new one whenever the last is read.
struct Rows<'a> {
    of: &'a Endless,
    row: usize,
    line: Vec<u8>,
}

impl Read for Rows<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.of.largest.set(self.of.largest.get().max(buffer.len()));
        while self.line.len() < buffer.len() && self.row < self.of.rows {
            let (second, value) = (self.row / 10 % 86_400, self.row);
            let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
            self.line.extend(format!("2024-05-12 {h:02}:{m:02}:{s:02},{value}\n").bytes());
            self.row += 1;
        }
        let size = self.line.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(self.line.drain(..size)) {
            *to = from;
        }
        self.of.total.set(self.of.total.get() + size);
        Ok(size)
    }
}

/// A log larger than memory: hashed and read piece by piece, each of them small.
#[test]
fn a_log_of_a_folder_is_wanted_in_small_pieces() {
    let mapping = r#"
format = "csv"
encoding = "utf-8"
zone = "+08:00"
[[column]]
name = "时间"
type = "time"
[[column]]
name = "值"
type = "number"
[[fact]]
id = "over"
kind = "internal-alarm"
event = "leak"
pick = "first"
time = "时间"
where = [{ column = "值", at_least = 300000 }]
[[fact]]
id = "alarm"
kind = "internal-alarm"
event = "alarm-{值}"
pick = "first"
time = "时间"
"#;
    let mut all = folder();
    all.insert("mappings/dcs.toml".into(), mapping.into());
    let source =
        Endless { files: all, rows: 400_000, largest: Cell::default(), total: Cell::default() };
    let case = case_folder::read(&source, &defaults()).unwrap_or_else(|e| panic!("{e}"));
    let [import] = case.imports.as_slice() else { panic!("one import") };
    assert_eq!((import.rows, import.rejected_total, import.duplicates), (400_000, 0, 0));
    let fact = case.facts.iter().find(|fact| fact.event.as_str() == "leak").expect("a fact");
    assert_eq!(fact.cites.iter().next().map(|c| &c.locator), Some(&Locator::Row(300_002)));
    let (largest, total) = (source.largest.get(), source.total.get());
    assert!(largest <= 1 << 20, "{largest}");
    assert!(total > 20 * largest, "{total} {largest}");
}
