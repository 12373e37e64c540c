//! Types by bytes, files that lie, and recorded fields of files made here with known values.

use super::*;
use std::io::{Cursor, Write as _};

fn check(name: &str, bytes: &[u8]) -> MediaCheck {
    check_media(name, &mut Cursor::new(bytes)).expect("memory")
}

/// An archive with these members.
fn archive(members: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*member, options).expect("memory");
        zip.write_all(b"x").expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

#[test]
fn types_are_found_by_their_bytes() {
    let word = archive(&["[Content_Types].xml", "word/document.xml"]);
    let book = archive(&["[Content_Types].xml", "xl/workbook.xml"]);
    let gbk = encoding_rs::GB18030.encode("时间,事项\r\n13:13,发现泄漏\r\n").0.into_owned();
    let cases: [(&str, &[u8], MediaType); 18] = [
        ("a.pdf", b"%PDF-1.7\n", MediaType::PDF),
        ("a.docx", &word, MediaType::DOCX),
        ("a.xlsx", &book, MediaType::XLSX),
        ("a.zip", &archive(&["a.txt"]), MediaType::ZIP),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", MediaType::OLE),
        ("a.jpg", b"\xff\xd8\xff\xe0\0", MediaType::JPEG),
        ("a.JPEG", b"\xff\xd8\xff\xe1\0", MediaType::JPEG),
        ("a.png", b"\x89PNG\r\n\x1a\n\0", MediaType::PNG),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", MediaType::HEIC),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0", MediaType::MP4),
        ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0", MediaType::MOV),
        ("a.csv", &gbk, MediaType::TEXT),
        ("a.txt", "值班记录".as_bytes(), MediaType::TEXT),
        ("a.json", b"{\"a\": 1}", MediaType::TEXT),
        ("a.html", b"\xef\xbb\xbf <!DOCTYPE html><p>a", MediaType::HTML),
        ("a.svg", b"<?xml version='1.0'?><svg xmlns='x'/>", MediaType::SVG),
        ("a.xml", b"<?xml version='1.0'?><a/>", MediaType::XML),
        ("a.tif", b"II*\0\x08\0\0\0", MediaType::TIFF),
    ];
    for (name, bytes, found) in cases {
        let check = check(name, bytes);
        assert_eq!(check.found, found, "{name}");
        assert_eq!((check.agrees, check.is_doubtful()), (Some(true), false), "{name}");
    }
    // Those that a crate knows.
    let wave = check("a.wav", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0");
    assert_eq!((wave.found.mime(), wave.agrees), ("audio/x-wav", Some(true)));
    assert_eq!(check("a.bin", b"\0\x01\x02\x03\0\0").found, MediaType::UNKNOWN);
    assert_eq!(check("a.txt", b"").found, MediaType::EMPTY);
}

#[test]
fn a_name_that_lies_is_said_and_one_that_says_nothing_is_not() {
    let lies: [(&str, &[u8]); 6] = [
        ("photo.jpg", b"MZ\x90\0\x03\0\0\0"),
        ("photo.jpg", b"\x89PNG\r\n\x1a\n\0"),
        ("log.xlsx", b"<html><table><tr><td>1</table>"),
        ("report.docx", &archive(&["a.txt"])),
        ("report.pdf", b"\0\0\0\x18ftypisom\0\0\0\0"),
        ("notes.txt", b"%PDF-1.4"),
    ];
    for (name, bytes) in lies {
        let check = check(name, bytes);
        assert_eq!((check.agrees, check.is_doubtful()), (Some(false), true), "{name}");
    }
    assert_eq!(check("folder.d/readme", b"text").declared, None);
    assert_eq!(check("readme", b"text").agrees, None);
    assert_eq!(check("a.vendor", b"text").agrees, None);
    assert_eq!(check("", b"text").agrees, None);
}

