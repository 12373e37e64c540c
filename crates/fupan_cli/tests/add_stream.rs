//! `fupan add-stream` at the door: sealed, resumed, with gaps and silences; what cannot be taken is
//! listed and loses nothing else.

mod door;
#[path = "add_stream/live.rs"]
mod live;

use door::scene::{SETTING, Scene};
use door::{Run, command, fupan};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

const STREAM: &str = "01JDA3ZZZZZZZZZZZZZZZZZZZZ";
const START: i64 = 1_716_009_180_000;

fn line(seq: i64) -> String {
    let at = START + seq * 1000;
    format!("{{\"seq\":{seq},\"at\":{at},\"values\":{{\"ch4\":{}.25}}}}\n", seq % 7)
}

fn scene(name: &str) -> Scene {
    let scene = Scene::with_people(name, &SETTING);
    scene.draw("gateway", "ed25519");
    scene.enrol("gateway", "works", Some("gateway-1"), "file");
    scene
}

fn add(scene: &Scene, file: &str, rest: &[&str]) -> Run {
    let key = scene.key("gateway");
    let asked = ["add-stream", &scene.vault, file, "--stream", STREAM, "--key", &key];
    scene.run(&[&asked[..], &["--author", "keeper", "--json"], rest].concat())
}

/// Rows that were not taken, each with its code.
fn refused(done: &serde_json::Value) -> Vec<String> {
    let rows = done["refused"].as_array().into_iter().flatten();
    rows.map(|row| format!("{} {}", row["row"], row["code"].as_str().unwrap_or_default())).collect()
}

#[test]
fn readings_are_sealed_and_go_on_where_they_were() {
    let scene = scene("stream-whole");
    let all: String = (0..25).map(line).collect();
    let file = scene.scratch.file("a.ndjson", &all);
    let done = add(&scene, &file, &[]).json();
    assert_eq!((&done["chunks"], &done["readings"]), (&3.into(), &25.into()), "{done}");
    assert_eq!(done["next"], 25);
    // The chunk is a note of the gateway and the lines as they were.
    let leaf = done["leaf"].as_u64().unwrap().to_string();
    let out = scene.scratch.path("proof");
    scene.plain(&["vault", "prove", &scene.vault, &leaf, "--out", &out]);
    let leaf = std::fs::read_to_string(format!("{out}/{leaf}.entry")).unwrap();
    let leaf: serde_json::Value = serde_json::from_str(&leaf).unwrap();
    let digest = leaf["obj"].as_str().unwrap().strip_prefix("sha256:").unwrap().to_owned();
    let object =
        format!("{}/objects/sha256/{}/{}/{digest}", scene.vault, &digest[..2], &digest[2..4]);
    let object = std::fs::read_to_string(object).unwrap();
    let tail: String = (20..25).map(line).collect();
    let head = object.strip_suffix(&format!("\n{tail}")).unwrap();
    let key: fupan_ledger::VerifyKey = scene.verify_key("gateway").parse().unwrap();
    let note = fupan_ledger::Note::parse(head.as_bytes()).unwrap();
    note.verify(&[key]).unwrap();
    assert!(note.text().contains("\nseq 20\n") && note.text().contains("\nrange ch4 0.25 6.25\n"));
    assert_eq!((&leaf["seq"], &leaf["count"]), (&20.into(), &5.into()));
    // More, with a repetition at the seam.
    let more: String = (24..30).map(line).collect();
    let done = add(&scene, &scene.scratch.file("b.ndjson", &more), &[]).json();
    assert_eq!((&done["readings"], &done["repeated"]), (&5.into(), &1.into()), "{done}");
    assert_eq!((&done["gaps"], &done["silences"]), (&0.into(), &0.into()));
    scene.verified();
}

#[test]
fn attack_27_what_cannot_be_taken_is_listed_and_the_rest_is_kept() {
    let scene = scene("stream-27");
    let mut text = line(0) + &line(1);
    text += &line(1); // 3: a repetition
    text += &line(3); // 4: 2 is missing
    text += &line(2); // 5: comes too late
    text += "{\"seq\":\n"; // 6
    let _ = writeln!(text, "{{\"seq\":4,\"at\":{START},\"values\":{{}}}}"); // 7: back in time
    text += "{\"seq\":4,\"at\":\"2199-01-01T00:00:00Z\",\"values\":{}}\n"; // 8: ahead
    let _ = writeln!(text, "{{\"seq\":4,\"x\":\"{}\"}}", "y".repeat(64 << 10)); // 9: too long
    text += &line(1).replace("ch4", "h2s"); // 10: another reading of that number
    text += &line(4);
    text += &line(3604).replace("3604", "5"); // 12: see below
    let at = START + 3_604_000;
    let _ = writeln!(text, "{{\"seq\":6,\"at\":{at},\"values\":{{\"ch4\":1}}}}"); // an hour later
    let file = scene.scratch.file("a.ndjson", &text);
    let run = add(&scene, &file, &[]);
    let done = run.json();
    let refused = refused(&done);
    let expected = [
        "5 out-of-order",
        "6 not-json",
        "7 clock-backward",
        "8 clock-ahead",
        "9 too-long",
        "10 seq-reused",
    ];
    assert_eq!(refused, expected, "{done}");
    assert_eq!((&done["gaps"], &done["repeated"]), (&1.into(), &1.into()), "{done}");
    assert_eq!((&done["silences"], &done["readings"]), (&1.into(), &6.into()), "{done}");
    assert!(run.err.contains("Line 9") && run.err.contains("64 KiB"), "{}", run.err);
    let history = scene.history();
    let about = |act: &str| {
        history.iter().find(|one| one["act"] == act).map(|one| one["about"].to_string())
    };
    assert!(about("gap").unwrap().contains("seq 2"), "{history:?}");
    assert!(about("silence").is_some() && about("refused").unwrap().contains("too-long"));
    scene.verified();
}

