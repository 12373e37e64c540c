//! `fupan timeline solve` and `explain` at the door.

mod door;

use door::{Scratch, fupan, project};

const NETWORK: &str = r#"{"format": "fupan-timeline/1", "instances": [{
    "id": "one", "reference": "gps", "clocks": ["gps"],
    "records": [
        {"id": "a", "kind": "obs", "src": "gps", "event": "x", "t": 0, "e_lo": 0, "e_hi": 0, "weight": 1},
        {"id": "b", "kind": "obs", "src": "gps", "event": "y", "t": 5000, "e_lo": 0, "e_hi": 999, "weight": 1}
    ],
    "queries": [{"from": "x", "to": "y"}], "expected": {}}]}"#;

#[test]
fn a_network_is_answered_with_its_result() {
    let scratch = Scratch::new("timeline");
    let file = scratch.file("n.json", NETWORK);
    let answer = fupan(&["timeline", "solve", &file]).json();
    let one = &answer["instances"][0];
    assert_eq!(one["id"], "one");
    assert!(one.get("expected").is_none());
    assert_eq!(one["result"]["consistent"], true);
}

#[test]
fn what_is_no_network_is_refused() {
    let scratch = Scratch::new("timeline-refused");
    fupan(&["timeline", "solve", &scratch.path("no.json")]).refused(3, "no.json");
    let bad = scratch.file("bad.json", &NETWORK.replace("\"obs\"", "\"seen\""));
    fupan(&["timeline", "solve", &bad]).refused(2, "record a");
    fupan(&["timeline", "solve", &bad]).refused(2, "record b");
    let torn = scratch.file("torn.json", "{");
    fupan(&["timeline", "solve", &torn]).refused(2, "line 1");
    fupan(&["timeline", "solve", &torn, "--top", "0"]).refused(2, "--top");
}

#[test]
fn each_bad_record_is_named() {
    let scratch = Scratch::new("timeline-bad");
    let base = |from: &str, to: &str| NETWORK.replace(from, to);
    let cases = [
        (
            base("\"src\": \"gps\", \"event\": \"y\"", "\"src\": \"sun\", \"event\": \"y\""),
            "record b: clock “sun”",
        ),
        (base("\"e_hi\": 999", "\"e_hi\": -1"), "record b"),
        (base("\"t\": 5000", "\"t\": 1099511627777"), "record b"),
        (base("\"id\": \"b\"", "\"id\": \"a\""), "record a"),
        (base("\"t\": 5000", "\"t\": 0.5"), "record b"),
    ];
    for (text, says) in cases {
        assert_ne!(text, NETWORK);
        let file = scratch.file("n.json", &text);
        fupan(&["timeline", "solve", &file]).refused(2, says);
    }
    let hard = r#"{"id": "k", "records": [
        {"id": "h1", "kind": "order", "a": "x", "b": "y", "min": 1, "hard": true},
        {"id": "h2", "kind": "order", "a": "y", "b": "x", "min": 1, "hard": true}]}"#;
    fupan(&["timeline", "solve", &scratch.file("h.json", hard)]).refused(2, "h1, h2");
}

#[test]
fn a_lone_instance_is_answered_as_a_list_of_one() {
    let scratch = Scratch::new("timeline-lone");
    let lone = r#"{"id": "two", "queries": [{"from": "x", "to": "y"}], "records": [
        {"id": "a", "kind": "order", "a": "x", "b": "y", "min": 5, "weight": 1},
        {"id": "b", "kind": "order", "a": "x", "b": "y", "max": 4, "weight": 2}]}"#;
    let answer = fupan(&["timeline", "solve", &scratch.file("n.json", lone), "--json"]).json();
    let one = &answer["instances"][0];
    assert_eq!(
        (&one["id"], answer["instances"].as_array().map(Vec::len)),
        (&"two".into(), Some(1))
    );
    let result = &one["result"];
    assert_eq!(result["all_mus"], serde_json::json!([["a", "b"]]));
    assert_eq!(result["all_mcs_ranked"][0]["records"], serde_json::json!(["a"]));
    assert_eq!(result["l1_relaxation"]["cost_weighted_ms"], 1);
    assert_eq!(result["components"].as_array().map(Vec::len), Some(1));
    assert_eq!(result["capped"], false);
}

const MINE: &str = "cases/public/hushan_gold_mine_2021.case.json";

#[test]
fn a_gap_is_explained_step_by_step_in_both_languages() {
    let case = project(MINE);
    let ask = |lang: &str| {
        let made = fupan(&[
            "--lang", lang, "timeline", "explain", &case, "--from", "e_r01", "--to", "e_r08",
        ]);
        assert_eq!((made.code, made.err.as_str()), (0, ""));
        made.out
    };
    let en = ask("en");
    for line in [
        "Limit 60 min (question Q01 of the case): over the limit",
        "The verdict is the same under each of them: over the limit",
        "r01, r02: cannot all be true, by 16 min",
        "without r02, r03: 5 h 16 min – 6 h 16 min, over the limit",
        "[r08] e_r08 happened when the clock “civil” showed 2021-01-10 18:30:00 at the earliest",
        "[r08] if it is off by at least 3 h more than its stated error",
        "case-file record r08",
    ] {
        assert!(en.contains(line), "{line:?} is not in:\n{en}");
    }
    let zh = ask("zh");
    for line in
        ["时限 60 分（卷宗待查间隔 Q01）：超过时限", "各种解释下结论相同：超过时限", "最早显示"]
    {
        assert!(zh.contains(line), "{line:?} is not in:\n{zh}");
    }
}

