//! Attest rules.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(errors) = fupan_ledger::AttestRules::parse(bytes) {
        assert!(!errors.is_empty());
    }
});
