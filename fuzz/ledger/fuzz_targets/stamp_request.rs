//! Time stamp requests.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = fupan_ledger::StampRequest::parse(bytes) {
        assert_eq!(request.to_der().unwrap(), bytes);
    }
});
