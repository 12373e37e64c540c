//! `fupan import` at the door: a trial, a log taken in, the same log again, and refusals.

mod door;

use door::{Scratch, copy, fupan, project, some_party};
use std::fs;
use std::path::Path;

const LOG: &str = "time,tag,value\n2024-05-18 03:00:00,A,1.5\n2024-05-18 03:00:10,A,2\n\
                   2024-13-01 00:00:00,A,3\n2024-05-18 03:00:10,A,2\n2024-05-18 03:00:20,A,x\n";
const MAPPING: &str = "format = \"csv\"\nzone = \"+08:00\"\n\
                       [[column]]\nname = \"time\"\ntype = \"time\"\n\
                       [[column]]\nname = \"value\"\ntype = \"number\"\n\
                       [[fact]]\nid = \"first\"\nkind = \"test-word\"\nevent = \"probe\"\npick = \"first\"\n\
                       time = \"time\"\ntext = \"{tag}\"\n";

#[test]
fn a_trial_reports_and_writes_nothing() {
    let scratch = Scratch::new("import-dry");
    let (log, mapping) = (scratch.file("log.csv", LOG), scratch.file("m.toml", MAPPING));
    let run = fupan(&["import", &log, "--mapping", &mapping, "--dry-run", "--json"]);
    let answer = run.json();
    assert_eq!(answer["rows"], 5);
    assert_eq!(answer["rejected_total"], 2);
    assert_eq!(answer["rejected"][0]["row"], 4);
    assert_eq!(answer["rejected"][0]["column"], "time");
    assert_eq!(answer["duplicates"], 1);
    assert_eq!(answer["first"], "2024-05-18T03:00:00+08:00");
    assert_eq!(answer["last"], "2024-05-18T03:00:10+08:00");
    assert_eq!(answer["facts"], 1);
    assert_eq!(scratch.names(), ["log.csv", "m.toml"]);
    let said = fupan(&["import", &log, "--mapping", &mapping, "--dry-run"]);
    assert!(said.out.contains("5 rows, 2 rejected, 1 repeated, 1 facts"), "{}", said.out);
}

#[test]
fn a_log_is_taken_in_once() {
    let scratch = Scratch::new("import");
    let case = scratch.0.join("case");
    copy(Path::new(&project("cases/leak-clean")), &case);
    let (log, mapping) = (scratch.file("log.csv", LOG), scratch.file("m.toml", MAPPING));
    let party = some_party(&case);
    let case = case.to_string_lossy().into_owned();
    let args = |clock: &'static str| {
        let mut args = vec!["import", &log, "--mapping", &mapping, "--case", &case];
        args.extend(["--source", "X1", "--party", &party]);
        if !clock.is_empty() {
            args.extend(["--clock", clock]);
        }
        args
    };
    fupan(&args("")).refused(2, "civil");
    assert!(!Path::new(&case).join("evidence").join("log.csv").exists(), "nothing half-written");
    let run = fupan(&args("civil"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(fs::read_to_string(format!("{case}/evidence/log.csv")).ok().as_deref(), Some(LOG));
    assert!(Path::new(&case).join("mappings").join("X1.toml").is_file());
    let again = fupan(&args("civil"));
    assert_eq!(again.code, 0);
    assert!(again.out.contains("X1"), "{}", again.out);
    let out = scratch.path("out");
    assert_eq!(fupan(&["assess", &case, "--out", &out, "--format", "json"]).code, 0);
    let made = fs::read_to_string(format!("{out}/assessment.json")).expect("a file");
    assert!(made.contains("X1:first"), "the fact of the log is in the assessment");
}

#[test]
fn what_cannot_be_taken_in_is_refused() {
    let scratch = Scratch::new("import-refused");
    let (log, mapping) = (scratch.file("log.csv", LOG), scratch.file("m.toml", MAPPING));
    fupan(&["import", &log, "--mapping", &mapping]).refused(2, "--dry-run");
    let wrong = scratch.file("w.toml", &MAPPING.replace("name = \"value\"", "name = \"level\""));
    fupan(&["import", &log, "--mapping", &wrong, "--dry-run"]).refused(2, "level");
    fupan(&["import", &scratch.path("no.csv"), "--mapping", &mapping, "--dry-run"])
        .refused(3, "no.csv");
}

#[test]
fn a_proposed_mapping_reads_the_log_it_was_made_from() {
    let scratch = Scratch::new("import-suggest");
    let log = scratch.file("log.csv", LOG);
    let run = fupan(&["import", &log, "--suggest"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("name = \"time\"\ntype = \"time\""), "{}", run.out);
    let draft = run.out.replace("# zone", "zone");
    let mapping = scratch.file("m.toml", &draft);
    let answer = fupan(&["import", &log, "--mapping", &mapping, "--dry-run", "--json"]).json();
    assert_eq!((&answer["rows"], &answer["clock"]["out_of_order"]), (&5.into(), &0.into()));
    let both = fupan(&["import", &log, "--suggest", "--mapping", &mapping]);
    both.refused(2, "--mapping");
    fupan(&["import", &log]).refused(2, "--suggest");
    fupan(&["import", &scratch.file("empty.csv", ""), "--suggest"]).refused(2, "empty.csv");
}

/// A row that is not read is named by file, row and column, with what was expected and how to mend it,
/// in both languages; no code of the program stands in for a word.
#[test]
fn rows_that_are_not_read_are_named_and_can_be_mended() {
    let scratch = Scratch::new("import-rows");
    let log = "time,tag,value\n2024-13-01,A,1\n2024-05-18 03:00:00,A,x\n2024-05-18 03:00:00,A\n\
               ,A,1\n2024-05-18 03:00:01,A\0,1\n\u{feff}2024-05-18 03:00:02,A,1\n\"open,A,1\n";
    let log = scratch.file("log.csv", log);
    let strict = MAPPING.replace("type = \"time\"\n", "type = \"time\"\nrequired = true\n");
    let mapping = scratch.file("m.toml", &strict);
    let args = ["import", &log, "--mapping", &mapping, "--dry-run", "--lang"];
    let codes = ["=3", "required\n", "no-nul", "no-mark", "closing-quote", "*"];
    for (lang, says) in [
        (
            "en",
            [
                "log.csv, row 2, column time: “2024-13-01”; expected a time that can be read. Write it",
                "log.csv, row 3, column value: “x”; expected a number. Correct",
                "log.csv, row 4: “2024-05-18 03:00:00,A”; expected 3 cells. Remove",
                "log.csv, row 5, column time: “”; expected something; the cell is empty. Fill",
            ],
        ),
        (
            "zh",
            [
                "log.csv 第 2 行“time”列：“2024-13-01”，应为：能识别的时间。请写成",
                "log.csv 第 3 行“value”列：“x”，应为：数字。请更正",
                "log.csv 第 4 行：“2024-05-18 03:00:00,A”，应为：3 个单元格。请去掉",
                "log.csv 第 5 行“time”列：“”，应为：有内容，而此处为空。请补填",
            ],
        ),
    ] {
        let mut args = args.to_vec();
        args.push(lang);
        let said = fupan(&args).out.replace(['\u{2068}', '\u{2069}'], "");
        for part in says {
            assert!(said.contains(part), "{part} is not in:\n{said}");
        }
        assert_eq!(said.matches("log.csv").count(), 7, "{said}");
        assert!(!codes.iter().any(|code| said.contains(code)), "{said}");
    }
}
