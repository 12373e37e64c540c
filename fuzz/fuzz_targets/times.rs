//! Times in every form a mapping may state. What is read must be within the years that are read.
#![no_main]

use fupan_intake::{DateOrder, Epoch, TimeForm, read_formed, read_zone};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = read_zone(text);
    for order in [DateOrder::Ymd, DateOrder::Mdy, DateOrder::Dmy] {
        for pivot in [None, Some(0), Some(70), Some(99)] {
            for epoch in [None, Some(Epoch::Seconds), Some(Epoch::Millis)] {
                let form = TimeForm { order, pivot, epoch };
                let Ok(reading) = read_formed(text, Some(28_800), &form) else { continue };
                // 0001-01-01 to 10000-01-01, and the farthest offset.
                let years = -62_135_596_800_000 - 86_400_000..253_402_300_800_000 + 86_400_000;
                assert!(years.contains(&reading.at.ms), "{text}");
                assert_eq!(read_formed(text, Some(28_800), &form), Ok(reading));
            }
        }
    }
});
