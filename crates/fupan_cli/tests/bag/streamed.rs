//! A sensor stream on its way to a court: sealed by a gateway, a run of it taken out of the vault, signed by
//! people of two organisations with one signature each over all its chunks, and released. In the bag each
//! chunk is proven by its own leaf, to our program and to the bag's own script.

use crate::door::scene::{SETTING, Scene};
use crate::door::{Run, copy, fupan};
use crate::everything::{draft, seal_again, sign, submit};
use crate::vaulted::{bagit, every, find, sceptic};
use std::fs;
use std::path::{Path, PathBuf};

const STREAM: &str = "01JDA3ZZZZZZZZZZZZZZZZZZZZ";

/// A reading a second; a chunk holds ten.
fn lines(numbers: std::ops::Range<i64>) -> String {
    let line = |seq: i64| {
        let at = 1_716_009_180_000 + seq * 1000;
        format!("{{\"seq\":{seq},\"at\":{at},\"values\":{{\"ch4\":{}.25}}}}\n", seq % 7)
    };
    numbers.map(line).collect()
}

/// A vault with a stream of four chunks; between two of them a gap, which is a silence too.
fn scene(name: &str) -> (Scene, String) {
    let scene = Scene::with_people(name, &SETTING);
    scene.draw("gateway", "sm2");
    scene.enrol("gateway", "works", Some("gateway-1"), "file");
    let file = scene.scratch.file("gas.ndjson", &(lines(0..20) + &lines(23..40)));
    let key = scene.key("gateway");
    let asked = ["add-stream", &scene.vault, &file, "--stream", STREAM, "--key", &key];
    let added = scene.ok(&[&asked[..], &["--author", "keeper", "--json"]].concat()).json();
    assert_eq!((&added["chunks"], &added["gaps"]), (&4.into(), &1.into()), "{added}");
    let head = fupan(&["vault", "head", &scene.vault, "--json"]).json();
    let log = head["keys"][0].as_str().unwrap().to_owned();
    scene.scratch.file("log.vkey", &log);
    let keys = head["keys"].as_array().unwrap().iter();
    let keys: String = keys.map(|key| format!("log {}\n", key.as_str().unwrap())).collect();
    scene.scratch.file("policy.txt", &format!("{keys}quorum none\n"));
    (scene, log)
}

fn take(scene: &Scene, out: &str, rest: &[&str]) -> Run {
    let asked = ["vault", "stream", &scene.vault, "--stream", STREAM, "--out", out];
    scene.run(&[&asked[..], &["--author", "keeper", "--json"], rest].concat())
}

fn export(scene: &Scene, out: &str) -> PathBuf {
    let bag = scene.scratch.path(out);
    scene.ok(&["export", &scene.vault, "--as", "bag", "--out", &bag, "--author", "keeper"]);
    PathBuf::from(bag)
}

const ANCHORS: [&str; 4] = ["--log-key", "log.vkey", "--policy", "policy.txt"];

/// What our program and the script say: codes and words.
fn verify(scene: &Scene, bag: &str) -> [(i32, String); 2] {
    let path = |name| scene.scratch.path(name);
    let anchors = ["--log-key", &path("log.vkey"), "--policy", &path("policy.txt")];
    let ours = fupan(&[&["verify", &path(bag)][..], &anchors].concat());
    [(ours.code, ours.out + &ours.err), sceptic(&scene.scratch.0, bag, &ANCHORS)]
}

/// Leaves of a bag that are of chunks.
fn chunk_leaves(bag: &Path) -> Vec<PathBuf> {
    let leaves = every(&bag.join("proofs")).into_iter();
    let of_chunk = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "entry")
            && fs::read_to_string(path).unwrap().contains("\"kind\":\"chunk\"")
    };
    leaves.filter(of_chunk).collect()
}

/// Takes a file out of a bag, and out of its tag manifests.
fn drop_file(bag: &Path, file: &Path) {
    fs::remove_file(file).unwrap();
    let name = file.strip_prefix(bag).unwrap().to_str().unwrap();
    for manifest in ["tagmanifest-sha256.txt", "tagmanifest-sm3.txt"] {
        let text = fs::read_to_string(bag.join(manifest)).unwrap();
        let kept = text.lines().filter(|line| !line.ends_with(name));
        fs::write(bag.join(manifest), kept.map(|line| format!("{line}\n")).collect::<String>())
            .unwrap();
    }
}

