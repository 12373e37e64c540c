//! Makes one of everything the ledger writes, for programs that are not ours to check, and checks it
//! with ours: `make write DIR`, `make check DIR`, `make stamp REQUEST ANSWER ROOT`. Its keys are
//! constants: nothing it signs is worth anything. `scripts/foreign-ledger` runs it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use fupan_ledger::{
    AddCheckpoint, AttestRules, BagInfo, Beacon, Capture, Certificate, Checkpoint, Chunk,
    ClockSync, Declaration, Edge, Fixity, Hash, Hold, ImprintAlgorithm, KeyAdd, KeyRevoke,
    Manifest, ManifestKind, Note, Payload, Policy, ProofError, ProofFile, Roll, Scheme, SigningKey,
    StampRequest, StampResponse, Tile, TileKind, TileNodes, TileReader, Trust, Ulid, Use,
    VerifyKey, compare, consistency_proof, decode_bundle, encode_bundle, inclusion_proof,
    leaf_hash, root_of, strays, verify_consistency, verify_inclusion,
};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

type Done<T = ()> = Result<T, Box<dyn Error>>;

/// Leaves of the log: more than one full tile.
const SIZE: u64 = 1000;
const INDEXES: [u64; 5] = [0, 255, 256, 511, 999];
const OLD_SIZES: [u64; 5] = [1, 256, 257, 768, 1000];
const ORIGIN: &str = "2f6d3c1e9a7b4058.fupan";

fn main() -> Done {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", dir] => write(Path::new(dir)),
        ["check", dir] => check(Path::new(dir)),
        ["stamp", request, answer, root] => stamp(request, answer, root),
        _ => Err("expected: write DIR | check DIR | stamp REQUEST ANSWER ROOT".into()),
    }
}

fn key(name: &str, scheme: Scheme, seed: u8) -> Done<SigningKey> {
    Ok(SigningKey::from_seed(name, scheme, &[seed; 32])?)
}

fn put(path: &Path, bytes: impl AsRef<[u8]>) -> Done {
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    Ok(fs::write(path, bytes)?)
}

fn entry(index: u64) -> String {
    format!("{{\"kind\":\"capture\",\"v\":1,\"index\":{index}}}")
}

/// Tiles in a folder.
struct Folder(PathBuf);

impl TileReader for &Folder {
    type Error = ReadError;

    fn read_tile(&self, tile: Tile) -> Result<Vec<u8>, ReadError> {
        Ok(fs::read(self.0.join(tile.to_string()))?)
    }
}

/// A tile that cannot be read, or is not as it must be.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Tile(#[from] fupan_ledger::TileError),
    #[error(transparent)]
    Proof(#[from] ProofError),
}

fn write(dir: &Path) -> Done {
    let entries: Vec<String> = (0..SIZE).map(entry).collect();
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry.as_bytes())).collect();
    let mut edge = Edge::default();
    for grown in edge.append(&leaves)? {
        put(&dir.join(grown.tile.to_string()), grown.bytes)?;
    }
    for (index, part) in (0..).zip(entries.chunks(256)) {
        let tile = Tile::new(TileKind::Entries, index, u16::try_from(part.len())?)?;
        put(&dir.join(tile.to_string()), encode_bundle(part)?)?;
    }
    let checkpoint =
        Checkpoint { origin: ORIGIN.into(), size: SIZE, root: edge.root(), extensions: Vec::new() };
    let note = write_checkpoint(dir, &checkpoint)?;
    let folder = Folder(dir.to_owned());
    let nodes = TileNodes::new(&folder, SIZE);
    for index in INDEXES {
        let path = inclusion_proof(&nodes, index, SIZE)?;
        let file = ProofFile { extra: None, index, path, checkpoint: note.clone() };
        put(&dir.join(format!("proofs/{index}.tlog-proof")), file.to_string())?;
        put(&dir.join(format!("proofs/{index}.entry")), entry(index))?;
    }
    for old in OLD_SIZES {
        let mut lines = vec![root_of(&nodes, old)?];
        lines.extend(consistency_proof(&nodes, old, SIZE)?);
        let text: String = lines.iter().map(|hash| format!("{hash}\n")).collect();
        put(&dir.join(format!("consistency/{old}-{SIZE}.txt")), text)?;
    }
    let body = checkpoint.to_string();
    put(&dir.join("stamp/body"), &body)?;
    for (name, algorithm, imprint) in [
        ("sha256", ImprintAlgorithm::Sha256, Sha256::digest(&body).into()),
        ("sm3", ImprintAlgorithm::Sm3, Sm3::digest(&body).into()),
    ] {
        let request = StampRequest::new(algorithm, imprint, *b"\x90nonce00");
        put(&dir.join(format!("stamp/{name}.tsq")), request.to_der()?)?;
    }
    let statement = write_statement(dir, &checkpoint)?;
    write_roll(dir)?;
    write_chunk(dir)?;
    write_bag(dir, &statement)
}