#[test]
fn an_explanation_as_json_and_against_a_limit_of_ones_own() {
    let case = project(MINE);
    let ask = ["timeline", "explain", &case, "--from", "e_r08", "--to", "e_r16", "--json"];
    let made = fupan(&[&ask[..], &["--limit", "2000.5"]].concat()).json();
    assert_eq!(made["format"], "fupan-explanation/1");
    assert_eq!((&made["limit_ms"], &made["verdict"]), (&120_030_000.into(), &"within".into()));
    assert_eq!(made["explanations"][0]["at_most"].as_array().map(Vec::len), Some(2));
    assert_eq!(made["records"][0]["cites"][0]["locator"]["record"], "r08");
    for bad in ["-1", "soon"] {
        fupan(&[&ask[..], &["--limit", bad]].concat()).refused(2, "--limit");
    }
}

#[test]
fn what_cannot_be_explained_is_refused() {
    let case = project(MINE);
    let ask = |from: &str| fupan(&["timeline", "explain", &case, "--from", from, "--to", "e_r08"]);
    ask("r16").refused(3, "e_r16");
    ask("e_r99").refused(3, "“e_r99”");
    let none = project("cases/public/none.json");
    fupan(&["timeline", "explain", &none, "--from", "a", "--to", "b"]).refused(3, "none.json");
    fupan(&["timeline", "explain", &case, "--from", "e_r08"]).refused(2, "--to");
}

/// A recorder's clock that ran fast in the first hour and slow in the second.
#[test]
fn a_clock_whose_rate_changed_is_told_in_the_assessment_and_the_report() {
    let scratch = Scratch::new("timeline-drift");
    let record = |id: &str, event: &str, time: &str, clock: &str| {
        format!(
            r#"{{"id": "{id}", "party": "p", "event": "{event}", "kind": "k", "text": "t",
            "time": "2024-05-12T{time}+08:00", "clock": "{clock}", "error_s": [0, 0]}}"#
        )
    };
    let records = [
        record("a", "x", "10:00:00", "civil"),
        record("b", "y", "11:00:00", "civil"),
        record("c", "z", "12:00:00", "civil"),
        record("d", "x", "10:01:30", "dvr"),
        record("e", "y", "11:01:30.5", "dvr"),
        record("f", "z", "12:01:30", "dvr"),
    ];
    let case = |rate: &str| {
        format!(
            r#"{{"format": "fupan-case/1", "id": "c", "title": "c", "languages": ["zh", "en"],
            "accident": {{"date": "2024-05-12", "timezone": "+08:00", "type": "t", "place": "p"}},
            "parties": [{{"id": "p", "name": "p", "track": "enterprise"}}],
            "clocks": [{{"id": "dvr", "standing": "checked", "offset_s": [88, 92],
                "checked_at": "2024-05-12T09:00:00+08:00", "rate_ppm": {rate}}}],
            "records": [{}], "questions": []}}"#,
            records.join(",")
        )
    };
    let file = scratch.file("c.json", &case("200"));
    let out = scratch.path("out");
    let done = fupan(&["assess", &file, "--out", &out, "--format", "json,html"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let read = |name: &str| std::fs::read_to_string(format!("{out}/{name}")).unwrap();
    let made: serde_json::Value = serde_json::from_str(&read("assessment.json")).unwrap();
    let drift =
        &made["clocks"].as_array().unwrap().iter().find(|c| c["id"] == "dvr").unwrap()["drift"];
    assert_eq!(drift["model"], "bounded_rate");
    assert_eq!((&drift["rate_ppb"], &drift["anchors"]), (&200_000.into(), &4.into()));
    assert_eq!((&drift["fits"], &drift["rate_changed"]), (&true.into(), &true.into()));
    assert!(read("report.en.html").contains("No constant rate fits these readings"));
    assert!(read("report.zh.html").contains("没有一个固定的走时误差"));
    // The same however it was written down.
    let folder = scratch.path("folder");
    assert_eq!(fupan(&["export", &file, "--as", "folder", "--out", &folder]).code, 0);
    let again = scratch.path("again");
    assert_eq!(fupan(&["assess", &folder, "--out", &again, "--format", "json"]).code, 0);
    let copy = std::fs::read_to_string(format!("{again}/assessment.json")).unwrap();
    assert_eq!(copy, read("assessment.json"));
    for bad in ["0", "1000000", "\"fast\""] {
        let file = scratch.file("bad.json", &case(bad));
        fupan(&["assess", &file, "--out", &out]).refused(2, "rate_ppm");
    }
}
