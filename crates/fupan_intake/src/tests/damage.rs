//! Damaged bytes of every kind: an answer or an error, never a crash, never an endless read.

use super::rows::run;
use super::{defaults, shipped};
use crate::{case_folder, case_json};

/// A generator with its formula: numbers of Knuth's MMIX.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

/// `bytes` with a few places changed, cut out or repeated.
fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const HARD: &[u8] = b"\"{}[],:\n\r\0\xff\x80=.#-0";
    let mut out = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(out.len());
        match numbers.below(4) {
            0 => out.truncate(at),
            1 => out.insert(at, HARD[numbers.below(HARD.len())]),
            2 if at < out.len() => out[at] = HARD[numbers.below(HARD.len())],
            _ => {
                let end = (at + numbers.below(40)).min(out.len());
                let piece = out[at.min(end)..end].to_vec();
                out.splice(at.min(end)..at.min(end), piece);
            }
        }
    }
    out
}

#[test]
fn damaged_cases() {
    let mut numbers = Numbers(1);
    let json = shipped("public/west_fertilizer_2013.case.json");
    for _ in 0..300 {
        let bytes = damaged(&json, &mut numbers);
        if let Err(errors) = case_json::read("x", &bytes, None, &defaults()) {
            assert!(!errors.0.is_empty());
        }
    }
    let folder = super::folder::folder();
    let names: Vec<String> = folder.keys().cloned().collect();
    for _ in 0..300 {
        let mut folder = folder.clone();
        let name = &names[numbers.below(names.len())];
        let bytes = damaged(&folder[name], &mut numbers);
        folder.insert(name.clone(), bytes);
        if let Err(errors) = case_folder::read(&folder, &defaults()) {
            assert!(!errors.0.is_empty());
        }
    }
}

#[test]
fn damaged_logs_lose_no_row_unseen() {
    let mut numbers = Numbers(2);
    let log = shipped("logs/tep_text_alarms_original_1.csv");
    let log = &log[..6_000];
    let rules = String::from_utf8(shipped("logs/tep_alarms.toml")).expect("utf-8");
    for _ in 0..300 {
        let bytes = damaged(log, &mut numbers);
        let Ok(outcome) = run(&bytes, &rules) else { continue };
        let report = outcome.report;
        assert!(report.rejected.len() as u64 == report.rejected_total.min(1000));
        assert!(report.rows >= report.rejected_total + report.duplicates);
    }
    let book = super::workbooks::small();
    for _ in 0..300 {
        let _ = run(&damaged(&book, &mut numbers), "");
    }
}

/// How long the soak of one importer lasts: a fixed number of rounds, or as long as asked.
fn rounds(name: &str, most: u32, mut round: impl FnMut(&mut Numbers)) {
    let seconds = std::env::var("FUPAN_SOAK_S").ok().and_then(|text| text.parse::<u64>().ok());
    let mut numbers = Numbers(name.bytes().map(u64::from).sum());
    let (start, mut count) = (std::time::Instant::now(), 0_u64);
    loop {
        let over = match seconds {
            Some(seconds) => start.elapsed().as_secs() >= seconds,
            None => count >= u64::from(most),
        };
        if over {
            break;
        }
        round(&mut numbers);
        count += 1;
    }
    // The count is of use only to whoever asked for a long soak.
    if seconds.is_some() {
        let line = format!("{name}: {count} rounds\n");
        let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
    }
}

/// Damages a log and imports it: an answer that loses no row, or an error.
fn soak(name: &str, most: u32, seeds: &[Vec<u8>], mapping: &str) {
    rounds(name, most, |numbers| {
        let seed = &seeds[numbers.below(seeds.len())];
        let bytes = damaged(seed, numbers);
        match run(&bytes, mapping) {
            Ok(outcome) => {
                let report = outcome.report;
                assert!(report.rows >= report.rejected_total + report.duplicates);
                assert_eq!(report.rejected.len() as u64, report.rejected_total.min(1000));
            }
            Err(errors) => assert!(!errors.0.is_empty()),
        }
    });
}

const TIMED: &str = "zone = \"+08:00\"\n[[column]]\nname = \"t\"\ntype = \"time\"\norder = \"mdy\"\n[[column]]\nname = \"v\"\ntype = \"number\"\n[[fact]]\nid = \"g\"\nkind = \"k\"\ntime = \"t\"\ngap = { longer_s = 1 }\n[[fact]]\nid = \"c\"\nkind = \"k\"\ntime = \"t\"\ncount = { at_least = 2, within_s = 9 }\ntext = \"{v} {@count}\"\n";
const ROWS: &str = "t,v\n2024-05-12 10:00:00,1\n\"5/12/2024 10:00:05\",2\n2024年5月12日10时许,\"a\nb\"\n2024-05-12 10:00:09,4\n";
const LIST: &str = "{\"d\":{\"r\":[{\"t\":\"2024-05-12 10:00:00\",\"v\":1.5},{\"v\":\"2\",\"t\":null,\"x\":{\"y\":[1]}},{\"t\":\"2024-05-12T10:00:09Z\"}]}}";
const LINES: &str = "{\"t\":\"2024-05-12 10:00:00\",\"v\":1.5}\n{\"v\":\"2\",\"t\":null}\n\n{\"t\":\"2024-05-12T10:00:09Z\"}\n";
const TEXT: &str =
    "2024-05-12 10:00:00 [1] x\n  more\n上午10:00:05 [2] y\n2024年5月12日10时 [3] z: 可燃\n";

