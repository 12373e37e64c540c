//! `fupan-case/1`. What is read must come back as it was after a round trip.
#![no_main]

use fupan_intake::case_json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match case_json::read("x", bytes, None, fupan_fuzz::defaults()) {
        Ok(case) => {
            let again =
                case_json::read("y", &case_json::write(&case), None, fupan_fuzz::defaults());
            assert_eq!(again.as_ref(), Ok(&case));
        }
        Err(errors) => assert!(!errors.0.is_empty()),
    }
});
