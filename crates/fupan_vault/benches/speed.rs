//! Speeds as ratios to what this machine can do, measured in one run: `cargo bench -p fupan_vault`.
//! `FUPAN_BENCH_MB` sets the size of the big file (default 1024), `FUPAN_BENCH_LEAVES` that of the log.

#[path = "speed/bare.rs"]
mod bare;

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use bare::{HEAD, Recorded, replay};
use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, Scheme, SigningKey, Ulid};
use fupan_model::{Fact, FactId};
use fupan_vault::{Act, Declared, DiskStore, LogSigner, Made, Opening, Statement, Store, Vault};
use sm3::{Digest as _, Sm3};

/// A part of the bench, over a folder of its own.
type Part = fn(&Path) -> Result<(), Failure>;
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let base = std::env::temp_dir().join(format!("fupan-bench-{}", std::process::id()));
    fs::create_dir_all(&base)?;
    // `FUPAN_BENCH=durable` runs one alone.
    let only = std::env::var("FUPAN_BENCH").unwrap_or_default();
    // The first is the one that a disk disturbs which is still busy with big files that were deleted.
    let all: [(&str, Part); 4] =
        [("durable", durable), ("seal", seal), ("long", long), ("said", said)];
    let mut wanted = all.iter().filter(|(name, _)| only.is_empty() || only == *name);
    let done = wanted.try_for_each(|(_, run)| run(&base));
    fs::remove_dir_all(&base)?;
    done
}

fn say(line: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn vault(folder: &Path, index: Option<PathBuf>) -> Result<Vault, Failure> {
    over(Store::of(Arc::new(DiskStore::open(folder)?)), index)
}

fn over(store: Store, index: Option<PathBuf>) -> Result<Vault, Failure> {
    let key = SigningKey::from_seed("bench.fupan", Scheme::Ed25519, &[5; 32])?;
    let signer = Arc::new(LogSigner::new(key, None)?);
    if store.head.load()?.is_none() {
        Vault::init(&store, &*signer)?;
    }
    Ok(Vault::open(store, signer, Opening { index, ..Opening::default() })?)
}

fn leaf(number: u64) -> Result<Leaf, Failure> {
    let number = i64::try_from(number)?;
    Ok(Leaf::new(LeafKind::Gap)
        .number(LeafField::At, number)
        .with(LeafField::Case, LeafValue::Ulid(Ulid([1; 16])))
        .number(LeafField::Count, 1)
        .number(LeafField::Seq, number)
        .with(LeafField::Stream, LeafValue::Ulid(Ulid([2; 16]))))
}

/// A big file: against SM3 on one thread, and against coreutils.
fn seal(base: &Path) -> Result<(), Failure> {
    let megabytes = setting("FUPAN_BENCH_MB", 1024);
    let path = base.join("big");
    let mut file = File::create(&path)?;
    let mut block = vec![0_u8; 1 << 20];
    for at in 0..megabytes {
        block.iter_mut().step_by(64).for_each(|byte| *byte = byte.wrapping_add(at as u8 | 1));
        file.write_all(&block)?;
    }
    file.sync_all()?;
    drop(file);
    let rate = |start: Instant| megabytes as f64 / start.elapsed().as_secs_f64();
    let mut single = Vec::new();
    let mut sealed = Vec::new();
    let mut sums = Vec::new();
    for round in 0..3 {
        let (mut hash, mut file, start) = (Sm3::new(), File::open(&path)?, Instant::now());
        loop {
            let count = file.read(&mut block)?;
            if count == 0 {
                break;
            }
            hash.update(block.get(..count).unwrap_or_default());
        }
        std::hint::black_box(hash.finalize());
        single.push(rate(start));
        let folder = base.join(format!("seal{round}"));
        let vault = vault(&folder, None)?;
        let start = Instant::now();
        vault.objects().put(File::open(&path)?, &Declared::default())?;
        sealed.push(rate(start));
        drop(vault);
        fs::remove_dir_all(&folder)?;
        let start = Instant::now();
        let sum = std::process::Command::new("sha256sum").arg(&path).output();
        if sum.is_ok_and(|sum| sum.status.success()) {
            sums.push(rate(start));
        }
    }
    let (single, sealed) = (median(single), median(sealed));
    say(&format!(
        "seal {megabytes} MB: {sealed:.0} MB/s, SM3 alone on one thread {single:.0} MB/s, ratio {:.2} \
         (promise 0.90)",
        sealed / single
    ))?;
    if !sums.is_empty() {
        let sums = median(sums);
        say(&format!(
            "  coreutils sha256sum {sums:.0} MB/s, ratio {:.2} (promise > 1)",
            sealed / sums
        ))?;
    }
    Ok(fs::remove_file(&path)?)
}

/// Durable leaves of several who submit 256 at a time, as a busy log has them: against a bare loop that writes
/// the same files into the same folders with the same syncs, and does nothing else. By turns, so that a change
/// of the disk's mood hits both.
fn durable(base: &Path) -> Result<(), Failure> {
    const TURNS: u64 = 8;
    const SENDERS: u64 = 3;
    const EACH: u64 = 8;
    let store = Arc::new(Recorded::open(&base.join("durable"))?);
    let vault = over(Store::of(store.clone()), None)?;
    let journal = vault.journal()?;
    let (mut ours, mut bare, mut batches, mut ratios) = (0.0, 0.0, 0, Vec::new());
    for turn in 0..TURNS {
        store.steps()?.clear();
        // Made before the clock starts: the bare loop has its bytes as well.
        let mut given = Vec::new();
        for sender in 0..SENDERS {
            let round = |round| {
                let from = ((turn * SENDERS + sender) * EACH + round) * 256;
                (from..from + 256).map(leaf).collect::<Result<Vec<Leaf>, Failure>>()
            };
            given.push((0..EACH).map(round).collect::<Result<Vec<_>, _>>()?);
        }
        let start = Instant::now();
        std::thread::scope(|scope| {
            let send = |rounds: Vec<Vec<Leaf>>| {
                rounds.into_iter().try_for_each(|leaves| -> Result<(), Failure> {
                    for receipt in journal.submit_all(leaves, 0)? {
                        receipt?;
                    }
                    Ok(())
                })
            };
            let senders: Vec<_> =
                given.into_iter().map(|rounds| scope.spawn(move || send(rounds))).collect();
            senders.into_iter().try_for_each(|one| one.join().map_err(|_| "broke")?)
        })?;
        let taken = start.elapsed().as_secs_f64();
        let steps = std::mem::take(&mut *store.steps()?);
        batches += steps.iter().flatten().filter(|(name, _)| name == HEAD).count();
        let start = Instant::now();
        let (bare_root, staging) = (base.join("bare"), base.join("durable").join("staging"));
        steps.iter().try_for_each(|step| replay(&bare_root, &staging, step))?;
        let least = start.elapsed().as_secs_f64();
        (ours, bare) = (ours + taken, bare + least);
        ratios.push(least / taken);
    }
    let count = (TURNS * SENDERS * EACH * 256) as f64;
    say(&format!(
        "durable leaves: {:.0}/s in {batches} batches, a bare loop with the same files and syncs {:.0}/s, \
         ratio {:.2} (promise 0.80), in the median of {TURNS} turns {:.2}",
        count / ours,
        count / bare,
        bare / ours,
        median(ratios)
    ))?;
    paced(&vault)
}

/// 200 leaves a second, each handed in when it is due whether or not others still wait: how long a receipt takes.
fn paced(vault: &Vault) -> Result<(), Failure> {
    const THREADS: u64 = 50;
    const EACH: u64 = 40;
    let begun = Instant::now();
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                scope.spawn(move || -> Result<Vec<f64>, Failure> {
                    let mut times = Vec::new();
                    for at in 0..EACH {
                        let due = (at * THREADS + thread) as f64 / 200.0;
                        let wait = due - begun.elapsed().as_secs_f64();
                        if wait > 0.0 {
                            std::thread::sleep(std::time::Duration::from_secs_f64(wait));
                        }
                        // From when it was due, so that falling behind shows.
                        vault.append(leaf(10_000_000 + at * THREADS + thread)?, 0)?;
                        times.push((begun.elapsed().as_secs_f64() - due) * 1e3);
                    }
                    Ok(times)
                })
            })
            .collect();
        let joined: Result<Vec<Vec<f64>>, Failure> =
            threads.into_iter().map(|one| one.join().map_err(|_| "broke")?).collect();
        joined.map(|all| all.concat())
    })?;
    times.sort_by(f64::total_cmp);
    let at =
        |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    say(&format!("receipt at 200/s: p50 {:.0} ms, p99 {:.0} ms (promise 250)", at(0.5), at(0.99)))
}

