//! Composing a small assessment by a small book, in both languages, against texts a person read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub,
    reason = "a test may stop at the first thing that is wrong"
)]

#[path = "compose/codes.rs"]
mod codes;
#[path = "compose/dump.rs"]
mod dump;
#[path = "compose/sample.rs"]
mod sample;

use fupan_model::{Assessment, Block, Document, Doubt, Inline, RowStyle, Tone};
use fupan_report::{ComposeError, KeptLog, compose, compose_kept, compose_request_list};
use fupan_standard::{Book, Fault};

const CODES: &str = include_str!("compose/codes.txt");
const PHRASES: &str = include_str!("../../../standard/aq9012-2023/phrases.toml");

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("compose/book/", $name)))
    };
}

/// Files of the small book that hold rows.
const FILLED: &[(&str, &str)] = &[
    file!("edition.toml"),
    file!("contents.toml"),
    file!("crosschecks.toml"),
    file!("duties.toml"),
    file!("evidence.toml"),
    file!("fact-kinds.toml"),
    file!("grades.toml"),
    file!("indicators.toml"),
    file!("laws.toml"),
    file!("limits.toml"),
    file!("parties.toml"),
    file!("phases.toml"),
    file!("questions.toml"),
    file!("reading-policies.toml"),
    file!("statutes.toml"),
    file!("weights.toml"),
];

/// The small book; every other file that a book must have is empty.
fn book(phrases: &str) -> Book {
    let mut files: Vec<(String, String)> =
        FILLED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    files.push(("phrases.toml".to_owned(), phrases.to_owned()));
    let missing = Book::parse(&files).err().unwrap_or_default();
    let missing = missing.into_iter().filter(|error| error.fault == Fault::MissingFile);
    files.extend(missing.map(|error| (error.file, String::new())));
    Book::parse(&files).unwrap()
}

fn check(lang: &str, snapshot: &str, want: &str) {
    let document = compose(&sample::assessment(), &book(PHRASES), lang).unwrap();
    let found = dump::text(&document);
    if std::env::var_os("FUPAN_BLESS").is_some() {
        let path = format!("{}/tests/compose/{snapshot}", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, &found).unwrap();
        return;
    }
    for (at, (found, want)) in found.lines().zip(want.lines()).enumerate() {
        assert_eq!(found, want, "{snapshot}, line {}", at + 1);
    }
    assert_eq!(found.lines().count(), want.lines().count(), "{snapshot}");
}

#[test]
fn the_report_reads_as_reviewed_zh() {
    check("zh", "report.zh.txt", include_str!("compose/report.zh.txt"));
}

#[test]
fn the_report_reads_as_reviewed_en() {
    check("en", "report.en.txt", include_str!("compose/report.en.txt"));
}

#[test]
fn the_cover_of_a_kept_case_names_the_log_and_nothing_else_changes() {
    let (assessment, book) = (sample::assessment(), book(PHRASES));
    let log = KeptLog { origin: "0123.fupan".to_owned(), fingerprint: "ab".repeat(32) };
    for (lang, said) in [("zh", "日志公钥指纹："), ("en", "fingerprint of its key: ")] {
        let bare = dump::text(&compose(&assessment, &book, lang).unwrap());
        let kept = dump::text(&compose_kept(&assessment, &book, lang, &log).unwrap());
        let (bare, kept): (Vec<&str>, Vec<&str>) = (bare.lines().collect(), kept.lines().collect());
        let more: Vec<&&str> = kept.iter().filter(|line| !bare.contains(line)).collect();
        assert_eq!((kept.len(), more.len()), (bare.len() + 1, 1), "{more:?}");
        let line = format!("{said}{}", log.fingerprint);
        assert!(more[0].contains(&line) && more[0].contains(&log.origin), "{more:?}");
    }
}

#[test]
fn composing_twice_gives_the_same() {
    let (assessment, book) = (sample::assessment(), book(PHRASES));
    assert_eq!(compose(&assessment, &book, "zh"), compose(&assessment, &book, "zh"));
}

