//! Time stamps over a vault's heads, from a real authority (`openssl ts`) over loopback HTTP: up, down,
//! refusing, lying; and what a walk over the vault says of what lies there. Needs openssl 3.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of a test: a panic here is the test failing"
)]

#[path = "../../fupan_wire/tests/authority/openssl.rs"]
mod openssl;
#[path = "stamps/scene.rs"]
mod scene;
#[path = "../../fupan_wire/tests/authority/server.rs"]
mod server;

use std::sync::Arc;

use fupan::{FailureKind, Lang, StampHeads, Voice, stamp_heads, stamp_words};
use fupan_ledger::{ImprintAlgorithm, StampError, StampRequest, Trust};
use fupan_vault::{
    BlobName, FaultKind, MemoryStore, Opening, Signer as _, StampOutcome, Store, Vault, backup,
    kept_stamps, restore,
};
use openssl::Authority;
use scene::{NOW, REPLY, Scene, signer};
use server::{Server, answer};

/// An address at which nobody listens any more.
fn nobody() -> String {
    let gone = Server::start(|_, _| None);
    let url = gone.url("/");
    gone.end();
    url
}

fn sizes(outcomes: &[StampOutcome]) -> Vec<(u64, bool)> {
    outcomes.iter().map(|outcome| (outcome.due.size, outcome.result.is_ok())).collect()
}

#[test]
fn attack_29_an_authority_that_is_up_stamps_the_newest_head_in_both_hashes() {
    let mut scene = Scene::new("stamp-up");
    scene.grow();
    let (server, heard) = scene.up();
    let request = StampHeads { sm3: true, ..scene.asking(&server.url("/tsa")) };
    let outcomes = scene.round(&request);
    assert_eq!(sizes(&outcomes), [(2, true), (2, true)]);
    let algorithms: Vec<ImprintAlgorithm> = outcomes.iter().map(|o| o.due.algorithm).collect();
    assert_eq!(algorithms, [ImprintAlgorithm::Sha256, ImprintAlgorithm::Sm3]);
    let names = ["0.sha256.tsq", "0.sha256.tsr", "0.sm3.tsq", "0.sm3.tsr"];
    assert_eq!(scene.names(), names.map(|name| format!("tsa/2/{name}")));
    // Two entries name the answers; a head over anchors alone needs no stamp.
    assert_eq!(scene.vault.head().unwrap().1.size, 4);
    assert_eq!(scene.round(&request), []);
    assert_eq!(heard.lock().unwrap().len(), 2);
    let report = scene.report();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!((report.stamps, report.entries), (2, 4));
    for stamp in kept_stamps(&scene.store, &scene.trust()).unwrap() {
        assert_eq!(stamp.result.unwrap().imprint().0, stamp.algorithm);
    }
    for stamp in kept_stamps(&scene.store, &Trust::default()).unwrap() {
        assert_eq!(stamp.result, Err(StampError::Untrusted));
    }
    // The next entry makes a head that needs one again.
    assert_eq!(scene.grow(), 5);
    assert_eq!(sizes(&scene.round(&request)), [(5, true), (5, true)]);
    for lang in Lang::ALL {
        let said: Vec<String> =
            stamp_words(&outcomes).iter().map(|message| Voice::new(lang).say(message)).collect();
        assert!(said.iter().all(|line| line.contains('2') && line.contains('T')), "{said:?}");
    }
    // A copy has them too.
    let (copy, back) = (MemoryStore::default(), MemoryStore::default());
    let (copy, back) = (Store::of(Arc::new(copy)), Store::of(Arc::new(back)));
    backup(&scene.store, &copy, signer().verify_key()).unwrap();
    assert_eq!(restore(&copy, &back, signer().verify_key()).unwrap().stamps, 4);
}

