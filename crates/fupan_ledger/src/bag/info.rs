//! `bagit.txt` and `bag-info.txt`.

use std::fmt;

use super::manifest::lines;
use crate::malformed::{Malformed, Part};
use crate::text;

/// Declaration (包声明): the file `bagit.txt`. Version 1.0 in UTF-8, and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declaration;

const VERSION: &str = "BagIt-Version: 1.0";
const ENCODING: &str = "Tag-File-Character-Encoding: UTF-8";

impl Declaration {
    /// Reads `bagit.txt`.
    ///
    /// # Errors
    /// Another version or encoding, or further lines.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let whole = str::from_utf8(bytes).map_err(|_| Malformed::at(1, Part::PlainText))?;
        let mut lines = lines(whole);
        if lines.next() != Some(VERSION) {
            return Err(Malformed::at(1, Part::Value("BagIt-Version")));
        }
        if lines.next() != Some(ENCODING) {
            return Err(Malformed::at(2, Part::Value("Tag-File-Character-Encoding")));
        }
        lines.next().map_or(Ok(Self), |_| Err(Malformed::at(3, Part::End)))
    }
}

impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{VERSION}\n{ENCODING}")
    }
}

/// Payload (载荷): how much a bag holds, as `Payload-Oxum` says it: enough to see a truncated transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payload {
    /// Bytes of all files below `data/`.
    pub bytes: u64,
    /// Their number.
    pub files: u64,
}

/// Bag info (包信息): the labels of `bag-info.txt`, in order; a label may repeat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BagInfo {
    entries: Vec<(String, String)>,
}

impl BagInfo {
    /// Adds a label.
    ///
    /// # Errors
    /// A label that is empty, starts or ends with a blank, or holds a colon; a value with line
    /// breaks, or blanks at its ends.
    pub fn push(&mut self, label: &str, value: &str) -> Result<(), Part> {
        let blank = |text: &str| text.trim_matches([' ', '\t']) != text;
        let breaks = |text: &str| text.contains(['\r', '\n']);
        if label.is_empty() || label.contains(':') || blank(label) || breaks(label) {
            return Err(Part::Label);
        }
        if blank(value) || breaks(value) {
            return Err(Part::Value("bag-info"));
        }
        self.entries.push((label.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Adds `Payload-Oxum`.
    pub fn push_payload(&mut self, payload: Payload) {
        let value = format!("{}.{}", payload.bytes, payload.files);
        self.entries.push((OXUM.to_owned(), value));
    }

    /// All labels and values.
    #[must_use]
    pub fn entries(&self) -> &[(String, String)] {
        &self.entries
    }

    /// `Payload-Oxum`, where there is exactly one that is well formed. Labels are the same in either
    /// case of letters.
    #[must_use]
    pub fn payload(&self) -> Option<Payload> {
        let mut found = self.entries.iter().filter(|(label, _)| label.eq_ignore_ascii_case(OXUM));
        let (_, value) = found.next().filter(|_| found.next().is_none())?;
        let (bytes, files) = value.split_once('.')?;
        Some(Payload { bytes: text::decimal(bytes)?, files: text::decimal(files)? })
    }

    /// Reads `bag-info.txt`; a line that starts with a blank goes on with the value above.
    ///
    /// # Errors
    /// All lines that are refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Malformed>> {
        let Ok(whole) = str::from_utf8(bytes) else {
            return Err(vec![Malformed::at(1, Part::PlainText)]);
        };
        let mut info = Self::default();
        let mut faults = Vec::new();
        for (at, line) in lines(whole).enumerate() {
            let fault = if line.starts_with([' ', '\t']) {
                match info.entries.last_mut() {
                    Some((_, value)) => {
                        let more = line.trim_matches([' ', '\t']);
                        // No blank at either end, so that what was read is what would be written.
                        if !value.is_empty() && !more.is_empty() {
                            value.push(' ');
                        }
                        value.push_str(more);
                        None
                    }
                    None => Some(Part::Label),
                }
            } else {
                let (label, value) = line.split_once(':').unwrap_or(("", ""));
                info.push(label, value.trim_matches([' ', '\t'])).err()
            };
            faults.extend(fault.map(|part| Malformed::at(at + 1, part)));
        }
        if faults.is_empty() { Ok(info) } else { Err(faults) }
    }
}

const OXUM: &str = "Payload-Oxum";

impl fmt::Display for BagInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|(label, value)| writeln!(f, "{label}: {value}"))
    }
}
