//! Capture statements, and the statements of the roll.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(capture) = fupan_ledger::Capture::parse(text) {
        assert_eq!(capture.to_string(), text);
    }
    if let Ok(add) = fupan_ledger::KeyAdd::parse(text) {
        assert_eq!(add.to_string(), text);
    }
    if let Ok(revoke) = fupan_ledger::KeyRevoke::parse(text) {
        assert_eq!(revoke.to_string(), text);
    }
});
