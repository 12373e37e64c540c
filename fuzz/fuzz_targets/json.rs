//! Lists of objects, and objects line by line.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for stated in ["format = \"json\"", "rows = \"d.r\"", "format = \"jsonl\""] {
        fupan_fuzz::run(bytes, stated);
        fupan_fuzz::run(bytes, &format!("{stated}\n{}", fupan_fuzz::TIMED));
    }
});