#[test]
fn attack_29_while_the_authority_is_down_requests_wait_in_their_order() {
    let mut scene = Scene::new("stamp-down");
    let away = scene.asking(&nobody());
    let outcomes = scene.round(&away);
    assert_eq!(sizes(&outcomes), [(1, false)]);
    assert!(outcomes[0].result.as_ref().is_err_and(|failure| failure.passing));
    let words = stamp_words(&outcomes);
    assert_eq!(words[0].key, "stamp-later");
    let queued = ["tsa/1/0.sha256.late", "tsa/1/0.sha256.tsq"];
    assert_eq!(scene.names(), queued);
    let (_, asked) = scene.asked(queued[1]);
    // Later rounds send the same; overloaded is away as well; the first mark stays the only one.
    let busy = Server::start(|_, _| Some(answer(503, REPLY, b"")));
    scene.grow();
    assert_eq!(sizes(&scene.round(&scene.asking(&busy.url("/")))), [(1, false)]);
    assert_eq!(scene.names(), queued);
    let due = scene.vault.stamps_due(&[ImprintAlgorithm::Sha256], false).unwrap();
    assert_eq!(
        due.iter().map(|due| (due.size, due.asked)).collect::<Vec<_>>(),
        [(1, true), (2, false)]
    );
    assert!(scene.report().is_whole());
    // The program ends, the queue does not; then somebody answers, the oldest head first.
    scene.vault = {
        let store = scene.store.clone();
        drop(std::mem::replace(&mut scene.vault, reader(&scene.store)));
        Vault::open(store, signer(), Opening::default()).unwrap()
    };
    let (server, heard) = scene.up();
    assert_eq!(sizes(&scene.round(&scene.asking(&server.url("/")))), [(1, true), (2, true)]);
    let heard = heard.lock().unwrap();
    assert_eq!(heard[0], StampRequest::parse(&asked).unwrap(), "the nonce was not lost");
    assert_ne!(heard[0].nonce, heard[1].nonce);
    let report = scene.report();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!(report.stamps, 2);
}

fn reader(store: &Store) -> Vault {
    Vault::open_to_read(store.clone(), signer().verify_key().clone(), None).unwrap()
}

#[test]
fn attack_29_what_proves_nothing_is_not_kept_and_not_asked_again() {
    let other = StampRequest::new(ImprintAlgorithm::Sha256, [1; 32], [1; 8]).to_der().unwrap();
    let later = |request: &[u8]| {
        let asked = StampRequest::parse(request).unwrap();
        StampRequest { nonce: Some(vec![9, 9]), ..asked }.to_der().unwrap()
    };
    type Forger = Box<dyn Fn(&Authority, &[u8]) -> Vec<u8> + Send>;
    let forgers: [(&str, Forger); 6] = [
        ("other bytes", Box::new(move |authority, _| authority.reply(&other))),
        ("another request", Box::new(move |authority, body| authority.reply(&later(body)))),
        ("outside the validity", Box::new(|authority, body| authority.expired(body))),
        ("not for time stamps", Box::new(|authority, body| authority.purposeless(body))),
        ("no chain leads", Box::new(|_, body| Authority::new().reply(body))),
        ("did not stamp", Box::new(|authority, body| authority.refusal(body))),
    ];
    for (at, (why, forge)) in forgers.into_iter().enumerate() {
        let mut scene = Scene::new(&format!("stamp-forged-{at}"));
        let made = scene.authority.clone();
        let server = Server::start(move |_, body| Some(answer(200, REPLY, &forge(&made, body))));
        let request = scene.asking(&server.url("/"));
        let outcomes = scene.round(&request);
        let failure = outcomes[0].result.clone().unwrap_err();
        assert!(!failure.passing && failure.why.contains(why), "{why}: {failure:?}");
        assert_eq!(stamp_words(&outcomes)[0].key, "stamp-refused");
        assert_eq!(scene.names(), ["tsa/1/0.sha256.refused", "tsa/1/0.sha256.tsq"], "{why}");
        assert_eq!(scene.vault.head().unwrap().1.size, 1, "no entry names it");
        assert_eq!(scene.round(&request), [], "{why}: asked once");
        assert!(scene.report().is_whole());
        // Somebody looked, and says so: a new request, an honest answer.
        let (honest, _) = scene.up();
        let again = StampHeads { again: true, ..scene.asking(&honest.url("/")) };
        let outcomes = scene.round(&again);
        assert_eq!((sizes(&outcomes), outcomes[0].due.number), (vec![(1, true)], 1));
        assert!(scene.report().is_whole());
    }
}

