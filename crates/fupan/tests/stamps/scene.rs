//! A vault with an authority beside it.

use crate::openssl::Authority;
use crate::server::{Server, answer};
use fupan::{StampHeads, stamp_heads};
use fupan_ledger::{
    Certificate, Leaf, LeafField, LeafKind, LeafValue, Scheme, SigningKey, StampRequest, Trust,
};
use fupan_vault::{
    BlobName, LogSigner, MemoryStore, Opening, Signer as _, StampOutcome, Store, Vault,
    VerifyReport, backup, verify,
};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

pub(crate) const ORIGIN: &str = "00112233445566778899aabbccddeeff.fupan";
pub(crate) const REPLY: &str = "application/timestamp-reply";
pub(crate) const NOW: i64 = 1_763_796_319_000;

pub(crate) fn signer() -> Arc<LogSigner> {
    let key = SigningKey::from_seed(ORIGIN, Scheme::Ed25519, &[7; 32]).unwrap();
    Arc::new(LogSigner::new(key, None).unwrap())
}

/// A vault in memory, an authority, and the file of those who are trusted.
pub(crate) struct Scene {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) authority: Authority,
    pub(crate) roots: PathBuf,
    pub(crate) nonces: u8,
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.roots);
    }
}

impl Scene {
    pub(crate) fn new(name: &str) -> Self {
        let store = Store::of(Arc::new(MemoryStore::default()));
        Vault::init(&store, &*signer()).unwrap();
        let vault = Vault::open(store.clone(), signer(), Opening::default()).unwrap();
        let authority = Authority::new();
        let roots = std::env::temp_dir().join(format!("fupan-{name}-{}.pem", std::process::id()));
        fs::write(&roots, authority.root_pem()).unwrap();
        let mut scene = Self { store, vault, authority, roots, nonces: 0 };
        scene.grow();
        scene
    }

    /// One more entry; answers with the size of the head.
    pub(crate) fn grow(&mut self) -> u64 {
        let (_, head) = self.vault.head().unwrap();
        let text = format!("rules {}\n", head.size);
        let policy = self.vault.objects().put_bytes(text.as_bytes()).unwrap().digests.sha256;
        let leaf = Leaf::new(LeafKind::Policy)
            .with(LeafField::Policy, LeafValue::Sha256(policy))
            .number(LeafField::At, NOW);
        self.vault.append(leaf, NOW).unwrap();
        head.size + 1
    }

    pub(crate) fn asking(&self, url: &str) -> StampHeads {
        StampHeads { url: url.to_owned(), roots: self.roots.clone(), sm3: false, again: false }
    }

    pub(crate) fn round(&mut self, request: &StampHeads) -> Vec<StampOutcome> {
        let nonces = &mut self.nonces;
        let mut nonce = || {
            *nonces += 1;
            [*nonces; 8]
        };
        stamp_heads(&self.vault, request, &mut nonce, NOW).unwrap()
    }

    pub(crate) fn report(&self) -> VerifyReport {
        verify(&self.store, signer().verify_key(), |_| {}).unwrap()
    }

    /// Names below `tsa/`, digests of marks cut off.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.store.blobs.list("tsa").unwrap().names;
        let short = |name: &str| match name.rsplit_once('.') {
            Some((start, digest)) if digest.len() == 64 => start.to_owned(),
            _ => name.to_owned(),
        };
        names.iter().map(|name| short(name.as_str())).collect()
    }

    /// A request that is kept, by its name without the digest.
    pub(crate) fn asked(&self, place: &str) -> (BlobName, Vec<u8>) {
        let names = self.store.blobs.list("tsa").unwrap().names;
        let name = names.into_iter().find(|name| name.as_str().starts_with(place)).unwrap();
        let bytes = self.store.blobs.read(&name).unwrap().unwrap();
        (name, bytes)
    }

    /// What a walk says of a copy in which one blob has these bytes, or is gone.
    pub(crate) fn changed(&self, name: &BlobName, bytes: Option<&[u8]>) -> VerifyReport {
        let copy = Store::of(Arc::new(MemoryStore::default()));
        backup(&self.store, &copy, signer().verify_key()).unwrap();
        copy.blobs.remove(name).unwrap();
        if let Some(bytes) = bytes {
            copy.blobs.create(name, bytes).unwrap();
        }
        verify(&copy, signer().verify_key(), |_| {}).unwrap()
    }

    pub(crate) fn trust(&self) -> Trust {
        Trust { anchors: vec![Certificate::parse(&self.authority.root()).unwrap()], known: vec![] }
    }

    /// An authority that is up; it notes what it was asked.
    pub(crate) fn up(&self) -> (Server, Arc<Mutex<Vec<StampRequest>>>) {
        let (made, heard) = (self.authority.clone(), Arc::new(Mutex::new(Vec::new())));
        let asked = Arc::clone(&heard);
        let server = Server::start(move |_, body| {
            asked.lock().unwrap().push(StampRequest::parse(body).unwrap());
            Some(answer(200, REPLY, &made.reply(body)))
        });
        (server, heard)
    }
}
