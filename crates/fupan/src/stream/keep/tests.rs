//! What waits while another program has the vault: bounded, told, and never lost in silence.

use super::*;
use crate::Step;
use crate::stream::feed::Feed;
use crate::stream::line::read;
use crate::stream::run::{Run, Turn};
use crate::stream::sealer::Sealer;
use fupan_ledger::Scheme;
use fupan_vault::{DiskStore, LogSigner, Store};
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

const IDS: (Ulid, Ulid) = (Ulid([1; 16]), Ulid([2; 16]));

/// A vault that another writer has.
struct Scene {
    root: PathBuf,
    key: SigningKey,
    _other: DiskStore,
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

impl Scene {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("fupan-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        let key = SigningKey::from_seed("a.fupan", Scheme::Ed25519, &[1; 32]).unwrap();
        let other = DiskStore::open(&root).unwrap();
        let signer = LogSigner::new(key.clone(), None).unwrap();
        Vault::init(&Store::of(Arc::new(other.clone())), &signer).unwrap();
        Self { root, key, _other: other }
    }

    fn keeper(&self) -> Keeper {
        Keeper {
            desk: Desk::idle(&self.root, IDS, &self.key),
            past: Past::new(&self.root, IDS),
            case: IDS.0,
            stream: IDS.1,
            key: self.key.clone(),
            prev: None,
            waiting: VecDeque::new(),
            bytes: 0,
            kept: 0,
            busy: None,
            tell: Duration::ZERO,
        }
    }
}

/// A chunk of one line of so many bytes.
fn chunk(size: usize) -> Vec<Sealed> {
    let mut sealer = Sealer::new(Known::default(), 1000, 0);
    let mut reading = read(br#"{"seq":0,"at":0,"values":{}}"#, None).unwrap();
    reading.raw = "x".repeat(size);
    sealer.take(&reading, None, 0).unwrap();
    sealer.end(None)
}

/// Hears how many lines wait.
#[derive(Default)]
struct Heard(RefCell<Vec<u64>>);

impl Watch for Heard {
    fn step(&self, _: Step) {}
    fn writing(&self, _: bool) {}
    fn busy(&self, lines: u64) {
        self.0.borrow_mut().push(lines);
    }
    fn stopped(&self) -> bool {
        false
    }
}

#[test]
fn at_the_bound_no_more_is_read_until_the_vault_is_free() {
    let scene = Scene::new("stream-bound");
    let file = scene.root.with_extension("ndjson");
    std::fs::write(&file, "{\"seq\":0,\"at\":0,\"values\":{}}\n").unwrap();
    let mut run = Run {
        feed: Feed::open(Some(&file)).unwrap(),
        keeper: scene.keeper(),
        sealer: Sealer::new(Known::default(), 1000, 0),
        signer: None,
        added: StreamAdded::default(),
        row: 0,
    };
    run.keeper.add(chunk(WAITING - 1000));
    assert!(!run.keeper.is_full());
    run.keeper.add(chunk(1000));
    assert!(run.keeper.is_full());
    let heard = Heard::default();
    for _ in 0..2 {
        assert!(matches!(run.turn(&heard).unwrap(), Turn::On));
        assert_eq!(run.row, 0, "the line stays where it is");
    }
    assert_eq!(*heard.0.borrow(), [2], "told once");
    // Below the bound the line is read.
    let one = run.keeper.waiting.pop_front().unwrap();
    run.keeper.bytes -= weight(&one);
    while run.row == 0 {
        assert!(matches!(run.turn(&heard).unwrap(), Turn::On));
    }
    assert_eq!((run.row, run.added.chunks, run.keeper.lines()), (1, 0, 1));
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn at_the_end_a_vault_that_stays_busy_is_a_failure_and_what_waits_is_still_there() {
    let scene = Scene::new("stream-stays");
    let mut keeper = scene.keeper();
    keeper.add(chunk(10));
    let (mut added, heard) = (StreamAdded::default(), Heard::default());
    let failure = keeper.finish(Duration::ZERO, &mut added, &heard).unwrap_err();
    assert_eq!((failure.kind, failure.messages[0].key.as_str()), (FailureKind::Io, "vault-busy"));
    assert_eq!((keeper.lines(), keeper.kept(), added.chunks), (1, 0, 0));
    assert_eq!(*heard.0.borrow(), [1]);
}