/// Kind of each block and inline with the number of its cites, in order.
fn structure(document: &Document) -> Vec<String> {
    let of = |list: &[Inline]| -> String {
        let one = |inline: &Inline| match inline {
            Inline::Sentence(sentence) => format!("s{}", sentence.cites().count()),
            Inline::Book(book) => format!("b{}", book.row),
            Inline::Link(_) => "l".to_owned(),
        };
        list.iter().map(one).collect::<Vec<String>>().join(",")
    };
    let blocks = document.chapters.iter().flat_map(|chapter| &chapter.blocks);
    let block = |block: &Block| match block {
        Block::Heading(_) => "heading".to_owned(),
        Block::Paragraph(list) => of(list),
        Block::List(points) => points.iter().map(|p| of(p)).collect::<Vec<String>>().join(";"),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            let paragraphs = cells.flat_map(|cell| &cell.paragraphs).map(|p| of(p));
            paragraphs.collect::<Vec<String>>().join(";")
        }
        Block::Figure(figure) => of(&figure.alt),
    };
    let cover = document.cover.iter().map(|line| of(line));
    cover.chain(blocks.map(block)).collect()
}

#[test]
fn both_languages_have_the_same_structure() {
    let (assessment, book) = (sample::assessment(), book(PHRASES));
    let zh = compose(&assessment, &book, "zh").unwrap();
    let en = compose(&assessment, &book, "en").unwrap();
    assert_eq!(zh.chapters.len(), 14);
    assert_eq!(structure(&zh), structure(&en));
}

#[test]
fn every_table_has_as_many_cells_as_columns_and_anchors_stand_once() {
    let document = compose(&sample::assessment(), &book(PHRASES), "zh").unwrap();
    let mut anchors = Vec::new();
    for block in document.chapters.iter().flat_map(|chapter| &chapter.blocks) {
        if let Block::Table(table) = block {
            for row in &table.rows {
                let count = if row.style == RowStyle::Plain { table.columns.len() } else { 1 };
                assert_eq!(row.cells.len(), count, "{}", table.caption.text());
                anchors.extend(row.anchor.clone());
            }
        }
    }
    let count = anchors.len();
    anchors.sort();
    anchors.dedup();
    assert_eq!(anchors.len(), count);
    assert!(anchors.contains(&"E1".to_owned()) && anchors.contains(&"E1/row/2".to_owned()));
}

#[test]
fn only_results_are_marked_in_the_matrix_and_every_content_heads_its_rows() {
    let document = compose(&sample::assessment(), &book(PHRASES), "zh").unwrap();
    let matrix = document.chapters.iter().find(|one| one.anchor == "response-matrix").unwrap();
    let tables = matrix.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for table in tables {
        assert_eq!(table.rows.first().map(|row| row.style), Some(RowStyle::Group));
        for row in table.rows.iter().filter(|row| row.style == RowStyle::Plain) {
            let marked = row.cells.iter().filter(|cell| cell.tone != Tone::Plain);
            assert!(marked.count() <= 1 && row.cells[..3].iter().all(|c| c.tone == Tone::Plain));
        }
    }
}

#[test]
fn the_request_list_has_a_table_for_each_party_and_numbers_on() {
    let (assessment, book) = (sample::assessment(), book(PHRASES));
    for (lang, want) in [("zh", include_str!("compose/requests.zh.txt"))] {
        let document = compose_request_list(&assessment, &book, lang).unwrap();
        let found = dump::text(&document);
        if std::env::var_os("FUPAN_BLESS").is_some() {
            let path = format!("{}/tests/compose/requests.{lang}.txt", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, &found).unwrap();
            continue;
        }
        assert_eq!(found, want);
        assert!(document.contents_title.is_none());
        assert!(fupan_report::render::docx(&document).is_ok());
    }
    let none = Assessment { needs: vec![], ..assessment };
    let document = compose_request_list(&none, &book, "en").unwrap();
    assert!(dump::text(&document).contains("No further record is needed."));
}

/// A part of a zip as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn the_annex_holds_numbers_as_numbers_and_cites_every_row() {
    let (assessment, book) = (sample::assessment(), book(PHRASES));
    let bytes = fupan_report::render::xlsx(&assessment, &book, "zh").unwrap();
    assert!(bytes == fupan_report::render::xlsx(&assessment, &book, "zh").unwrap());
    let names = part(&bytes, "xl/workbook.xml");
    for name in ["事件", "间隔", "交叉验证", "量化指标", "数字台账", "问题与经验", "证据登记"]
    {
        assert!(names.contains(&format!("<sheet name=\"{name}\"")), "{name}: {names}");
    }
    let words = part(&bytes, "xl/sharedStrings.xml");
    assert!(words.contains("〔证1·行2〕") && words.contains("预警") | words.contains("事件"));
    // The first event: 13:13 on the day is a number, its bounds are days of the workbook's count.
    let events = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(events.contains("<v>45424.55069444444") && events.contains("topLeftCell=\"B2\""));
    let gaps = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(gaps.contains("<v>3600</v>"), "{gaps}");
    assert!(part(&bytes, "docProps/core.xml").contains("2023-01-01T00:00:00Z"));
    assert!(fupan_report::render::xlsx(&assessment, &book, "fr").is_err());
}

