//! Delimited text in any encoding: the first byte says which the mapping states, if any.
#![no_main]

use libfuzzer_sys::fuzz_target;

const STATED: [&str; 6] = [
    "",
    "encoding = \"gb18030\"",
    "encoding = \"utf-16le\"",
    "encoding = \"utf-8\"\ndelimiter = \"tab\"",
    "header_row = 0",
    "header_row = 3\ndelimiter = \";\"",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let stated = STATED[usize::from(*first) % STATED.len()];
    fupan_fuzz::run(rest, &format!("format = \"csv\"\n{stated}\n{}", fupan_fuzz::TIMED));
    fupan_fuzz::run(rest, stated);
});
