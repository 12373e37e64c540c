//! Writes acts into a vault from four threads and says each receipt aloud, until it is killed or has
//! written as many as asked: `writer FOLDER RUN COUNT`. For tests that kill it; the key is fixed, so
//! it is no way to keep evidence.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, Scheme, SigningKey, Ulid};
use fupan_vault::{DiskStore, LogSigner, Opening, Store, Vault};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("FOLDER")?;
    let run: u64 = arguments.next().ok_or("RUN")?.parse()?;
    let count: u64 = arguments.next().ok_or("COUNT")?.parse()?;
    let key = SigningKey::from_seed("killed.fupan", Scheme::Ed25519, &[5; 32])?;
    let signer = Arc::new(LogSigner::new(key, None)?);
    let store = Store::of(Arc::new(DiskStore::open(Path::new(&folder))?));
    if store.head.load()?.is_none() {
        Vault::init(&store, &*signer)?;
    }
    let vault = Vault::open(store, signer, Opening::default())?;
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| -> Result<(), Failure> {
                    loop {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        if number >= count {
                            return Ok(());
                        }
                        write(&vault, run, number)?;
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().map_err(|_| "a thread broke")??;
        }
        Ok(())
    })
}

/// One piece of evidence with its leaf; the line is written in one piece.
fn write(vault: &Vault, run: u64, number: u64) -> Result<(), Failure> {
    let bytes = format!("reading {run} {number}\n");
    let stored = vault.objects().put_bytes(bytes.as_bytes())?;
    let mut id = [0; 16];
    id[..8].copy_from_slice(&run.to_be_bytes());
    id[8..].copy_from_slice(&number.to_be_bytes());
    let leaf = Leaf::new(LeafKind::Chunk)
        .number(LeafField::At, 0)
        .with(LeafField::Case, LeafValue::Ulid(Ulid([1; 16])))
        .number(LeafField::Count, 1)
        .number(LeafField::First, 0)
        .number(LeafField::Last, 0)
        .with(LeafField::Obj, LeafValue::Sha256(stored.digests.sha256))
        .with(LeafField::ObjSm3, LeafValue::Sm3(stored.digests.sm3))
        .number(LeafField::Seq, i64::try_from(number)?)
        .number(LeafField::Size, i64::try_from(stored.digests.size)?)
        .with(LeafField::Stream, LeafValue::Ulid(Ulid(id)));
    let receipt = vault.append(leaf, 0)?;
    let line = format!("RECEIPT {} {}\n", receipt.index, String::from_utf8(receipt.leaf)?);
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes())?;
    Ok(out.flush()?)
}
