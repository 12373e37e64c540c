//! `fupan new`, `add`, `fact` and the other entries by hand at the door: a case made by hand, and what is refused.
#![allow(clippy::expect_used, reason = "a helper of tests stops as a test does")]

mod door;

use door::{Scratch, fupan};
use std::fs;

const HEAD: [&str; 10] = [
    "--id",
    "c1",
    "--date",
    "2024-05-18",
    "--place",
    "somewhere",
    "--kind",
    "leak",
    "--zone",
    "+08:00",
];

fn new(case: &str) -> door::Run {
    fupan(&[&["new", case][..], &HEAD[..]].concat())
}

/// A case with one party and one original.
fn begun(scratch: &Scratch) -> String {
    let case = scratch.path("case");
    assert_eq!(new(&case).code, 0);
    let head = format!("{case}/case.toml");
    let text = fs::read_to_string(&head).expect("case.toml");
    let party = "\n[[party]]\nid = \"plant\"\nname = \"Plant\"\ntrack = \"enterprise\"\n";
    fs::write(&head, text + party).expect("case.toml");
    let note = scratch.file("note.txt", "13:13 alarm\n");
    let add = ["add", &note, "--case", &case, "--id", "E1", "--party", "plant", "--clock", "civil"];
    let added = fupan(&add);
    assert_eq!(added.code, 0, "{}", added.err);
    case
}

#[test]
fn a_name_that_other_systems_refuse_is_kept_as_a_title_only() {
    let scratch = Scratch::new("names");
    let case = begun(&scratch);
    let odd = scratch.file("aux.log", "13:14 alarm\n");
    let add = fupan(&["add", &odd, "--case", &case, "--id", "E2", "--clock", "civil", "--json"]);
    assert_eq!(add.code, 0, "{}", add.err);
    let descriptor = fs::read_to_string(format!("{case}/evidence/_aux.log.toml"));
    assert!(descriptor.expect("a descriptor").contains("title = \"aux.log\""));
}

#[test]
fn a_case_is_made_by_hand_and_assessed() {
    let scratch = Scratch::new("hand");
    let case = begun(&scratch);
    let again = ["add", &scratch.path("note.txt"), "--case", &case, "--id", "E1"];
    assert!(fupan(&again).out.contains("E1"), "the same bytes add nothing");
    let fact = |id: &str, time: &str| {
        fupan(&[
            "fact",
            &case,
            "--id",
            id,
            "--party",
            "plant",
            "--event",
            "alarm",
            "--kind",
            "alarm",
            "--text",
            "alarm",
            "--time",
            time,
            "--evidence",
            "E1",
            "--row",
            "1",
        ])
    };
    assert_eq!(fact("f1", "2024-05-18 13:13").code, 0);
    assert_eq!(fact("f2", "2024-05-18 13:14").code, 0);
    fact("f2", "2024-05-18 13:14").refused(2, "f2");
    let before = fs::read(format!("{case}/facts.toml")).ok();
    fact("f3", "2024-02-30 13:14").refused(2, "2024-02-30");
    assert_eq!(fs::read(format!("{case}/facts.toml")).ok(), before);
    let out = scratch.path("out");
    let answer = fupan(&["assess", &case, "--out", &out, "--format", "json", "--json"]).json();
    assert_eq!(answer["facts"], 2);
    assert_eq!(answer["conflicts"], 1, "13:13 and 13:14 cannot both be true");
}

#[test]
fn what_cannot_begin_is_refused() {
    let scratch = Scratch::new("hand-refused");
    scratch.file("mine.txt", "kept");
    new(&scratch.path("")).refused(4, "not empty");
    let case = scratch.path("case");
    fupan(&["new", &case, "--id", "c", "--date", "2024-02-30", "--place", "x", "--kind", "x"])
        .refused(2, "2024-02-30");
    fupan(&["new", &case]).refused(2, "--date");
    fupan(&["add", &scratch.path("mine.txt"), "--case", &case, "--id", "E1"]).refused(3, "case");
    assert_eq!(scratch.names(), ["mine.txt"]);
}

/// A case with one party, one original and two facts that contradict each other.
fn torn(scratch: &Scratch) -> String {
    let case = begun(scratch);
    for (id, time) in [("f1", "2024-05-18 13:13"), ("f2", "2024-05-18 13:14")] {
        let words = ["--id", id, "--time", time, "--party", "plant", "--event", "alarm"];
        let rest = ["--kind", "alarm", "--text", "alarm", "--evidence", "E1"];
        assert_eq!(fupan(&[&["fact", &case][..], &words, &rest].concat()).code, 0);
    }
    case
}

