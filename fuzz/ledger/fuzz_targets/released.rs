//! The seal of a bag, and a whole bag of such files as are given: path and content by turns, each ended by FF.
#![no_main]

use std::io;

use fupan_ledger::release::{Anchors, BagSeal, BagSource, Found, FoundKind, verify};
use fupan_ledger::{Policy, Scheme, SigningKey, Use};

struct Given(Vec<(String, Vec<u8>)>);

impl BagSource for Given {
    fn list(&self) -> io::Result<Vec<Found>> {
        let found = |(path, bytes): &(String, Vec<u8>)| Found {
            path: path.clone(),
            kind: FoundKind::File(bytes.len() as u64),
        };
        Ok(self.0.iter().map(found).collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn io::Read + Send + '_>> {
        let found = self.0.iter().find(|(name, _)| name == path);
        Ok(Box::new(found.ok_or(io::ErrorKind::NotFound)?.1.as_slice()))
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = str::from_utf8(bytes) {
        if let Ok(seal) = BagSeal::parse(text) {
            assert_eq!(seal.to_string(), text);
        }
    }
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == 0xff).collect();
    let files = parts.chunks_exact(2).map(|pair| {
        (String::from_utf8_lossy(pair[0]).into_owned(), pair[1].to_vec())
    });
    let key = SigningKey::from_seed("fuzz.fupan", Scheme::Ed25519, &[5; 32]).unwrap();
    let log_key = key.verify_key().clone();
    let policy = format!("log {log_key}\nquorum none\n");
    let policy = Policy::parse(policy.as_bytes(), Use::Checkpoints).unwrap();
    let anchors = Anchors { log_key, policy, stamps: None };
    // Nobody signed it: it is never sound.
    assert!(!verify(&Given(files.collect()), &anchors, 1).unwrap().is_sound());
});
