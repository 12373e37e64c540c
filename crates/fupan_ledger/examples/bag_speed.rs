//! How fast a bag is checked, against the bare hashing of the same bytes in the same run:
//! `cargo run --release -p fupan_ledger --example bag_speed [MEGABYTES]`. Two originals of that size are
//! put into the bag of the tests; nobody stated them, which costs nothing and is no matter here.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "shares its material with the tests; prints what it measured"
)]

use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

use fupan_ledger as ledger;
use fupan_ledger::release::{Anchors, BagSource, Found, FoundKind, verify};
use fupan_ledger::{Policy, Use};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

#[path = "../src/release/tests/made.rs"]
mod made;
#[path = "../src/release/tests/streamed.rs"]
mod streamed;

struct Bag(made::Files);

impl BagSource for Bag {
    fn list(&self) -> io::Result<Vec<Found>> {
        let kind = |bytes: &Vec<u8>| FoundKind::File(bytes.len() as u64);
        let found =
            self.0.iter().map(|(path, bytes)| Found { path: path.clone(), kind: kind(bytes) });
        Ok(found.collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.0.get(path).ok_or(io::ErrorKind::NotFound)?.as_slice()))
    }
}

/// One pass of both digests over a file, in blocks.
fn bare(bytes: &[u8]) {
    let (mut sha256, mut sm3) = (Sha256::new(), Sm3::new());
    for block in bytes.chunks(256 * 1024) {
        sha256.update(block);
        sm3.update(block);
    }
    std::hint::black_box((sha256.finalize(), sm3.finalize()));
}

fn timed(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn main() {
    let megabytes: usize =
        std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(200);
    let mut files = made::bag(made::TRUE);
    let big: Vec<String> =
        (8..=9).map(|at| format!("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV{at}/big.bin")).collect();
    for path in &big {
        files.insert(path.clone(), vec![0x5a; megabytes << 20]);
    }
    let bag = Bag(files);
    let [log, _] = made::TRUE.log();
    let anchors = Anchors {
        log_key: log.verify_key().clone(),
        policy: Policy::parse(made::TRUE.policy().as_bytes(), Use::Checkpoints).unwrap(),
        stamps: None,
    };
    for (workers, rounds) in [(1, 3), (2, 3)] {
        let mut ratios: Vec<f64> = (0..rounds)
            .map(|_| {
                let hashing = timed(|| {
                    thread::scope(|scope| {
                        let one = || big.iter().for_each(|path| bare(&bag.0[path]));
                        if workers == 1 {
                            one();
                        } else {
                            big.iter().for_each(|path| {
                                scope.spawn(|| bare(&bag.0[path]));
                            });
                        }
                    });
                });
                let checking = timed(|| drop(verify(&bag, &anchors, workers).unwrap()));
                hashing.as_secs_f64() / checking.as_secs_f64()
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        println!("{workers} worker(s), 2 × {megabytes} MB: check at {ratios:.2?} of bare hashing");
    }
}
