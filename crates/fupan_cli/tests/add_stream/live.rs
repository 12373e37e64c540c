//! A stream that goes on for as long as it likes, beside others who write to the same vault; and what
//! ends it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: a panic here is the test failing"
)]

use super::door::scene::Scene;
use super::door::{Run, command, copy, fupan};
use super::{STREAM, add, line, scene};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, Stdio};
use std::time::{Duration, Instant};

/// Within this an event must come. Each look is a run of the command.
const SOON: Duration = Duration::from_secs(90);

/// A process that reads a stream from a pipe.
struct Live {
    child: Child,
    to: Option<ChildStdin>,
    err: BufReader<ChildStderr>,
}

impl Live {
    fn start(scene: &Scene) -> Self {
        let (key, keys) = (scene.key("gateway"), scene.scratch.path("keys"));
        let asked = ["add-stream", &scene.vault, "--stream", STREAM, "--key", &key];
        let rest = ["--keys", &keys, "--author", "keeper", "--json"];
        let mut asked = command(&[&asked[..], &rest].concat());
        asked.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = asked.spawn().unwrap();
        let (to, err) = (child.stdin.take(), BufReader::new(child.stderr.take().unwrap()));
        Self { child, to, err }
    }

    /// Readings of one a second by the device's clock: the one ten seconds later seals.
    fn send(&mut self, seqs: std::ops::RangeInclusive<i64>) {
        let lines: String = seqs.map(line).collect();
        self.to.as_mut().unwrap().write_all(lines.as_bytes()).unwrap();
    }

    /// Readings for a process that may have seen already, at the seal that ten quiet seconds bring,
    /// why it must end. How it ended is told by [`Live::end`].
    fn offer(&mut self, seqs: std::ops::RangeInclusive<i64>) {
        let lines: String = seqs.map(line).collect();
        let sent = self.to.as_mut().unwrap().write_all(lines.as_bytes());
        if let Err(error) = sent {
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{error}");
        }
    }

    fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Ends its input, and waits for what it says.
    fn end(mut self) -> Run {
        drop(self.to.take());
        let (mut out, mut err) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        Run { code, out, err }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Chunks in the history, as `seq 0 count 10`.
fn chunks(scene: &Scene) -> Vec<String> {
    let history = scene.history();
    let chunks = history.iter().filter(|one| one["act"] == "chunk");
    let said = |one: &serde_json::Value| {
        let about = one["about"].as_array().unwrap();
        format!("{} {}", about[1].as_str().unwrap(), about[2].as_str().unwrap())
    };
    chunks.map(said).collect()
}

/// Looks until there are so many chunks.
fn wait_for(scene: &Scene, live: &mut Live, count: usize) -> Vec<String> {
    let began = Instant::now();
    loop {
        let found = chunks(scene);
        if found.len() >= count {
            return found;
        }
        assert!(live.runs(), "it ended; {found:?}");
        assert!(began.elapsed() < SOON, "{found:?}");
    }
}

/// Waits until nobody has the vault: a chunk is in the log a little before its sealer is done with it.
fn wait_until_let_go(scene: &Scene) -> File {
    let lock = File::options().write(true).open(format!("{}/lock", scene.vault)).unwrap();
    let began = Instant::now();
    while lock.try_lock().is_err() {
        assert!(began.elapsed() < SOON, "somebody holds the vault");
        std::thread::yield_now();
    }
    lock
}

#[test]
fn while_a_stream_is_live_others_add_evidence_and_facts() {
    let scene = scene("stream-beside");
    let mut live = Live::start(&scene);
    live.send(0..=10);
    assert_eq!(wait_for(&scene, &mut live, 1), ["seq 0 count 10"]);
    let note = scene.scratch.file("note.txt", "13:13 alarm\n");
    let stated = ["--author", "keeper", "--json"];
    let add = ["add", &note, "--case", &scene.vault, "--id", "E1", "--party", "plant"];
    scene.ok(&[&add[..], &["--clock", "civil"], &stated].concat());
    let fact = ["fact", &scene.vault, "--id", "F1", "--party", "plant", "--event", "alarm"];
    let said = ["--kind", "alarm", "--text", "alarm", "--evidence", "E1", "--row", "1"];
    scene.ok(&[&fact[..], &said, &stated].concat());
    assert!(live.runs(), "it is still there, and lets the vault go again and again");
    live.send(11..=20);
    // Number 10 alone, if ten seconds went by meanwhile.
    let second = wait_for(&scene, &mut live, 2).swap_remove(1);
    assert!(second.starts_with("seq 10 count 1"), "{second}");
    let list = ["vault", "hold", &scene.vault, "--reason", "a court asks", "--author", "keeper"];
    scene.ok(&list);
    let done = live.end().json();
    assert_eq!((&done["readings"], &done["chunks"]), (&21.into(), &chunks(&scene).len().into()));
    assert_eq!((&done["gaps"], &done["next"]), (&0.into(), &21.into()), "{done}");
    scene.verified();
}

/// What came is sealed ten seconds after it came, though nothing follows and the input stays open;
/// Ctrl-C seals the rest.
#[cfg(unix)]
#[test]
fn a_quiet_stream_is_sealed_after_ten_seconds_and_ctrl_c_seals_the_rest() {
    let scene = scene("stream-quiet");
    let mut live = Live::start(&scene);
    let began = Instant::now();
    live.send(0..=2);
    assert_eq!(wait_for(&scene, &mut live, 1), ["seq 0 count 3"]);
    assert!(began.elapsed() >= Duration::from_secs(10), "{:?}", began.elapsed());
    // The chunk says that the reading behind it was read, which stays open.
    live.send(3..=13);
    assert_eq!(wait_for(&scene, &mut live, 2)[1], "seq 3 count 10");
    let number = live.child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &number]).status().unwrap();
    assert!(sent.success());
    // Its input stays open: nothing but the signal ends it.
    let open = live.to.take();
    let run = live.end();
    drop(open);
    let done = run.json();
    assert_eq!((&done["stopped"], &done["readings"]), (&true.into(), &14.into()), "{done}");
    assert_eq!(chunks(&scene)[2], "seq 13 count 1");
    scene.verified();
}

