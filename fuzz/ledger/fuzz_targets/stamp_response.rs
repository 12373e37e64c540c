//! Answers of time stamp authorities, verified under no trust.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(response) = fupan_ledger::StampResponse::parse(bytes) else { return };
    let Some(token) = response.token else { return };
    let (algorithm, imprint) = token.imprint();
    let mut request = fupan_ledger::StampRequest::new(algorithm, imprint, [1; 8]);
    request.nonce = None;
    assert!(token.verify(&request, &fupan_ledger::Trust::default()).is_err());
});