fn write_checkpoint(dir: &Path, checkpoint: &Checkpoint) -> Done<Note> {
    let mut note = Note::new(&checkpoint.to_string())?;
    let log = key(ORIGIN, Scheme::Ed25519, 9)?;
    note.sign(&log)?;
    note.sign(&key(ORIGIN, Scheme::Sm2, 10)?)?;
    put(&dir.join("keys/log.vkey"), format!("{}\n", log.verify_key()))?;
    let mut policy = format!("# for tests\nlog {}\n", log.verify_key());
    for at in 1..=3 {
        let cosigner = key(&format!("w{at}.example/cosigner"), Scheme::Cosignature, at)?;
        let string = cosigner.verify_key().to_string();
        policy.push_str(&format!("witness w{at} {string}\n"));
        put(&dir.join(format!("keys/w{at}.vkey")), format!("{string}\n"))?;
        if at < 3 {
            note.add(cosigner.cosign(checkpoint, 1_763_800_000 + u64::from(at))?);
        }
    }
    policy.push_str("group cosigners 2 w1 w2 w3\nquorum cosigners\n");
    put(&dir.join("policy.txt"), policy)?;
    put(&dir.join("checkpoint"), note.to_string())?;
    // What the third cosigner needs to sign it too.
    let third = key("w3.example/cosigner", Scheme::Cosignature, 3)?;
    let request = AddCheckpoint { old: 0, proof: Vec::new(), note: note.clone() };
    let config = format!(
        "listen = \"127.0.0.1:0\"\nkey = \"key\"\nstate = \"state\"\n\n[[logs]]\nkey = \"{}\"\n",
        log.verify_key()
    );
    put(&dir.join("cosigner/key"), third.secret_string())?;
    put(&dir.join("cosigner/config.toml"), config)?;
    put(&dir.join("cosigner/request"), request.to_string())?;
    Ok(note)
}

/// Rules of attesting, and a key put on the roll and taken off it.
fn write_roll(dir: &Path) -> Done {
    let admins = [key("a1", Scheme::Ed25519, 41)?, key("a2", Scheme::Sm2, 42)?];
    let [bureau, works] = &admins;
    let person = key("p1@bureau.example", Scheme::Ed25519, 21)?;
    let rules = format!(
        "fupan.example/attest-rules/v1\norganisation bureau\norganisation works\n\
         organisation laboratory works\nadmin bureau {}\nadmin works {}\nrequire EV1 paper 1 1\n\
         require * * 2 2\nattests collector\nattests witness\nconflicted command\nwindow-s 600\n\
         late reason\nbeacon required\nserver-held-at-most 1\nrealtime-s 60\noffline-s 1800\n\
         sync-age-s 86400\ndrift-ppm 50\njump-ms 1000\n",
        bureau.verify_key(),
        works.verify_key(),
    );
    let parsed = AttestRules::parse(rules.as_bytes()).map_err(|errors| format!("{errors:?}"))?;
    put(&dir.join("attest-rules.txt"), rules)?;
    let add = KeyAdd {
        key: person.verify_key().clone(),
        person: "p1".into(),
        organisation: "bureau".into(),
        device: Some("phone-1".into()),
        hold: Hold::Passkey([9; 32]),
    };
    let revoke = KeyRevoke { key: person.verify_key().clone(), since: 5 };
    let mut roll = Roll::default();
    let mut note = Note::new(&add.to_string())?;
    note.sign(bureau)?;
    note.sign(works)?;
    roll.enrol(&note, 1, &parsed)?;
    put(&dir.join("roll/add"), add.to_string())?;
    let mut note = Note::new(&revoke.to_string())?;
    note.sign(bureau)?;
    roll.revoke(&note, 6, &parsed)?;
    put(&dir.join("roll/revoke"), revoke.to_string())
}

