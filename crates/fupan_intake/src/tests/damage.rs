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
