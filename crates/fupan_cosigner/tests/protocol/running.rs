//! A cosigner that runs on a port of its own over a folder of its own, and a log for it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use fupan_cosigner::{Alarm, Config, FolderStore, Notice, RunError, Stop, StoreError, run};
use fupan_ledger::{
    AddCheckpoint, Checkpoint, Edge, Hash, MemoryTree, Note, Scheme, SigningKey, consistency_proof,
    leaf_hash,
};
use sha2::{Digest as _, Sha256};

pub(crate) const ORIGIN: &str = "2f6d3c1e9a7b4058.fupan";

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

pub(crate) fn key(name: &str, scheme: Scheme, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, scheme, &[seed; 32]).unwrap()
}

pub(crate) fn log_key() -> SigningKey {
    key(ORIGIN, Scheme::Ed25519, 9)
}

pub(crate) fn cosigner_key() -> SigningKey {
    key("cosigner.example", Scheme::Cosignature, 1)
}

pub(crate) fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|at| leaf_hash(&at.to_be_bytes())).collect()
}

/// A tree and its root.
pub(crate) fn tree_of(leaves: &[Hash]) -> (MemoryTree, u64, Hash) {
    let mut tree = MemoryTree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    let mut edge = Edge::default();
    edge.append(leaves).unwrap();
    (tree, leaves.len() as u64, edge.root())
}

pub(crate) fn tree(size: u64) -> (MemoryTree, u64, Hash) {
    tree_of(&leaves(size))
}

pub(crate) fn head((_, size, root): &(MemoryTree, u64, Hash)) -> Checkpoint {
    Checkpoint { origin: ORIGIN.into(), size: *size, root: *root, extensions: Vec::new() }
}

pub(crate) fn signed(checkpoint: &Checkpoint, key: &SigningKey) -> Note {
    let mut note = Note::new(&checkpoint.to_string()).unwrap();
    note.sign(key).unwrap();
    note
}

pub(crate) fn request(old: u64, size: u64) -> AddCheckpoint {
    let tree = tree(size);
    let proof = consistency_proof(&tree.0, old, size).unwrap();
    AddCheckpoint { old, proof, note: signed(&head(&tree), &log_key()) }
}

/// A request for any checkpoint, without a proof.
pub(crate) fn request_of(old: u64, checkpoint: &Checkpoint) -> AddCheckpoint {
    AddCheckpoint { old, proof: Vec::new(), note: signed(checkpoint, &log_key()) }
}

type Alarms = Arc<Mutex<Vec<Alarm>>>;

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    folder: PathBuf,
    stop: Stop,
    alarms: Alarms,
    thread: JoinHandle<Result<(), RunError>>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    }
}

impl Running {
    pub(crate) fn start() -> Self {
        Self::with("")
    }

    /// Starts with this line in its configuration.
    pub(crate) fn with(line: &str) -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::SeqCst);
        let folder =
            std::env::temp_dir().join(format!("fupan-cosigner-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("key"), cosigner_key().secret_string() + "\n").unwrap();
        let config = format!(
            "listen = \"127.0.0.1:0\"\nkey = \"key\"\nstate = \"state\"\n{line}\n[[logs]]\nkey = \"{}\"\n",
            log_key().verify_key(),
        );
        fs::write(folder.join("cosigner.toml"), config).unwrap();
        Self::over(folder)
    }

    /// Starts over an existing folder, by its configuration.
    fn over(folder: PathBuf) -> Self {
        let config = Config::load(&folder.join("cosigner.toml")).unwrap();
        let listener = TcpListener::bind(config.listen).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, alarms) = (Stop::default(), Alarms::default());
        let (asked, heard) = (stop.clone(), Arc::clone(&alarms));
        let thread = std::thread::spawn(move || {
            run(config, listener, &asked, move |notice| {
                if let Notice::Alarm(alarm) = notice {
                    heard.lock().unwrap().push(alarm.clone());
                }
            })
        });
        Self { address, folder, stop, alarms, thread }
    }

    pub(crate) fn restart(self) -> Self {
        let folder = self.folder.clone();
        self.halt().unwrap();
        Self::over(folder)
    }

    fn halt(self) -> Result<(), RunError> {
        self.stop.stop();
        self.thread.join().unwrap()
    }

    /// Stops, and removes the folder.
    pub(crate) fn end(self) {
        let folder = self.folder.clone();
        self.halt().unwrap();
        fs::remove_dir_all(folder).unwrap();
    }

    pub(crate) fn refuses_to_restart(self) -> bool {
        let folder = self.folder.clone();
        let refused = matches!(
            self.restart().halt(),
            Err(RunError::Store(StoreError::Foreign { .. } | StoreError::Damaged { .. }))
        );
        fs::remove_dir_all(folder).unwrap();
        refused
    }

    pub(crate) fn second_is_kept_out(&self) -> bool {
        let second = FolderStore::open(&self.folder.join("state"));
        matches!(second, Err(StoreError::Held { .. }))
    }

    pub(crate) fn alarms(&self) -> Vec<Alarm> {
        self.alarms.lock().unwrap().clone()
    }

    pub(crate) fn log_folder(&self) -> PathBuf {
        self.folder.join("state").join(hash(ORIGIN))
    }

    pub(crate) fn prefix(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn get_checkpoint(&self, origin: &str) -> Answer {
        self.send("GET", &format!("/{}/checkpoint", hash(origin)), b"")
    }

    pub(crate) fn post(&self, body: &[u8]) -> Answer {
        self.send("POST", "/add-checkpoint", body)
    }

    /// One request over a connection of its own.
    pub(crate) fn send(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: cosigner\r\nconnection: close\r\n\
             content-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // A refusal may come before all is sent.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: answer[end + 4..].to_vec() }
    }
}

fn hash(origin: &str) -> String {
    Sha256::digest(origin).iter().map(|byte| format!("{byte:02x}")).collect()
}
