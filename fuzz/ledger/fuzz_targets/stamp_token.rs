//! Time stamp tokens by themselves.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(token) = fupan_ledger::StampToken::parse(bytes) {
        assert_eq!(fupan_ledger::StampToken::parse(token.der()).as_ref(), Ok(&token));
    }
});
