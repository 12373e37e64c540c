//! Reading a statement: every field, once, in order, and nothing else.

use super::{Capture, ClockSync, HEADER, field};
use crate::key::KeyId;
use crate::malformed::{Malformed, Part};
use crate::text;

/// The lines of a statement, and how far they are read.
struct Fields<'a> {
    lines: std::str::Split<'a, char>,
    line: usize,
}

impl<'a> Fields<'a> {
    /// Value of the next line, which must be the field `name`.
    fn next<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&'a str) -> Option<T>,
    ) -> Result<T, Malformed> {
        self.line += 1;
        let value = self
            .lines
            .next()
            .and_then(|line| line.strip_prefix(name)?.strip_prefix(' '))
            .ok_or(Malformed::at(self.line, Part::Field(name)))?;
        read(value).ok_or(Malformed::at(self.line, Part::Value(name)))
    }
}

impl Capture {
    /// Reads the text of a note as a statement.
    ///
    /// # Errors
    /// The first line that is not exactly as it must be.
    pub fn parse(note_text: &str) -> Result<Self, Malformed> {
        let count = note_text.lines().count();
        let body =
            note_text.strip_suffix('\n').ok_or(Malformed::at(count.max(1), Part::FinalBreak))?;
        let mut lines = body.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(Malformed::at(1, Part::Header));
        }
        let mut fields = Fields { lines, line: 1 };
        let capture = Self::read(&mut fields)?;
        match fields.lines.next() {
            None => Ok(capture),
            Some(_) => Err(Malformed::at(fields.line + 1, Part::End)),
        }
    }

    fn read(fields: &mut Fields<'_>) -> Result<Self, Malformed> {
        // The order of these lines is the order of the format: fields of a struct are evaluated as
        // they are written.
        Ok(Self {
            evidence: fields.next("evidence", field::ulid)?,
            case: fields.next("case", field::ulid)?,
            kind: fields.next("kind", field::code)?,
            medium: fields.next("medium", field::word)?,
            sha256: fields.next("sha256", text::hex_array)?,
            sm3: fields.next("sm3", text::hex_array)?,
            size: fields.next("size", text::decimal)?,
            chunks: fields.next("chunks", |value| field::optional(value, field::digest))?,
            captured: fields.next("captured", field::moment)?,
            mono_ms: fields.next("mono-ms", text::decimal)?,
            clock: clock(fields)?,
            device: KeyId(fields.next("device", text::hex_array)?),
            seq: fields.next("seq", text::decimal)?,
            prev: fields.next("prev", |value| field::optional(value, field::digest))?,
            beacon: fields.next("beacon", |value| field::optional(value, field::beacon))?,
            meta: fields.next("meta", field::digest)?,
            nonce: fields.next("nonce", |value| text::base64(value)?.try_into().ok())?,
        })
    }
}

/// Three lines that are `none` together or not at all.
fn clock(fields: &mut Fields<'_>) -> Result<Option<ClockSync>, Malformed> {
    let offset = fields.next("offset-ms", |value| field::optional(value, text::signed))?;
    let rtt = fields.next("rtt-ms", |value| field::optional(value, text::decimal))?;
    let rtt_line = fields.line;
    let age = fields.next("sync-age-s", |value| field::optional(value, text::decimal))?;
    match (offset, rtt, age) {
        (None, None, None) => Ok(None),
        (Some(offset_ms), Some(rtt_ms), Some(age_s)) => {
            Ok(Some(ClockSync { offset_ms, rtt_ms, age_s }))
        }
        (Some(_), None, _) | (None, Some(_), _) => {
            Err(Malformed::at(rtt_line, Part::Value("rtt-ms")))
        }
        _ => Err(Malformed::at(fields.line, Part::Value("sync-age-s"))),
    }
}
