//! Reading in blocks and by several threads gives what reading row by row gives.

use super::repeats::Room;
use super::spread::Spread;
use super::{ImportInput, ImportOutcome, import, import_with};
use crate::tests::{defaults, rows::evidence};
use crate::{IntakeErrors, Mapping, RowItem, open_table};
use encoding_rs::{Encoding, GB18030, UTF_8};
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

/// Bytes that are no characters, in one of the encodings or both; some would eat what follows.
const BROKEN: [&[u8]; 6] =
    [b"\xff", b"\xe4\xb8", b"\x81", b"\x81\x30", b"\x81\x30\x81", b"\xfe\x80\xc3"];

/// A log with all that may stand in one: good rows, rows that repeat, blank lines, quotes over
/// several lines, stray quotes, too many cells, bad cells, broken and odd characters, lines of the
/// other encoding.
fn log(dice: &mut Dice, rows: usize, [own, other]: [&'static Encoding; 2]) -> Vec<u8> {
    let mark: &[u8] = if own == UTF_8 && dice.roll(4) == 0 { b"\xef\xbb\xbf" } else { b"" };
    let mut text = [mark, b"t,tag,v,note\r\n"].concat();
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for row in 0..rows {
        let second = row + dice.roll(30);
        let time =
            format!("2026-05-01 {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let (tag, value) = (dice.roll(5), dice.roll(100));
        let line = match dice.roll(44) {
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
            14 => format!("{time},T{tag},{value},-"),
            15 => format!("{time},T{tag},-,甲、乙"),
            20 => format!("{time},T{tag},{value},\"x\"y"),
            _ => format!(
                "{time}.{:03},T{tag},{value}.{:02},可燃 x{}",
                dice.roll(1000),
                tag,
                dice.roll(9)
            ),
        };
        let mut line = own.encode(&line).0.into_owned();
        match dice.roll(20) {
            0..4 => line = lines.get(dice.roll(lines.len().max(1))).cloned().unwrap_or_default(),
            4 => line.extend(BROKEN.get(dice.roll(BROKEN.len())).copied().unwrap_or_default()),
            5 => {
                let words = format!("{time},T{tag},{value},可燃气体高报 x");
                line = other.encode(&words).0.into_owned();
            }
            6 => {
                let words = format!("{time},T{tag},{value},\"一号\r\n二号 {second}\"");
                line = other.encode(&words).0.into_owned();
            }
            _ => {}
        }
        text.extend(&line);
        text.extend(if dice.roll(9) == 0 { b"\n".as_slice() } else { b"\r\n" });
        lines.push(line);
    }
    if dice.roll(2) == 0 { text.trim_ascii_end().to_owned() } else { text }
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
fn naive_repeats(bytes: &[u8], mapping: &str, outcome: &ImportOutcome) -> u64 {
    let mapping = Mapping::parse("m", mapping).expect("mapping");
    let table = open_table(&bytes, &mapping).expect("table");
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
    let (mut facts, mut faults) = (0, BTreeMap::new());
    for round in 0..30 {
        let rows = 1 + dice.roll(if round % 6 == 0 { 900 } else { 120 });
        for encodings in [[UTF_8, GB18030], [GB18030, UTF_8]] {
            let bytes = &*log(&mut dice, rows, encodings);
            let mapping = in_encoding(encodings, MAPPING);
            let mapping = mapping.as_str();
            // A CR before the first LF is no different to a reader of blocks; row by row is the
            // way of every text whose rows cannot be cut into blocks.
            let by_rows = super::tables::by_rows(|| with(bytes, mapping, None)).expect("import");
            assert_eq!(
                naive_repeats(bytes, mapping, &by_rows),
                by_rows.report.duplicates,
                "{round}"
            );
            facts += by_rows.facts.len();
            for row in &by_rows.report.rejected {
                *faults.entry((encodings[0].name(), row.expected.clone())).or_insert(0) += 1;
            }
            for (threads, block) in [(1, 1 << 19), (1, 64), (2, 300), (3, 97), (2, 4096)] {
                for room in [ORDINARY, NARROW] {
                    let spread = Spread { threads, block };
                    let got = with(bytes, mapping, Some((spread, room))).expect("import");
                    assert_eq!(got, by_rows, "round {round}, {spread:?}, {room:?}");
                }
            }
        }
    }
    assert!(facts > 300, "{facts}");
    for (encoding, name) in [("UTF-8", "utf-8"), ("gb18030", "gb18030")] {
        for fault in [name, "no-mark", "no-nul", "closing-quote", "columns=4", "number", "time"] {
            let count = faults.get(&(encoding, fault.to_owned())).copied().unwrap_or(0);
            assert!(count > 10, "{encoding} {fault}: {count}");
        }
    }
}

fn in_encoding([own, _]: [&'static Encoding; 2], mapping: &str) -> String {
    format!("encoding = \"{}\"\n{mapping}", own.name().to_lowercase())
}

/// A rule of curves, and words that say nothing, keep a log from being read in blocks.
#[test]
fn curves_and_words_that_say_nothing_are_alike_in_little_room() {
    let series = "[[series]]\nvalue = \"v\"\ntime = \"t\"\nunit = \"x\"\nkey = \"{tag}\"\n";
    let with_series = format!("{MAPPING}{series}thresholds = [50]\n");
    let with_nothing = format!("nothing = [\"-\", \"n\", \"T1\"]\n{MAPPING}");
    let mut dice = Dice(5);
    let (mut curves, mut differ) = (0, 0);
    for round in 0..12 {
        for encodings in [[UTF_8, GB18030], [GB18030, UTF_8]] {
            let rows = 1 + dice.roll(100);
            let bytes = &*log(&mut dice, rows, encodings);
            let plain = with(bytes, &in_encoding(encodings, MAPPING), None).expect("import");
            for mapping in [&with_series, &with_nothing] {
                let mapping = in_encoding(encodings, mapping);
                let by_rows = super::tables::by_rows(|| with(bytes, &mapping, None));
                let by_rows = by_rows.expect("import");
                for room in [ORDINARY, NARROW] {
                    let spread = Spread { threads: 2, block: 300 };
                    let got = with(bytes, &mapping, Some((spread, room))).expect("import");
                    assert_eq!(got, by_rows, "round {round}, {room:?}");
                }
                curves += by_rows.report.series.len();
                differ += usize::from(by_rows.report.rejected_total != plain.report.rejected_total);
            }
        }
    }
    assert!(curves > 50 && differ > 10, "{curves} {differ}");
}

/// A mapping with all that is made of a row before it is read.
const STAGED: &str = r#"
zone = "+08:00"
[[column]]
name = "at"
type = "time"
date = "day"
time = "clock"
[[column]]
name = "clock"
type = "time"
date = "2026-05-01"
roll_over = true
[[fact]]
id = "unit"
kind = "a"
time = "on"
key = "{unit}"
where = [ { column = "tag", in = ["T1", "T2"] } ]
[fact.split]
column = "on_scene"
items = ", "
pair = "="
key = "unit"
value = "on"
date = "day"
since = ["sent"]
[[fact]]
id = "after"
kind = "a"
time = "at"
after_fact = "unit"
"#;

#[test]
fn rows_made_before_they_are_read_are_alike_in_little_room() {
    let mut dice = Dice(9);
    let (mut facts, mut repeats, mut midnights) = (0, 0, 0);
    for round in 0..20 {
        let mut lines = vec![String::from("day,clock,tag,sent,on_scene")];
        for _ in 0..dice.roll(150) {
            let mut clock =
                || format!("{:02}:{:02}:{:02}", dice.roll(24), dice.roll(60), dice.roll(60));
            let (now, sent, on) = (clock(), clock(), clock());
            let tag = dice.roll(4);
            lines.push(match dice.roll(9) {
                0..3 => lines.get(1 + dice.roll(lines.len())).cloned().unwrap_or_default(),
                3 => format!("2026-05-01,{now},T{tag},M1={sent},M1"),
                4 => format!("2026-05-01,{now},T{tag},,\"M1={on}, M2=\r\n{sent}\""),
                _ => format!("2026-05-01,{now},T{tag},M1={sent},\"M1={on}, E{tag}={sent}\""),
            });
        }
        let text = lines.join("\r\n");
        let bytes = text.as_bytes();
        let by_rows = super::tables::by_rows(|| with(bytes, STAGED, None)).expect("import");
        for room in [ORDINARY, NARROW] {
            let spread = Spread { threads: 2, block: 97 };
            let got = with(bytes, STAGED, Some((spread, room))).expect("import");
            assert_eq!(got, by_rows, "round {round}, {room:?}");
        }
        facts += by_rows.facts.len();
        repeats += by_rows.report.duplicates;
        midnights += by_rows.report.clock.roll_overs;
    }
    assert!(facts > 100 && repeats > 50 && midnights > 50, "{facts} {repeats} {midnights}");
}

#[test]
fn a_log_without_zone_is_refused_alike() {
    let zoned = "2026-05-01 08:00:00+08:00,a,1,b\n\n".repeat(50);
    let text = format!("t,tag,v,note\n{zoned}2026-05-01 08:00:00,a,1,b\n");
    let mapping = MAPPING.replace("zone = \"+08:00\"", "");
    let one = super::tables::by_rows(|| with(text.as_bytes(), &mapping, None)).unwrap_err();
    let spread = Spread { threads: 2, block: 100 };
    let two = with(text.as_bytes(), &mapping, Some((spread, ORDINARY))).unwrap_err();
    assert_eq!(one, two);
    assert!(format!("{one:?}").contains("evidence/log:102"), "{one:?}");
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
