//! The protocol over real HTTP on the loopback: the table of status codes, attacks 3 to 7, a restart,
//! and our own client as its counterpart.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of a test: a panic here is the test failing"
)]

#[path = "protocol/client.rs"]
mod client;
#[path = "protocol/running.rs"]
mod running;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use fupan_ledger::{AddCheckpoint, Checkpoint, Hash, Note, Scheme};
use running::{ORIGIN, Running, cosigner_key, head, key, request, request_of, signed, tree};

fn status_of(running: &Running, request: &AddCheckpoint) -> u16 {
    running.post(request.to_string().as_bytes()).status
}

#[test]
fn every_status_of_the_protocol() {
    let running = Running::start();
    // 200: a cosignature of the checkpoint by our key.
    let first = running.post(request(0, 5).to_string().as_bytes());
    assert_eq!(first.status, 200);
    let whole = format!("{}{}", request(0, 5).note, first.text());
    let note = Note::parse(whole.as_bytes()).unwrap();
    let verified = note.verify(&[cosigner_key().verify_key().clone()]).unwrap();
    assert!(verified[0].1.time_s.unwrap() > 1_700_000_000);
    // The same head again, and a larger one.
    assert_eq!(status_of(&running, &request(5, 5)), 200);
    assert_eq!(status_of(&running, &request(5, 300)), 200);
    // 400: malformed, or an old size above the new.
    for bad in [b"".as_slice(), b"old 300\n", b"old x\n\nlog\n", b"\xff\xff"] {
        assert_eq!(running.post(bad).status, 400);
    }
    let mut above = request(300, 300);
    above.old = 301;
    assert_eq!(status_of(&running, &above), 400);
    // 404: another origin, under whatever key.
    let other = Checkpoint { origin: "other".into(), ..head(&tree(5)) };
    let note = signed(&other, &key("other", Scheme::Ed25519, 9));
    assert_eq!(status_of(&running, &AddCheckpoint { old: 0, proof: Vec::new(), note }), 404);
    // 403: not signed, signed by a stranger, or a line of the log's key that does not verify.
    let bare = Note::new(&head(&tree(301)).to_string()).unwrap();
    let stranger = signed(&head(&tree(301)), &key(ORIGIN, Scheme::Ed25519, 8));
    let mut forged = stranger.clone();
    let mut line = request(300, 301).note.signatures()[0].clone();
    line.signature[7] ^= 1;
    forged.add(line);
    let mut beside = request(300, 301).note;
    beside.add(forged.signatures()[1].clone());
    for note in [stranger, forged, beside] {
        assert_eq!(status_of(&running, &AddCheckpoint { note, ..request(300, 301) }), 403);
    }
    let unsigned = AddCheckpoint { note: bare, ..request(300, 301) };
    assert_eq!(status_of(&running, &unsigned), 400, "a note without signatures is none");
    // 409: grown from another size; the answer is the size that was signed last.
    for old in [0, 5, 299] {
        let conflict = running.post(request(old, 301).to_string().as_bytes());
        assert_eq!((conflict.status, conflict.text().as_str()), (409, "300\n"));
        assert_eq!(conflict.header("content-type").as_deref(), Some("text/x.tlog.size"));
    }
    // 422: a proof that is none.
    let mut cut = request(300, 301);
    cut.proof.pop();
    assert_eq!(status_of(&running, &cut), 422);
    let mut flipped = request(300, 301);
    flipped.proof[0].0[0] ^= 1;
    assert_eq!(status_of(&running, &flipped), 422);
    // 405, 404 and 413: other methods, other paths, too much.
    assert_eq!(running.send("GET", "/add-checkpoint", b"").status, 405);
    assert_eq!(running.send("POST", "/sign-subtree", b"").status, 404);
    assert_eq!(running.post(&vec![b'x'; 65 * 1024]).status, 413);
    // Nothing of all this moved it.
    assert_eq!(status_of(&running, &request(300, 301)), 200);
    running.end();
}

