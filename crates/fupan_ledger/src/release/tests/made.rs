//! A release to test with: a log of 300 leaves, five pieces of evidence, every scheme of signature,
//! a late cosignature, a withheld original, an older head, time stamps. Its keys are constants:
//! nothing they sign is worth anything. Shared by the tests and by `examples/bag.rs`.

use std::collections::BTreeMap;
use std::io;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::ledger::release::{
    BagSink, OlderHead, Original, PaperKind, ReadingKind, Release, ReleasedEvidence, ReleasedLeaf,
    ReleasedPaper, ReleasedReading, ReleasedRecord, ReleasedStamp, ReleasedStatement, fingerprint,
    write,
};
use super::ledger::{
    BagInfo, Beacon, Capture, Checkpoint, ClockSync, Edge, Hash, ImprintAlgorithm, MemoryTree,
    Note, ProofFile, Scheme, SigningKey, StampRequest, consistency_proof, inclusion_proof,
    leaf_hash, root_of,
};
use super::streamed::{self, Sealed};

/// The files of a bag in memory.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) const CASE: &str = "01JD9Z0000000000000000000A";
pub(crate) const ORIGIN: &str = "2f6d3c1e9a7b4058.fupan";
const SIZE: u64 = 300;
const OLD: u64 = 200;
/// Index of the leaf of evidence that nobody stated a capture of, its number and its bytes.
const RECORDED: u64 = 60;
const RECORDED_ID: &str = "监测-1";
const RECORDED_BYTES: &[u8] = "时间,浓度\n07:25,0.8\n".as_bytes();
const RECORDED_BODY: &str = "{\"format\":\"fupan-entry/1\",\"author\":\"王某\"}";
/// Index of a leaf that revokes a key, where one does.
const REVOCATION: usize = 5;

/// Whose keys are used: the true ones, or those of somebody who copies everything else.
#[derive(Clone, Copy)]
pub(crate) struct Owner(pub(crate) u8, pub(crate) Roll, pub(crate) Sealed);

/// When the log learnt of the people's keys.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Roll {
    /// Before they signed.
    Early,
    /// After they signed.
    Late,
    /// Before, and the first of them was revoked by then.
    Revoked,
}

pub(crate) const TRUE: Owner = Owner(0, Roll::Early, Sealed::Nothing);

impl Owner {
    fn key(self, name: &str, scheme: Scheme, seed: u8) -> SigningKey {
        SigningKey::from_seed(name, scheme, &[self.0 + seed; 32]).unwrap()
    }

    /// The log's key, and its second one for those who read SM2.
    pub(crate) fn log(self) -> [SigningKey; 2] {
        [self.key(ORIGIN, Scheme::Ed25519, 9), self.key(ORIGIN, Scheme::Sm2, 10)]
    }

    fn cosigner(self, at: u8) -> SigningKey {
        self.key(&format!("w{at}.example/cosigner"), Scheme::Cosignature, at)
    }

    pub(crate) fn policy(self) -> String {
        let mut policy = String::from("# for tests\n");
        for log in self.log() {
            policy.push_str(&format!("log {}\n", log.verify_key()));
        }
        for at in 1..=3 {
            policy.push_str(&format!("witness w{at} {}\n", self.cosigner(at).verify_key()));
        }
        policy.push_str("group cosigners 2 w1 w2 w3\nquorum cosigners\n");
        policy
    }

    /// Collector, witness of another organisation, and a third person.
    pub(crate) fn people(self) -> [SigningKey; 3] {
        [
            self.key("p/1@emergency.example", Scheme::Ed25519, 21),
            self.key("p/2@enterprise.example", Scheme::Sm2, 22),
            self.key("p/3@fire.example", Scheme::EcdsaP256, 23),
        ]
    }

    /// Index of the leaf that enrols a person.
    fn enrolment(self, at: u64) -> u64 {
        if self.1 == Roll::Late { 280 + at } else { 1 + at }
    }

    /// Whether what nobody stated a capture of is a sensor stream.
    fn sealed(self) -> bool {
        self.2 != Sealed::Nothing
    }

