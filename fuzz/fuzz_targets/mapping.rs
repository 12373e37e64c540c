//! Mappings: any TOML against a small log of every form.
#![no_main]

use libfuzzer_sys::fuzz_target;

const LOG: &[u8] =
    "t,v,u\n2024-05-12 10:00:00,1,A=10:00\n5/12/24 10:01 AM,2,\"A=10:02, B=9:00\"\n上午10点许,3,\n"
        .as_bytes();
const LIST: &[u8] = br#"{"d":[{"t":"2024-05-12 10:00:00","v":1},{"u":"x","v":2}]}"#;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    fupan_fuzz::try_run(LOG, text);
    fupan_fuzz::try_run(LIST, text);
});