#[test]
fn files_that_are_two_things_at_once_are_said() {
    let mut photo = b"\xff\xd8\xff\xe0\0\x10JFIF\0\xff\xd9".to_vec();
    photo.extend(archive(&["hidden.exe"]));
    let check_photo = check("a.jpg", &photo);
    assert_eq!((check_photo.agrees, check_photo.also), (Some(true), vec![MediaType::ZIP]));
    let page = check("a.gif", b"GIF89a/*<script>alert(1)</script>");
    assert_eq!((page.also, page.never_inline), (vec![MediaType::HTML], true));
    let late = check("a.png", b"\x89PNG\r\n\x1a\n\0\0%PDF-1.4");
    assert_eq!(late.also, [MediaType::PDF]);
    // A comment that only looks like the end of an archive is none.
    let near = check("a.jpg", b"\xff\xd8\xffPK\x05\x06 and more than twenty-two bytes of it");
    assert_eq!(near.also, []);
}

#[test]
fn markup_is_never_shown_inline_and_what_runs_in_it_is_said() {
    let running: [&[u8]; 7] = [
        b"<svg xmlns='x'><script>a</script></svg>",
        b"<svg onload = 'a()'/>",
        b"<svg><a href='javascript:a'/></svg>",
        b"<svg><foreignObject/></svg>",
        b"<!DOCTYPE html><img src=x onerror=a>",
        b"<!DOCTYPE html><IFRAME SRC=x>",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
    ];
    for bytes in running {
        let check = check("a", bytes);
        assert!(check.active && check.never_inline, "{}", String::from_utf8_lossy(bytes));
    }
    let wide: Vec<u8> =
        "\u{feff}<svg><script/></svg>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(check("a.svg", &wide).active);
    let still = check("a.svg", b"<svg><text>once upon a time = on</text></svg>");
    assert_eq!((still.active, still.never_inline), (false, true));
    assert!(check("a.docm", &archive(&["word/document.xml", "word/vbaProject.bin"])).active);
    assert!(!check("a.txt", b"onload=a").never_inline);
}

/// A block of fields: an entry is its tag, type and bytes; of numbers, as they stand.
fn tiff(
    main: &[(u16, u16, Vec<u8>)],
    exif: &[(u16, u16, Vec<u8>)],
    gps: &[(u16, u16, Vec<u8>)],
) -> Vec<u8> {
    let size =
        |entries: &[(u16, u16, Vec<u8>)]| u32::try_from(entries.len() * 12 + 6).expect("small");
    let at_exif = 8 + size(main) + 24;
    let at_gps = at_exif + size(exif);
    let mut main = main.to_vec();
    main.push((0x8769, 4, at_exif.to_be_bytes().to_vec()));
    main.push((0x8825, 4, at_gps.to_be_bytes().to_vec()));
    let mut data_at = at_gps + size(gps);
    let (mut out, mut data) = (b"MM\0*\0\0\0\x08".to_vec(), Vec::<u8>::new());
    for entries in [&main[..], exif, gps] {
        out.extend(u16::try_from(entries.len()).expect("small").to_be_bytes());
        for (tag, kind, value) in entries {
            let width = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8][usize::from(*kind)];
            out.extend(tag.to_be_bytes());
            out.extend(kind.to_be_bytes());
            out.extend(u32::try_from(value.len() / width).expect("small").to_be_bytes());
            if value.len() > 4 {
                out.extend(data_at.to_be_bytes());
                data_at += u32::try_from(value.len()).expect("small");
                data.extend(value);
            } else {
                let mut short = value.clone();
                short.resize(4, 0);
                out.extend(short);
            }
        }
        out.extend([0; 4]);
    }
    out.extend(data);
    out
}

fn ratios(numbers: &[(u32, u32)]) -> Vec<u8> {
    numbers.iter().flat_map(|(a, b)| [a.to_be_bytes(), b.to_be_bytes()].concat()).collect()
}

