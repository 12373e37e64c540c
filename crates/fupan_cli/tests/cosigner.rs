//! `fupan cosigner` at the door: the built command serves over loopback HTTP.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of a test: a panic here is the test failing"
)]

mod door;

use door::{Scratch, command, fupan};
use fupan_ledger::{
    AddCheckpoint, Checkpoint, Edge, Hash, MemoryTree, Note, Scheme, SigningKey, consistency_proof,
    leaf_hash,
};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Stdio};

const ORIGIN: &str = "2f6d3c1e9a7b4058.fupan";

fn key(name: &str, scheme: Scheme) -> SigningKey {
    SigningKey::from_seed(name, scheme, &[7; 32]).unwrap()
}

fn configured(name: &str) -> (Scratch, String) {
    let scratch = Scratch::new(name);
    let own = key("cosigner.example", Scheme::Cosignature);
    scratch.file("own.key", &own.secret_string());
    let log = key(ORIGIN, Scheme::Ed25519);
    let text = format!(
        "listen = \"127.0.0.1:0\"\nkey = \"own.key\"\nstate = \"state\"\n[[logs]]\nkey = \"{}\"\n",
        log.verify_key()
    );
    let config = scratch.file("cosigner.toml", &text);
    (scratch, config)
}

/// A running command. Ended when dropped, also by a failing test.
struct Running {
    child: Child,
    address: String,
    err: BufReader<ChildStderr>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(config: &str, lang: &str) -> Running {
    let mut command = command(&["cosigner", config, "--json", "--lang", lang]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut answer = String::new();
    while !answer.ends_with("}\n") && out.read_line(&mut answer).unwrap() > 0 {}
    let err = BufReader::new(child.stderr.take().unwrap());
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("an answer");
    assert!(answer["key"].as_str().unwrap().starts_with("cosigner.example+"));
    let address = answer["address"].as_str().unwrap().to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    Running { child, address, err }
}

impl Running {
    fn post(&self, request: &AddCheckpoint) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let body = request.to_string();
        let head = "POST /add-checkpoint HTTP/1.1\r\nhost: c\r\nconnection: close\r\n";
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// The next lines on stderr.
    fn says(&mut self, lines: usize) -> String {
        let mut text = String::new();
        for _ in 0..lines {
            assert!(self.err.read_line(&mut text).unwrap() > 0, "{text}");
        }
        text
    }
}

fn head(size: u64) -> (MemoryTree, Checkpoint) {
    let leaves: Vec<Hash> = (0..size).map(|at| leaf_hash(&at.to_be_bytes())).collect();
    let (mut tree, mut edge) = (MemoryTree::default(), Edge::default());
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    edge.append(&leaves).unwrap();
    let origin = ORIGIN.to_owned();
    (tree, Checkpoint { origin, size, root: edge.root(), extensions: Vec::new() })
}

fn signed(checkpoint: &Checkpoint) -> Note {
    let mut note = Note::new(&checkpoint.to_string()).unwrap();
    note.sign(&key(ORIGIN, Scheme::Ed25519)).unwrap();
    note
}

fn grown(old: u64, size: u64) -> AddCheckpoint {
    let (tree, checkpoint) = head(size);
    let proof = consistency_proof(&tree, old, size).unwrap();
    AddCheckpoint { old, proof, note: signed(&checkpoint) }
}

#[test]
fn two_heads_are_told_in_the_operators_language() {
    for (lang, word) in [("zh", "警报"), ("en", "ALARM")] {
        let (scratch, config) = configured(&format!("cosigner-{lang}"));
        let mut running = start(&config, lang);
        // Grown twice: cosigned, and the answer is a signature of the key that the answer named.
        let (status, line) = running.post(&grown(0, 5));
        assert_eq!(status, 200);
        let whole = format!("{}{line}", grown(0, 5).note);
        let own = key("cosigner.example", Scheme::Cosignature).verify_key().clone();
        assert_eq!(Note::parse(whole.as_bytes()).unwrap().verify(&[own]).unwrap().len(), 1);
        assert_eq!(running.post(&grown(5, 9)).0, 200);
        // From a size that was not signed last, and without a proof.
        assert_eq!(running.post(&grown(5, 12)), (409, "9\n".to_owned()));
        assert_eq!(running.post(&AddCheckpoint { proof: Vec::new(), ..grown(9, 12) }).0, 422);
        // Another head of the same size.
        let other = Checkpoint { root: Hash([7; 32]), ..head(9).1 };
        let forged = AddCheckpoint { old: 9, proof: Vec::new(), note: signed(&other) };
        assert_eq!(running.post(&forged).0, 422);
        let said = running.says(3);
        assert!(said.starts_with(word) && said.contains(ORIGIN), "{said}");
        let files: Vec<&str> = said.lines().skip(1).map(str::trim).collect();
        let roots: Vec<Hash> = files
            .iter()
            .map(|file| Note::parse(&fs::read(file).unwrap()).unwrap())
            .map(|note| Checkpoint::parse(note.text()).unwrap().root)
            .collect();
        assert_eq!(roots, [head(9).1.root, other.root]);
        // A second one on the same state is kept out, while the first serves on.
        fupan(&["cosigner", &config]).refused(74, "another cosigner runs on this state");
        assert_eq!(running.post(&grown(9, 12)).0, 200);
        drop(running);
        // Killed and started again, it forgot nothing.
        let again = start(&config, lang);
        assert_eq!(again.post(&grown(9, 13)), (409, "12\n".to_owned()));
        drop((again, scratch));
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_peace() {
    let (_scratch, config) = configured("cosigner-ctrl-c");
    let mut running = start(&config, "en");
    assert_eq!(running.post(&grown(0, 5)).0, 200);
    let number = running.child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &number]).status().unwrap();
    assert!(sent.success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    running.err.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn what_cannot_be_used_is_named() {
    let (scratch, config) = configured("cosigner-refused");
    fupan(&["cosigner", &scratch.path("gone.toml")]).refused(3, "gone.toml");
    let text = fs::read_to_string(&config).unwrap();
    let of = |from: &str, to: &str| scratch.file("changed.toml", &text.replacen(from, to, 1));
    let changed = of("state =", "stats =");
    fupan(&["cosigner", &changed]).refused(2, "not in the form of a configuration");
    let changed = of("[[logs]]\nkey", "[[logs]]\nkey = \"x\"\n#");
    fupan(&["cosigner", &changed]).refused(2, "log 1: no key of a log");
    let changed = of("own.key", "cosigner.toml");
    fupan(&["cosigner", &changed]).refused(2, "no signing key");
    let changed = of("127.0.0.1:0", "192.0.2.1:1");
    fupan(&["cosigner", &changed]).refused(74, "192.0.2.1:1: cannot be listened on");
    let end = text.find("[[logs]]").unwrap();
    let changed = scratch.file("changed.toml", &text[..end]);
    fupan(&["cosigner", &changed]).refused(2, "no log is named");
    scratch.file("own.key", &key("cosigner.example", Scheme::Ed25519).secret_string());
    fupan(&["cosigner", &config]).refused(2, "not for cosignatures");
}
