//! Leaves of the log, ids, and the kept edge of the tree under SM3.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(leaf) = fupan_ledger::Leaf::parse(bytes) {
        assert_eq!(leaf.encode().unwrap(), bytes);
    }
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(id) = text.parse::<fupan_ledger::Ulid>() {
        assert_eq!(id.to_string(), text);
    }
    if let Some(edge) = fupan_ledger::Sm3Edge::read(text) {
        assert_eq!(edge.line(), text);
    }
});
