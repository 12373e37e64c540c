//! Paths of tiles, and bundles of entries.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(path) = str::from_utf8(bytes).ok() {
        if let Ok(tile) = path.parse::<fupan_ledger::Tile>() {
            assert_eq!(tile.to_string(), path);
        }
    }
    let Some((width, bundle)) = bytes.split_first() else { return };
    let width = u16::from(*width) + 1;
    if let Ok(entries) = fupan_ledger::decode_bundle(bundle, width) {
        assert_eq!(fupan_ledger::encode_bundle(&entries).unwrap(), bundle);
    }
});
