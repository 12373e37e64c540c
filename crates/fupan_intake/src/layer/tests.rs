//! The text layer of real documents, of hand-made ones, and of damaged ones.

use super::*;
use crate::media::check_media;
use std::io::Cursor;

/// A document of `tests/documents`.
macro_rules! document {
    ($name:literal) => {
        (&include_bytes!(concat!("../../tests/documents/", $name))[..], $name)
    };
}

fn layer_of((bytes, name): (&[u8], &str)) -> Result<TextLayer, LayerError> {
    let mut reader = Cursor::new(bytes);
    let found = check_media(name, &mut reader).expect("bytes").found;
    read_text(&mut reader, found)
}

fn texts(layer: &TextLayer) -> Vec<String> {
    layer.parts.iter().map(|part| part.text.clone().unwrap_or_default()).collect()
}

fn places(layer: &TextLayer) -> Vec<&Locator> {
    layer.parts.iter().map(|part| &part.locator).collect()
}

#[test]
fn chinese_of_libreoffice_stands_on_its_pages() {
    let layer = layer_of(document!("libreoffice.pdf")).expect("a layer");
    assert_eq!(places(&layer), [&Locator::Page(1), &Locator::Page(2)]);
    let first = "内部资料\n某化工厂“5·12”泄漏事故应急救援记录\n\
        2024年5月12日13时13分，值班员发现3号储罐压力异常。\n时间 事项 责任人\n\
        13:20 报告119 李某";
    let second = "内部资料\n第二页：消防队13时35分到场，English words 123。删去的话";
    assert_eq!(texts(&layer), [first, second]);
    assert!(layer.parts.iter().all(|part| part.unread == 0));
}

#[test]
fn chinese_of_chromium_is_words_and_no_radicals() {
    let layer = layer_of(document!("chromium.pdf")).expect("a layer");
    let first = "现场指挥部于13时40分成立，由副县长任总指挥。";
    assert_eq!(texts(&layer), [first, "第二页：死亡1人，受伤3人。"]);
}

#[test]
fn an_old_font_that_is_not_in_the_file_is_read_by_its_name() {
    let layer = layer_of(document!("old-font.pdf")).expect("a layer");
    assert_eq!(texts(&layer), ["不嵌入字体的旧式文件：事故报告"]);
}

#[test]
fn a_scan_is_a_page_without_text() {
    let layer = layer_of(document!("scan.pdf")).expect("a layer");
    let none = TextPart { locator: Locator::Page(1), text: None, unread: 0 };
    assert_eq!(layer.parts, [none]);
    assert_eq!((layer.with_text(), layer.without_text().count()), (0, 1));
}

#[test]
fn a_word_document_names_paragraphs_rows_and_parts() {
    let layer = layer_of(document!("record.docx")).expect("a layer");
    let part = |name: &str| Locator::Part(name.to_owned());
    let all: Vec<(Locator, String)> = layer
        .parts
        .iter()
        .map(|p| (p.locator.clone(), p.text.clone().unwrap_or_default()))
        .collect();
    let wanted = [
        ("body/p1", "某化工厂“5·12”泄漏事故应急救援记录"),
        ("body/p2", "2024年5月12日13时13分，值班员发现3号储罐压力异常。"),
        ("body/t1/r1", "时间\t事项\t责任人"),
        ("body/t1/r2", "13:20\t报告119\t李某"),
        ("body/p4", "第二页：消防队13时35分到场，English words 123。"),
        ("header1/p1", "内部资料"),
    ];
    assert_eq!(all, wanted.map(|(name, text)| (part(name), text.to_owned())));
}

#[test]
fn a_workbook_names_sheets_and_rows() {
    let layer = layer_of(document!("log.xlsx")).expect("a layer");
    let row = |row| Locator::SheetRow { sheet: "值班日志".to_owned(), row };
    assert_eq!(places(&layer), [&row(1), &row(3)]);
    assert_eq!(texts(&layer), ["时间\t事项", "13:13\t发现泄漏"]);
}

#[test]
fn lines_are_read_in_the_encodings_of_offices() {
    let text = "13:13 发现泄漏\r\n\r\n13:20 报告119\r\n";
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [text.as_bytes().to_vec(), gbk, utf16] {
        let layer = layer_of((&bytes, "notes.txt")).expect("a layer");
        assert_eq!(places(&layer), [&Locator::Row(1), &Locator::Row(3)]);
        assert_eq!(texts(&layer), ["13:13 发现泄漏", "13:20 报告119"]);
    }
}

