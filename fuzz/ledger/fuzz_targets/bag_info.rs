//! `bag-info.txt` and `bagit.txt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = fupan_ledger::Declaration::parse(bytes);
    if let Ok(info) = fupan_ledger::BagInfo::parse(bytes) {
        let _ = info.payload();
        let printed = info.to_string();
        assert!(fupan_ledger::BagInfo::parse(printed.as_bytes()).is_ok());
    }
});
