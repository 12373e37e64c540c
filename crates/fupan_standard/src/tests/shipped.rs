//! The shipped edition reads without an error and says what it should.

use crate::shipped::FILES;
use crate::*;

fn book() -> Book {
    Book::shipped().unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    })
}

#[test]
fn reads_and_counts() {
    let book = book();
    assert_eq!(book.shortfalls(), []);
    assert!(!book.phrases.is_empty());
    assert!(!book.is_complete(), "the official text was not seen whole");
    let counts = [book.crosschecks.len(), book.indicators.len(), book.laws.len()];
    assert_eq!(counts, [23, 42, 50]);
    assert_eq!([book.limits.len(), book.report_items.len(), book.grades.len()], [18, 6, 4]);
    assert_eq!(book.duties.len(), 10 + 27 + 25);
    let spread =
        |content: &str| book.crosschecks.iter().filter(|row| row.body.content == content).count();
    assert_eq!(["C1", "C2", "C3", "C4", "C5", "C6", "C7"].map(spread), [4, 3, 6, 5, 2, 2, 1]);
    let lane = |code: &str| book.indicators.iter().filter(|row| row.body.track == code).count();
    assert_eq!([lane("enterprise"), lane("government")], [24, 18]);
}

#[test]
fn a_proposal_is_never_called_checked() {
    let book = book();
    for view in book.rows().filter(|v| v.table == "crosscheck" || v.table == "indicator") {
        let seed = ["CV02", "CV08"].contains(&view.id.as_str());
        let status = if seed { Status::Unverified } else { Status::Proposed };
        assert_eq!(view.status, status, "{}", view.id);
    }
    let memory: Vec<&RowView> = book.rows().filter(|v| v.mark == Mark::Memory).collect();
    assert!(memory.len() > 5);
    assert!(memory.iter().all(|view| view.status == Status::Unverified));
    assert!(book.penalty_bands.iter().all(|row| row.mark == Mark::Memory));
}

#[test]
fn a_check_point_says_how_it_compares() {
    let book = book();
    let check = book.crosscheck("CV08").unwrap();
    assert_eq!(check.mark, Mark::Seed);
    let [part] = check.body.parts.as_slice() else { panic!("one part") };
    assert_eq!(part.left.kinds, ["call-placed"]);
    assert_eq!(part.pair, Pair::First);
    assert_eq!(part.basis, Mark::Proposed);
    let Compare::TimeDiff { min_s, max_s, share_percent, .. } = part.compare else {
        panic!("a time difference")
    };
    assert_eq!((min_s, max_s, share_percent), (Some(0), Some(60), 100));
    let sorts: std::collections::BTreeSet<&str> = book
        .crosschecks
        .iter()
        .flat_map(|row| &row.body.parts)
        .map(|part| match part.compare {
            Compare::TimeDiff { .. } => "time-diff",
            Compare::Equal { .. } => "equal",
            Compare::Subset { .. } => "subset",
            Compare::Order { .. } => "order",
            Compare::Exists => "exists",
            Compare::Count { .. } => "count",
        })
        .collect();
    assert_eq!(sorts.len(), 6);
}

#[test]
fn limits_have_spans_by_case() {
    let book = book();
    let seconds = |id: &str, kind: &str, grade: Option<&str>| {
        book.limit(id).unwrap().body.span_for(kind, grade).and_then(Span::seconds)
    };
    assert_eq!(seconds("T02", "fire", None), Some(3_600));
    assert_eq!(seconds("T01", "fire", None), None);
    assert_eq!(seconds("T10", "fire", None), Some(7 * 86_400));
    assert_eq!(seconds("T10", "coal-mine", None), Some(30 * 86_400));
    let follow_ups = &book.limit("T13").unwrap().body;
    let daily = |grade| follow_ups.span_for("fire", Some(grade)).map(|span| span.value);
    assert_eq!(daily("grade-major"), Some(2));
    assert_eq!(daily("grade-larger"), Some(1));
    assert!(book.limit("T04").unwrap().body.per_level);
}

#[test]
fn grades_join_without_gap() {
    let book = book();
    for number in [0_u64, 2, 3, 9, 10, 29, 30, 500] {
        let hits = book.grades.iter().filter(|row| row.body.deaths.holds(number)).count();
        assert_eq!(hits, 1, "{number} deaths");
    }
    for yuan in [9_999_999_u64, 10_000_000, 49_999_999, 50_000_000, 99_999_999, 100_000_000] {
        let hits = book.grades.iter().filter(|row| row.body.direct_loss_cny.holds(yuan)).count();
        assert_eq!(hits, 1, "{yuan} CNY");
    }
    let outside: Vec<&str> =
        book.grades.iter().filter(|r| !r.body.in_scope).map(|r| r.body.code.as_str()).collect();
    assert_eq!(outside, ["一般"]);
}

#[test]
fn weights_follow_from_reliabilities() {
    let book = book();
    for row in &book.weights {
        let r: f64 = row.body.reliability.to_string().parse().unwrap();
        let expected = (1000.0 * (r / (1.0 - r)).ln()).round() as i64;
        assert_eq!(row.body.weight, expected, "{}", row.id);
    }
    let least = book.weights.iter().min_by_key(|row| row.body.weight).unwrap();
    assert_eq!(least.body.code, "unverified");
}

