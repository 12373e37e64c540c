//! Archives: any bytes as a file, any bytes behind the head of a gzip, any names in a zip.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Write as _;

fuzz_target!(|bytes: &[u8]| {
    fupan_fuzz::run(bytes, "");
    let mut head = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    head.extend_from_slice(bytes);
    fupan_fuzz::run(&head, "");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).expect("gzip");
    fupan_fuzz::run(&gzip.finish().expect("gzip"), fupan_fuzz::TIMED);
    let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
    let (name, log) = bytes.split_at(cut);
    let name = String::from_utf8_lossy(name);
    if !["a.csv", "dir/b.csv"].contains(&&*name) {
        let zip = fupan_fuzz::packed(&[("a.csv", log), (&name, log), ("dir/b.csv", b"t,v,u\n")]);
        fupan_fuzz::run(&zip, fupan_fuzz::TIMED);
        fupan_fuzz::run(&zip, "files = [\"dir/b.csv\", \"a.csv\"]\n");
    }
});