    /// The bytes of evidence that nobody stated a capture of.
    fn recorded(self) -> Vec<u8> {
        if self.sealed() { streamed::run(self) } else { RECORDED_BYTES.to_vec() }
    }

    pub(crate) fn signed(self, text: &str, cosigners: u8) -> Note {
        let mut note = Note::new(text).unwrap();
        self.log().iter().for_each(|log| note.sign(log).unwrap());
        let checkpoint = Checkpoint::parse(text).unwrap();
        for at in 1..=cosigners {
            let time = 1_763_800_000 + u64::from(at);
            note.add(self.cosigner(at).cosign(&checkpoint, time).unwrap());
        }
        note
    }
}

/// A piece of evidence: id, kind, medium, original name, bytes, who signs, whether it is withheld.
struct Piece {
    id: &'static str,
    kind: &'static str,
    medium: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    signers: &'static [usize],
    withheld: bool,
    /// Index of the first leaf about it.
    index: u64,
}

fn noise(count: usize, mut seed: u32) -> Vec<u8> {
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    (0..count).map(|_| next()).collect()
}

fn pieces() -> Vec<Piece> {
    let piece = |id, kind, medium, name, bytes, signers, index| Piece {
        id,
        kind,
        medium,
        name,
        bytes,
        signers,
        withheld: false,
        index,
    };
    vec![
        piece(
            "01JDA3ZK5Q8Y6W2M4N7P9RSTV1",
            "EV4",
            "image",
            "事故现场 全景.jpg",
            noise(5000, 1),
            &[0, 1],
            40,
        ),
        piece(
            "01JDA3ZK5Q8Y6W2M4N7P9RSTV2",
            "EV4",
            "data",
            "gas 100%.csv",
            b"time,ppm\n07:25:19,132\n".to_vec(),
            &[0, 2],
            77,
        ),
        piece("01JDA3ZK5Q8Y6W2M4N7P9RSTV3", "EV2", "audio", "CON.wav", noise(900, 3), &[2], 128),
        Piece {
            withheld: true,
            ..piece(
                "01JDA3ZK5Q8Y6W2M4N7P9RSTV4",
                "EV1",
                "paper",
                "询问笔录.pdf",
                noise(700, 4),
                &[0, 1],
                255,
            )
        },
        piece(
            "01JDA3ZK5Q8Y6W2M4N7P9RSTV5",
            "EV3",
            "object",
            "=1+1\"引号\"\r\n阀门.txt",
            b"valve\r\n".to_vec(),
            &[1],
            256,
        ),
    ]
}