#[test]
fn the_first_request_of_a_log_needs_no_proof_and_may_have_none() {
    let running = Running::start();
    let mut proof = request(0, 5);
    proof.proof.push(Hash([1; 32]));
    assert_eq!(status_of(&running, &proof), 422);
    let empty = Checkpoint { size: 0, root: Hash([1; 32]), ..head(&tree(5)) };
    assert_eq!(status_of(&running, &request_of(0, &empty)), 422);
    let empty = Checkpoint { root: Hash::of_nothing(), ..empty };
    assert_eq!(status_of(&running, &request_of(0, &empty)), 200);
    assert_eq!(running.get_checkpoint(ORIGIN).status, 200);
    assert_eq!(running.get_checkpoint("other").status, 404);
    assert_eq!(status_of(&running, &request(0, 5)), 200);
    running.end();
}

#[test]
fn attack_03_and_04_a_log_rebuilt_with_its_true_key() {
    let running = Running::start();
    assert_eq!(status_of(&running, &request(0, 40)), 200);
    let leaves = running::leaves(45);
    // One leaf gone, two leaves swapped: signed by the log's own key, with honest proofs.
    let (mut without, mut swapped) = (leaves.clone(), leaves);
    without.remove(7);
    swapped.swap(3, 30);
    for forged in [without, swapped] {
        let tree = running::tree_of(&forged);
        let checkpoint = head(&tree);
        let proof = fupan_ledger::consistency_proof(&tree.0, 40, checkpoint.size).unwrap();
        let note = signed(&checkpoint, &running::log_key());
        assert_eq!(status_of(&running, &AddCheckpoint { old: 40, proof, note }), 422);
    }
    assert_eq!(status_of(&running, &request(40, 45)), 200);
    running.end();
}

#[test]
fn attack_05_a_smaller_head_is_a_rollback() {
    let running = Running::start();
    assert_eq!(status_of(&running, &request(0, 40)), 200);
    for old in [0, 12, 30] {
        let answer = running.post(request(old, 30).to_string().as_bytes());
        assert_eq!((answer.status, answer.text().as_str()), (409, "40\n"));
    }
    let mut smaller = request(30, 30);
    smaller.old = 40;
    assert_eq!(status_of(&running, &smaller), 400);
    running.end();
}

#[test]
fn attack_06_two_heads_of_one_size_are_both_kept_and_told() {
    let running = Running::start();
    assert_eq!(status_of(&running, &request(0, 40)), 200);
    let other = Checkpoint { root: Hash([7; 32]), ..head(&tree(40)) };
    assert_eq!(status_of(&running, &request_of(40, &other)), 422);
    // Behind another size it is the same fork.
    assert_eq!(status_of(&running, &request_of(0, &other)), 409);
    let alarms = running.alarms();
    assert_eq!(alarms.len(), 2);
    assert_eq!(alarms[0], alarms[1], "one contradiction is kept once");
    assert_eq!((alarms[0].origin.as_str(), alarms[0].size), (ORIGIN, 40));
    // The alarm names the files, and there are no others.
    let folder = running.log_folder().join("alarms");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), alarms[0].kept.len());
    assert!(alarms[0].kept.iter().all(|path| path.starts_with(&folder)));
    let kept: Vec<(String, String)> = alarms[0]
        .kept
        .iter()
        .map(|path| {
            let kind = path.extension().unwrap().to_string_lossy().into_owned();
            (kind, fs::read_to_string(path).unwrap())
        })
        .collect();
    let log = [running::log_key().verify_key().clone()];
    let roots: Vec<(String, Hash)> = kept
        .into_iter()
        .map(|(kind, text)| {
            let note = Note::parse(text.as_bytes()).unwrap();
            assert!(note.verify(&log).is_ok(), "each is proof against the log");
            (kind, Checkpoint::parse(note.text()).unwrap().root)
        })
        .collect();
    assert_eq!(roots, [("held".into(), head(&tree(40)).root), ("given".into(), other.root)]);
    assert_eq!(status_of(&running, &request(40, 41)), 200);
    running.end();
}

