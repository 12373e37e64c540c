//! Proposed mappings: whatever the head of a log is, what is proposed can be read as a mapping.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fupan_fuzz::draft(bytes));