#[test]
fn of_two_processes_on_one_stream_the_second_to_seal_stops_and_says_what_to_do() {
    let scene = scene("stream-two");
    let mut live = Live::start(&scene);
    live.send(0..=10);
    wait_for(&scene, &mut live, 1);
    let other: String = (10..13).map(line).collect();
    let done = add(&scene, &scene.scratch.file("b.ndjson", &other), &[]).json();
    assert_eq!(done["readings"], 3, "{done}");
    live.send(11..=21);
    let run = live.end();
    run.refused(4, "another process went on with the stream");
    assert!(run.err.contains("from number 10 on") && run.err.contains(STREAM), "{}", run.err);
    assert_eq!(chunks(&scene), ["seq 0 count 10", "seq 10 count 3"]);
    // As it said: what was not sealed is handed in again.
    let again: String = (10..=21).map(line).collect();
    let done = add(&scene, &scene.scratch.file("c.ndjson", &again), &[]).json();
    assert_eq!((&done["repeated"], &done["readings"]), (&3.into(), &9.into()), "{done}");
    assert_eq!((&done["gaps"], &done["next"]), (&0.into(), &22.into()), "{done}");
    scene.verified();
}

#[test]
fn a_key_that_is_revoked_between_two_seals_seals_nothing_more() {
    let scene = scene("stream-revoked");
    let mut live = Live::start(&scene);
    live.send(0..=10);
    wait_for(&scene, &mut live, 1);
    let (signer, works) = (scene.verify_key("gateway"), scene.key("works"));
    scene.ok(&["key", "revoke", &scene.vault, "--key", &signer, "--by", &works]);
    live.send(11..=21);
    let run = live.end();
    run.refused(4, "was revoked meanwhile");
    assert!(run.err.contains("from number 10 on"), "{}", run.err);
    assert_eq!(chunks(&scene), ["seq 0 count 10"]);
    scene.verified();
}

#[test]
fn lines_wait_while_another_program_has_the_vault_and_none_is_lost() {
    let scene = scene("stream-busy");
    let mut live = Live::start(&scene);
    live.send(0..=10);
    wait_for(&scene, &mut live, 1);
    // Another writer, as long as it likes.
    let lock = wait_until_let_go(&scene);
    live.send(11..=35);
    drop(live.to.take());
    let mut said = String::new();
    while !said.contains("wait in memory") {
        assert!(live.err.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    assert_eq!(chunks(&scene), ["seq 0 count 10"]);
    assert!(live.runs());
    lock.unlock().unwrap();
    let run = live.end();
    assert_eq!(run.err, "", "told once");
    let done = run.json();
    assert_eq!((&done["readings"], &done["gaps"]), (&36.into(), &0.into()), "{done}");
    let sealed = chunks(&scene);
    let rest = ["seq 10 count 10", "seq 20 count 10", "seq 30 count 6"];
    assert_eq!(sealed[1..], rest, "in their order");
    scene.verified();
}

#[test]
fn a_vault_that_is_another_or_an_older_one_meanwhile_takes_nothing_more() {
    let scene = scene("stream-put-back");
    let (vault, older) = (Path::new(&scene.vault), scene.scratch.0.join("older"));
    copy(vault, &older);
    let mut live = Live::start(&scene);
    live.send(0..=10);
    wait_for(&scene, &mut live, 1);
    drop(wait_until_let_go(&scene));
    let newer = scene.scratch.0.join("newer");
    fs::rename(vault, &newer).unwrap();
    fs::rename(&older, vault).unwrap();
    live.offer(11..=21);
    let run = live.end();
    assert_eq!(run.code, 5, "{}{}", run.out, run.err);
    assert!(run.err.contains("from number 10 on"), "{}", run.err);
    assert!(chunks(&scene).is_empty(), "nothing is added to the older state");
    // Another vault of the same keeper, in its place.
    fs::rename(vault, &older).unwrap();
    fs::rename(&newer, vault).unwrap();
    let other = scene.scratch.path("other");
    scene.ok(&["vault", "init", &other, "--author", "keeper"]);
    scene.ok(&["vault", "take", &other, &scene.scratch.path("case"), "--author", "keeper"]);
    let mut live = Live::start(&scene);
    live.send(10..=21);
    assert_eq!(wait_for(&scene, &mut live, 2)[1], "seq 10 count 10");
    drop(wait_until_let_go(&scene));
    fs::rename(vault, &newer).unwrap();
    fs::rename(&other, vault).unwrap();
    live.offer(22..=32);
    let run = live.end();
    run.refused(4, "is no longer in this vault");
    assert!(fupan(&["vault", "head", &scene.vault, "--json"]).code == 0);
    assert!(chunks(&scene).is_empty());
}
