//! Evidence that is a run of a sensor stream: each of its chunks is the object of a leaf, each such leaf is of a
//! chunk in it, and the gateway that sealed them was enrolled before.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::Check;
use crate::chunk::{ChunkFault, Run};
use crate::release::entry::Entry;
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::seal::fingerprint;
use crate::text;

/// What a leaf says of a chunk of a sensor stream.
pub(super) const CHUNK: &str = "chunk";

/// Leaves by what they name as `obj`.
type Named = BTreeMap<String, (u64, Entry)>;

impl Check<'_> {
    /// Every original of which the bag has leaves of chunks.
    pub(super) fn runs(&mut self) {
        let mut runs: BTreeMap<String, Named> = BTreeMap::new();
        for ((group, index), leaf) in &self.leaves {
            let chunk = group != layout::LOG_GROUP && leaf.text("kind") == Some(CHUNK);
            let Some(object) = leaf.text("obj").filter(|_| chunk) else { continue };
            let named = runs.entry(group.clone()).or_default();
            named.insert(object.to_owned(), (*index, leaf.clone()));
        }
        let originals = self.paths(|place| match place {
            Place::Original { evidence, .. } => Some(evidence.to_owned()),
            _ => None,
        });
        for (path, group) in originals {
            if let Some(named) = runs.remove(&group) {
                self.run(&path, &group, named);
            }
        }
    }

    fn run(&mut self, path: &str, group: &str, mut named: Named) {
        let unreadable = |error: std::io::Error| BagFault::Unreadable(error.kind());
        let source = self.source;
        let mut run = match source.open(path) {
            Ok(reader) => Run::new(reader),
            Err(error) => return self.report.fault(path, unreadable(error)),
        };
        loop {
            let sealed = match run.next_chunk() {
                Ok(None) => break,
                Ok(Some(Ok(sealed))) => sealed,
                Ok(Some(Err(fault))) => return self.report.fault(path, as_fault(fault)),
                Err(error) => return self.report.fault(path, unreadable(error)),
            };
            let object = format!("sha256:{}", text::to_hex(&Sha256::digest(sealed.bytes)));
            let Some((index, leaf)) = named.remove(&object) else {
                return self.report.fault(path, BagFault::Chunk);
            };
            let chunk = &sealed.chunk;
            let fields = [
                ("obj_sm3", leaf.digest_is("obj_sm3", "sm3", &Sm3::digest(sealed.bytes))),
                ("size", leaf.number("size") == Some(sealed.bytes.len() as u64)),
                ("case", leaf.text("case") == Some(chunk.case.to_string().as_str())),
                ("stream", leaf.text("stream") == Some(chunk.stream.to_string().as_str())),
                ("seq", leaf.number("seq") == Some(chunk.seq)),
                ("count", leaf.number("count") == Some(chunk.count)),
            ];
            let mut faults: Vec<BagFault> = fields
                .iter()
                .filter(|(_, same)| !same)
                .map(|(name, _)| BagFault::Leaf(name))
                .collect();
            match sealed.note.verify(&self.people) {
                Err(error) => faults.push(BagFault::Signature(error)),
                Ok(signed) => {
                    let keys = || signed.iter().filter_map(|(at, _)| self.people.get(*at));
                    faults.extend(keys().filter_map(|key| self.standing(key, index).err()));
                    let prints = keys().map(|key| format!("sha256:{}", fingerprint(key)));
                    let named = leaf.text("key");
                    if named.is_some() && !prints.into_iter().any(|print| Some(&*print) == named) {
                        faults.push(BagFault::Leaf("key"));
                    }
                }
            }
            let place = layout::entry(group, index);
            faults.into_iter().for_each(|fault| self.report.fault(&place, fault));
        }
        // Leaves of chunks that the original has not.
        for (index, _) in named.into_values() {
            self.report.fault(&layout::entry(group, index), BagFault::Leaf("obj"));
        }
    }
}

fn as_fault(fault: ChunkFault) -> BagFault {
    match fault {
        ChunkFault::Header(malformed) => BagFault::Malformed(malformed),
        ChunkFault::Short | ChunkFault::Long | ChunkFault::Lines(_) => BagFault::Chunk,
    }
}
