//! Reading in blocks and by several threads gives what reading row by row gives.

use super::repeats::Room;
use super::spread::Spread;
use super::{ImportInput, ImportOutcome, import, import_with};
use crate::tests::{defaults, rows::evidence};
use crate::{IntakeErrors, Mapping, RowItem, open_table};
use std::collections::{BTreeMap, HashSet};

const ORDINARY: Room = Room { rows: 10, suspects: 8, exact: 1 << 16 };
const NARROW: Room = Room { rows: 2, suspects: 2, exact: 7 };

/// A mapping with rules of every kind that looks at rows in their order.
const MAPPING: &str = r#"
zone = "+08:00"
[[column]]
name = "t"
type = "time"
[[column]]
name = "tag"
type = "text"
required = true
[[column]]
name = "v"
type = "number"
[[fact]]
id = "first"
kind = "a"
pick = "first"
time = "t"
where = [ { column = "tag", in = ["T1", "T2"] } ]
[[fact]]
id = "last"
kind = "a"
pick = "last"
time = "t"
[[fact]]
id = "each"
kind = "a"
where = [ { column = "v", at_least = 95 } ]
[[fact]]
id = "undated"
kind = "a"
pick = "last"
where = [ { column = "note", contains = "x" } ]
[[fact]]
id = "over"
kind = "a"
time = "t"
where = [ { column = "tag", is = "T3" } ]
crossing = { column = "v", above = 50, hold_s = 2 }
[[fact]]
id = "silence"
kind = "a"
time = "t"
gap = { longer_s = 20 }
"#;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).expect("small") % most
    }
}

