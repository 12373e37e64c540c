//! Certificates.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(certificate) = fupan_ledger::Certificate::parse(bytes) {
        assert_eq!(certificate.der(), bytes);
        let _ = certificate.validity();
    }
});
