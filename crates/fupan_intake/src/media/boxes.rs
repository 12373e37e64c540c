//! What a recording in MP4 or `QuickTime` form says of itself: the boxes `mvhd`, `udta` and `meta`
//! of its `moov`. Pictures and sound are passed over unread.

use super::exif::{ExifAspect, ExifError, ExifField, as_text};
use fupan_model::Moment;
use std::io::{self, Read, Seek, SeekFrom};

/// Boxes that are looked at.
const MOST_BOXES: u32 = 100_000;
/// The description of a recording is no larger than this, in bytes; the longest films need less.
const MOST_MOOV: u64 = 256 << 20;
/// Seconds from 1904-01-01 to 1970-01-01.
const SINCE_1904: i64 = 2_082_844_800;

/// Texts of `udta`, and keys of `meta`, that are read.
const KEYS: [(&[u8], ExifAspect); 13] = [
    (b"\xa9day", ExifAspect::Time),
    (b"\xa9xyz", ExifAspect::Place),
    (b"\xa9mak", ExifAspect::Device),
    (b"\xa9mod", ExifAspect::Device),
    (b"\xa9swr", ExifAspect::Device),
    (b"com.apple.quicktime.creationdate", ExifAspect::Time),
    (b"com.apple.quicktime.location.ISO6709", ExifAspect::Place),
    (b"com.apple.quicktime.location.accuracy.horizontal", ExifAspect::Place),
    (b"com.apple.quicktime.make", ExifAspect::Device),
    (b"com.apple.quicktime.model", ExifAspect::Device),
    (b"com.apple.quicktime.software", ExifAspect::Device),
    (b"com.android.manufacturer", ExifAspect::Device),
    (b"com.android.model", ExifAspect::Device),
];

/// Reads the description of a recording.
///
/// # Errors
/// [`ExifError`].
pub(super) fn read(
    reader: &mut (impl Read + Seek),
    size: u64,
) -> Result<Vec<ExifField>, ExifError> {
    let said = |error: io::Error| ExifError::Unreadable(error.to_string());
    let broken = || ExifError::Broken("box".to_owned());
    let mut at = 0_u64;
    for _ in 0..MOST_BOXES {
        if at >= size {
            return Ok(Vec::new());
        }
        reader.seek(SeekFrom::Start(at)).map_err(said)?;
        let mut head = Vec::new();
        reader.by_ref().take(16).read_to_end(&mut head).map_err(said)?;
        let (kind, start, length) = header(&head, size - at).ok_or_else(broken)?;
        if length > size - at {
            return Err(broken());
        }
        if kind == *b"moov" {
            if length > MOST_MOOV {
                return Err(ExifError::TooLarge(MOST_MOOV));
            }
            reader.seek(SeekFrom::Start(at + start)).map_err(said)?;
            let mut moov = Vec::new();
            reader.by_ref().take(length - start).read_to_end(&mut moov).map_err(said)?;
            return Ok(described(&moov));
        }
        at += length;
    }
    Err(broken())
}

/// Kind, length of the head and length of the whole of a box; `rest` is what a box that goes on to
/// the end has.
fn header(bytes: &[u8], rest: u64) -> Option<([u8; 4], u64, u64)> {
    let kind: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
    let (start, length) = match number(bytes.get(..4)?) {
        0 => (8, rest),
        1 => (16, number(bytes.get(8..16)?)),
        length => (8, length),
    };
    (length >= start).then_some((kind, start, length))
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// The boxes in the bytes of a box, until one does not fit.
fn children(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (kind, start, length) = header(rest, rest.len() as u64)?;
        let (start, length) = (usize::try_from(start).ok()?, usize::try_from(length).ok()?);
        let body = rest.get(start..length)?;
        rest = rest.get(length..)?;
        Some((kind, body))
    })
    .take(10_000)
}

fn described(moov: &[u8]) -> Vec<ExifField> {
    let mut out = Vec::new();
    for (kind, body) in children(moov) {
        match &kind {
            b"mvhd" => out.extend(film(body)),
            b"udta" => {
                for (kind, body) in children(body) {
                    if &kind == b"meta" {
                        out.extend(listed(body));
                    }
                    // Length and language, then the text.
                    let size = body.get(..2).map_or(0, number);
                    let end = usize::try_from(size).unwrap_or(0).saturating_add(4);
                    let text = body.get(4..end).or_else(|| body.get(4..));
                    out.extend(text.and_then(|text| field(&kind, text)));
                }
            }
            b"meta" => out.extend(listed(body)),
            _ => {}
        }
    }
    out
}

/// When the recording says it was made and changed.
fn film(body: &[u8]) -> Vec<ExifField> {
    let width = if body.first() == Some(&1) { 8 } else { 4 };
    let one = |tag: &str, at: usize| {
        let seconds = number(body.get(at..at + width)?);
        let counted = i64::try_from(seconds).ok().filter(|seconds| *seconds > 0);
        let counted = counted.and_then(|seconds| {
            let ms = seconds.checked_sub(SINCE_1904)?.checked_mul(1000)?;
            (ms.abs() < 1 << 47).then(|| Moment::new(ms, 0))
        });
        let (tag, value) = (tag.to_owned(), seconds.to_string());
        Some(ExifField { aspect: ExifAspect::Time, tag, value, counted })
    };
    let made = one("mvhd.creation_time", 4);
    made.into_iter().chain(one("mvhd.modification_time", 4 + width)).collect()
}

/// Texts under named keys.
fn listed(body: &[u8]) -> Vec<ExifField> {
    // As a full box it begins with a version, in `QuickTime` it does not.
    let plain = children(body).any(|(kind, _)| &kind == b"keys" || &kind == b"hdlr");
    let body = if plain { body } else { body.get(4..).unwrap_or_default() };
    let find = |wanted: &[u8; 4]| children(body).find(|(kind, _)| kind == wanted);
    let (Some((_, keys)), Some((_, list))) = (find(b"keys"), find(b"ilst")) else {
        return Vec::new();
    };
    let keys: Vec<&[u8]> =
        children(keys.get(8..).unwrap_or_default()).map(|(_, key)| key).collect();
    let mut out = Vec::new();
    for (index, item) in children(list) {
        let at = usize::try_from(number(&index)).unwrap_or(0);
        let key = at.checked_sub(1).and_then(|at| keys.get(at));
        let data =
            children(item).find(|(kind, _)| kind == b"data").and_then(|(_, data)| data.get(8..));
        out.extend(key.zip(data).and_then(|(key, data)| field(key, data)));
    }
    out
}

fn field(key: &[u8], text: &[u8]) -> Option<ExifField> {
    let (_, aspect) = KEYS.iter().find(|(one, _)| *one == key)?;
    // Keys of four bytes begin with a copyright sign in an old Mac encoding.
    let tag = match key.strip_prefix(b"\xa9") {
        Some(rest) => format!("\u{a9}{}", as_text(rest)),
        None => as_text(key),
    };
    Some(ExifField { aspect: *aspect, tag, value: as_text(text), counted: None })
}
