//! The objects' part of the walk.

use std::collections::BTreeMap;

use super::VerifyReport;
use super::log::Named;
use crate::entry::{Act, Entry, Statement};
use crate::journal::FaultKind;
use crate::object::{ChunkList, Objects, digest_of, from_hex, name_of};
use crate::store::{Store, StoreError};

pub(super) fn walk(
    store: &Store,
    named: &Named,
    report: &mut VerifyReport,
    each: &mut impl FnMut(u64),
) -> Result<(), StoreError> {
    let objects = Objects::new(store.blobs.clone());
    let mut wanted = named.objects.clone();
    let mut lists: BTreeMap<[u8; 32], [u8; 32]> = BTreeMap::new();
    for body in &named.bodies {
        if let Ok(bytes) = objects.read(body) {
            match Entry::parse(&bytes) {
                Ok(entry) => exhibits(&entry, &mut wanted, &mut lists),
                Err(_) => report.fault(name_of(body), FaultKind::Format),
            }
        }
    }
    for name in store.blobs.list("objects")?.names {
        let Some(digest) = digest_of(&name) else {
            report.fault(&name, FaultKind::Stray);
            continue;
        };
        let wanted = wanted.remove(&digest);
        each(store.blobs.size(&name)?.unwrap_or(0));
        if named.erased.contains(&digest) {
            report.fault(&name, FaultKind::Stray);
            continue;
        }
        let Ok(found) = objects.measure(&digest) else {
            report.fault(&name, FaultKind::Unreadable);
            continue;
        };
        if found.digests.sha256 != digest {
            report.fault(&name, FaultKind::Differs);
            continue;
        }
        if wanted.flatten().is_some_and(|sm3| sm3 != found.digests.sm3) {
            report.fault(&name, FaultKind::Sm3);
        }
        if let Some(list) = lists.get(&digest) {
            let kept = objects.read(list).ok().and_then(|bytes| ChunkList::parse(&bytes));
            if kept.is_some_and(|kept| Some(kept) != found.chunks) {
                report.fault(name_of(list), FaultKind::Differs);
            }
        }
        report.objects += 1;
        report.bytes += found.digests.size;
        if wanted.is_none() {
            report.unnamed += 1;
        }
    }
    for digest in wanted.into_keys() {
        if named.erased.contains(&digest) {
            report.erased += 1;
        } else {
            report.fault(name_of(&digest), FaultKind::Missing);
        }
    }
    Ok(())
}

/// Objects that an entry's evidence names.
fn exhibits(
    entry: &Entry,
    wanted: &mut BTreeMap<[u8; 32], Option<[u8; 32]>>,
    lists: &mut BTreeMap<[u8; 32], [u8; 32]>,
) {
    let statements = match &entry.act {
        Act::State(statements) => statements.as_slice(),
        Act::Correct(correction) => correction.now.as_slice(),
        Act::Custody(_) | Act::Hold(_) | Act::Erase(_) => &[],
    };
    for statement in statements {
        let Statement::Evidence(exhibit) = statement else { continue };
        let Some(object) = from_hex(exhibit.evidence.sha256.as_str()) else { continue };
        let sm3 = exhibit.sm3.as_deref().and_then(from_hex);
        let known = wanted.entry(object).or_default();
        *known = known.or(sm3);
        if let Some(list) = exhibit.chunks.as_deref().and_then(from_hex) {
            wanted.entry(list).or_default();
            lists.insert(object, list);
        }
    }
}