/// The statement, signed by each scheme; its text, keys (SPKI DER) and signatures also by themselves,
/// as `openssl` takes them.
fn write_statement(dir: &Path, checkpoint: &Checkpoint) -> Done<Note> {
    let data = b"what was seen\n";
    let device = key("p1@bureau.example", Scheme::Ed25519, 21)?;
    let capture = Capture {
        evidence: "01JDA3ZK5Q8Y6W2M4N7P9RSTVX".into(),
        case: "01JD9Z0000000000000000000A".into(),
        kind: "EV4".into(),
        medium: "data".into(),
        sha256: Sha256::digest(data).into(),
        sm3: Sm3::digest(data).into(),
        size: data.len() as u64,
        chunks: None,
        captured: "2026-11-22T07:25:19.123Z".parse()?,
        mono_ms: 88_123_400,
        clock: Some(ClockSync { offset_ms: -132, rtt_ms: 48, age_s: 40 }),
        device: device.verify_key().id(),
        seq: 0,
        prev: None,
        beacon: Some(Beacon { size: checkpoint.size, root: checkpoint.root }),
        meta: Sha256::digest(b"{}").into(),
        nonce: [7; 16],
    };
    let mut note = Note::new(&capture.to_string())?;
    put(&dir.join("statement/body"), capture.to_string())?;
    let ed25519_spki = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
    let sm2_spki = [
        0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x81, 0x1c,
        0xcf, 0x55, 1, 0x82, 0x2d, 3, 0x42, 0,
    ];
    for (name, scheme, seed, before) in [
        ("ed25519", Scheme::Ed25519, 21, ed25519_spki.as_slice()),
        ("p256", Scheme::EcdsaP256, 22, &[]),
        ("sm2", Scheme::Sm2, 23, &sm2_spki),
    ] {
        let signer = key(&format!("{name}@bureau.example"), scheme, seed)?;
        note.sign(&signer)?;
        let public = [before, &signer.verify_key().public()].concat();
        put(&dir.join(format!("statement/{name}.spki")), public)?;
        put(&dir.join(format!("statement/{name}.vkey")), format!("{}\n", signer.verify_key()))?;
        let line = note.signatures().last().ok_or("no signature")?;
        put(&dir.join(format!("statement/{name}.sig")), &line.signature)?;
    }
    put(&dir.join("statement/capture.note"), note.to_string())?;
    Ok(note)
}

fn write_chunk(dir: &Path) -> Done {
    let lines = "{\"seq\":0,\"at\":5,\"values\":{\"ch4\":0.5}}\n";
    let chunk = Chunk {
        case: Ulid([1; 16]),
        stream: Ulid([2; 16]),
        seq: 0,
        prev: None,
        first_ms: 5,
        last_ms: 5,
        count: 1,
        lines: 1,
        size: lines.len() as u64,
        sha256: Sha256::digest(lines).into(),
        sm3: Sm3::digest(lines).into(),
        ranges: vec!["ch4 0.5 0.5".to_owned()],
    };
    let mut note = Note::new(&chunk.to_string())?;
    note.sign(&key("gateway.example", Scheme::Ed25519, 9)?)?;
    put(&dir.join("chunk"), format!("{note}\n{lines}"))
}

fn write_bag(dir: &Path, statement: &Note) -> Done {
    let bag = dir.join("bag");
    let files: [(&str, Vec<u8>); 3] = [
        ("data/EV4/gas 100.csv", b"time,ppm\n07:25:19,132\n".to_vec()),
        ("data/EV4/\u{7167}\u{7247}.bin", vec![0, 1, 2, 255]),
        ("data/statements/1.note", statement.to_string().into_bytes()),
    ];
    let mut manifests =
        [Fixity::Sha256, Fixity::Sm3].map(|fixity| Manifest::new(ManifestKind::Payload, fixity));
    let mut payload = Payload { bytes: 0, files: 0 };
    for (path, bytes) in &files {
        put(&bag.join(path), bytes)?;
        let sums: [[u8; 32]; 2] = [Sha256::digest(bytes).into(), Sm3::digest(bytes).into()];
        for (manifest, sum) in manifests.iter_mut().zip(sums) {
            manifest.insert(path, sum)?;
        }
        payload = Payload { bytes: payload.bytes + bytes.len() as u64, files: payload.files + 1 };
    }
    let mut info = BagInfo::default();
    info.push("Source-Organization", "Fupan test")?;
    info.push_payload(payload);
    let mut tags = Manifest::new(ManifestKind::Tags, Fixity::Sha256);
    let [sha256, sm3] = &manifests;
    for (name, text) in [
        ("bagit.txt", Declaration.to_string()),
        ("bag-info.txt", info.to_string()),
        (sha256.file_name(), sha256.to_string()),
        (sm3.file_name(), sm3.to_string()),
    ] {
        tags.insert(name, Sha256::digest(&text).into())?;
        put(&bag.join(name), text)?;
    }
    put(&bag.join(tags.file_name()), tags.to_string())
}

