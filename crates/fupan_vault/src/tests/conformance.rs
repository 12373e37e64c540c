//! What every store must do, run over each.

use std::io::{self, Read, Write as _};
use std::sync::Arc;

use super::temp::Temp;
use crate::*;

fn name(text: &str) -> BlobName {
    text.parse().unwrap()
}

fn conforms(store: &Store) {
    let blobs = &store.blobs;
    let (a, b) = (name("log/a"), name("log/deep/er/b.p"));
    assert_eq!(blobs.read(&a).unwrap(), None);
    assert_eq!(blobs.size(&a).unwrap(), None);
    assert!(blobs.open(&a).unwrap().is_none());
    assert_eq!(blobs.list("log").unwrap(), Listing::default());
    assert_eq!(blobs.create(&a, b"one").unwrap(), Created::New);
    assert_eq!(blobs.create(&a, b"two").unwrap(), Created::Exists);
    assert_eq!(blobs.read(&a).unwrap().unwrap(), b"one");
    let made = blobs.create_all(&[(a.clone(), b"x"), (b.clone(), b"")]).unwrap();
    assert_eq!(made, [Created::Exists, Created::New]);
    assert_eq!(blobs.size(&b).unwrap(), Some(0));

    let mut draft = blobs.stage().unwrap();
    draft.write_all(b"three").unwrap();
    drop(draft);
    let mut draft = blobs.stage().unwrap();
    draft.write_all(b"three").unwrap();
    let c = name("objects/c");
    assert_eq!(draft.publish(&c).unwrap(), Created::New);
    let mut text = String::new();
    blobs.open(&c).unwrap().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "three");
    let mut draft = blobs.stage().unwrap();
    draft.write_all(b"other").unwrap();
    assert_eq!(draft.publish(&c).unwrap(), Created::Exists);
    assert_eq!(blobs.read(&c).unwrap().unwrap(), b"three");

    assert_eq!(blobs.list("log").unwrap().names, [a.clone(), b.clone()]);
    assert_eq!(blobs.list("lo").unwrap().names, []);
    assert_eq!(blobs.list("staging").unwrap().names, []);
    assert!(blobs.remove(&a).unwrap());
    assert!(!blobs.remove(&a).unwrap());
    blobs.remove_all(&[a.clone(), b.clone()]).unwrap();
    assert_eq!(blobs.list("log").unwrap().names, []);
    assert_eq!(blobs.create(&a, b"again").unwrap(), Created::New);

    let head = &store.head;
    assert_eq!(head.load().unwrap(), None);
    assert_eq!(head.swap(Some(b"x"), b"y").unwrap(), Swapped::Conflict(None));
    assert_eq!(head.swap(None, b"1").unwrap(), Swapped::Done);
    assert_eq!(head.swap(None, b"2").unwrap(), Swapped::Conflict(Some(b"1".to_vec())));
    assert_eq!(head.swap(Some(b"1"), b"2").unwrap(), Swapped::Done);
    assert_eq!(head.load().unwrap().unwrap(), b"2");
    probe(store).unwrap();
}

fn one_of_many_wins(store: &Store) {
    let wins: usize = std::thread::scope(|scope| {
        let many: Vec<_> = (0..8_u8)
            .map(|at| {
                scope.spawn(move || {
                    let made = store.blobs.create(&name("objects/raced"), &[at; 5]).unwrap();
                    usize::from(made == Created::New)
                })
            })
            .collect();
        many.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(wins, 1);
    let kept = store.blobs.read(&name("objects/raced")).unwrap().unwrap();
    assert!(kept.len() == 5 && kept.iter().all(|byte| *byte == kept[0]));
}

#[test]
fn memory_conforms() {
    let store = Store::of(Arc::new(MemoryStore::default()));
    conforms(&store);
    one_of_many_wins(&store);
}

#[test]
fn disk_conforms_has_one_writer_and_clears_drafts() {
    let temp = Temp::new("disk");
    let disk = DiskStore::open(temp.path()).unwrap();
    let store = Store::of(Arc::new(disk));
    conforms(&store);
    one_of_many_wins(&store);
    let second = DiskStore::open(temp.path()).unwrap_err();
    assert_eq!((second.doing, second.kind), (Doing::Lock, io::ErrorKind::WouldBlock));
    let reader = DiskStore::open_to_read(temp.path());
    assert_eq!(reader.load().unwrap().unwrap(), b"2");
    let refused = reader.create(&name("a"), b"").unwrap_err();
    assert_eq!(refused.kind, io::ErrorKind::ReadOnlyFilesystem);
    drop(store);
    std::fs::write(temp.path().join("staging/9.part"), b"half").unwrap();
    std::fs::write(temp.path().join("log/Stray Name"), b"").unwrap();
    let disk = DiskStore::open(temp.path()).unwrap();
    assert!(!temp.path().join("staging/9.part").exists());
    assert_eq!(disk.list("log").unwrap().strays, ["log/Stray Name"]);
}

/// Stores that do not keep their word.
struct Faithless(MemoryStore, bool);

impl Blobs for Faithless {
    fn create(&self, name: &BlobName, bytes: &[u8]) -> Result<Created, StoreError> {
        if self.1 {
            self.0.tamper(name, Some(bytes.to_vec()));
            return Ok(Created::New);
        }
        self.0.create(name, bytes)
    }
    fn stage(&self) -> Result<Box<dyn Staged>, StoreError> {
        self.0.stage()
    }
    fn open(&self, name: &BlobName) -> Result<Option<Box<dyn Read + Send>>, StoreError> {
        self.0.open(name)
    }
    fn size(&self, name: &BlobName) -> Result<Option<u64>, StoreError> {
        self.0.size(name)
    }
    fn list(&self, folder: &str) -> Result<Listing, StoreError> {
        self.0.list(folder)
    }
    fn remove(&self, name: &BlobName) -> Result<bool, StoreError> {
        self.0.remove(name)
    }
}

impl HeadCell for Faithless {
    fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.load()
    }
    fn swap(&self, _: Option<&[u8]>, next: &[u8]) -> Result<Swapped, StoreError> {
        self.0.tamper_head(Some(next.to_vec()));
        Ok(Swapped::Done)
    }
}

#[test]
fn a_store_that_ignores_conditions_is_refused_at_opening() {
    let memory = MemoryStore::default();
    drop(super::begun(memory.clone()));
    for ignores_create in [true, false] {
        let head = memory.load().unwrap();
        let store = Store::of(Arc::new(Faithless(memory.clone(), ignores_create)));
        let refused = Vault::open(store, super::signer(), Opening::default()).unwrap_err();
        assert!(
            matches!(&refused, VaultError::Store(e) if e.kind == io::ErrorKind::Unsupported),
            "{refused}"
        );
        assert_eq!(memory.load().unwrap(), head);
    }
}
