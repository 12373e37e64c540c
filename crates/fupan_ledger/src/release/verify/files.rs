//! The files of a bag against its manifests, by both digests.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Check;
use crate::bag::{
    BagInfo, Declaration, Difference, Fixity, Manifest, ManifestKind, Payload, check_path, compare,
    strays,
};
use crate::release::SafeName;
use crate::release::digests::{self, CopyFault, Digests};
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::store::{BagSource, FoundKind};

/// Bytes from which on SM3 gets a thread of its own where it would be waited for.
const BIG: u64 = 4 << 20;

type Hashed = (String, Result<Digests, BagFault>);

impl Check<'_> {
    /// What is there. Only files of places that bags have, under names that every disk keeps.
    pub(super) fn list(&mut self) -> io::Result<()> {
        let mut folded: BTreeMap<String, String> = BTreeMap::new();
        let mut found = self.source.list()?;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        for one in found {
            let size = match one.kind {
                FoundKind::File(size) => size,
                FoundKind::Link => {
                    self.report.fault(&one.path, BagFault::Link);
                    continue;
                }
                FoundKind::Special => {
                    self.report.fault(&one.path, BagFault::Special);
                    continue;
                }
                FoundKind::Unnamed => {
                    self.report.fault(&one.path, BagFault::Unnamed);
                    continue;
                }
            };
            if let Err(fault) = check_path(&one.path) {
                self.report.fault(&one.path, BagFault::Path(fault));
            }
            match layout::place(&one.path) {
                Place::Unknown => self.report.fault(&one.path, BagFault::Stranger),
                Place::Original { name, .. } if !SafeName::is_safe(name) => {
                    self.report.fault(&one.path, BagFault::Name);
                }
                _ => {}
            }
            if let Some(first) = folded.insert(one.path.to_lowercase(), one.path.clone()) {
                self.report.fault(&one.path, BagFault::Collision(first));
            }
            self.report.files += 1;
            self.report.bytes += size;
            self.files.insert(one.path, size);
        }
        Ok(())
    }

    /// Hashes every file, biggest first, on `workers` threads.
    pub(super) fn hash(&mut self, workers: usize) {
        let mut queue: Vec<(String, u64)> =
            self.files.iter().map(|(path, size)| (path.clone(), *size)).collect();
        queue.sort_by_key(|(_, size)| *size);
        let total = self.report.bytes;
        let queue = Mutex::new(queue);
        let source = self.source;
        let hashed: Vec<Hashed> = thread::scope(|scope| {
            let hands: Vec<_> = (0..workers)
                .map(|_| scope.spawn(|| work(source, &queue, total, workers)))
                .collect();
            hands.into_iter().flat_map(|hand| hand.join().unwrap_or_default()).collect()
        });
        for (path, outcome) in hashed {
            match outcome {
                Ok(digests) => {
                    self.digests.insert(path, digests);
                }
                Err(fault) => self.report.fault(&path, fault),
            }
        }
    }

    /// All four manifests, the declaration and the labels.
    pub(super) fn manifests(&mut self) {
        if let Some(bytes) = self.read(layout::DECLARATION)
            && let Err(fault) = Declaration::parse(&bytes)
        {
            self.report.fault(layout::DECLARATION, BagFault::Malformed(fault));
        }
        self.info();
        for kind in [ManifestKind::Payload, ManifestKind::Tags] {
            let both = [Fixity::Sha256, Fixity::Sm3].map(|fixity| self.manifest(kind, fixity));
            if let [Some(sha256), Some(sm3)] = both {
                for path in strays(&sha256, &sm3) {
                    self.report.fault(&path, BagFault::Extra(sm3.file_name()));
                }
            }
        }
    }

    fn info(&mut self) {
        let Some(bytes) = self.read(layout::INFO) else { return };
        match BagInfo::parse(&bytes) {
            Ok(info) if info.payload() == Some(self.payload()) => {}
            Ok(_) => self.report.fault(layout::INFO, BagFault::Oxum),
            Err(faults) => faults
                .into_iter()
                .for_each(|fault| self.report.fault(layout::INFO, BagFault::Malformed(fault))),
        }
    }

    /// How much really stands below `data/`.
    pub(super) fn payload(&self) -> Payload {
        let payload = self.files.iter().filter(|(path, _)| path.starts_with("data/"));
        payload.fold(Payload { bytes: 0, files: 0 }, |sum, (_, size)| Payload {
            bytes: sum.bytes.saturating_add(*size),
            files: sum.files + 1,
        })
    }

    /// Reads a manifest and compares it with what is there.
    fn manifest(&mut self, kind: ManifestKind, fixity: Fixity) -> Option<Manifest> {
        let name = Manifest::new(kind, fixity).file_name();
        let bytes = self.read(name)?;
        let manifest = match Manifest::parse(&bytes, kind, fixity) {
            Ok(manifest) => manifest,
            Err(faults) => {
                for fault in faults {
                    self.report.fault(name, BagFault::Malformed(fault));
                }
                return None;
            }
        };
        let listed = |path: &str| match kind {
            ManifestKind::Payload => path.starts_with("data/"),
            // A tag manifest cannot name itself, nor the seal that stands over it.
            ManifestKind::Tags => {
                !path.starts_with("data/")
                    && !path.starts_with("tagmanifest-")
                    && path != layout::SEAL
            }
        };
        let found = self.digests.iter().filter(|(path, _)| listed(path));
        let found = found.map(|(path, file)| {
            let sum = match fixity {
                Fixity::Sha256 => file.sha256,
                Fixity::Sm3 => file.sm3,
            };
            (path.clone(), sum)
        });
        for difference in compare(&manifest, &found.collect()) {
            match difference {
                Difference::Missing(path) => self.report.fault(&path, BagFault::Missing(name)),
                Difference::Extra(path) => self.report.fault(&path, BagFault::Extra(name)),
                Difference::Changed(path) => self.report.fault(&path, BagFault::Changed(name)),
            }
        }
        Some(manifest)
    }
}

/// Hashes files of the queue until it is empty.
fn work(
    source: &dyn BagSource,
    queue: &Mutex<Vec<(String, u64)>>,
    total: u64,
    workers: usize,
) -> Vec<Hashed> {
    let mut done = Vec::new();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some((path, size)) = next else { return done };
        // A file that outweighs all others would be waited for alone.
        let alone = workers > 1 && size >= BIG && size > total - size;
        let outcome = digests_of(source, &path, alone);
        done.push((path, outcome));
    }
}

fn digests_of(source: &dyn BagSource, path: &str, alone: bool) -> Result<Digests, BagFault> {
    let unreadable = |error: io::Error| BagFault::Unreadable(error.kind());
    let mut reader = source.open(path).map_err(unreadable)?;
    let nowhere = &mut |_: &[u8]| Ok(());
    let found = if alone {
        digests::of_big_stream(&mut reader, nowhere)
    } else {
        digests::of_stream(&mut reader, nowhere)
    };
    found.map_err(|fault| match fault {
        CopyFault::Read(error) | CopyFault::Write(error) => unreadable(error),
    })
}
