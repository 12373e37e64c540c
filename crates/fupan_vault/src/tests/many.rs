//! Many at a time: objects and acts by the hundred, in a folder.

use std::fs;

use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, Sm3Edge};

use super::temp::Temp;
use super::*;

const MANY: usize = 600;

fn contents() -> Vec<Vec<u8>> {
    // Every seventh is the one before it again.
    (0..MANY).map(|at| format!("{}\n", at - usize::from(at % 7 == 6)).into_bytes()).collect()
}

fn put(objects: &Objects, contents: &[Vec<u8>]) -> Result<Vec<Stored>, ObjectError> {
    let none = Declared::default();
    objects.put_all(&contents.iter().map(|one| (one.as_slice(), none)).collect::<Vec<_>>())
}

#[test]
fn many_objects_are_kept_as_one_by_one() {
    let temp = Temp::new("many");
    let store = Arc::new(DiskStore::open(temp.path()).unwrap());
    let objects = Objects::new(store.clone());
    let contents = contents();
    objects.put_bytes(&contents[3]).unwrap();
    let stored = put(&objects, &contents).unwrap();
    for (at, (stored, bytes)) in stored.iter().zip(&contents).enumerate() {
        assert_eq!(stored.digests, Digests::of(bytes));
        assert_eq!(stored.fresh, at != 3 && at % 7 != 6, "{at}");
        assert_eq!(&objects.read(&stored.digests.sha256).unwrap(), bytes);
    }
    let listed = store.list("").unwrap();
    let doubled = (0..MANY).filter(|at| at % 7 == 6).count();
    // The lock is no blob of anybody.
    assert_eq!(listed.names.iter().filter(|name| name.as_str() != "lock").count(), MANY - doubled);
    assert!(put(&objects, &contents).unwrap().iter().all(|stored| !stored.fresh));
}

#[test]
fn one_that_is_not_as_declared_keeps_all_of_them_out() {
    let memory = MemoryStore::default();
    let objects = Objects::new(Arc::new(memory.clone()));
    let wrong = Declared { size: Some(1), ..Declared::default() };
    let refused = objects.put_all(&[(b"one", Declared::default()), (b"two", wrong)]).unwrap_err();
    assert!(matches!(refused, ObjectError::Mismatch { what: "size", .. }), "{refused}");
    assert_eq!(memory.list("").unwrap().names, []);
}

#[test]
fn a_disk_that_does_not_take_one_of_many_says_so_and_keeps_no_drafts() {
    let temp = Temp::new("many-broken");
    let store = Arc::new(DiskStore::open(temp.path()).unwrap());
    let objects = Objects::new(store.clone());
    let contents = contents();
    // Where the folder of one of them belongs stands a file.
    let place = Objects::place(&Digests::of(&contents[400]).sha256);
    let folder = temp.path().join(place).parent().unwrap().to_owned();
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(&folder, "in the way").unwrap();
    assert!(matches!(put(&objects, &contents), Err(ObjectError::Store(_))));
    assert_eq!(fs::read_dir(temp.path().join("staging")).unwrap().count(), 0);
    // What could not be made durable stops the store, for this process.
    assert!(put(&objects, &contents[..1]).is_err());
    drop((objects, store));
    fs::remove_file(&folder).unwrap();
    let objects = Objects::new(Arc::new(DiskStore::open(temp.path()).unwrap()));
    assert_eq!(put(&objects, &contents).unwrap().len(), MANY);
}

fn custody(at: u64) -> Custody {
    Custody {
        deed: Deed::Moved,
        evidence: format!("E{at}"),
        object: None,
        from: None,
        to: None,
        note: String::new(),
    }
}

/// Three hundred acts, by their numbers.
fn acts(from: u64) -> Vec<(Made, Custody)> {
    (from..from + 300).map(|at| (made(1, at), custody(at))).collect()
}

