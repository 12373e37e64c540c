//! `fupan vault cosign` before a running `fupan cosigner`: a head gets its quorum, and a log that was put
//! back gets none.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic here is the test failing"
)]

mod door;

use door::cosigner::Cosigner;
use door::{Run, Scratch, command, copy, project, run};
use std::fs;
use std::path::Path;

fn fupan(scratch: &Scratch, args: &[&str]) -> Run {
    let mut command = command(args);
    command.env("FUPAN_KEYS", scratch.path("keys")).env("FUPAN_AUTHOR", "assessor");
    run(command)
}

#[test]
fn a_head_is_cosigned_and_one_that_goes_back_is_not() {
    let scratch = Scratch::new("vouched");
    let (case, old) = (scratch.path("case"), scratch.path("old"));
    copy(Path::new(&project("cases/leak-clean")), Path::new(&case));
    let made = fupan(&scratch, &["vault", "init", &case, "--json"]).json();
    let key = made["keys"][0].as_str().unwrap().to_owned();
    let cosigner = Cosigner::start(&scratch, "cosigner.example", &key);
    let policy = format!("log {key}\n{}quorum bureau\n", cosigner.line("bureau"));
    let policy = scratch.file("policy.txt", &policy);
    let cosign = ["vault", "cosign", &case, "--policy", &policy, "--json"];
    let first = fupan(&scratch, &cosign).json();
    assert_eq!(
        (&first["quorum"], &first["cosigners"][0]["cosigned"]),
        (&true.into(), &true.into())
    );
    let verify = ["verify", &case, "--log-key", &key, "--policy", &policy];
    let verified = fupan(&scratch, &verify);
    assert!(
        verified.code == 0 && verified.out.contains("has the cosignatures"),
        "{}",
        verified.out
    );

    // It grows, and is cosigned again; then it is put back, and grows another way.
    copy(Path::new(&format!("{case}/.vault")), Path::new(&old));
    let note = |text: &str| {
        let words = ["vault", "custody", &case, "--evidence", "E01", "--deed", "viewed"];
        fupan(&scratch, &[&words[..], &["--note", text]].concat())
    };
    assert_eq!(note("first").code, 0);
    assert_eq!(fupan(&scratch, &cosign).json()["quorum"], true);
    fs::remove_dir_all(format!("{case}/.vault")).unwrap();
    fs::rename(&old, format!("{case}/.vault")).unwrap();
    let origin = key.split('+').next().unwrap();
    fs::remove_file(scratch.path(&format!("keys/{origin}.head"))).unwrap();
    assert_eq!(note("another").code, 0);
    let refused = fupan(&scratch, &cosign).json();
    assert_eq!(
        (&refused["quorum"], &refused["cosigners"][0]["later"]),
        (&false.into(), &false.into())
    );

    drop(cosigner);
    let away = fupan(&scratch, &cosign).json();
    assert_eq!((&away["quorum"], &away["cosigners"][0]["later"]), (&false.into(), &true.into()));
    let silent = scratch.file("silent.txt", &format!("log {key}\nquorum none\n"));
    fupan(&scratch, &["vault", "cosign", &case, "--policy", &silent]).refused(2, "address");
}
