//! Chunks of sensor streams, and runs of them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(sealed) = fupan_ledger::Chunk::open(bytes) {
        let printed = format!("{}\n{}", sealed.note, sealed.lines);
        assert_eq!(printed.as_bytes(), sealed.bytes);
        assert_eq!(sealed.chunk.to_string(), sealed.note.text());
    }
    let mut run = fupan_ledger::Run::new(bytes);
    let mut parts = Vec::new();
    while let Ok(Some(Ok(sealed))) = run.next_chunk() {
        parts.extend_from_slice(sealed.bytes);
    }
    assert!(bytes.starts_with(&parts));
});
