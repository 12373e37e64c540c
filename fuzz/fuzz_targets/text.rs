//! Lines of a pattern: the pattern stands before the first NUL, the log after it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (pattern, log) = bytes.split_at(cut);
    let log = log.get(1..).unwrap_or_default();
    let fixed = "patterns = [\"{t} [{v:number}] {u}: {_}\", \"{t} {v} {u}\"]\nrecord = \"time\"";
    fupan_fuzz::run(log, &format!("{fixed}\n{}", fupan_fuzz::TIMED));
    let Ok(pattern) = std::str::from_utf8(pattern) else { return };
    let quoted = serde_json::to_string(pattern).unwrap_or_default();
    fupan_fuzz::try_run(
        log,
        &format!("format = \"text\"\npattern = {quoted}\nzone = \"+08:00\"\n"),
    );
});