#[test]
fn articles_are_cited_as_chinese_papers_do() {
    let (assessment, full) = (sample::assessment(), book(PHRASES));
    let zh = dump::text(&compose(&assessment, &full, "zh").unwrap());
    let en = dump::text(&compose(&assessment, &full, "en").unwrap());
    assert!(!zh.contains(" art ") && zh.contains("条"), "{zh}");
    assert!(en.contains(" art "), "{en}");
}

#[test]
fn nothing_found_is_said_and_cited() {
    let full = sample::assessment();
    let bare = Assessment {
        grade: None,
        events: vec![],
        gaps: vec![],
        conflicts: vec![],
        diagnoses: vec![],
        clocks: vec![],
        claims: vec![],
        checks: vec![],
        indicators: vec![],
        findings: vec![],
        doubts: vec![],
        left_out: vec![],
        needs: vec![],
        ..full
    };
    for lang in ["zh", "en"] {
        assert!(compose(&bare, &book(PHRASES), lang).is_ok());
    }
    let text = dump::text(&compose(&bare, &book(PHRASES), "en").unwrap());
    assert!(text.contains("There is no dated event to draw.〔case/part/register〕"), "{text}");
}

#[test]
fn every_code_of_the_judge_has_a_phrase() {
    let mut assessment = sample::assessment();
    for code in CODES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (code, places) = code.split_once(':').unwrap();
        let args = places.split_whitespace().map(|name| (name.to_owned(), codes::value(name)));
        let (args, cites) = (args.collect(), sample::cite("E1", 1));
        assessment.doubts.push(Doubt { code: code.to_owned(), args, cites });
    }
    for lang in ["zh", "en"] {
        let document = compose(&assessment, &book(PHRASES), lang).unwrap();
        let text = dump::text(&document);
        assert!(!text.contains(['{', '}']), "{text}");
    }
}

/// Kebab-case words between quotes in the sources that write the report.
fn quoted() -> Vec<String> {
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut words = Vec::new();
    let folders = ["", "/chapters", "/annex"];
    for folder in folders.map(|folder| format!("{sources}{folder}")) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                words.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    words
}

#[test]
fn every_phrase_named_in_the_sources_exists_and_no_phrase_is_idle() {
    let book = book(PHRASES);
    let has = |id: &str| book.phrases.iter().any(|phrase| phrase.id == id);
    let words = quoted();
    let kebab = |w: &str| w.contains('-') && w.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    // Anchors of chapters, which link and are never read.
    let anchors = ["basic-facts", "response-matrix", "check-points", "claims-ledger", "left-out"];
    let anchors = [&anchors[..], &["the-book"]].concat();
    for word in words.iter().filter(|w| kebab(w) && !anchors.contains(&w.as_str())) {
        let family = |id: &str| id.strip_prefix(word.as_str()).is_some_and(|r| r.starts_with('-'));
        let family = word.ends_with('-') || book.phrases.iter().any(|p| family(&p.id));
        assert!(family || has(word), "phrases.toml lacks {word:?}");
    }
    // Families are looked up by a word of the case, of the book or of the judge.
    let families = ["unit-", "field-", "dimension-", "file-", "clock-name-", "expected-"];
    let code = |id: &str| CODES.lines().any(|line| line.split(':').next() == Some(id));
    for id in book.phrases.iter().map(|phrase| phrase.id.as_str()) {
        let used = words.iter().any(|word| word == id) || code(id);
        assert!(used || families.iter().any(|family| id.starts_with(family)), "{id:?} is idle");
    }
}

#[test]
fn faults_of_phrases_are_typed() {
    let digit = PHRASES.replacen("en = \"Contents\"", "en = \"Contents 2\"", 1);
    let error = compose(&sample::assessment(), &book(&digit), "en").unwrap_err();
    let text = "Contents 2".to_owned();
    assert_eq!(error, ComposeError::Digit { id: "contents-title".into(), text });
    let lacking = PHRASES.replacen("id = \"time-beyond\"", "id = \"time-afar\"", 1);
    let error = compose(&sample::assessment(), &book(&lacking), "zh").unwrap_err();
    assert_eq!(error, ComposeError::NoPhrase { id: "time-beyond".into() });
    let error = compose(&sample::assessment(), &book(PHRASES), "fr").unwrap_err();
    assert_eq!(error, ComposeError::Language { lang: "fr".into() });
}