/// The fields of a photo that was taken with a clock set wrong on purpose.
fn known_tiff() -> Vec<u8> {
    tiff(
        &[(0x010f, 2, b"HUAWEI\0".to_vec()), (0x0110, 2, "测试机\0".into())],
        &[
            (0x9003, 2, b"2019:02:30 25:61:00\0".to_vec()),
            (0x9011, 2, b"+08:00\0".to_vec()),
            (0x9291, 2, b"07\0".to_vec()),
        ],
        &[
            (1, 2, b"N\0".to_vec()),
            (2, 5, ratios(&[(30, 1), (15, 1), (4_217, 100)])),
            (3, 2, b"E\0".to_vec()),
            (4, 5, ratios(&[(120, 1), (9, 1), (0, 0)])),
            (29, 2, b"2024:05:12\0".to_vec()),
        ],
    )
}

const KNOWN: [(ExifAspect, &str, &str); 10] = [
    (ExifAspect::Time, "DateTimeOriginal", "2019:02:30 25:61:00"),
    (ExifAspect::Time, "SubSecTimeOriginal", "07"),
    (ExifAspect::Time, "GPSDateStamp", "2024:05:12"),
    (ExifAspect::Offset, "OffsetTimeOriginal", "+08:00"),
    (ExifAspect::Place, "GPSLatitudeRef", "N"),
    (ExifAspect::Place, "GPSLatitude", "30/1 15/1 4217/100"),
    (ExifAspect::Place, "GPSLongitudeRef", "E"),
    (ExifAspect::Place, "GPSLongitude", "120/1 9/1 0/0"),
    (ExifAspect::Device, "Make", "HUAWEI"),
    (ExifAspect::Device, "Model", "测试机"),
];

fn jpeg(block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(block.len() + 8).expect("small").to_be_bytes();
    [b"\xff\xd8\xff\xe1", &length[..], b"Exif\0\0", block, b"\xff\xda\0\x02\xff\xd9"].concat()
}

fn png(block: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).expect("small").to_be_bytes();
        [&length[..], kind, data, &[0; 4]].concat()
    };
    let parts = [chunk(b"IHDR", &[0; 13]), chunk(b"eXIf", block), chunk(b"IEND", b"")];
    [&b"\x89PNG\r\n\x1a\n"[..], &parts.concat()].concat()
}

fn boxed(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).expect("small").to_be_bytes();
    [&length[..], kind, body].concat()
}

/// A photo of a phone: one item of fields behind its description.
fn heic(block: &[u8]) -> Vec<u8> {
    let head = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let item = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
    let items = boxed(b"iinf", &[b"\0\0\0\0\0\x01", &item[..]].concat());
    let data = [b"\0\0\0\x06Exif\0\0", block].concat();
    let place = |at: u32| {
        let size = u32::try_from(data.len()).expect("small").to_be_bytes();
        let one = [b"\0\0\0\0\x44\0\0\x01\0\x01\0\0\0\x01", &at.to_be_bytes()[..], &size].concat();
        let body = [b"\0\0\0\0", &items[..], &boxed(b"iloc", &one)].concat();
        boxed(b"meta", &body)
    };
    let at = u32::try_from(head.len() + place(0).len() + 8).expect("small");
    [head, place(at), boxed(b"mdat", &data)].concat()
}

fn fields(name: &str, bytes: &[u8]) -> Result<Vec<ExifField>, ExifError> {
    let mut reader = Cursor::new(bytes);
    let found = check_media(name, &mut reader).expect("memory").found;
    read_exif(&mut reader, found)
}

#[test]
fn fields_of_photos_are_given_as_they_stand() {
    let block = known_tiff();
    for (name, bytes) in [
        ("a.jpg", jpeg(&block)),
        ("a.png", png(&block)),
        ("a.heic", heic(&block)),
        ("a.tif", block.clone()),
    ] {
        let read = fields(name, &bytes).expect(name);
        let read: Vec<_> =
            read.iter().map(|f| (f.aspect, f.tag.as_str(), f.value.as_str())).collect();
        assert_eq!(read, KNOWN, "{name}");
    }
}