/// A log with all that may stand in one: good rows, rows that repeat, blank lines, quotes over
/// several lines, stray quotes, too many cells, bad cells, broken and odd characters.
fn log(dice: &mut Dice, rows: usize) -> String {
    let mut text = String::from("t,tag,v,note\r\n");
    let mut lines: Vec<String> = Vec::new();
    for row in 0..rows {
        let second = row + dice.roll(30);
        let time =
            format!("2026-05-01 {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let (tag, value) = (dice.roll(5), dice.roll(100));
        let line = match dice.roll(40) {
            0 => String::new(),
            1 => String::from(" ,,,"),
            2 => format!("{time},\"T{tag}\",{value},\"a\r\nb \"\"q\"\", c\""),
            3 => format!("{time},\"T{tag},{value},stray"),
            4 => format!("{time},T{tag},{value},n,,"),
            5 => format!("{time},T{tag},{value},n,m"),
            6 => format!("{time},T{tag}"),
            7 => format!("{time},T{tag},{value}x,n"),
            8 => format!("yesterday,,{value},n"),
            9 => format!("{time},T{tag},{value},\0"),
            10 => format!("{time},T{tag},{value},\u{feff}"),
            11 => format!("\"{time}\",\"T{tag}\",\"{value}\",\"n\""),
            12 => format!("{time},T{tag},,"),
            13 => format!("  {time} ,T{tag}, {value}.50 ,\u{fffd}"),
            14..20 => lines.get(dice.roll(lines.len().max(1))).cloned().unwrap_or_default(),
            20 => format!("{time},T{tag},{value},\"x\"y"),
            _ => format!(
                "{time}.{:03},T{tag},{value}.{:02},可燃 x{}",
                dice.roll(1000),
                tag,
                dice.roll(9)
            ),
        };
        text.push_str(&line);
        text.push_str(if dice.roll(9) == 0 { "\n" } else { "\r\n" });
        lines.push(line);
    }
    if dice.roll(2) == 0 { text.trim_end().to_owned() } else { text }
}

fn with(
    bytes: &[u8],
    mapping: &str,
    spread: Option<(Spread, Room)>,
) -> Result<ImportOutcome, IntakeErrors> {
    let (mapping, kinds) = (Mapping::parse("m.toml", mapping)?, BTreeMap::new());
    let input = ImportInput {
        evidence: &evidence("evidence/log"),
        log: &bytes,
        mapping: &mapping,
        mapping_name: "m.toml",
        kinds: &kinds,
        day_ms: None,
        defaults: &defaults(),
    };
    match spread {
        Some((spread, room)) => import_with(&input, spread, room),
        None => import(&input),
    }
}

/// How many rows repeat, by keeping them all.
fn naive_repeats(bytes: &[u8], outcome: &ImportOutcome) -> u64 {
    let table = open_table(&bytes, &Mapping::parse("m", "").expect("mapping")).expect("table");
    let bad: HashSet<u64> = outcome.report.rejected.iter().map(|row| row.row).collect();
    let (mut seen, mut repeats) = (HashSet::new(), 0);
    for item in table.rows {
        let RowItem::Good(row) = item.expect("row") else { continue };
        if bad.contains(&row.number) {
            continue;
        }
        let cells: Vec<String> = row.cells.into_iter().map(|cell| cell.text).collect();
        repeats += u64::from(!seen.insert(cells));
    }
    repeats
}

#[test]
fn any_number_of_threads_and_any_size_of_blocks_give_the_same() {
    let mut dice = Dice(3);
    let mut facts = 0;
    for round in 0..30 {
        let rows = 1 + dice.roll(if round % 6 == 0 { 900 } else { 120 });
        let text = log(&mut dice, rows);
        let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
        let gb_mapping = format!("encoding = \"gb18030\"\n{MAPPING}");
        for (bytes, mapping) in [(text.as_bytes(), MAPPING), (&gb, gb_mapping.as_str())] {
            // A CR before the first LF is no different to a reader of blocks; row by row is the
            // way of every text whose rows cannot be cut into blocks.
            let by_rows = super::tables::by_rows(|| with(bytes, mapping, None)).expect("import");
            assert_eq!(naive_repeats(bytes, &by_rows), by_rows.report.duplicates, "{round}");
            facts += by_rows.facts.len();
            for (threads, block) in [(1, 1 << 19), (1, 64), (2, 300), (3, 97), (2, 4096)] {
                for room in [ORDINARY, NARROW] {
                    let spread = Spread { threads, block };
                    let got = with(bytes, mapping, Some((spread, room))).expect("import");
                    assert_eq!(got, by_rows, "round {round}, {spread:?}, {room:?}\n{text}");
                }
            }
        }
    }
    assert!(facts > 300, "{facts}");
}

#[test]
fn a_log_without_zone_is_refused_alike() {
    let text = "t,tag,v,note\n2026-05-01 08:00:00,a,1,b\n".repeat(50);
    let mapping = MAPPING.replace("zone = \"+08:00\"", "");
    let one = super::tables::by_rows(|| with(text.as_bytes(), &mapping, None)).unwrap_err();
    let spread = Spread { threads: 2, block: 100 };
    let two = with(text.as_bytes(), &mapping, Some((spread, ORDINARY))).unwrap_err();
    assert_eq!(one, two);
}

#[test]
fn a_line_that_is_too_long_is_a_row_that_is_none() {
    let long = "x".repeat((1 << 24) + 10);
    let text =
        format!("t,tag,v,note\n2026-05-01 08:00:00,\"a,1,b\n{long}\n2026-05-01 08:00:01,a,1,b\n");
    for threads in [1, 2] {
        let spread = Spread { threads, block: 1 << 16 };
        let got = with(text.as_bytes(), MAPPING, Some((spread, ORDINARY))).expect("import");
        let bad: Vec<(u64, &str, usize)> = got
            .report
            .rejected
            .iter()
            .map(|row| (row.row, row.expected.as_str(), row.text.len()))
            .collect();
        assert_eq!(bad, [(2, "closing-quote", 26), (3, "shorter-line", 200)]);
        assert_eq!(got.report.rows, 3);
    }
}