/// Checks all that `write` made, trusting only the policy and the keys of the statement.
fn check(dir: &Path) -> Done {
    let policy = Policy::parse(&fs::read(dir.join("policy.txt"))?, Use::Checkpoints)
        .map_err(|errors| format!("{errors:?}"))?;
    let accepted = policy.accept(&Note::parse(&fs::read(dir.join("checkpoint"))?)?)?;
    let (size, root) = (accepted.checkpoint.size, accepted.checkpoint.root);
    let folder = Folder(dir.to_owned());
    let nodes = TileNodes::new(&folder, size);
    if root_of(&nodes, size)? != root {
        return Err("the tiles have another root".into());
    }
    for index in 0..size {
        let width = u16::try_from((size - index / 256 * 256).min(256))?;
        let tile = Tile::new(TileKind::Entries, index / 256, width)?;
        let bytes = fs::read(dir.join(tile.to_string()))?;
        let entries = decode_bundle(&bytes, width)?;
        let entry = entries.get(usize::try_from(index % 256)?).ok_or("no entry")?;
        let proof = inclusion_proof(&nodes, index, size)?;
        verify_inclusion(&leaf_hash(entry), index, size, &proof, &root)?;
    }
    for index in INDEXES {
        let file = ProofFile::parse(&fs::read(dir.join(format!("proofs/{index}.tlog-proof")))?)?;
        let entry = fs::read(dir.join(format!("proofs/{index}.entry")))?;
        file.verify(&leaf_hash(&entry), &policy)?;
    }
    for old in OLD_SIZES {
        let old_root = root_of(&TileNodes::new(&folder, size), old)?;
        let proof = consistency_proof(&nodes, old, size)?;
        verify_consistency((old, &old_root), (size, &root), &proof)?;
    }
    let mut keys: Vec<VerifyKey> = Vec::new();
    for name in ["ed25519", "p256", "sm2"] {
        let string = fs::read_to_string(dir.join(format!("statement/{name}.vkey")))?;
        keys.push(string.trim_end().parse()?);
    }
    let note = Note::parse(&fs::read(dir.join("statement/capture.note"))?)?;
    if note.verify(&keys)?.len() != keys.len() {
        return Err("a signature is missing".into());
    }
    Capture::parse(note.text())?;
    check_bag(&dir.join("bag"))
}

fn check_bag(bag: &Path) -> Done {
    Declaration::parse(&fs::read(bag.join("bagit.txt"))?)?;
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    collect(bag, bag, &mut files)?;
    let read = |kind, fixity| -> Done<Manifest> {
        let bytes = fs::read(bag.join(Manifest::new(kind, fixity).file_name()))?;
        Ok(Manifest::parse(&bytes, kind, fixity).map_err(|faults| format!("{faults:?}"))?)
    };
    let sha256 = read(ManifestKind::Payload, Fixity::Sha256)?;
    let sm3 = read(ManifestKind::Payload, Fixity::Sm3)?;
    let tags = read(ManifestKind::Tags, Fixity::Sha256)?;
    type Sums = BTreeMap<String, [u8; 32]>;
    let sums = |payload: bool, hash: fn(&[u8]) -> [u8; 32]| -> Sums {
        files
            .iter()
            .filter(|(path, _)| path.starts_with("data/") == payload)
            .filter(|(path, _)| !path.starts_with("tagmanifest-"))
            .map(|(path, bytes)| (path.clone(), hash(bytes)))
            .collect()
    };
    let sha = |bytes: &[u8]| -> [u8; 32] { Sha256::digest(bytes).into() };
    let mut found = compare(&sha256, &sums(true, sha));
    found.extend(compare(&sm3, &sums(true, |bytes| Sm3::digest(bytes).into())));
    found.extend(compare(&tags, &sums(false, sha)));
    if found.is_empty() && strays(&sha256, &sm3).is_empty() {
        Ok(())
    } else {
        Err(format!("the bag departs from its manifests: {found:?}").into())
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Done {
    for found in fs::read_dir(folder)? {
        let path = found?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root)?.to_str().ok_or("no UTF-8")?.to_owned();
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}

/// Checks an authority's answer.
fn stamp(request: &str, answer: &str, root: &str) -> Done {
    let request = StampRequest::parse(&fs::read(request)?)?;
    let response = StampResponse::parse(&fs::read(answer)?)?;
    let anchors = vec![Certificate::parse(&fs::read(root)?)?];
    let token = response.token.ok_or("refused")?;
    Ok(token.verify(&request, &Trust { anchors, known: Vec::new() })?)
}
