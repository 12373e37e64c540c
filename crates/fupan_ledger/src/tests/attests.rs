//! Attestors: rules, roll, every rejection, clocks. One world for all tables: a bureau, a works with
//! its laboratory, a union, and the people of each.

mod clocks;
mod enrolling;
mod rejections;
mod rules;
mod standings;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{key, public};
use crate::{
    AttestRules, Beacon, Capture, Circumstances, ClockSync, Hash, History, Hold, Judgement, KeyAdd,
    KeyRevoke, Measured, Note, Received, Rejection, Roll, Scheme, SignedCapture, Signing,
    SigningKey, VerifyKey,
};

/// Leaf that the statements of these tests get.
const INDEX: u64 = 80;
/// Size of the head they name.
const BEACON: u64 = 50;

/// Name, seed, organisation, device, and where the key is.
type Person = (&'static str, u8, &'static str, Option<&'static str>, Hold);

const CREDENTIAL: Hold = Hold::Passkey([0xcc; 32]);
const PEOPLE: [Person; 13] = [
    ("alice", 1, "bureau", Some("phone-a"), Hold::Device),
    ("bob", 2, "works", Some("phone-b"), Hold::Passkey([0xbb; 32])),
    ("carol", 3, "bureau", Some("phone-c"), Hold::Device),
    ("dave", 4, "works-lab", Some("phone-d"), Hold::File),
    ("alice", 5, "bureau", Some("phone-e"), Hold::Device),
    ("eve", 6, "works", Some("phone-a"), Hold::Device),
    ("frank", 7, "works", Some("phone-f"), CREDENTIAL),
    ("grace", 8, "bureau", Some("phone-g"), CREDENTIAL),
    ("henry", 9, "bureau", None, Hold::Server),
    ("iris", 10, "works", None, Hold::Server),
    ("ken", 12, "works", Some("phone-k"), Hold::Device),
    ("lena", 13, "works", Some("phone-l"), Hold::Device),
    ("mona", 14, "works", Some("phone-m"), Hold::Device),
];

fn admin(at: u8) -> SigningKey {
    key(&format!("admin-{at}"), Scheme::Ed25519, 100 + at)
}

fn rules_text() -> String {
    let admin = |at| admin(at).verify_key().to_string();
    format!(
        "fupan.example/attest-rules/v1\n# who stands above whom\norganisation bureau\n\
         organisation works\norganisation works-lab works\norganisation union\n\n\
         admin bureau {}\nadmin works {}\nadmin union {}\nadmin works-lab {}\n\
         require EV1 paper 1 1\nrequire EV5 * 3 2\nrequire * * 2 2\nattests collector\n\
         attests witness\nconflicted command\nwindow-s 600\nlate reason\nbeacon required\n\
         server-held-at-most 1\nrealtime-s 60\noffline-s 1800\nsync-age-s 86400\ndrift-ppm 50\n\
         jump-ms 1000\n",
        admin(1),
        admin(2),
        admin(3),
        admin(4),
    )
}

fn rules() -> AttestRules {
    AttestRules::parse(rules_text().as_bytes()).unwrap()
}

fn person_key(seed: u8) -> SigningKey {
    let scheme = match seed {
        5 => Scheme::EcdsaP256,
        8 => Scheme::Sm2,
        _ => Scheme::Ed25519,
    };
    key(&format!("p/{seed}"), scheme, seed)
}

fn add_note(add: &KeyAdd, admins: &[u8]) -> Note {
    let mut note = Note::new(&add.to_string()).unwrap();
    admins.iter().for_each(|at| note.sign(&admin(*at)).unwrap());
    note
}

fn add_of((person, seed, organisation, device, hold): Person) -> KeyAdd {
    KeyAdd {
        key: person_key(seed).verify_key().clone(),
        person: person.into(),
        organisation: organisation.into(),
        device: device.map(str::to_owned),
        hold,
    }
}

/// Everybody, one leaf each from 2 on; key 11 (jack, of the works) comes at leaf 60, and key 12
/// (ken) does not count from leaf 70 on.
fn roll() -> Roll {
    let rules = rules();
    let mut roll = Roll::default();
    for (index, person) in (2..).zip(PEOPLE) {
        let own = match person.2 {
            "bureau" => 1,
            "works" => 2,
            _ => 4,
        };
        roll.enrol(&add_note(&add_of(person), &[own, 3]), index, &rules).unwrap();
    }
    let jack = ("jack", 11, "works", Some("phone-j"), Hold::Device);
    roll.enrol(&add_note(&add_of(jack), &[2, 1]), 60, &rules).unwrap();
    let revoke = KeyRevoke { key: person_key(12).verify_key().clone(), since: 70 };
    let mut note = Note::new(&revoke.to_string()).unwrap();
    note.sign(&admin(2)).unwrap();
    roll.revoke(&note, 75, &rules).unwrap();
    roll
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn capture() -> Capture {
    Capture {
        device: person_key(1).verify_key().id(),
        seq: 0,
        prev: None,
        captured: moment("2026-11-22T07:25:19.123Z"),
        clock: Some(ClockSync { offset_ms: -132, rtt_ms: 48, age_s: 40 }),
        beacon: Some(Beacon { size: BEACON, root: Hash([0x55; 32]) }),
        ..super::captures::capture()
    }
}

fn roles() -> BTreeMap<String, BTreeSet<String>> {
    let role = |person: &str| match person {
        "lena" => vec!["expert"],
        "mona" => vec!["witness", "command"],
        "alice" | "carol" => vec!["collector"],
        _ => vec!["witness"],
    };
    let names = PEOPLE.iter().map(|person| person.0).chain(["jack"]);
    names
        .map(|name| (name.to_owned(), role(name).into_iter().map(str::to_owned).collect()))
        .collect()
}

/// All is well: bytes complete after 20 s, everybody signed 30 s after the capture.
fn around(capture: &Capture, history: &History) -> Circumstances {
    let device = person_key(1).verify_key().clone();
    let mut seeds: Vec<u8> = PEOPLE.iter().map(|person| person.1).collect();
    seeds.push(11);
    let signing = |seed: u8| Signing {
        key: person_key(seed).verify_key().clone(),
        moment: moment("2026-11-22T07:25:49.000Z"),
        clock: Some(ClockSync { offset_ms: 0, rtt_ms: 20, age_s: 10 }),
        received: moment("2026-11-22T07:26:00.000Z"),
    };
    Circumstances {
        case: capture.case.clone(),
        index: INDEX,
        received: Received {
            statement: moment("2026-11-22T07:25:21.000Z"),
            first_byte: Some(moment("2026-11-22T07:25:22.000Z")),
            complete: Some(moment("2026-11-22T07:25:39.000Z")),
            error_ms: 50,
            judged: moment("2026-11-22T07:26:00.000Z"),
        },
        measured: Some(Measured {
            sha256: capture.sha256,
            sm3: capture.sm3,
            size: capture.size,
            chunks: capture.chunks,
        }),
        beacon_root: Some(Hash([0x55; 32])),
        priors: history.priors(&device, capture),
        signings: seeds.into_iter().map(signing).collect(),
        roles: roles(),
        exception: None,
        gap_reason: None,
    }
}

fn signed(capture: &Capture, seeds: &[u8]) -> Note {
    let mut note = Note::new(&capture.to_string()).unwrap();
    seeds.iter().for_each(|seed| note.sign(&person_key(*seed)).unwrap());
    note
}

/// Opens and judges; the codes of what speaks against it.
fn outcome(note: &Note, around: &Circumstances) -> Result<Judgement, Vec<Rejection>> {
    SignedCapture::open(note, &roll())?.judge(around, &rules())
}

fn codes(note: &Note, around: &Circumstances) -> Vec<&'static str> {
    outcome(note, around).map_or_else(
        |found| found.iter().map(Rejection::code).collect(),
        |judged| panic!("accepted: {judged:?}"),
    )
}

fn device_key() -> VerifyKey {
    person_key(1).verify_key().clone()
}