#[test]
fn attack_27_a_forged_gateway_is_refused_line_by_line_and_as_a_whole() {
    let scene = scene("stream-forged");
    scene.draw("thief", "ed25519");
    let signed = |who: &str, seq: i64| {
        let secret = std::fs::read_to_string(scene.key(who)).unwrap();
        let key: fupan_ledger::SigningKey = secret.trim().parse().unwrap();
        let payload = line(seq);
        let mut note = fupan_ledger::Note::new(&payload).unwrap();
        note.sign(&key).unwrap();
        let text = note.to_string();
        let signature = text.lines().last().unwrap();
        serde_json::json!({ "payload": payload.trim_end(), "signature": signature }).to_string()
    };
    let forged = signed("gateway", 2).replace("0.25", "9.25").replace("2.25", "9.25");
    let lines = [
        signed("gateway", 0),
        signed("thief", 1),
        forged,
        line(3).trim().to_owned(),
        signed("gateway", 4),
    ];
    let file = scene.scratch.file("a.ndjson", &(lines.join("\n") + "\n"));
    let signer = scene.verify_key("gateway");
    let done = add(&scene, &file, &["--signer", &signer]).json();
    let codes: Vec<&str> = done["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["forged", "forged", "unsigned"], "{done}");
    assert_eq!((&done["readings"], &done["gaps"]), (&2.into(), &1.into()), "{done}");
    // A repetition is known again after a restart.
    let again = add(
        &scene,
        &scene.scratch.file("b.ndjson", &(lines[0].clone() + "\n")),
        &["--signer", &signer],
    );
    assert_eq!(again.json()["repeated"], 1);
    // A key that is not on the roll, or no longer, seals nothing.
    let thief = scene.key("thief");
    let asked = ["add-stream", &scene.vault, &file, "--key", &thief, "--author", "keeper"];
    scene.run(&asked).refused(2, "not on the roll");
    let works = scene.key("works");
    scene.ok(&["key", "revoke", &scene.vault, "--key", &signer, "--by", &works]);
    add(&scene, &file, &[]).refused(2, "revoked");
    add(&scene, &scene.scratch.path("nothing"), &[]).refused(3, "nothing");
}

#[test]
fn standard_input_is_sealed_when_it_ends() {
    let scene = scene("stream-stdin");
    let (key, keys) = (scene.key("gateway"), scene.scratch.path("keys"));
    let asked = ["add-stream", &scene.vault, "--stream", STREAM, "--key", &key, "--keys", &keys];
    let mut asked = command(&[&asked[..], &["--author", "keeper", "--json"]].concat());
    let mut child = asked.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    to.write_all((0..3).map(line).collect::<String>().as_bytes()).unwrap();
    drop(to);
    let out = child.wait_with_output().unwrap();
    let done: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((&done["readings"], &done["chunks"]), (&3.into(), &1.into()), "{done}");
    let zh = fupan(&["vault", "history", &scene.vault, "--lang", "zh"]).out;
    assert!(zh.contains("数据封存"), "{zh}");
}

#[test]
fn old_numbers_are_looked_up_in_their_chunks() {
    let scene = scene("stream-old");
    // Chunks of ten, with 300 to 309 missing.
    let seqs = || (0..400).filter(|seq| !(300..310).contains(seq));
    let all: String = seqs().map(line).collect();
    let file = scene.scratch.file("a.ndjson", &all);
    let done = add(&scene, &file, &["--interval-ms", "60000"]).json();
    assert_eq!((&done["chunks"], &done["gaps"]), (&39.into(), &1.into()), "{done}");
    // Everything once more, from the first to the last, and then from the last to the first.
    let back: String = seqs().rev().map(line).collect();
    let done = add(&scene, &file, &[]).json();
    assert_eq!((&done["readings"], &done["repeated"]), (&0.into(), &390.into()), "{done}");
    assert_eq!((done["refused"].as_array().unwrap().len(), &done["next"]), (0, &400.into()));
    let done = add(&scene, &scene.scratch.file("b.ndjson", &back), &[]).json();
    assert_eq!((&done["readings"], &done["repeated"]), (&0.into(), &390.into()), "{done}");
    // Other readings of old numbers, one in the gap, and the next.
    let other = |seq| line(seq).replace("ch4", "h2s");
    let mixed = other(0) + &line(305) + &other(199) + &line(7) + &other(399) + &line(400);
    let done = add(&scene, &scene.scratch.file("c.ndjson", &mixed), &[]).json();
    let refused = refused(&done);
    let expected = ["1 seq-reused", "2 out-of-order", "3 seq-reused", "5 seq-reused"];
    assert_eq!(refused, expected, "{done}");
    assert_eq!((&done["readings"], &done["repeated"]), (&1.into(), &1.into()), "{done}");
    assert_eq!((&done["silences"], &done["next"]), (&0.into(), &401.into()), "{done}");
    scene.verified();
}
