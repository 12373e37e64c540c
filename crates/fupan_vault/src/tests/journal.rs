//! The journal: growth, receipts, many at once, cosigners.

use fupan_ledger::{Checkpoint, Leaf, LeafField, LeafKind, LeafValue, SignatureLine};
use proptest::prelude::*;

use super::*;

pub(super) fn leaf(number: u64) -> Leaf {
    Leaf::new(LeafKind::Gap)
        .number(LeafField::At, 5)
        .with(LeafField::Case, LeafValue::Ulid(id(1)))
        .number(LeafField::Count, 1)
        .number(LeafField::Seq, i64::try_from(number).unwrap())
        .with(LeafField::Stream, LeafValue::Ulid(id(2)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    /// Whatever the batches, as long as the log puts no root of its own between them: each head continues each head before, and each receipt stays true.
    #[test]
    fn the_log_only_grows_and_receipts_always_verify(
        batches in prop::collection::vec(1_usize..250, 1..5)
    ) {
        let (_, vault) = in_memory();
        let journal = vault.journal().unwrap();
        let mut heads: Vec<Checkpoint> = Vec::new();
        let mut receipts = Vec::new();
        let mut next = 0;
        for batch in batches {
            let leaves: Vec<Leaf> = (0..batch as u64).map(|at| leaf(next + at)).collect();
            next += batch as u64;
            let got = journal.submit_all(leaves, 0).unwrap();
            receipts.extend(got.into_iter().map(Result::unwrap));
            heads.push(vault.head().unwrap().1);
        }
        for (at, receipt) in (0..).zip(&receipts) {
            prop_assert_eq!(receipt.index, at);
            prop_assert!(receipt.check(&policy()).is_ok());
            let mut other = receipt.clone();
            other.leaf = leaf(at + 1).encode().unwrap();
            prop_assert!(other.check(&policy()).is_err());
        }
        let last = heads.last().unwrap();
        for head in &heads {
            let proof = vault.log().consistency(head.size, last.size).unwrap();
            fupan_ledger::verify_consistency(
                (head.size, &head.root), (last.size, &last.root), &proof).unwrap();
        }
        for index in [0, next / 2, next - 1] {
            let again = journal.receipt(index, 0).unwrap();
            prop_assert_eq!(&again.leaf, &receipts[usize::try_from(index).unwrap()].leaf);
            prop_assert!(again.check(&policy()).is_ok());
        }
    }
}

#[test]
fn many_threads_get_each_their_own_place() {
    let (memory, vault) = in_memory();
    let mut places: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16_u64)
            .map(|thread| {
                let vault = &vault;
                scope.spawn(move || {
                    let one = |at: u64| vault.append(leaf(thread * 100 + at), 0).unwrap();
                    (0..25)
                        .map(|at| {
                            let receipt = one(at);
                            receipt.check(&policy()).unwrap();
                            receipt.index
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    places.sort_unstable();
    assert_eq!(places, (0..400).collect::<Vec<_>>());
    drop(vault);
    let report = report(&Store::of(Arc::new(memory)));
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!(report.entries, 400);
}

struct Two(Vec<SigningKey>);

impl Cosigners for Two {
    fn cosign(&self, ask: &CosignAsk<'_>) -> Vec<SignatureLine> {
        let proof = ask.consistency(0).unwrap();
        assert!(proof.is_empty());
        self.0.iter().map(|key| key.cosign(ask.checkpoint, 1_800_000_000).unwrap()).collect()
    }
}

#[test]
fn a_receipt_is_of_the_log_until_the_quorum_has_cosigned() {
    let keys: Vec<SigningKey> = (1..=3)
        .map(|at| {
            SigningKey::from_seed(&format!("w{at}.example"), Scheme::Cosignature, &[at; 32])
                .unwrap()
        })
        .collect();
    let mut text = format!("log {}\n", signer().verify_key());
    for (at, key) in (1..).zip(&keys[..2]) {
        text.push_str(&format!("witness w{at} {}\n", key.verify_key()));
    }
    text.push_str("group both all w1 w2\nquorum both\n");
    let policy = Policy::parse(text.as_bytes(), Use::Checkpoints).unwrap();
    let memory = MemoryStore::default();
    let store = begun(memory.clone());
    let with = Opening { policy: Some(policy.clone()), ..Opening::default() };
    let vault = Vault::open(store.clone(), signer(), with).unwrap();
    let receipt = vault.append(leaf(0), 7).unwrap();
    assert_eq!(receipt.standing, Standing::LogSigned);
    assert!(receipt.check(&policy).is_err());
    let journal = vault.journal().unwrap();
    let one = Two(keys[..1].to_vec());
    assert_eq!(journal.cosign(&one).unwrap(), Standing::LogSigned);
    // A line of a cosigner that the policy does not know is not kept.
    let all = Two(keys.clone());
    assert_eq!(journal.cosign(&all).unwrap(), Standing::Quorum);
    assert_eq!(store.blobs.list("log/cosigned/1").unwrap().names.len(), 2);
    vault.append(leaf(1), 8).unwrap();
    let old = journal.receipt(0, 7).unwrap();
    assert_eq!(old.standing, Standing::Quorum);
    old.check(&policy).unwrap();
    assert_eq!(journal.receipt(1, 8).unwrap().standing, Standing::LogSigned);
    drop(vault);
    assert!(report(&store).is_whole(), "{:?}", report(&store).faults);
    let name = store.blobs.list("log/cosigned").unwrap().names[0].clone();
    let mut bytes = memory.read(&name).unwrap().unwrap();
    bytes[20] ^= 1;
    memory.tamper(&name, Some(bytes));
    assert!(!report(&store).is_whole());
}