#[test]
fn what_people_did_is_entered_and_assessed() {
    let scratch = Scratch::new("hand-all");
    let case = torn(&scratch);
    let all = [
        &["interview", "--id", "I1", "--party", "plant", "--role", "head", "--layer", "decision"][..],
        &["request", "--id", "R1", "--to", "plant", "--asks", "the log", "--due", "2024-05-27"],
        &["finding", "--id", "H1", "--tone", "good", "--content", "C3", "--text", "quick"],
        &["choose", "--retract", "f2", "--by", "leader", "--reason", "read wrong"],
    ];
    let rest = [
        &["--by", "a,b", "--topics", "D", "--started", "2024-05-20 09:00", "--signed"][..],
        &["--kinds", "drill-held"],
        &["--by", "assessor", "--evidence", "E1", "--row", "1"],
        &["--at", "2024-05-30 10:00"],
    ];
    for (words, more) in all.iter().zip(rest) {
        let (verb, words) = words.split_first().expect("a verb");
        let verb = if *verb == "request" { vec![*verb, "add"] } else { vec![*verb] };
        let args = [&verb[..], &[case.as_str()], words, more].concat();
        assert_eq!(fupan(&args).code, 0, "{args:?}: {}", fupan(&args).err);
        if verb != ["choose"] {
            let id = words.get(1).copied().expect("an id");
            fupan(&args).refused(2, id);
        }
    }
    let out = scratch.path("out");
    assert_eq!(fupan(&["assess", &case, "--out", &out, "--format", "json"]).code, 0);
    let made = fs::read_to_string(format!("{out}/assessment.json")).expect("a file");
    for said in ["read wrong", "\"H1\"", "\"I1\"", "\"R1\""] {
        assert!(made.contains(said), "{said}");
    }
}

#[test]
fn an_entry_that_does_not_fit_leaves_the_case_as_it_was() {
    let scratch = Scratch::new("hand-odd");
    let case = torn(&scratch);
    let choose = ["choose", &case, "--by", "leader", "--reason", "x", "--retract"];
    fupan(&[&choose[..], &["f9"]].concat()).refused(2, "f9");
    let interview = ["interview", &case, "--id", "I1", "--party", "nobody", "--role", "head"];
    let rest = ["--layer", "decision", "--by", "a,b"];
    fupan(&[&interview[..], &rest].concat()).refused(2, "nobody");
    for file in ["choices.toml", "interviews.toml"] {
        assert!(fs::metadata(format!("{case}/{file}")).is_err(), "{file}");
    }
}

#[test]
fn a_clock_is_stated_and_put_right_with_a_reason_and_the_file_keeps_its_comments() {
    let scratch = Scratch::new("hand-clock");
    let case = torn(&scratch);
    let head = format!("{case}/case.toml");
    let text = fs::read_to_string(&head).expect("case.toml");
    fs::write(&head, format!("# Ours.\n{text}\n[kinds] # the case's own words\n"))
        .expect("case.toml");
    let clock = |rest: &[&str]| fupan(&[&["clock", &case, "--id", "dcs"][..], rest].concat());
    let offset = ["--offset-from", "-0.250", "--offset-to", "92"];
    clock(&["--standing", "checked"]).refused(2, "offset_s");
    clock(&["--standing", "checked", "--offset-from", "1"]).refused(2, "--offset-to");
    let turned = clock(&["--standing", "checked", "--offset-from", "9", "--offset-to", "8"]);
    turned.refused(2, "above the upper");
    assert_eq!(turned.err.matches("offset_s").count(), 1, "{}", turned.err);
    let soon = ["--standing", "checked", "--offset-from", "soon", "--offset-to", "2"];
    clock(&soon).refused(2, "soon");
    let name = ["--standing", "unknown", "--name", "DCS of the plant"];
    assert_eq!(clock(&name).code, 0);
    clock(&name).refused(2, "--reason");
    let right =
        [&["--standing", "checked", "--evidence", "E1", "--row", "1"][..], &offset].concat();
    clock(&[&right[..], &["--reason", " "]].concat()).refused(2, "--reason");
    let done = clock(&[&right[..], &["--rate-ppm", "20", "--reason", "compared on site"]].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    let after = fs::read_to_string(&head).expect("case.toml");
    let kept = ["# Ours.", "[kinds] # the case's own words", "DCS of the plant", "-0.250"];
    for said in kept {
        assert!(after.contains(said), "{said}: {after}");
    }
    assert_eq!(after.matches("[[clock]]").count(), 1, "{after}");
    // Its readings are judged by it.
    let fact =
        ["fact", &case, "--id", "f9", "--party", "plant", "--event", "stop", "--kind", "alarm"];
    let rest = ["--text", "stop", "--evidence", "E1", "--time", "2024-05-18 13:20:00"];
    assert_eq!(fupan(&[&fact[..], &rest, &["--clock", "dcs"]].concat()).code, 0);
    let out = scratch.path("out");
    assert_eq!(fupan(&["assess", &case, "--out", &out, "--format", "json"]).code, 0);
    let made = fs::read_to_string(format!("{out}/assessment.json")).expect("a file");
    assert!(made.contains("13:18:28"), "13:20:00 less 92 s: {made}");
}
