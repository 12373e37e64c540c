//! Manifests: a checksum and a path a line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::path::{PathFault, escape, inside, unescape};
use crate::malformed::{Malformed, Part};
use crate::text;

/// Fixity (固定值算法): the algorithm of a manifest's checksums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fixity {
    /// SHA-256, which every BagIt program checks.
    Sha256,
    /// SM3, which many do not know and some pass over in silence: check it by hand.
    Sm3,
}

/// Manifest kind (清单种类): of the payload, or of the bag's own files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ManifestKind {
    /// `manifest-*.txt`: the files below `data/`.
    Payload,
    /// `tagmanifest-*.txt`: all other files but tag manifests.
    Tags,
}

/// Manifest (校验清单): checksums by path, sorted. Paths are as in the file system, not escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    kind: ManifestKind,
    fixity: Fixity,
    sums: BTreeMap<String, [u8; 32]>,
}

impl Manifest {
    /// A manifest without entries.
    #[must_use]
    pub fn new(kind: ManifestKind, fixity: Fixity) -> Self {
        Self { kind, fixity, sums: BTreeMap::new() }
    }

    /// Name of the file it stands in.
    #[must_use]
    pub fn file_name(&self) -> &'static str {
        match (self.kind, self.fixity) {
            (ManifestKind::Payload, Fixity::Sha256) => "manifest-sha256.txt",
            (ManifestKind::Payload, Fixity::Sm3) => "manifest-sm3.txt",
            (ManifestKind::Tags, Fixity::Sha256) => "tagmanifest-sha256.txt",
            (ManifestKind::Tags, Fixity::Sm3) => "tagmanifest-sm3.txt",
        }
    }

    /// Its entries.
    #[must_use]
    pub fn sums(&self) -> &BTreeMap<String, [u8; 32]> {
        &self.sums
    }

    /// Adds a file.
    ///
    /// # Errors
    /// A path that leads outside the bag, is on the wrong side of `data/`, or is named already.
    pub fn insert(&mut self, path: &str, sum: [u8; 32]) -> Result<(), Part> {
        inside(path).map_err(Part::Path)?;
        let payload = path.starts_with("data/");
        if payload != (self.kind == ManifestKind::Payload) {
            return Err(Part::Path(PathFault::Side));
        }
        match self.sums.insert(path.to_owned(), sum) {
            None => Ok(()),
            Some(first) => {
                self.sums.insert(path.to_owned(), first);
                Err(Part::NewPath)
            }
        }
    }

    /// Reads a manifest. Of the freedoms that the specification gives other programs, these are
    /// taken: digits of either case, any blanks between, `CRLF` or `CR` at the end of a line.
    ///
    /// # Errors
    /// All lines that are refused.
    pub fn parse(bytes: &[u8], kind: ManifestKind, fixity: Fixity) -> Result<Self, Vec<Malformed>> {
        let mut manifest = Self::new(kind, fixity);
        let Ok(whole) = str::from_utf8(bytes) else {
            return Err(vec![Malformed::at(1, Part::PlainText)]);
        };
        let mut faults = Vec::new();
        for (at, line) in lines(whole).enumerate() {
            let added = read_line(line).and_then(|(path, sum)| manifest.insert(&path, sum));
            if let Err(part) = added {
                faults.push(Malformed::at(at + 1, part));
            }
        }
        if faults.is_empty() { Ok(manifest) } else { Err(faults) }
    }
}

/// Lines that end in `LF`, `CR` or both, without those ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (line, after) = match rest.split_once(['\r', '\n']) {
            None => (rest, ""),
            Some((line, after)) => {
                let crlf = rest.as_bytes().get(line.len()) == Some(&b'\r');
                (line, after.strip_prefix('\n').filter(|_| crlf).unwrap_or(after))
            }
        };
        rest = after;
        Some(line)
    })
}

fn read_line(line: &str) -> Result<(String, [u8; 32]), Part> {
    let (sum, path) = line.split_once([' ', '\t']).ok_or(Part::Checksum)?;
    let sum = text::hex_array(&sum.to_ascii_lowercase()).ok_or(Part::Checksum)?;
    let path = unescape(path.trim_start_matches([' ', '\t'])).map_err(Part::Path)?;
    Ok((path, sum))
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sums
            .iter()
            .try_for_each(|(path, sum)| writeln!(f, "{}  {}", text::to_hex(sum), escape(path)))
    }
}

/// Difference (差异): how a bag departs from what a manifest says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The manifest names a file that is not there.
    Missing(String),
    /// A file is there that the manifest does not name.
    Extra(String),
    /// A file has other bytes.
    Changed(String),
}

/// Compares a manifest with the checksums of the files that are there, sorted by path.
#[must_use]
pub fn compare(manifest: &Manifest, found: &BTreeMap<String, [u8; 32]>) -> Vec<Difference> {
    let paths: BTreeSet<&String> = manifest.sums.keys().chain(found.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| match (manifest.sums.get(path), found.get(path)) {
            (Some(said), Some(is)) if said == is => None,
            (Some(_), Some(_)) => Some(Difference::Changed(path.clone())),
            (Some(_), None) => Some(Difference::Missing(path.clone())),
            (None, _) => Some(Difference::Extra(path.clone())),
        })
        .collect()
}

/// Paths that one of two manifests names and the other does not: RFC 8493 §3 wants every payload
/// manifest to name every file. Paths that differ only in the case of their letters, which are one
/// file on some systems, are named too.
#[must_use]
pub fn strays(a: &Manifest, b: &Manifest) -> Vec<String> {
    let mut found: BTreeSet<&String> = a
        .sums
        .keys()
        .filter(|path| !b.sums.contains_key(*path))
        .chain(b.sums.keys().filter(|path| !a.sums.contains_key(*path)))
        .collect();
    let mut folded: BTreeMap<String, &String> = BTreeMap::new();
    for path in a.sums.keys() {
        if let Some(first) = folded.insert(path.to_lowercase(), path) {
            found.extend([first, path]);
        }
    }
    found.into_iter().cloned().collect()
}
