//! Names of blobs: safe on every file system, equal under every folding of letters, and the same in an
//! object store.

use std::fmt;
use std::str::FromStr;

/// Blob name (块名): segments of small letters, digits, `.`, `-` and `_`, with `/` between.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobName(String);

const LONGEST: usize = 200;
/// Names that some systems keep for devices, whatever the ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

impl BlobName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name made of parts that are known to be plain.
    pub(crate) fn made(text: String) -> Self {
        debug_assert!(text.parse::<Self>().is_ok(), "{text}");
        Self(text)
    }
}

fn plain(segment: &str) -> bool {
    let letters =
        segment.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'));
    let stem = segment.split('.').next().unwrap_or_default();
    let port = ["com", "lpt"]
        .iter()
        .any(|word| stem.strip_prefix(word).is_some_and(|rest| rest.len() == 1 && rest != "0"));
    letters
        && !segment.is_empty()
        && !segment.starts_with('.')
        && !segment.ends_with('.')
        && !DEVICES.contains(&stem)
        && !port
}

impl FromStr for BlobName {
    /// The text, which is no name.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = text.len() <= LONGEST && text.split('/').all(plain);
        if fits { Ok(Self(text.to_owned())) } else { Err(text.to_owned()) }
    }
}

impl From<&BlobName> for String {
    fn from(name: &BlobName) -> Self {
        name.0.clone()
    }
}

impl From<BlobName> for String {
    fn from(name: BlobName) -> Self {
        name.0
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_every_file_system_takes() {
        for good in ["log/tile/0/x001/067.p/112", "format", "objects/sha256/ab/cd/0f", "log/wal/0"]
        {
            assert!(good.parse::<BlobName>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "/",
            "a/",
            "/a",
            "a//b",
            "..",
            "a/../b",
            ".a",
            "a.",
            "A",
            "证据",
            "a b",
            "a\\b",
            "a:b",
            "con",
            "nul.txt",
            "a/com1",
            "lpt9.p",
            "a\0",
            &"a".repeat(201),
        ] {
            assert!(bad.parse::<BlobName>().is_err(), "{bad:?}");
        }
    }
}