fn capture(owner: Owner, piece: &Piece, old: &Checkpoint, meta: &[u8]) -> Capture {
    Capture {
        evidence: piece.id.into(),
        case: CASE.into(),
        kind: piece.kind.into(),
        medium: piece.medium.into(),
        sha256: Sha256::digest(&piece.bytes).into(),
        sm3: Sm3::digest(&piece.bytes).into(),
        size: piece.bytes.len() as u64,
        chunks: None,
        captured: "2026-11-22T07:25:19.123Z".parse().unwrap(),
        mono_ms: 88_123_400,
        clock: Some(ClockSync { offset_ms: -132, rtt_ms: 48, age_s: 40 }),
        device: owner.people()[0].verify_key().id(),
        seq: piece.index,
        prev: None,
        beacon: Some(Beacon { size: old.size, root: old.root }),
        meta: Sha256::digest(meta).into(),
        nonce: [7; 16],
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A statement as it is logged.
struct Logged {
    index: u64,
    note: Note,
    meta: Vec<u8>,
    entry: String,
}

fn logged(owner: Owner, piece: &Piece, old: &Checkpoint) -> Vec<Logged> {
    let meta = format!("{{\"place\":\"{}\"}}", piece.index).into_bytes();
    let capture = capture(owner, piece, old, &meta);
    let people = owner.people();
    let mut note = Note::new(&capture.to_string()).unwrap();
    piece.signers.iter().for_each(|at| note.sign(&people[*at]).unwrap());
    let attestors = |signers: &[usize]| {
        let ids = signers.iter().map(|at| format!("\"{}\"", people[*at].verify_key().id()));
        ids.collect::<Vec<_>>().join(",")
    };
    let status = if piece.signers.len() > 1 { "witnessed" } else { "unwitnessed" };
    let stated = |note: &Note| {
        let bytes = note.to_string();
        format!(
            "\"stmt\":\"sha256:{}\",\"stmt_sm3\":\"sm3:{}\"",
            hex(&Sha256::digest(&bytes)),
            hex(&Sm3::digest(&bytes)),
        )
    };
    let entry = format!(
        "{{\"att\":[{}],\"captured\":1795332319123,\"case\":\"{CASE}\",\"clock\":\"synced\",\
         \"id\":\"{}\",\"kind\":\"capture\",\"obj\":\"sha256:{}\",\"obj_sm3\":\"sm3:{}\",\
         \"policy\":\"sha256:{}\",\"size\":{},\"status\":\"{status}\",{},\"v\":1}}",
        attestors(piece.signers),
        piece.id,
        hex(&capture.sha256),
        hex(&capture.sm3),
        "00".repeat(32),
        capture.size,
        stated(&note),
    );
    let mut all =
        vec![Logged { index: piece.index, note: note.clone(), meta: meta.clone(), entry }];
    if piece.medium == "object" {
        // A second person signs later.
        note.sign(&people[2]).unwrap();
        let entry = format!(
            "{{\"at\":1795332400000,\"att\":[{}],\"case\":\"{CASE}\",\"id\":\"{}\",\
             \"kind\":\"cosign\",\"of\":{},{},\"v\":1}}",
            attestors(&[1, 2]),
            piece.id,
            piece.index,
            stated(&note),
        );
        all.push(Logged { index: piece.index + 10, note, meta, entry });
    }
    all
}

/// The log: entries of all leaves, and the tree over them.
struct Log {
    entries: Vec<String>,
    tree: MemoryTree,
    edge: Edge,
}

impl Log {
    fn of(owner: Owner, statements: &[(usize, Logged)]) -> Self {
        let mut entries: Vec<String> =
            (0..SIZE).map(|at| format!("{{\"at\":{at},\"kind\":\"silence\",\"v\":1}}")).collect();
        for (at, person) in (0..).zip(&owner.people()) {
            let print = fingerprint(person.verify_key());
            let index = usize::try_from(owner.enrolment(at)).unwrap();
            entries[index] =
                format!("{{\"at\":{at},\"key\":\"sha256:{print}\",\"kind\":\"key-add\",\"v\":1}}");
            if at == 0 && owner.1 == Roll::Revoked {
                entries[REVOCATION] = format!(
                    "{{\"at\":9,\"key\":\"sha256:{print}\",\"kind\":\"key-revoke\",\"since\":30,\"v\":1}}"
                );
            }
        }
        if owner.sealed() {
            entries[usize::try_from(streamed::INDEX).unwrap()] = streamed::entry(owner);
        }
        entries[usize::try_from(RECORDED).unwrap()] = format!(
            "{{\"at\":7,\"body\":\"sha256:{}\",\"body_sm3\":\"sm3:{}\",\"case\":\"{CASE}\",\
             \"deed\":\"received\",\"id\":\"01JDA3ZK5Q8Y6W2M4N7P9RSTV9\",\"kind\":\"custody\",\
             \"obj\":\"sha256:{}\",\"v\":1}}",
            hex(&Sha256::digest(RECORDED_BODY)),
            hex(&Sm3::digest(RECORDED_BODY)),
            hex(&Sha256::digest(owner.recorded())),
        );
        for (_, one) in statements {
            entries[usize::try_from(one.index).unwrap()].clone_from(&one.entry);
        }
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry.as_bytes())).collect();
        let (mut tree, mut edge) = (MemoryTree::default(), Edge::default());
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        edge.append(&leaves).unwrap();
        Self { entries, tree, edge }
    }

    fn head(&self) -> Checkpoint {
        Checkpoint { origin: ORIGIN.into(), size: SIZE, root: self.edge.root(), extensions: vec![] }
    }

    fn older(&self) -> OlderHead {
        OlderHead {
            size: OLD,
            root: root_of(&self.tree, OLD).unwrap(),
            path: consistency_proof(&self.tree, OLD, SIZE).unwrap(),
        }
    }

    fn leaf(&self, evidence: Option<&str>, index: u64, checkpoint: &Note) -> ReleasedLeaf {
        ReleasedLeaf {
            evidence: evidence.map(str::to_owned),
            entry: self.entries[usize::try_from(index).unwrap()].clone().into_bytes(),
            proof: ProofFile {
                extra: None,
                index,
                path: inclusion_proof(&self.tree, index, SIZE).unwrap(),
                checkpoint: checkpoint.clone(),
            },
        }
    }
}