#[test]
fn a_run_that_two_organisations_signed_is_proven_chunk_by_chunk() {
    let (scene, log) = scene("bag-stream");
    let run = scene.scratch.path("run.chunks");
    let taken = take(&scene, &run, &[]).json();
    assert_eq!((&taken["chunks"], &taken["readings"]), (&4.into(), &37.into()), "{taken}");
    assert_eq!(
        (&taken["first"], &taken["last"], &taken["holes"]),
        (&0.into(), &39.into(), &2.into())
    );
    assert_eq!(taken["from"], "2024-05-18T13:13:00+08:00");
    // It is a log like others.
    let mapping = fupan(&["import", &run, "--suggest"]).out;
    assert!(mapping.contains("format = \"jsonl\""), "{mapping}");
    let mapping = scene.scratch.file("gas.toml", &mapping);
    let asked = ["import", &run, "--mapping", &mapping, "--dry-run", "--json"];
    let read = fupan(&asked).json();
    assert_eq!((&read["rows"], &read["rejected_total"]), (&37.into(), &0.into()), "{read}");
    let note = draft(&scene, "alice", &run);
    sign(&scene, &note, "bob", &run);
    assert_eq!(submit(&scene, &note, &run, &["--id", "E1"])["status"], "witnessed");
    // A part of it once more, only taken in.
    let part = scene.scratch.path("part.chunks");
    assert_eq!(take(&scene, &part, &["--from", "15", "--to", "25"]).json()["chunks"], 2);
    scene.ok(&["add", &part, "--case", &scene.vault, "--id", "E2", "--author", "keeper"]);
    // And one that is none: the same twice over.
    let twice = fs::read(&part).unwrap().repeat(2);
    let double = scene.scratch.path("twice.chunks");
    fs::write(&double, twice).unwrap();
    scene.ok(&["add", &double, "--case", &scene.vault, "--id", "E3", "--author", "keeper"]);
    let bag = export(&scene, "bag");
    for (code, said) in verify(&scene, "bag") {
        assert_eq!(code, 0, "{said}");
    }
    assert_ne!(bagit(&bag), Some(false));
    assert_eq!(chunk_leaves(&bag).len(), 4 + 2, "each chunk of each piece");
    let kept = scene.scratch.0.join("kept");
    copy(&bag, &kept);

    // Sealed again by who holds the log's key: without a leaf of a chunk; with a chunk less; with another's leaf.
    let one = chunk_leaves(&bag).remove(1);
    drop_file(&bag, &one.with_extension("tlog-proof"));
    drop_file(&bag, &one);
    let says = |what: &str, words: [&str; 2]| {
        seal_again(&scene, &log, &bag);
        for ((code, said), words) in verify(&scene, "bag").into_iter().zip(words) {
            assert_eq!(code, 5, "{what}: {said}");
            assert!(said.contains(words), "{what}: {said}");
        }
        fs::remove_dir_all(&bag).unwrap();
        copy(&kept, &bag);
    };
    says("a leaf less", ["a part of it is no chunk", "a part of it is no chunk"]);
    let original = find(&bag.join("data"), "part.chunks");
    let bytes = fs::read(&original).unwrap();
    let second = bytes.windows(13).rposition(|at| at == b"fupan.example").unwrap();
    fs::write(&original, &bytes[..second]).unwrap();
    says("a chunk less", ["the leaf says otherwise of obj", "the leaf says otherwise of obj"]);
    let bytes = fs::read(&original).unwrap();
    fs::write(&original, [&bytes[second..], &bytes[..second - 1]].concat()).unwrap();
    says("a chunk cut off", ["a part of it is no chunk", "a part of it is no chunk"]);
    scene.verified();
}

#[test]
fn a_gateway_that_was_revoked_before_vouches_for_nothing() {
    let (scene, _) = scene("bag-stream-revoked");
    let run = scene.scratch.path("run.chunks");
    assert_eq!(take(&scene, &run, &[]).code, 0);
    scene.ok(&["add", &run, "--case", &scene.vault, "--id", "E1", "--author", "keeper"]);
    let (gateway, works) = (scene.verify_key("gateway"), scene.key("works"));
    let revoke = ["key", "revoke", &scene.vault, "--key", &gateway, "--by", &works];
    scene.ok(&[&revoke[..], &["--since", "1"]].concat());
    export(&scene, "bag");
    for (code, said) in verify(&scene, "bag") {
        assert_eq!(code, 5, "{said}");
        assert!(said.contains("p/gateway") && said.contains("revoked before it signed"), "{said}");
    }
}

#[test]
fn a_run_that_cannot_be_taken_is_refused_and_leaves_nothing() {
    let (scene, _) = scene("bag-stream-refused");
    let out = scene.scratch.path("out/run.chunks");
    take(&scene, &out, &["--from", "40"]).refused(3, "no such readings");
    take(&scene, &out, &["--from", "20", "--to", "22"]).refused(3, "no such readings");
    take(&scene, &out, &["--from", "x"]).refused(2, "a whole number");
    take(&scene, &out, &["--from", "9", "--to", "3"]).refused(2, "--to 3");
    let there = scene.scratch.file("there", "mine");
    let entries = scene.history().len();
    take(&scene, &there, &[]).refused(4, "there already");
    take(&scene, &scene.scratch.path("keys"), &[]).refused(4, "there already");
    assert_eq!(
        (scene.history().len(), fs::read_to_string(there).unwrap().as_str()),
        (entries, "mine")
    );
    let other = |stream: &str| {
        let asked = ["vault", "stream", &scene.vault, "--stream", stream, "--out", &out];
        scene.run(&[&asked[..], &["--author", "keeper"]].concat())
    };
    other("01JDA3YYYYYYYYYYYYYYYYYYYY").refused(3, "no such readings");
    other("gas").refused(2, "gas");
    let nowhere = scene.scratch.path("case");
    let asked = ["vault", "stream", &nowhere, "--stream", STREAM, "--out", &out];
    scene.run(&[&asked[..], &["--author", "keeper"]].concat()).refused(2, "vault");
    // A chunk that rotted.
    let digest = |index: usize| {
        let objects = every(Path::new(&scene.vault).join("objects").as_path()).into_iter();
        let mut chunks =
            objects.filter(|path| fs::read(path).unwrap().starts_with(b"fupan.example/chunk"));
        chunks.nth(index).unwrap()
    };
    let object = digest(2);
    let mut bytes = fs::read(&object).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::remove_file(&object).unwrap();
    fs::write(&object, bytes).unwrap();
    take(&scene, &out, &[]).refused(5, "damaged");
    assert!(!Path::new(&scene.scratch.path("out")).exists());
}
