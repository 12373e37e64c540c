//! Manifests of bags.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    use fupan_ledger::{Fixity, Manifest, ManifestKind};
    for kind in [ManifestKind::Payload, ManifestKind::Tags] {
        for fixity in [Fixity::Sha256, Fixity::Sm3] {
            let Ok(read) = Manifest::parse(bytes, kind, fixity) else { continue };
            let printed = read.to_string();
            assert_eq!(Manifest::parse(printed.as_bytes(), kind, fixity), Ok(read));
        }
    }
});
