//! What a file is by its bytes, against the ending of its name; files that are two things at once.

use super::kinds::MediaType;
use super::markup;
use crate::table::find_charset;
use std::borrow::Cow;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// How much of the beginning is looked at.
const HEAD: u64 = 1 << 16;
/// An archive says what it is within this much of its end.
const TAIL: u64 = (1 << 16) + 22;
/// A list of members is no longer than this, in bytes.
const MOST_LIST: u64 = 16 << 20;
/// Macros of Office files.
const MACROS: &str = "vbaProject.bin";

/// Media check (类型核对): what a file's name says, and what its bytes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaCheck {
    /// The ending of its name, in lower case.
    pub declared: Option<String>,
    /// What it is by its bytes.
    pub found: MediaType,
    /// Whether the two agree; `None` where the name says nothing.
    pub agrees: Option<bool>,
    /// What the same bytes are besides, such as a photo with an archive behind it.
    pub also: Vec<MediaType>,
    /// Whether it holds something that would run: script in markup, macros.
    pub active: bool,
    /// Whether it may never be shown inline by a page: markup, and what may pass for markup.
    pub never_inline: bool,
}

impl MediaCheck {
    /// Whether there is anything to doubt.
    pub fn is_doubtful(&self) -> bool {
        self.agrees == Some(false) || !self.also.is_empty()
    }
}

/// Checks a file against its name.
///
/// # Errors
/// What the system says when the bytes cannot be read.
pub fn check_media(name: &str, reader: &mut (impl Read + Seek)) -> io::Result<MediaCheck> {
    let declared = ending(name);
    let size = reader.seek(SeekFrom::End(0))?;
    let head = part(reader, 0, HEAD)?;
    let tail = part(reader, size.saturating_sub(TAIL), TAIL)?;
    let mut members = Vec::new();
    let found = match own(&head, size) {
        Some(MediaType::ZIP) => {
            members = names(reader, &tail, size);
            packed(&members)
        }
        Some(found) => found,
        None => other(&head, size),
    };
    let also = also(found, &head, &tail);
    let macros = members.iter().any(|name| name.ends_with(MACROS));
    let active = macros || (found.is_markup() && markup::runs(reader)?);
    Ok(MediaCheck {
        agrees: declared.as_deref().and_then(|ending| found.goes_with(ending)),
        never_inline: found.is_markup() || also.iter().any(|kind| kind.is_markup()),
        declared,
        found,
        also,
        active,
    })
}

/// The ending of a name, in lower case.
fn ending(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && !ending.is_empty()).then(|| ending.to_lowercase())
}

fn part(reader: &mut (impl Read + Seek), from: u64, most: u64) -> io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    reader.by_ref().take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Types that are told by their first bytes.
fn own(head: &[u8], size: u64) -> Option<MediaType> {
    if size == 0 {
        return Some(MediaType::EMPTY);
    }
    let marks: [(&[u8], MediaType); 13] = [
        (b"%PDF-", MediaType::PDF),
        (b"PK\x03\x04", MediaType::ZIP),
        (b"PK\x05\x06", MediaType::ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType::OLE),
        (b"\x1f\x8b\x08", MediaType::GZIP),
        (b"\xff\xd8\xff", MediaType::JPEG),
        (b"\x89PNG\r\n\x1a\n", MediaType::PNG),
        (b"GIF87a", MediaType::GIF),
        (b"GIF89a", MediaType::GIF),
        (b"II*\0", MediaType::TIFF),
        (b"MM\0*", MediaType::TIFF),
        (b"II+\0", MediaType::TIFF),
        (b"MM\0+", MediaType::TIFF),
    ];
    let marked = marks.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, kind)| *kind);
    let riff =
        (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")).then_some(MediaType::WEBP);
    marked.or(riff).or_else(|| boxed(head))
}

/// Recordings and photos made of boxes, by their brand.
fn boxed(head: &[u8]) -> Option<MediaType> {
    match head.get(4..8)? {
        b"ftyp" => {}
        // Old recordings begin with the film itself.
        b"moov" | b"mdat" | b"wide" | b"pnot" => return Some(MediaType::MOV),
        _ => return None,
    }
    Some(match head.get(8..12)? {
        b"qt  " => MediaType::MOV,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            MediaType::HEIC
        }
        b"avif" | b"avis" => MediaType::AVIF,
        _ => MediaType::MP4,
    })
}

/// Text and markup, then what the crate `infer` knows.
fn other(head: &[u8], size: u64) -> MediaType {
    if is_text(head, size) {
        return markup::kind(head).unwrap_or(MediaType::TEXT);
    }
    let known = infer::get(head);
    known.map_or(MediaType::UNKNOWN, |kind| MediaType::of(kind.mime_type(), kind.extension()))
}

fn is_text(head: &[u8], size: u64) -> bool {
    // The head may end inside a character.
    let cut = if size > head.len() as u64 { 4 } else { 1 };
    (0..cut).any(|less| {
        let mut bytes = head.get(..head.len().saturating_sub(less)).unwrap_or_default();
        let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let odd = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
        (marked || !bytes.iter().any(odd)) && find_charset(&mut bytes).is_ok()
    })
}

/// Names of the members of an archive; none where it is broken or its list too long.
fn names(reader: &mut (impl Read + Seek), tail: &[u8], size: u64) -> Vec<String> {
    let Some((start, list)) = end_of_archive(tail) else { return Vec::new() };
    if list > MOST_LIST.min(size) || start > MOST_LIST.max(size) {
        return Vec::new();
    }
    let archive = ZipArchive::new(BufReader::new(reader));
    let Ok(archive) = archive else { return Vec::new() };
    archive.file_names().flatten().map(Cow::into_owned).collect()
}

/// What the members of an archive make it.
fn packed(names: &[String]) -> MediaType {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("word/document.xml") {
        MediaType::DOCX
    } else if has("xl/workbook.xml") {
        MediaType::XLSX
    } else if has("ppt/presentation.xml") {
        MediaType::PPTX
    } else if has("OFD.xml") {
        MediaType::OFD
    } else if has("mimetype") && has("content.xml") {
        MediaType::ODF
    } else {
        MediaType::ZIP
    }
}

/// Where the list of an archive begins and how long it is, if the bytes end like an archive.
fn end_of_archive(tail: &[u8]) -> Option<(u64, u64)> {
    let number = |at: usize, width: usize| {
        let bytes = tail.get(at..at + width)?;
        Some(bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let at = (0..tail.len().saturating_sub(21)).rev().find(|at| {
        let mark = tail.get(*at..at + 4) == Some(b"PK\x05\x06");
        mark && number(at + 20, 2) == Some((tail.len() - at - 22) as u64)
    })?;
    Some((number(at + 16, 4)?, number(at + 12, 4)?))
}

/// What the bytes are besides what they were found to be.
fn also(found: MediaType, head: &[u8], tail: &[u8]) -> Vec<MediaType> {
    let mut out = Vec::new();
    let zipped = head.starts_with(b"PK");
    if !zipped && end_of_archive(tail).is_some() {
        out.push(MediaType::ZIP);
    }
    // Readers look for this mark in the first 1,024 bytes.
    let near = head.get(..head.len().min(1024)).unwrap_or_default();
    if found != MediaType::PDF && !found.is_text() && has(near, b"%PDF-") {
        out.push(MediaType::PDF);
    }
    if !found.is_text() && !zipped && markup::passes(near) {
        out.push(MediaType::HTML);
    }
    out
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