fn papers() -> Vec<ReleasedPaper> {
    vec![
        ReleasedPaper { kind: PaperKind::Case, bytes: b"{}\n".to_vec() },
        ReleasedPaper { kind: PaperKind::List, bytes: b"PK\n".to_vec() },
        ReleasedPaper { kind: PaperKind::ListVolume(1), bytes: b"PK one\n".to_vec() },
        ReleasedPaper { kind: PaperKind::ListVolume(1000), bytes: b"PK two\n".to_vec() },
    ]
}

fn info() -> BagInfo {
    let mut info = BagInfo::default();
    info.push("Source-Organization", "应急管理局（测试）").unwrap();
    info
}

/// An original in memory.
struct Bytes<'a>(&'a [u8]);

/// As [`Bytes`], with what was read out of it.
struct Readable<'a>(&'a [u8]);

impl Original for Readable<'_> {
    fn open(&self) -> io::Result<Box<dyn io::Read + '_>> {
        Ok(Box::new(self.0))
    }

    fn readings(&self) -> io::Result<Vec<ReleasedReading>> {
        Ok(vec![ReleasedReading { kind: ReadingKind::Text, bytes: b"{}\n".to_vec() }])
    }
}

fn recorded<'a>(original: &'a Readable<'_>) -> ReleasedEvidence<'a> {
    ReleasedEvidence {
        id: RECORDED_ID.into(),
        number: "监测/1".into(),
        kind: "EV4".into(),
        medium: "data".into(),
        category: "电子数据".into(),
        name: "浓度.csv".into(),
        format: "text/csv".into(),
        size: original.0.len() as u64,
        sha256: Sha256::digest(original.0).into(),
        sm3: Sm3::digest(original.0).into(),
        captured: String::new(),
        collectors: vec!["王某".into()],
        witnesses: Vec::new(),
        holder: "某公司".into(),
        place: String::new(),
        method: String::new(),
        remarks: String::new(),
        original: Some(original),
        statements: Vec::new(),
        records: vec![ReleasedRecord { index: RECORDED, body: RECORDED_BODY.into() }],
    }
}

impl Original for Bytes<'_> {
    fn open(&self) -> io::Result<Box<dyn io::Read + '_>> {
        Ok(Box::new(self.0))
    }
}

/// A bag in memory.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) files: Files,
    open: String,
}

