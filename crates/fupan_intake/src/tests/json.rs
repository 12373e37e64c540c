//! `fupan-case/1`: the seven public cases, unknown keys, round trips.

use super::{defaults, shipped};
use crate::case_json::{self, CASE_FILE, CASE_FILE_PATH};
use crate::{case_folder, digest_of};
use fupan_model::{Basis, CaseFile, Locator, Moment, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Name, records, dated records, questions.
const SEVEN: [(&str, usize, usize, usize); 7] = [
    ("buncefield_2005", 33, 24, 7),
    ("hushan_gold_mine_2021", 38, 32, 10),
    ("shiyan_gas_explosion_2021", 23, 16, 4),
    ("west_fertilizer_2013", 26, 21, 7),
    ("xiangshui_tianjiayi_2019", 29, 23, 5),
    ("yinchuan_bbq_gas_explosion_2023", 29, 20, 6),
    ("zhangjiakou_shenghua_2018", 18, 13, 4),
];

fn read(bytes: &[u8]) -> CaseFile {
    case_json::read("case.json", bytes, None, &defaults()).unwrap_or_else(|e| panic!("{e}"))
}

fn public(name: &str) -> (Vec<u8>, CaseFile) {
    let bytes = shipped(&format!("public/{name}.case.json"));
    let case = read(&bytes);
    (bytes, case)
}

#[test]
fn all_seven_are_read_whole() {
    for (name, records, dated, questions) in SEVEN {
        let (_, case) = public(name);
        assert_eq!(case.id, name);
        assert_eq!(case.facts.len(), records, "{name}");
        assert_eq!(case.facts.iter().filter(|f| f.time.is_some()).count(), dated, "{name}");
        assert_eq!(case.questions.len(), questions, "{name}");
    }
}

#[test]
fn every_record_cites_the_file_by_its_digest_and_its_id() {
    let (bytes, case) = public("hushan_gold_mine_2021");
    let [evidence] = case.evidence.as_slice() else { panic!("one piece of evidence") };
    assert_eq!((evidence.id.as_str(), evidence.kind.as_str()), (CASE_FILE, "EV4"));
    assert_eq!(evidence.sha256, digest_of(&bytes));
    assert_eq!(evidence.size, bytes.len() as u64);
    for fact in &case.facts {
        let cites: Vec<_> = fact.cites.iter().collect();
        let [cite] = cites.as_slice() else { panic!("one cite") };
        assert_eq!(cite.evidence.as_str(), CASE_FILE);
        assert_eq!(cite.digest, evidence.sha256);
        assert_eq!(cite.locator, Locator::Record(fact.id.to_string()));
        assert_eq!(fact.clock.as_str(), "civil");
    }
}

#[test]
fn figures_errors_and_claims_are_exact() {
    let (_, case) = public("hushan_gold_mine_2021");
    assert_eq!(case.accident.deaths, Some(10));
    assert_eq!(case.accident.injuries, None);
    assert_eq!(case.accident.direct_loss_cny.map(|d| d.to_string()).as_deref(), Some("68473300"));
    assert_eq!(case.offset_s(), 28_800);
    let limits: Vec<_> = case.questions.iter().filter_map(|q| q.limit_ms).collect();
    assert!(limits.contains(&3_600_000) && limits.contains(&7_200_000), "{limits:?}");
    let (_, west) = public("buncefield_2005");
    let by = |id: &str| west.facts.iter().find(|f| f.id.as_str() == id).expect("fact");
    let time = by("b11").time.clone().expect("time");
    assert_eq!((time.lo_ms, time.hi_ms, time.policy), (-1000, 1000, None));
    assert_eq!(Some(time.at), Moment::parse("2005-12-11T06:01:32Z"));
    let end = by("b07").time_end.clone().expect("end");
    assert_eq!((end.lo_ms, end.hi_ms), (-60_000, 60_000));
    assert_eq!(by("b04").basis, Basis::Memory);
    assert_eq!(
        by("b28").claims.first().and_then(|c| c.value.clone()),
        Some(Value::Text(">20".into()))
    );
    let (_, xiangshui) = public("xiangshui_tianjiayi_2019");
    let claims = xiangshui.facts.iter().flat_map(|f| &f.claims);
    let shown: Vec<String> = claims
        .filter(|c| c.field == "magnitude")
        .map(|c| match &c.value {
            Some(Value::Number(n)) => n.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(shown, ["3.0", "2.2"]);
}

#[test]
fn unknown_keys_are_kept_by_their_path() {
    let (_, case) = public("xiangshui_tianjiayi_2019");
    assert_eq!(case.kept.get("accident.hospitalised").map(String::as_str), Some("640"));
    assert!(case.kept.contains_key("accident.injuries_note"));
    let text = r#"{"format":"fupan-case/1","id":"c","x":{"b":1,"a":[null,2.5]},"none":null,
      "accident":{"date":"2021-01-10","timezone":"+08:00"},
      "parties":[{"id":"p","track":"enterprise","foo":true}],
      "records":[{"id":"r1","party":"p","source":"s","event":"e","kind":"k","text":"t",
        "claim":{"field":"deaths","value":null,"unit":"人"},"colour":"red"}]}"#;
    let case = read(text.as_bytes());
    let kept: Vec<(&str, &str)> = case.kept.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        kept,
        [
            ("parties[p].foo", "true"),
            ("records[r1].claims[#1].unit", "\"人\""),
            ("records[r1].colour", "\"red\""),
            ("x", r#"{"a":[null,2.5],"b":1}"#),
        ]
    );
    assert_eq!(case.languages, ["zh"]);
    round_trips(text.as_bytes(), &case);
}

/// JSON → JSON, JSON → folder → JSON, folder → JSON → folder: always the same case.
fn round_trips(bytes: &[u8], case: &CaseFile) {
    let json = case_json::write(case);
    let again = read(&json);
    assert_eq!(&again, case, "{}", case.id);
    let folder = |case: &CaseFile| {
        let mut files = case_folder::write(case);
        if case.evidence.iter().any(|e| e.id.as_str() == CASE_FILE) {
            files.insert(CASE_FILE_PATH.to_owned(), bytes.to_vec());
        }
        let read = case_folder::read(&files, &defaults());
        (read.unwrap_or_else(|e| panic!("{e}\n{}", show(&files))), files)
    };
    let (from_folder, files) = folder(case);
    assert_eq!(&from_folder, case, "{}", show(&files));
    assert_eq!(from_folder.digest, case.digest);
    let back = read(&case_json::write(&from_folder));
    assert_eq!(&back, case);
    let (_, once_more) = folder(&back);
    assert_eq!(once_more, files);
}

fn show(files: &BTreeMap<String, Vec<u8>>) -> String {
    let small = files.iter().filter(|(path, _)| !path.ends_with("case-file.json"));
    small.map(|(path, bytes)| format!("== {path}\n{}", String::from_utf8_lossy(bytes))).collect()
}

#[test]
fn round_trips_of_the_seven() {
    for (name, ..) in SEVEN {
        let (bytes, case) = public(name);
        round_trips(&bytes, &case);
    }
}

#[test]
fn the_name_of_the_file_leaves_no_trace() {
    let (bytes, case) = public("west_fertilizer_2013");
    let other = case_json::read("elsewhere/x.json", &bytes, None, &defaults()).expect("case");
    assert_eq!(other.digest, case.digest);
    let mut with_mark = b"\xef\xbb\xbf".to_vec();
    with_mark.extend(&bytes);
    assert_eq!(read(&with_mark).facts.len(), case.facts.len());
}

#[test]
fn a_record_added_to_an_export_cites_the_export() {
    let (_, case) = public("west_fertilizer_2013");
    let text = String::from_utf8(case_json::write(&case)).expect("utf-8");
    let more = text.replacen(
        "\"records\": [",
        "\"records\": [{\"id\":\"zz\",\"party\":\"wvfd\",\"source\":\"s\",\"event\":\"e\",\"kind\":\"k\",\"text\":\"t\"},",
        1,
    );
    let party = case.parties.first().expect("party").id.to_string();
    let more = more.replacen("wvfd\",\"source\":\"s\"", &format!("{party}\",\"source\":\"s\""), 1);
    let again = read(more.as_bytes());
    let ids: Vec<_> = again.evidence.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["case-file", "case-file-2"]);
    let added = again.facts.iter().find(|f| f.id.as_str() == "zz").expect("zz");
    assert_eq!(added.cites.iter().next().map(|c| c.evidence.as_str()), Some("case-file-2"));
}

#[test]
fn words_of_the_case_are_bound_to_kinds() {
    let text = r#"{"format":"fupan-case/1","id":"c","kinds":{"报警":"call-placed"},
      "accident":{"date":"2021-01-10","timezone":"+08:00"},
      "parties":[{"id":"p","track":"enterprise"}],
      "records":[
       {"id":"a","party":"p","event":"e","kind":"报警","time":"2021年1月10日13时13分"},
       {"id":"b","party":"p","event":"e","kind":"call-placed","time":"2021-01-10","policy":"about"},
       {"id":"c","party":"p","event":"e","kind":"other"}],
      "questions":[{"id":"Q","from":"e","to":"e","limit_min":2.5}]}"#;
    let case = read(text.as_bytes());
    let kinds: Vec<_> = case.facts.iter().map(|f| f.kind.as_ref().map(|k| k.as_str())).collect();
    assert_eq!(kinds, [Some("call-placed"), Some("call-placed"), None]);
    let bounds: Vec<_> = case
        .facts
        .iter()
        .filter_map(|f| f.time.as_ref())
        .map(|t| (t.lo_ms, t.hi_ms, t.policy.as_ref().map(|p| p.as_str())))
        .collect();
    assert_eq!(bounds, [(0, 59_999, Some("floor-minute")), (-300_000, 300_000, Some("about"))]);
    assert_eq!(case.questions.first().and_then(|q| q.limit_ms), Some(150_000));
    round_trips(text.as_bytes(), &case);
}