#[test]
fn custody_of_many_is_an_entry_each_in_their_order() {
    let (memory, vault) = in_memory();
    vault.record(&made(1, 1), Some(0), Act::State(vec![head("a")])).unwrap();
    let recorded = vault.record_custody(acts(2)).unwrap();
    for (at, one) in (1_u64..).zip(&recorded) {
        assert_eq!((one.receipt.index, one.version), (at, None));
        one.receipt.check(&policy()).unwrap();
        let entry = Entry::parse(&vault.objects().read(&one.body.sha256).unwrap()).unwrap();
        assert_eq!(entry.act, Act::Custody(custody(at + 1)));
    }
    // One batch, and asked again the same entries.
    assert_eq!(vault.head().unwrap().1.size, 301);
    assert_eq!(memory.list("log/checkpoints").unwrap().names.len(), 3);
    let again = vault.record_custody(acts(2)).unwrap();
    let indices = |all: &[Recorded]| all.iter().map(|one| one.receipt.index).collect::<Vec<_>>();
    assert_eq!((indices(&again), vault.head().unwrap().1.size), (indices(&recorded), 301));
    // A case that nobody began.
    let lost = vault.record_custody(vec![(made(9, 1000), custody(0))]);
    assert!(matches!(lost, Err(VaultError::Refused(Refused::NoCase { .. }))), "{lost:?}");
    assert!(report(&Store::of(Arc::new(memory))).faults.is_empty());
}

/// Acts in batches of 300, until the log has so many entries or some more.
fn long_log(vault: &Vault, least: u64) {
    while vault.head().unwrap().1.size < least {
        let from = vault.head().unwrap().1.size + 100;
        vault.record_custody(acts(from)).unwrap();
    }
}

fn roots(vault: &Vault) -> Vec<(u64, i64)> {
    let size = vault.head().unwrap().1.size;
    let leaves = (0..size).map(|index| (index, vault.log().leaf(index, size).unwrap()));
    let roots = leaves.filter(|(_, leaf)| leaf.kind() == LeafKind::Sm3Root);
    roots.map(|(index, leaf)| (index, leaf.get_number(LeafField::Tree).unwrap())).collect()
}

#[test]
fn the_root_under_sm3_is_in_the_log_and_goes_on_after_a_new_start() {
    let (memory, vault) = in_memory();
    vault.record(&made(1, 1), Some(0), Act::State(vec![head("a")])).unwrap();
    long_log(&vault, 1500);
    assert_eq!(roots(&vault), [(1201, 1201)]);
    drop(vault);
    let store = Store::of(Arc::new(memory));
    let vault = open(&store);
    long_log(&vault, 2600);
    // After at least 1,024 leaves more, whoever wrote them.
    assert_eq!(roots(&vault), [(1201, 1201), (2402, 2402)]);
    let mut edge = Sm3Edge::default();
    vault
        .log()
        .entries((0, 2402), 2700, |_, bytes| {
            edge.push(bytes);
            Ok::<(), JournalError>(())
        })
        .unwrap();
    let leaf = vault.log().leaf(2402, vault.head().unwrap().1.size).unwrap();
    assert_eq!(leaf.get_digest(LeafField::Root), Some(edge.root()));
    vault.rebuild().unwrap();
    long_log(&vault, 2800);
    assert_eq!(roots(&vault).len(), 2);
    assert!(report(&store).faults.is_empty());
}

#[test]
fn a_root_under_sm3_that_the_logs_own_key_signed_falsely_is_reported() {
    for (root, tree) in
        [(Sm3Edge::default().root(), 0), ([7; 32], 0), (Sm3Edge::default().root(), 1)]
    {
        let store = begun(MemoryStore::default());
        let log = Log::open(&store, signer(), &[]).unwrap();
        let journal = Journal::start(log, Box::new(Open), None);
        let leaf = Leaf::new(LeafKind::Sm3Root)
            .with(LeafField::Root, LeafValue::Sm3(root))
            .number(LeafField::Tree, tree);
        journal.submit(leaf, 0).unwrap();
        drop(journal);
        let right = root != [7; 32] && tree == 0;
        let faults = report(&store).faults;
        assert_eq!(faults.is_empty(), right, "{faults:?}");
        assert!(right || format!("{faults:?}").contains("entry 0"), "{faults:?}");
    }
}
