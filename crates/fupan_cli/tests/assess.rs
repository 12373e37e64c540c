//! `fupan assess` at the door: one happy, the rest refused.

mod door;

use door::{Scratch, fupan, names, project};
use std::fs;

#[test]
fn a_case_becomes_reports_and_a_summary() {
    let scratch = Scratch::new("assess");
    fs::create_dir(scratch.0.join("out")).expect("a folder");
    fs::write(scratch.0.join("out").join("mine.txt"), "kept").expect("a file");
    let case = project("cases/leak-47-minutes");
    let run = fupan(&["assess", &case, "--out", &scratch.path("out")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Grade: larger"), "{}", run.out);
    assert!(run.out.contains("assessment.json"), "{}", run.out);
    assert_eq!(run.err, "", "no progress where there is no terminal");
    let want = [
        "assessment.json",
        "mine.txt",
        "report.en.docx",
        "report.en.html",
        "report.zh.docx",
        "report.zh.html",
    ];
    assert_eq!(names(&scratch.0.join("out")), want);

    let run = fupan(&[
        "assess",
        &case,
        "--out",
        &scratch.path("json"),
        "--format",
        "json",
        "--report-lang",
        "en",
        "--json",
    ]);
    let answer = run.json();
    assert!(answer["checks"]["discrepant"].as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(names(&scratch.0.join("json")), ["assessment.json"]);
    let both = ["out", "json"].map(|at| fs::read(scratch.0.join(at).join("assessment.json")).ok());
    assert_eq!(both[0], both[1], "languages and formats do not show in the assessment");
}

#[test]
fn what_is_no_case_is_refused_and_leaves_nothing() {
    let scratch = Scratch::new("assess-refused");
    let out = scratch.path("out");
    fupan(&["assess", &scratch.path("none"), "--out", &out]).refused(3, "no such file");
    let empty = scratch.path("");
    fupan(&["assess", &empty, "--out", &out]).refused(2, "case.toml");
    let bad = scratch.file("bad.json", "{\"format\": \"fupan-case/1\",");
    fupan(&["assess", &bad, "--out", &out]).refused(2, "bad.json");
    let case = project("cases/leak-47-minutes");
    fupan(&["assess", &case, "--out", &out, "--format", "html,pdf,odt"]).refused(2, "pdf");
    fupan(&["assess", &case, "--out", &out, "--report-lang", "fr"]).refused(2, "fr");
    fupan(&["assess", &case]).refused(2, "--out");
    let zh = fupan(&["--lang", "zh", "assess", &scratch.path("none"), "--out", &out]);
    zh.refused(3, "没有这个文件");
    assert_eq!(scratch.names(), ["bad.json"], "nothing is left");
}

#[test]
fn all_faults_of_a_case_are_told_at_once() {
    let scratch = Scratch::new("assess-faults");
    let case = scratch.0.join("case");
    door::copy(std::path::Path::new(&project("cases/leak-clean")), &case);
    let facts = case.join("facts.toml");
    let text = fs::read_to_string(&facts).expect("facts.toml");
    let text = format!(
        "{text}\n[[fact]]\nid = \"bad-1\"\nparty = \"nobody\"\nevent = \"x\"\nkind = \"x\"\ntext = \"x\"\n\
         time = \"2024-02-30 10:00\"\ncite = {{ evidence = \"E999\" }}\n"
    );
    fs::write(facts, text).expect("facts.toml");
    let run = fupan(&["assess", &case.to_string_lossy(), "--out", &scratch.path("out")]);
    for said in ["facts.toml", "bad-1", "nobody", "2024-02-30 10:00", "E999"] {
        run.refused(2, said);
    }
    assert!(run.err.lines().count() >= 3, "{}", run.err);
    assert_eq!(scratch.names(), ["case"]);
}

#[test]
fn a_folder_in_the_way_leaves_all_as_it_was() {
    let scratch = Scratch::new("assess-way");
    let out = scratch.0.join("out");
    fs::create_dir_all(out.join("report.zh.html")).expect("a folder");
    fs::write(out.join("assessment.json"), "old").expect("a file");
    let case = project("cases/leak-clean");
    fupan(&["assess", &case, "--out", &out.to_string_lossy()]).refused(74, "report.zh.html");
    assert_eq!(names(&out), ["assessment.json", "report.zh.html"]);
    assert_eq!(fs::read_to_string(out.join("assessment.json")).ok().as_deref(), Some("old"));
}
