//! Media: what a file is by its bytes, against what its name says; and what a picture or recording
//! says of its own time, place and device. Nothing is corrected, and nothing is opened for show.

mod boxes;
mod exif;
mod find;
mod kinds;
mod markup;

pub use exif::{ExifAspect, ExifError, ExifField, read_exif};
pub use find::{MediaCheck, check_media};
pub use kinds::MediaType;

#[cfg(test)]
mod tests;
