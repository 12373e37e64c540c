//! Documents: any bytes as a file, and any text as the body of one that is whole otherwise.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    fupan_fuzz::run(bytes, "format = \"docx\"\nzone = \"+08:00\"\n");
    let mut body = br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#.to_vec();
    body.extend_from_slice(bytes);
    let document =
        fupan_fuzz::packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &body)]);
    fupan_fuzz::run(&document, "");
    fupan_fuzz::run(&document, &format!("table = 2\nheader_rows = [1, 2]\n{}", fupan_fuzz::TIMED));
});