#[test]
fn a_photo_is_one_page_without_text_and_a_film_is_not_read() {
    let photo = layer_of((b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg")).expect("a layer");
    assert_eq!((photo.parts.len(), photo.with_text()), (1, 0));
    let film = layer_of((b"\0\0\0\x14ftypisom\0\0\0\0isom", "a.mp4"));
    assert_eq!(film, Err(LayerError::NotRead("video/mp4")));
}

#[test]
fn what_is_locked_or_cut_off_says_so() {
    assert_eq!(layer_of(document!("locked.pdf")), Err(LayerError::Locked));
    let (whole, name) = document!("libreoffice.pdf");
    assert_eq!(layer_of((&whole[..whole.len() / 2], name)), Err(LayerError::CutOff));
    let (whole, name) = document!("record.docx");
    let half = &whole[..whole.len() / 2];
    assert!(layer_of((half, name)).is_err());
    let mut office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    office.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(layer_of((&office, "a.docx")), Err(LayerError::Locked));
}

/// A PDF with one page that draws `content`, with the font objects and others given.
fn pdf(content: &str, objects: &str) -> Vec<u8> {
    let stream = format!("<< /Length {} >> stream\n{content}\nendstream", content.len());
    format!(
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> \
         /XObject << /X 6 0 R >> >> >> endobj\n4 0 obj {stream} endobj\n\
         5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n{objects}\n\
         trailer << /Root 1 0 R >>\n%%EOF\n"
    )
    .into_bytes()
}

fn first_text(bytes: &[u8]) -> Option<String> {
    layer_of((bytes, "a.pdf")).expect("a layer").parts[0].text.clone()
}

#[test]
fn runs_of_a_line_are_put_in_order_and_gaps_are_spaces() {
    let text = "BT /F 10 Tf 14 TL 80 100 Td (world) Tj -60 0 Td (hello) Tj 0 -14 Td [(a) -300 (b) -20 (c)] \
        TJ T* (x) Tj ET";
    assert_eq!(first_text(&pdf(text, "")).as_deref(), Some("hello world\na bc\nx"));
    let bold = "BT /F 10 Tf (twice) Tj 0 0 Td (twice) Tj ET";
    assert_eq!(first_text(&pdf(bold, "")).as_deref(), Some("twice"));
}

#[test]
fn codes_without_a_meaning_are_counted_and_not_guessed() {
    let font = "5 0 obj << /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< \
        /Subtype /CIDFontType2 /CIDSystemInfo << /Ordering (Identity) >> >>] >> endobj";
    let layer = layer_of((&pdf("BT /F 10 Tf <00410042> Tj ET", font), "a.pdf")).expect("a layer");
    assert_eq!((layer.parts[0].text.as_deref(), layer.parts[0].unread), (None, 2));
    // The same codes of a published collection are known.
    let known = font.replace("(Identity)", "(GB1)");
    assert_eq!(first_text(&pdf("BT /F 10 Tf <00220023> Tj ET", &known)).as_deref(), Some("AB"));
    let gbk = font.replace("/Identity-H", "/GBK-EUC-H");
    let text = first_text(&pdf("BT /F 10 Tf <CAC2B9CA> Tj ET", &gbk));
    assert_eq!(text.as_deref(), Some("事故"));
}

#[test]
fn words_that_stand_for_what_is_drawn_are_taken_once() {
    let text = "BT /F 10 Tf /Span << /ActualText <FEFF4E8B6545> >> BDC (x) Tj (y) Tj EMC (z) Tj ET";
    assert_eq!(first_text(&pdf(text, "")).as_deref(), Some("事故z"));
}

#[test]
fn the_last_version_of_an_object_counts() {
    let again = "4 0 obj << /Length 99999 >> stream\nBT /F 10 Tf (new) Tj ET\nendstream endobj";
    assert_eq!(first_text(&pdf("BT /F 10 Tf (old) Tj ET", again)).as_deref(), Some("new"));
}

#[test]
fn circles_end_in_an_error_or_in_the_text_before_them() {
    let circle = "2 0 obj << /Type /Pages /Kids [2 0 R] >> endobj";
    let broken = Err(LayerError::Broken("page tree".to_owned()));
    assert_eq!(layer_of((&pdf("", circle), "a.pdf")), broken);
    let absent = "2 0 obj << /Type /Pages /Kids [77 0 R] >> endobj";
    assert_eq!(layer_of((&pdf("", absent), "a.pdf")), broken);
    let reference = "2 0 obj 2 0 R endobj";
    assert!(layer_of((&pdf("", reference), "a.pdf")).is_err());
    // A form that draws itself, and much: deep enough, no deeper.
    let form = "6 0 obj << /Subtype /Form /Length 12 >> stream\n/X Do /X Do \nendstream endobj";
    let text = first_text(&pdf("BT /F 10 Tf (t) Tj ET /X Do", form));
    assert_eq!(text.as_deref(), Some("t"));
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

/// A PDF whose page is a packed stream.
fn packed_pdf(filters: &str, data: &[u8], more: &str) -> Vec<u8> {
    let whole = pdf("", more);
    let at = whole.windows(7).position(|w| w == b"4 0 obj").expect("the content");
    let mut out = whole[..at].to_vec();
    out.extend(format!("4 0 obj << {filters} /Length {} >> stream\n", data.len()).bytes());
    out.extend(data);
    out.extend(b"\nendstream endobj\n");
    let rest = whole.windows(7).position(|w| w == b"5 0 obj").expect("the font");
    out.extend(&whole[rest..]);
    out
}

#[test]
fn bombs_are_refused_with_the_limit() {
    let once = zlib(&vec![b' '; 65 << 20]);
    let too_much = |limit| Err(LayerError::TooMuch { limit, what: "unpacked" });
    let bomb = packed_pdf("/Filter /FlateDecode", &once, "");
    assert!(bomb.len() < 100_000);
    assert_eq!(layer_of((&bomb, "a.pdf")), too_much(64 << 20));
    let twice = packed_pdf("/Filter [/FlateDecode /FlateDecode]", &zlib(&once), "");
    assert_eq!(layer_of((&twice, "a.pdf")), too_much(64 << 20));
    let objects = packed_pdf("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &once, "");
    assert_eq!(layer_of((&objects, "a.pdf")), too_much(64 << 20));
    // One page that draws one large form a thousand times.
    let form = "6 0 obj << /Subtype /Form /Filter /AHx /Length 4 >> stream\n2020\nendstream endobj";
    let many = zlib("/X Do ".repeat(1 << 20).as_bytes());
    let many = packed_pdf("/Filter /FlateDecode", &many, form);
    assert!(matches!(layer_of((&many, "a.pdf")), Err(LayerError::TooMuch { .. })));
    let document = {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
        zip.start_file("word/document.xml", options).expect("memory");
        let mut spaces = std::io::repeat(b' ').take(257 << 20);
        std::io::copy(&mut spaces, &mut zip).expect("memory");
        zip.finish().expect("memory").into_inner()
    };
    assert_eq!(layer_of((&document, "a.docx")), too_much(MOST_UNPACKED));
}

#[test]
fn every_filter_is_undone() {
    let text = b"BT /F 10 Tf (drawn) Tj ET";
    let hex: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
    let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
    let mut runs = vec![24];
    runs.extend(text);
    runs.push(128);
    for (filters, data) in [
        ("/Filter /AHx", format!("{hex}>").into_bytes()),
        ("/Filter [/AHx /Fl]", {
            zlib(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes()
        }),
        ("/Filter /RunLengthDecode", runs),
        ("", text.to_vec()),
    ] {
        let page = packed_pdf(filters, &data, "");
        assert_eq!(first_text(&page).as_deref(), Some("drawn"), "{filters}");
    }
    // The example of the format's own text: 45 45 45 45 45 65 45 45 45 66.
    let out = super::pdf::unpacked_for_tests("LZWDecode", &lzw);
    assert_eq!(out, Some(b"-----A---B".to_vec()));
    let out = super::pdf::unpacked_for_tests("ASCII85Decode", b"87cURD]i,\"Ebo80~>");
    assert_eq!(out, Some(b"Hello World!".to_vec()));
    assert_eq!(super::pdf::unpacked_for_tests("DCTDecode", b"x"), None);
}

/// Every way a byte of a real document can go wrong that a fixed count of tries finds: no panic,
/// the same answer twice, and an end.
#[test]
fn damaged_documents_are_read_or_refused() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % most as u64).expect("small")
    };
    let packed = packed_pdf("/Filter /FlateDecode", &zlib(b"BT /F 9 Tf (a) Tj ET"), "");
    let mut refused = 0;
    for (bytes, name) in [
        document!("libreoffice.pdf"),
        document!("old-font.pdf"),
        document!("record.docx"),
        document!("log.xlsx"),
        (packed.as_slice(), "packed.pdf"),
    ] {
        for round in 0..120 {
            let mut damaged = bytes.to_vec();
            for _ in 0..=round % 8 {
                let at = next(damaged.len());
                match next(5) {
                    0 => damaged[at] = u8::try_from(next(256)).expect("a byte"),
                    1 => damaged.truncate(at + 1),
                    2 => {
                        let end = (at + 1 + next(64)).min(damaged.len());
                        damaged.drain(at..end);
                    }
                    3 => {
                        let words = ["[", "<<", "(", "1 0 R", "999999999", "stream\n", "obj", "-"];
                        damaged.splice(at..at, words[next(words.len())].bytes());
                    }
                    _ => {
                        let piece = damaged[at..(at + 200).min(damaged.len())].to_vec();
                        let to = next(damaged.len());
                        damaged.splice(to..to, piece);
                    }
                }
                damaged.push(b'%');
            }
            let layer = layer_of((&damaged, name));
            refused += usize::from(layer.is_err());
        }
    }
    assert!(refused > 100, "{refused} of 600 were refused: the damage does not bite");
}