#[test]
fn a_photo_without_fields_has_none_and_a_broken_block_is_an_error() {
    assert_eq!(fields("a.jpg", b"\xff\xd8\xff\xda\0\x02\xff\xd9"), Ok(Vec::new()));
    assert_eq!(fields("a.txt", b"text"), Ok(Vec::new()));
    let broken = jpeg(b"MM\0*\xff\xff\xff\xff");
    assert!(matches!(fields("a.jpg", &broken), Err(ExifError::Broken(_))));
    assert!(matches!(fields("a.jpg", &jpeg(&known_tiff())[..60]), Err(ExifError::Broken(_))));
}

/// A recording made 2024-05-12T05:13:13Z by its own count.
fn film() -> Vec<u8> {
    let mvhd = [b"\0\0\0\0", &3_798_335_593_u32.to_be_bytes()[..], &[0; 92]].concat();
    let text = |kind: &[u8], text: &str| {
        let length = u16::try_from(text.len()).expect("small").to_be_bytes();
        boxed(kind, &[&length[..], b"\x15\xc7", text.as_bytes()].concat())
    };
    let keys = [
        b"\0\0\0\0\0\0\0\x02",
        &boxed(b"mdta", b"com.apple.quicktime.creationdate")[..],
        &boxed(b"mdta", b"com.apple.quicktime.model"),
    ]
    .concat();
    let item = |index: u32, text: &str| {
        let data = [b"\0\0\0\x01\0\0\0\0", text.as_bytes()].concat();
        boxed(&index.to_be_bytes(), &boxed(b"data", &data))
    };
    let list = [item(1, "2024-05-12T13:13:13+0800"), item(2, "手机")].concat();
    let meta = [boxed(b"hdlr", &[0; 24]), boxed(b"keys", &keys), boxed(b"ilst", &list)].concat();
    let user = [text(b"\xa9xyz", "+30.2500+120.1600/"), text(b"\xa9nam", "left")].concat();
    let moov = [boxed(b"mvhd", &mvhd), boxed(b"udta", &user), boxed(b"meta", &meta)].concat();
    [boxed(b"ftyp", b"qt  \0\0\0\0"), boxed(b"mdat", &[7; 100]), boxed(b"moov", &moov)].concat()
}

#[test]
fn a_recording_says_when_where_and_with_what() {
    let read = fields("a.mov", &film()).expect("fields");
    let said: Vec<_> = read.iter().map(|f| (f.aspect, f.tag.as_str(), f.value.as_str())).collect();
    let wanted = [
        (ExifAspect::Time, "mvhd.creation_time", "3798335593"),
        (ExifAspect::Time, "mvhd.modification_time", "0"),
        (ExifAspect::Place, "\u{a9}xyz", "+30.2500+120.1600/"),
        (ExifAspect::Time, "com.apple.quicktime.creationdate", "2024-05-12T13:13:13+0800"),
        (ExifAspect::Device, "com.apple.quicktime.model", "手机"),
    ];
    assert_eq!(said, wanted);
    let counted = read[0].counted.map(|moment| moment.to_string());
    assert_eq!(counted.as_deref(), Some("2024-05-12T05:13:13+00:00"));
    assert_eq!(read[1].counted, None);
    let film = film();
    assert!(fields("a.mov", &film[..film.len() - 40]).is_err());
}

#[test]
fn damaged_media_are_read_or_refused() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % most as u64).expect("small")
    };
    let block = known_tiff();
    let files = [
        ("a.jpg", jpeg(&block)),
        ("a.png", png(&block)),
        ("a.heic", heic(&block)),
        ("a.tif", block),
        ("a.mov", film()),
        ("a.zip", archive(&["word/document.xml"])),
    ];
    let mut refused = 0;
    for (name, bytes) in &files {
        for round in 0..2_000 {
            let mut damaged = bytes.clone();
            for _ in 0..=round % 4 {
                let at = next(damaged.len());
                match next(3) {
                    0 => damaged[at] = u8::try_from(next(256)).expect("a byte"),
                    1 => damaged[at] = 0xff,
                    _ => damaged.truncate(at + 1),
                }
            }
            refused += usize::from(fields(name, &damaged).is_err());
        }
    }
    assert!(refused > 1_000, "{refused} of 12000 were refused: the damage does not bite");
}