impl BagSink for Memory {
    fn create(&mut self, path: &str) -> io::Result<()> {
        assert!(self.files.insert(path.to_owned(), Vec::new()).is_none(), "{path} twice");
        path.clone_into(&mut self.open);
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.files.get_mut(&self.open).unwrap().extend_from_slice(bytes);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Requests for time stamps over the released head.
pub(crate) fn requests(owner: Owner) -> [(&'static str, Vec<u8>); 2] {
    let (pieces, statements) = stated(owner);
    drop(pieces);
    let text = Log::of(owner, &statements).head().to_string();
    [
        ("sha256", ImprintAlgorithm::Sha256, Sha256::digest(&text).into()),
        ("sm3", ImprintAlgorithm::Sm3, Sm3::digest(&text).into()),
    ]
    .map(|(name, algorithm, imprint)| {
        (name, StampRequest::new(algorithm, imprint, *b"\x90nonce00").to_der().unwrap())
    })
}

fn stated(owner: Owner) -> (Vec<Piece>, Vec<(usize, Logged)>) {
    // What statements name as the last head they knew has nothing of theirs in it.
    let old = Log::of(owner, &[]).head();
    let pieces = pieces();
    let statements = pieces
        .iter()
        .enumerate()
        .flat_map(|(at, piece)| logged(owner, piece, &old).into_iter().map(move |one| (at, one)))
        .collect();
    (pieces, statements)
}

/// The authority's root, and its answers to [`requests`] of the true owner.
pub(crate) const STAMP_ROOT: &str = include_str!("../../../testdata/bag-stamps/ca.pem");
const STAMP_CHAIN: &str = include_str!("../../../testdata/bag-stamps/chain.pem");
const ANSWERS: [&[u8]; 2] = [
    include_bytes!("../../../testdata/bag-stamps/sha256.tsr"),
    include_bytes!("../../../testdata/bag-stamps/sm3.tsr"),
];

/// The release of `owner`, written to `sink` after `change`.
pub(crate) fn release(
    owner: Owner,
    sink: &mut dyn BagSink,
    change: impl Fn(&mut Release<'_>),
) -> Result<(), super::ledger::release::WriteError> {
    let (pieces, statements) = stated(owner);
    let log = Log::of(owner, &statements);
    let checkpoint = owner.signed(&log.head().to_string(), 2);
    let enrolments = (0..3).map(|at| owner.enrolment(at));
    let mut leaves: Vec<ReleasedLeaf> = enrolments
        .chain([REVOCATION as u64])
        .map(|index| log.leaf(None, index, &checkpoint))
        .collect();
    leaves.extend(
        statements.iter().map(|(at, one)| log.leaf(Some(pieces[*at].id), one.index, &checkpoint)),
    );
    let originals: Vec<Bytes<'_>> = pieces.iter().map(|piece| Bytes(&piece.bytes)).collect();
    let evidence = pieces.iter().enumerate().map(|(at, piece)| ReleasedEvidence {
        id: piece.id.into(),
        number: format!("E{}", at + 1),
        kind: piece.kind.into(),
        medium: piece.medium.into(),
        category: format!("现场证据，{}", piece.medium),
        name: piece.name.into(),
        format: piece.name.rsplit('.').next().unwrap_or_default().into(),
        size: piece.bytes.len() as u64,
        sha256: Sha256::digest(&piece.bytes).into(),
        sm3: Sm3::digest(&piece.bytes).into(),
        captured: "2026-11-22 15:25:19".into(),
        collectors: vec!["张某".into()],
        witnesses: piece.signers.iter().skip(1).map(|_| "李某".to_owned()).collect(),
        holder: "某公司".into(),
        place: "现场".into(),
        method: String::new(),
        remarks: String::new(),
        original: (!piece.withheld).then_some(&originals[at] as &dyn Original),
        statements: statements
            .iter()
            .filter(|(of, _)| *of == at)
            .map(|(_, one)| ReleasedStatement {
                index: one.index,
                note: one.note.clone(),
                meta: one.meta.clone(),
            })
            .collect(),
        records: Vec::new(),
    });
    let bytes = owner.recorded();
    let readable = Readable(&bytes);
    let evidence = evidence.chain([recorded(&readable)]);
    let about = [RECORDED, streamed::INDEX].into_iter().take(1 + usize::from(owner.sealed()));
    leaves.extend(about.map(|index| log.leaf(Some(RECORDED_ID), index, &checkpoint)));
    let stamps = requests(owner).into_iter().zip(ANSWERS);
    let stamps = stamps.map(|((_, request), answer)| ReleasedStamp {
        size: SIZE,
        request,
        response: answer.to_vec(),
    });
    let mut release = Release {
        case: CASE.into(),
        evidence: evidence.collect(),
        leaves,
        checkpoint,
        older: vec![log.older()],
        stamps: stamps.filter(|stamp| !stamp.response.is_empty()).collect(),
        stamp_chain: STAMP_CHAIN.into(),
        log_keys: owner.log().iter().map(|key| key.verify_key().clone()).collect(),
        people: owner.people().iter().map(|key| key.verify_key().clone()).collect(),
        policy: owner.policy(),
        papers: papers(),
        info: info(),
    };
    change(&mut release);
    write(&release, sink, &|text| owner.log().iter().map(|key| key.sign(text)).collect())
}

/// The whole bag of `owner`.
pub(crate) fn bag(owner: Owner) -> Files {
    let mut sink = Memory::default();
    release(owner, &mut sink, |_| ()).unwrap();
    sink.files
}