#[test]
fn attack_29_an_authority_that_takes_no_sm3_leaves_the_other_hash_stamped() {
    let mut scene = Scene::new("stamp-sm3");
    let made = scene.authority.clone();
    let server = Server::start(move |_, body| {
        let asked = StampRequest::parse(body).unwrap().algorithm;
        let takes = asked == ImprintAlgorithm::Sha256;
        Some(answer(200, REPLY, &if takes { made.reply(body) } else { made.refusal(body) }))
    });
    let request = StampHeads { sm3: true, ..scene.asking(&server.url("/")) };
    assert_eq!(sizes(&scene.round(&request)), [(1, true), (1, false)]);
    assert_eq!(scene.round(&request), []);
    let report = scene.report();
    assert!(report.is_whole() && report.stamps == 1, "{:?}", report.faults);
}

#[test]
fn attack_01_and_02_whatever_is_changed_below_tsa_is_reported() {
    let mut scene = Scene::new("stamp-tampered");
    scene.round(&scene.asking(&nobody()));
    let (server, _) = scene.up();
    scene.round(&StampHeads { sm3: true, ..scene.asking(&server.url("/")) });
    let names = scene.store.blobs.list("tsa").unwrap().names;
    assert_eq!(names.len(), 5, "a mark, and request and answer in both hashes");
    for name in &names {
        let bytes = scene.store.blobs.read(name).unwrap().unwrap();
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 60) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            assert!(!scene.changed(name, Some(&flipped)).is_whole(), "{name} byte {at}");
        }
        for bytes in [bytes[..bytes.len() - 1].to_vec(), [&bytes[..], b"\0"].concat(), Vec::new()] {
            assert!(!scene.changed(name, Some(&bytes)).is_whole(), "{name}");
        }
        if !name.as_str().contains("late") {
            assert!(!scene.changed(name, None).is_whole(), "{name} gone");
        }
    }
    // A second request of one place, whatever it is named, is another nonce.
    let (_, asked) = scene.asked("tsa/1/0.sha256.tsq.");
    for stray in ["tsa/chain", "tsa/1/0.sha256.txt", "tsa/1/00.sha256.tsq", "tsa/1/0.sha256.tsq"] {
        let report = scene.changed(&stray.parse().unwrap(), Some(&asked));
        assert!(report.faults.iter().any(|fault| fault.what == FaultKind::Stray), "{stray}");
    }
}

/// Every bit of a request that has no answer yet, or was refused, and of the marks beside them.
#[test]
fn attack_01_and_02_each_bit_of_what_waits_for_an_answer_is_bound() {
    let mut scene = Scene::new("stamp-waiting");
    let made = scene.authority.clone();
    let refusing = Server::start(move |_, body| Some(answer(200, REPLY, &made.refusal(body))));
    scene.round(&scene.asking(&refusing.url("/")));
    scene.grow();
    scene.round(&StampHeads { sm3: true, ..scene.asking(&nobody()) });
    let waiting = [
        "tsa/1/0.sha256.refused",
        "tsa/1/0.sha256.tsq",
        "tsa/2/0.sha256.late",
        "tsa/2/0.sha256.tsq",
    ];
    assert_eq!(scene.names(), waiting);
    let mut bits = 0;
    for name in scene.store.blobs.list("tsa").unwrap().names {
        let bytes = scene.store.blobs.read(&name).unwrap().unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(!scene.changed(&name, Some(&flipped)).is_whole(), "{name} bit {bit}");
            bits += 1;
        }
    }
    assert!(bits > 2000, "{bits}");
    // What was changed so is not sent, either.
    let (name, bytes) = scene.asked("tsa/2/0.sha256.tsq.");
    let asked = StampRequest::parse(&bytes).unwrap();
    let other = StampRequest { nonce: Some(vec![9; 8]), ..asked }.to_der().unwrap();
    scene.store.blobs.remove(&name).unwrap();
    scene.store.blobs.create(&name, &other).unwrap();
    let (server, heard) = scene.up();
    let request = scene.asking(&server.url("/"));
    assert!(stamp_heads(&scene.vault, &request, &mut || [1; 8], NOW).is_err());
    assert_eq!(heard.lock().unwrap().len(), 0);
}

