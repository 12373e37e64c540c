//! Key strings, of verifiers and of signers.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(key) = text.parse::<fupan_ledger::VerifyKey>() {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(key) = text.parse::<fupan_ledger::SigningKey>() {
        assert_eq!(key.secret_string(), text);
    }
});
