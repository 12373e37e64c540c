//! Case folders: files parted by a line of their own, the path in it.
#![no_main]

use fupan_intake::{case_folder, case_json};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

fuzz_target!(|bytes: &[u8]| {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut path = String::from("case.toml");
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"=== ") {
            Some(name) => path = String::from_utf8_lossy(name).trim().to_owned(),
            None => files.entry(path.clone()).or_default().extend_from_slice(line),
        }
    }
    match case_folder::read(&files, fupan_fuzz::defaults()) {
        Ok(case) => {
            let _ = case_json::write(&case);
        }
        Err(errors) => assert!(!errors.0.is_empty()),
    }
});
