//! Proof files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = fupan_ledger::ProofFile::parse(bytes) {
        assert_eq!(file.to_string().as_bytes(), bytes);
    }
});