#[test]
fn attack_07_concurrent_requests_over_http_never_roll_back() {
    let running = Running::start();
    assert_eq!(status_of(&running, &request(0, 1)), 200);
    let mut size = 1;
    for _ in 0..25 {
        let sizes = [size + 1, size + 3];
        let answers: Vec<(u64, u16)> = thread::scope(|scope| {
            let ask = |new| {
                let running = &running;
                scope.spawn(move || (new, status_of(running, &request(size, new))))
            };
            let both = sizes.map(ask);
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let won: Vec<u64> =
            answers.iter().filter(|(_, status)| *status == 200).map(|(new, _)| *new).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|(_, status)| matches!(status, 200 | 409)), "{answers:?}");
        size = won[0];
    }
    running.end();
}

#[test]
fn a_restart_forgets_nothing_and_a_second_process_is_kept_out() {
    let running = Running::start();
    assert_eq!(status_of(&running, &request(0, 40)), 200);
    let held = running.get_checkpoint(ORIGIN).text();
    let note = Note::parse(held.as_bytes()).unwrap();
    let keys = [running::log_key().verify_key().clone(), cosigner_key().verify_key().clone()];
    assert_eq!(note.verify(&keys).unwrap().len(), 2);
    assert!(running.second_is_kept_out());
    let running = running.restart();
    assert_eq!(running.get_checkpoint(ORIGIN).text(), held);
    assert_eq!(status_of(&running, &request(0, 41)), 409);
    assert_eq!(status_of(&running, &request(40, 41)), 200);
    // A cut temporary file, as a crash leaves it, changes nothing.
    let beside = running.log_folder().join("checkpoint.new");
    fs::write(beside, "half a he").unwrap();
    let running = running.restart();
    assert_eq!(status_of(&running, &request(41, 42)), 200);
    // A head that was changed on the disk is not trusted: nothing is signed any more.
    let path = running.log_folder().join("checkpoint");
    let changed = fs::read_to_string(&path).unwrap().replacen("\n42\n", "\n12\n", 1);
    fs::write(path, changed).unwrap();
    assert_eq!(status_of(&running, &request(42, 43)), 500);
    assert!(running.refuses_to_restart());
}

/// Says these bytes and no more, and answers with what came before the connection was ended.
fn says_and_waits(running: &Running, said: &[u8]) -> String {
    let mut stream = TcpStream::connect(running.address).unwrap();
    // What is waited for is the other end's limit of one second; this one only ends a failing test.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(said).unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).expect("the connection is ended in time");
    heard
}

#[test]
fn who_says_nothing_or_half_of_it_is_sent_away_and_others_are_served() {
    let running = Running::with("patience_s = 1");
    let head = "POST /add-checkpoint HTTP/1.1\r\nhost: cosigner\r\ncontent-length: 100\r\n";
    let body = format!("{head}\r\nold 0\n");
    thread::scope(|scope| {
        let of = |said: &'static [u8]| scope.spawn(|| says_and_waits(&running, said));
        let silent = [of(b""), of(b"P"), of(b"POST /add-checkpoint HTTP/1.1\r\nhost: c\r\n")];
        let half = scope.spawn(|| says_and_waits(&running, body.as_bytes()));
        assert_eq!(status_of(&running, &request(0, 5)), 200, "nobody waits for them");
        for thread in silent {
            let heard = thread.join().unwrap();
            assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 408 "), "{heard}");
        }
        assert!(half.join().unwrap().starts_with("HTTP/1.1 408 "));
    });
    // After an answer the same bound holds for the next request on the connection.
    let asked = b"GET /x/checkpoint HTTP/1.1\r\nhost: cosigner\r\n\r\n";
    assert!(says_and_waits(&running, asked).starts_with("HTTP/1.1 404 "));
    running.end();
}
