//! Checkpoints.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(checkpoint) = fupan_ledger::Checkpoint::parse(text) {
        assert_eq!(checkpoint.to_string(), text);
    }
});
