//! What a photo or recording says of its own time, place and device, exactly as it is written
//! there: no clock is corrected, no zone is added, no place is moved.

use super::boxes;
use super::kinds::MediaType;
use exif::{Exif, Field, In, Tag, Value};
use fupan_model::Moment;
use std::fmt::Write as _;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use thiserror::Error;

/// A picture that is read as a whole is no larger than this, in bytes.
const MOST: u64 = 256 << 20;

/// What a field speaks of (信息类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExifAspect {
    /// When it was taken, by the device's own clock.
    Time,
    /// How far that clock's zone lies from UTC.
    Offset,
    /// Where it was taken.
    Place,
    /// With what.
    Device,
}

/// Recorded field (拍摄信息): one value as the file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExifField {
    /// What it speaks of.
    pub aspect: ExifAspect,
    /// Its name in the format's own words, such as `DateTimeOriginal` or `mvhd.creation_time`.
    pub tag: String,
    /// The value: text as it stands, numbers with spaces between, fractions as `30/1`; bytes that
    /// are no text in hexadecimal after `0x`.
    pub value: String,
    /// Of seconds counted from 1904, the moment they make if they are UTC, as the format says they
    /// should be and devices often do not keep to.
    pub counted: Option<Moment>,
}

/// Why fields cannot be read (拍摄信息错误).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExifError {
    /// The file cannot be read; what the system says.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// The block of fields, or the boxes of the recording, do not hold together.
    #[error("broken: {0}")]
    Broken(String),
    /// The picture is larger than what is read, in bytes.
    #[error("more than {0} bytes")]
    TooLarge(u64),
}

/// The tags that are read, by what they speak of.
const TAGS: [(ExifAspect, &[Tag]); 4] = [
    (
        ExifAspect::Time,
        &[
            Tag::DateTimeOriginal,
            Tag::SubSecTimeOriginal,
            Tag::DateTimeDigitized,
            Tag::SubSecTimeDigitized,
            Tag::DateTime,
            Tag::SubSecTime,
            Tag::GPSDateStamp,
            Tag::GPSTimeStamp,
        ],
    ),
    (ExifAspect::Offset, &[Tag::OffsetTimeOriginal, Tag::OffsetTimeDigitized, Tag::OffsetTime]),
    (
        ExifAspect::Place,
        &[
            Tag::GPSLatitudeRef,
            Tag::GPSLatitude,
            Tag::GPSLongitudeRef,
            Tag::GPSLongitude,
            Tag::GPSAltitudeRef,
            Tag::GPSAltitude,
            Tag::GPSImgDirectionRef,
            Tag::GPSImgDirection,
            Tag::GPSMapDatum,
            Tag::GPSHPositioningError,
        ],
    ),
    (
        ExifAspect::Device,
        &[
            Tag::Make,
            Tag::Model,
            Tag::BodySerialNumber,
            Tag::LensModel,
            Tag::CameraOwnerName,
            Tag::Software,
            Tag::ImageUniqueID,
        ],
    ),
];

/// Reads the fields of a photo or recording; none where it holds none, or is of another type.
///
/// # Errors
/// [`ExifError`].
pub fn read_exif(
    reader: &mut (impl Read + Seek),
    found: MediaType,
) -> Result<Vec<ExifField>, ExifError> {
    let said = |error: io::Error| ExifError::Unreadable(error.to_string());
    let size = reader.seek(SeekFrom::End(0)).map_err(said)?;
    reader.seek(SeekFrom::Start(0)).map_err(said)?;
    match found {
        MediaType::MP4 | MediaType::MOV => boxes::read(reader, size),
        MediaType::JPEG
        | MediaType::PNG
        | MediaType::TIFF
        | MediaType::WEBP
        | MediaType::HEIC
        | MediaType::AVIF => {
            if size > MOST {
                return Err(ExifError::TooLarge(MOST));
            }
            let read = exif::Reader::new().read_from_container(&mut BufReader::new(reader));
            match read {
                Ok(exif) => Ok(fields(&exif)),
                Err(exif::Error::NotFound(_)) => Ok(Vec::new()),
                Err(exif::Error::Io(error)) if error.kind() != io::ErrorKind::UnexpectedEof => {
                    Err(said(error))
                }
                Err(error) => Err(ExifError::Broken(error.to_string())),
            }
        }
        _ => Ok(Vec::new()),
    }
}

fn fields(exif: &Exif) -> Vec<ExifField> {
    let mut out = Vec::new();
    for (aspect, tags) in TAGS {
        for tag in tags {
            let Some(field) = exif.get_field(*tag, In::PRIMARY) else { continue };
            let value = written(field);
            out.push(ExifField { aspect, tag: tag.to_string(), value, counted: None });
        }
    }
    out
}

/// A value as it stands.
fn written(field: &Field) -> String {
    fn list<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
        items.iter().map(one).collect::<Vec<_>>().join(" ")
    }
    match &field.value {
        Value::Ascii(texts) => list(texts, |text| as_text(text)),
        Value::Byte(bytes) => list(bytes, u8::to_string),
        Value::Short(numbers) => list(numbers, u16::to_string),
        Value::Long(numbers) => list(numbers, u32::to_string),
        Value::Rational(numbers) => list(numbers, |one| format!("{}/{}", one.num, one.denom)),
        Value::SByte(numbers) => list(numbers, i8::to_string),
        Value::SShort(numbers) => list(numbers, i16::to_string),
        Value::SLong(numbers) => list(numbers, i32::to_string),
        Value::SRational(numbers) => list(numbers, |one| format!("{}/{}", one.num, one.denom)),
        Value::Undefined(bytes, _) => as_text(bytes),
        other @ (Value::Float(_) | Value::Double(_) | Value::Unknown(..)) => format!("{other:?}"),
    }
}

/// Bytes as text where they are, or in hexadecimal.
pub(super) fn as_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(char::is_control) => text.to_owned(),
        _ => bytes.iter().fold("0x".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }),
    }
}
