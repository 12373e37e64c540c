//! Time stamp requests.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = fupan_ledger::StampRequest::parse(bytes) {
        // Absent and NULL parameters mean the same, so the bytes may differ; what they say may not.
        let printed = request.to_der().unwrap();
        assert_eq!(fupan_ledger::StampRequest::parse(&printed), Ok(request));
    }
});