#[test]
fn lists_give_their_items() {
    let book = book();
    let keys = |id: &str| -> Vec<String> {
        book.list_items(id).unwrap().iter().map(|(key, _)| (*key).to_owned()).collect()
    };
    assert_eq!(keys("report-items"), ["R1", "R2", "R3", "R4", "R5", "R6"]);
    assert_eq!(keys("plan-elements").len(), 32);
    assert_eq!(keys("plan-elements").first().map(String::as_str), Some("CP-1.1"));
    assert_eq!(keys("essential-technical-data").len(), 5);
    assert_eq!(keys("notice-parties").len(), 4);
    assert_eq!(book.list_items("nothing"), None);
}

#[test]
fn every_fact_kind_is_read_or_shown() {
    let book = book();
    let mut read: Vec<&String> = Vec::new();
    for part in book.crosschecks.iter().flat_map(|row| &row.body.parts) {
        read.extend(&part.left.kinds);
        read.extend(part.right.iter().flat_map(|term| &term.kinds));
    }
    for row in &book.indicators {
        read.extend(row.body.formula.terms().into_iter().flat_map(|(_, term)| &term.kinds));
    }
    let known: Vec<&String> = book.fact_kinds.iter().map(|row| &row.id).collect();
    assert!(read.iter().all(|id| known.contains(id)));
    assert!(book.track_of("enterprise") == Some("enterprise"));
    assert!(book.track_of("rescue").is_some());
}

#[test]
fn a_row_is_shown_as_text() {
    let book = book();
    let view = book.row("CV08").unwrap();
    assert_eq!((view.file.as_str(), view.table.as_str()), ("crosschecks.toml", "crosscheck"));
    let line = |key: &str| view.lines.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
    assert_eq!(line("part.1.max-s"), Some("60"));
    assert_eq!(line("content"), Some("C3"));
    assert!(line("zh").is_none(), "the head is not repeated");
    assert!(book.row("T02").unwrap().effective_from.is_some());
    assert!(book.row("CAL-2024").is_some() && book.row("nothing").is_none());
}

#[test]
fn the_digest_names_the_bytes_not_their_order() {
    let book = book();
    let mut turned: Vec<(&str, &str)> = FILES.to_vec();
    turned.reverse();
    assert_eq!(Book::parse(&turned).unwrap().digest(), book.digest());
    let kept: Vec<(&String, &String)> = book.files().iter().collect();
    assert_eq!(Book::parse(&kept).unwrap(), book);
    let other = Book::parse(&super::changed(&[("weights.toml", "# ", "#  ")])).unwrap();
    assert_ne!(other.digest(), book.digest());
    assert_eq!(book.digest().len(), 64);
}

#[test]
fn working_days_follow_the_notices() {
    let book = book();
    let day = |text: &str| Date::parse(text).unwrap();
    let between = |a: &str, b: &str| book.working_days_between(day(a), day(b));
    // Spring Festival 2024: 10 to 17 February off, Sunday 18 February worked.
    assert_eq!(between("2024-02-09", "2024-02-18"), Ok(1));
    assert_eq!(between("2024-02-09", "2024-02-19"), Ok(2));
    assert_eq!(between("2024-02-19", "2024-02-09"), Ok(-2));
    assert_eq!(between("2024-03-04", "2024-03-04"), Ok(0));
    assert_eq!(between("2024-03-01", "2024-03-29"), Ok(20));
    assert_eq!(between("2018-12-28", "2019-01-03"), Err(NoCalendar { year: 2018 }));
    assert!(book.calendar(2018).is_none() && book.calendar(2026).is_some());
}

#[test]
fn the_worked_example_of_the_format_reads() {
    let page = include_str!("../../../../docs/book-format.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let mut files = super::changed(&[]);
    let (_, text) = files.iter_mut().find(|(name, _)| name == "crosschecks.toml").unwrap();
    let start = text.find("[[crosscheck]]\nid = \"CV08\"").unwrap();
    let end = text.find("[[crosscheck]]\nid = \"CV09\"").unwrap();
    text.replace_range(start..end, example);
    let book = Book::parse(&files).unwrap();
    let check = book.crosscheck("CV08").unwrap();
    assert_eq!(check.status, Status::Checked);
    let max = check.body.parts.iter().find_map(|part| match part.compare {
        Compare::TimeDiff { max_s, .. } => max_s,
        _ => None,
    });
    assert_eq!(max, Some(120));
}

#[test]
fn a_province_has_a_file_of_its_own() {
    let book = book();
    let row = book.limit("T16").unwrap();
    assert_eq!(row.body.province.as_deref(), Some("shandong"));
    assert!(row.body.is_of("Shandong") && row.body.is_of("山东省") && !row.body.is_of("hebei"));
    assert_eq!(book.row("T16").unwrap().file, "limits/shandong.toml");
    assert!(book.limits.iter().filter(|row| row.body.province.is_some()).count() == 1);
}

#[test]
fn identity_rules_fold_what_says_nothing() {
    let book = book();
    let rule = |code: &str| &book.identities.iter().find(|r| r.body.code == code).unwrap().body;
    assert_eq!(rule("plate").folded(" 鲁ａ·12-345 "), "鲁A12345");
    assert_eq!(rule("text").folded("储罐 Ａ-1"), "储罐A-1");
    assert_eq!(rule("person").folded("阿卜杜·甲"), "阿卜杜甲");
    let kind = book.fact_kind("casualty-listed").unwrap();
    assert_eq!(kind.body.identity.as_deref(), Some("person"));
}