/// A long log: proofs from disk, and the index built anew.
fn long(base: &Path) -> Result<(), Failure> {
    let leaves = setting("FUPAN_BENCH_LEAVES", 1_000_000);
    let folder = base.join("long");
    let vault = vault(&folder, Some(folder.join("index.db")))?;
    let journal = vault.journal()?;
    let mut next = 0;
    while next < leaves {
        let end = (next + 4096).min(leaves);
        let batch: Result<Vec<Leaf>, Failure> = (next..end).map(leaf).collect();
        journal.submit_all(batch?, 0)?;
        next = end;
    }
    let start = Instant::now();
    for at in 0..200_u64 {
        let index = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) % leaves;
        drop(journal.receipt(index, 0)?);
    }
    let each = start.elapsed().as_secs_f64() * 1e3 / 200.0;
    say(&format!("proof with its entry at {leaves} leaves: {each:.2} ms (promise 2)"))?;
    let start = Instant::now();
    vault.rebuild()?;
    let rate = leaves as f64 / start.elapsed().as_secs_f64();
    say(&format!("index rebuild: {rate:.0} entries/s (promise 100000)"))
}

/// Facts with their words, a thousand an entry as an import states them: read out of the log and its objects
/// into the index anew. Each also fills the search; no promise is made of it.
fn said(base: &Path) -> Result<(), Failure> {
    const ENTRIES: u64 = 20;
    const EACH: u64 = 1000;
    let folder = base.join("said");
    let vault = vault(&folder, Some(folder.join("index.db")))?;
    let whole = include_str!("../src/tests/cases/whole.json");
    let case: fupan_model::CaseFile = serde_json::from_str(whole)?;
    let fact = case.facts.first().cloned().ok_or("no fact")?;
    let made = |at: u64| Made {
        case: Ulid([1; 16]),
        id: Ulid((u128::from(at) + 1).to_be_bytes()),
        author: "bench".to_owned(),
        at_ms: 0,
        salt: [0; 16],
    };
    vault.record(&made(0), Some(0), Act::State(Statement::all_of(&case)))?;
    for entry in 1..=ENTRIES {
        let facts = (0..EACH).map(|at| {
            let id = FactId::new(format!("{entry}-{at}"));
            Statement::Fact(Box::new(Fact { id, ..fact.clone() }))
        });
        vault.record(&made(entry), Some(entry), Act::State(facts.collect()))?;
    }
    let start = Instant::now();
    vault.rebuild()?;
    let rate = (ENTRIES * EACH) as f64 / start.elapsed().as_secs_f64();
    say(&format!("  of facts in {ENTRIES} entries, with their words: {rate:.0} facts/s"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