/// Before, a request was named without its digest.
#[test]
fn a_request_of_a_vault_written_before_is_read_sent_and_verified() {
    let mut scene = Scene::new("stamp-before");
    scene.round(&scene.asking(&nobody()));
    let (name, asked) = scene.asked("tsa/1/0.sha256.tsq.");
    scene.store.blobs.remove(&name).unwrap();
    scene.store.blobs.create(&"tsa/1/0.sha256.tsq".parse().unwrap(), &asked).unwrap();
    let queued = ["tsa/1/0.sha256.late", "tsa/1/0.sha256.tsq"];
    assert!(scene.names() == queued && scene.report().is_whole());
    let (server, heard) = scene.up();
    assert_eq!(sizes(&scene.round(&scene.asking(&server.url("/")))), [(1, true)]);
    assert_eq!(heard.lock().unwrap().first(), StampRequest::parse(&asked).ok().as_ref());
    let report = scene.report();
    assert!(report.is_whole() && report.stamps == 1, "{:?}", report.faults);
    assert_eq!(kept_stamps(&scene.store, &scene.trust()).unwrap()[0].request, asked);
    // Its answer repeats the nonce: from then on each bit is bound here, too.
    let name: BlobName = "tsa/1/0.sha256.tsq".parse().unwrap();
    for at in 0..asked.len() {
        let mut flipped = asked.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(!scene.changed(&name, Some(&flipped)).is_whole(), "byte {at}");
    }
    let copy = Store::of(Arc::new(MemoryStore::default()));
    backup(&scene.store, &copy, signer().verify_key()).unwrap();
    assert!(copy.blobs.read(&name).unwrap().is_some());
}

#[test]
fn an_answer_that_no_entry_names_yet_is_named_by_the_next_round() {
    let mut scene = Scene::new("stamp-unnamed");
    // A run kept the answer and ended before its entry.
    scene.round(&scene.asking(&nobody()));
    let (_, asked) = scene.asked("tsa/1/0.sha256.tsq.");
    let kept = scene.authority.reply(&asked);
    scene.store.blobs.create(&"tsa/1/0.sha256.tsr".parse().unwrap(), &kept).unwrap();
    assert!(scene.report().is_whole());
    assert_eq!(scene.round(&scene.asking(&nobody())), [], "nothing is due: nobody is called");
    assert_eq!(scene.vault.head().unwrap().1.size, 2);
    assert_eq!(scene.round(&scene.asking(&nobody())), []);
    assert_eq!(scene.vault.head().unwrap().1.size, 2, "once");
    let report = scene.report();
    assert!(report.is_whole() && report.stamps == 1, "{:?}", report.faults);
}

#[test]
fn without_whom_to_trust_nobody_is_asked() {
    let scene = Scene::new("stamp-trust");
    let mut request = scene.asking(&nobody());
    request.roots = scene.roots.with_extension("gone");
    let failure = stamp_heads(&scene.vault, &request, &mut || [1; 8], NOW).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Missing);
    assert_eq!(scene.names(), [""; 0]);
}