/// The seeds that fuzzing of this format begins with: one that is refused, or of which a part is left
/// out, would never lead it to where that part is read and written.
#[test]
fn seeds_of_the_fuzzing_are_read_whole() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/case_json");
    let seeds: Vec<_> = std::fs::read_dir(folder).expect("seeds").collect();
    assert!(!seeds.is_empty());
    for seed in seeds {
        let bytes = std::fs::read(seed.expect("seed").path()).expect("bytes");
        let stated: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        let case = read(&bytes);
        let own = case.evidence.iter().filter(|one| one.id.as_str() != CASE_FILE).count();
        // Civil time is there whether or not it is stated.
        let clocks = case.clocks.iter().filter(|one| one.id.as_str() != "civil").count();
        for (list, found) in [
            ("parties", case.parties.len()),
            ("records", case.facts.len()),
            ("questions", case.questions.len()),
            ("kinds", case.kinds.len()),
            ("clocks", clocks),
            ("team", case.team.len()),
            ("requests", case.requests.len()),
            ("interviews", case.interviews.len()),
            ("evidence", own),
            ("findings", case.findings.len()),
            ("choices", case.choices.len()),
            ("imports", case.imports.len()),
        ] {
            let stated = &stated[list];
            let count = stated.as_array().map(Vec::len);
            let count = count.or_else(|| stated.as_object().map(serde_json::Map::len));
            assert_eq!((list, count), (list, Some(found)));
            assert!(found > 0, "{list}");
        }
        assert_eq!(case.kept.keys().collect::<Vec<_>>(), ["unknown"]);
        assert_eq!(read(&case_json::write(&case)), case);
    }
}
