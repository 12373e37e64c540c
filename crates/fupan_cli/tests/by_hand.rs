//! `fupan new`, `add` and `fact` at the door: a case made by hand, and what is refused.

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

#[test]
fn a_case_is_made_by_hand_and_assessed() {
    let scratch = Scratch::new("hand");
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
    assert!(fupan(&add).out.contains("E1"), "the same bytes add nothing");
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