#[test]
fn delimited_text_soaks() {
    let gb = encoding_rs::GB18030.encode(ROWS).0.into_owned();
    let wide = ROWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    soak("csv", 500, &[ROWS.as_bytes().to_vec(), gb, wide], TIMED);
}

#[test]
fn lists_soak() {
    soak(
        "json",
        500,
        &[LIST.as_bytes().to_vec()],
        &format!("format = \"json\"\nrows = \"d.r\"\n{TIMED}"),
    );
    soak("jsonl", 500, &[LINES.as_bytes().to_vec()], &format!("format = \"jsonl\"\n{TIMED}"));
}

#[test]
fn patterns_soak() {
    let mapping = format!(
        "format = \"text\"\nrecord = \"time\"\npatterns = [\"{{t}} [{{v:number}}] {{_}}: {{x}}\", \"{{t}} [{{v}}] {{x}}\"]\n{TIMED}"
    );
    soak("text", 500, &[TEXT.as_bytes().to_vec()], &mapping);
}

#[test]
fn archives_soak() {
    let gzip = flate2::Compression::fast();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), gzip);
    std::io::Write::write_all(&mut encoder, ROWS.as_bytes()).expect("gzip");
    let gzip = encoder.finish().expect("gzip");
    let zip = super::workbooks::zip(&[("a.csv", ROWS), ("b.csv", ROWS)]);
    soak("archives", 500, &[gzip, zip], TIMED);
}

#[test]
fn workbooks_and_documents_soak() {
    let sheet = "header_rows = [2]\nsheet = \"接警\"\nzone = \"+08:00\"\n[[fact]]\nid = \"x\"\nkind = \"k\"\ntime = \"时间\"\n";
    soak("xlsx", 300, &[super::workbooks::small()], sheet);
    let cells = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>t</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x &amp; y</w:t></w:r></w:p></w:tc></w:tr>";
    let seed = format!("<w:tbl>{cells}{cells}</w:tbl>");
    rounds("docx", 500, |numbers| {
        // The text is damaged, not its packing: sums would hide every other fault.
        let body = damaged(seed.as_bytes(), numbers);
        let bytes = super::grids::document(&String::from_utf8_lossy(&body));
        let _ = run(&bytes, "zone = \"+08:00\"\n");
    });
    let sheet_rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" s=\"1\"><f>A1</f></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c></row><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
    rounds("sheets", 300, |numbers| {
        let body = damaged(sheet_rows.as_bytes(), numbers);
        let bytes = super::workbooks::book(&String::from_utf8_lossy(&body), false);
        let _ = run(&bytes, "sheet = \"接警\"\nzone = \"+08:00\"\n");
    });
}

#[test]
fn mappings_and_drafts_soak() {
    let full = format!(
        "{TIMED}[[fact]]\nid = \"s\"\nkind = \"k\"\nsplit = {{ column = \"v\", items = \",\", pair = \"=\", key = \"a\", value = \"b\", date = \"t\" }}\ntime = \"b\"\nafter_fact = \"g\"\n"
    );
    rounds("mapping", 500, |numbers| {
        let text = damaged(full.as_bytes(), numbers);
        let _ = run(ROWS.as_bytes(), &String::from_utf8_lossy(&text));
    });
    rounds("suggest", 500, |numbers| {
        let seeds = [ROWS, LIST, LINES, TEXT];
        let bytes = damaged(seeds[numbers.below(seeds.len())].as_bytes(), numbers);
        if let Ok(draft) = crate::suggest("x", &bytes) {
            let text = draft.text("zh");
            crate::Mapping::parse("x", &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        }
    });
}

/// Times of every form, damaged: what is read is a moment of the years that are read, and reading it
/// again gives the same.
#[test]
fn times_soak() {
    const TIMES: [&str; 9] = [
        "2021-01-10T13:13:00.250+08:00",
        "1/1/10 12:00 AM",
        "2021年1月10日凌晨12点一刻左右",
        "约2021年1月10日13时13分许",
        "1715490785.5",
        "二〇二一年一月十日十三时二十五分",
        "２０２１－０１－１０　１３：１３",
        "01/10/2009 02:36:01 p.m.",
        "2021.1.10 24:00",
    ];
    let years = -62_135_683_200_000_i64..=253_402_387_200_000;
    rounds("times", 20_000, |numbers| {
        let bytes = damaged(TIMES[numbers.below(TIMES.len())].as_bytes(), numbers);
        let text = String::from_utf8_lossy(&bytes);
        let orders = [crate::DateOrder::Ymd, crate::DateOrder::Mdy, crate::DateOrder::Dmy];
        let epochs = [None, Some(crate::Epoch::Seconds), Some(crate::Epoch::Millis)];
        let form = crate::TimeForm {
            order: orders[numbers.below(3)],
            pivot: [None, Some(0), Some(70)][numbers.below(3)],
            epoch: epochs[numbers.below(3)],
        };
        if let Ok(reading) = crate::read_formed(&text, Some(28_800), &form) {
            assert!(years.contains(&reading.at.ms), "{text}");
            assert_eq!(crate::read_formed(&text, Some(28_800), &form), Ok(reading), "{text}");
        }
    });
}
