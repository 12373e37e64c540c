//! Capture statements.

use super::{key, public};
use crate::malformed::Part;
use crate::{Beacon, Capture, ClockSync, Hash, Malformed, Note, Scheme};

pub(super) fn capture() -> Capture {
    Capture {
        evidence: "01JDA3ZK5Q8Y6W2M4N7P9RSTVX".into(),
        case: "01JD9Z0000000000000000000A".into(),
        kind: "EV4".into(),
        medium: "data".into(),
        sha256: [0x11; 32],
        sm3: [0x22; 32],
        size: 734_003_200,
        chunks: Some([0x33; 32]),
        captured: "2026-11-22T07:25:19.123Z".parse().unwrap(),
        mono_ms: 88_123_400,
        clock: Some(ClockSync { offset_ms: -132, rtt_ms: 48, age_s: 40 }),
        device: public("p1", Scheme::Ed25519, 1).id(),
        seq: 217,
        prev: Some([0x44; 32]),
        beacon: Some(Beacon { size: 20_852_163, root: Hash([0x55; 32]) }),
        meta: [0x66; 32],
        nonce: [0x77; 16],
    }
}

#[test]
fn a_statement_has_these_bytes_and_comes_back_from_them() {
    let capture = capture();
    let text = format!(
        "fupan.example/capture/v1\nevidence 01JDA3ZK5Q8Y6W2M4N7P9RSTVX\n\
         case 01JD9Z0000000000000000000A\nkind EV4\nmedium data\nsha256 {}\nsm3 {}\n\
         size 734003200\nchunks sha256:{}\ncaptured 2026-11-22T07:25:19.123Z\nmono-ms 88123400\n\
         offset-ms -132\nrtt-ms 48\nsync-age-s 40\ndevice {}\nseq 217\nprev sha256:{}\n\
         beacon 20852163 VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\nmeta sha256:{}\n\
         nonce d3d3d3d3d3d3d3d3d3d3dw==\n",
        "11".repeat(32),
        "22".repeat(32),
        "33".repeat(32),
        capture.device,
        "44".repeat(32),
        "66".repeat(32),
    );
    assert_eq!(capture.to_string(), text);
    assert_eq!(Capture::parse(&text), Ok(capture));
}

#[test]
fn what_a_first_offline_statement_does_not_know_is_none() {
    let first = Capture { clock: None, prev: None, beacon: None, chunks: None, ..capture() };
    let text = first.to_string();
    for line in ["chunks none", "offset-ms none", "rtt-ms none", "prev none", "beacon none"] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
    assert_eq!(Capture::parse(&text), Ok(first));
}

#[test]
fn every_other_spelling_order_or_number_of_fields_is_refused_with_its_line() {
    let text = capture().to_string();
    let refused = |from: &str, to: &str| {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text, "{from}");
        Capture::parse(&other).unwrap_err()
    };
    let value = |line, name| Malformed { line, part: Part::Value(name) };
    assert_eq!(refused("v1", "v2"), Malformed { line: 1, part: Part::Header });
    for bad in ["01jda3", "81JDA3", "0IJDA3", "1JDA3"] {
        assert_eq!(refused("01JDA3", bad), value(2, "evidence"));
    }
    assert_eq!(refused("EV4", "ev4"), value(4, "kind"));
    assert_eq!(refused("medium data", "medium Data"), value(5, "medium"));
    assert_eq!(refused("sha256 11", "sha256 1"), value(6, "sha256"));
    assert_eq!(refused("size 7", "size 07"), value(8, "size"));
    assert_eq!(refused("chunks sha256:", "chunks "), value(9, "chunks"));
    for bad in [
        "2026-11-22T07:25:19Z",
        "2026-11-22T07:25:19.1234Z",
        "2026-11-22 07:25:19.123Z",
        "2026-11-22T15:25:19.123+08:00",
        "2026-11-22T07:25:60.123Z",
        "2026-13-22T07:25:19.123Z",
    ] {
        assert_eq!(refused("2026-11-22T07:25:19.123Z", bad), value(10, "captured"), "{bad}");
    }
    assert_eq!(refused("offset-ms -132", "offset-ms -0"), value(12, "offset-ms"));
    assert_eq!(refused("offset-ms -132", "offset-ms none"), value(13, "rtt-ms"));
    assert_eq!(refused("sync-age-s 40", "sync-age-s none"), value(14, "sync-age-s"));
    assert_eq!(refused("beacon 2", "beacon x"), value(18, "beacon"));
    assert_eq!(refused("w==", "w="), value(20, "nonce"));
    let field = |line, name| Malformed { line, part: Part::Field(name) };
    assert_eq!(refused("seq 217\n", ""), field(16, "seq"));
    assert_eq!(refused("seq 217\n", "seq 217\nseq 217\n"), field(17, "prev"));
    assert_eq!(refused("kind EV4\nmedium data", "medium data\nkind EV4"), field(4, "kind"));
    let end = |line, part| Malformed { line, part };
    let longer = Capture::parse(&format!("{text}more 1\n")).unwrap_err();
    assert_eq!(longer, end(21, Part::End));
    assert_eq!(Capture::parse(text.trim_end()).unwrap_err(), end(20, Part::FinalBreak));
    assert_eq!(Capture::parse("").unwrap_err(), end(1, Part::FinalBreak));
}

#[test]
fn one_device_clock_at_the_ends_of_time_stays_readable() {
    for moment in
        ["1970-01-01T00:00:00.000Z", "9999-12-30T22:00:00.000Z", "0000-01-01T00:00:00.000Z"]
    {
        let text = capture().to_string().replace("2026-11-22T07:25:19.123Z", moment);
        assert_eq!(Capture::parse(&text).unwrap().to_string(), text);
    }
}

#[test]
fn two_attestors_sign_the_same_bytes() {
    let mut note = Note::new(&capture().to_string()).unwrap();
    note.sign(&key("p1", Scheme::Ed25519, 1)).unwrap();
    note.sign(&key("p3", Scheme::Sm2, 3)).unwrap();
    let known = [public("p1", Scheme::Ed25519, 1), public("p3", Scheme::Sm2, 3)];
    assert_eq!(note.verify(&known).unwrap().len(), 2);
    let other = Capture { nonce: [0x78; 16], ..capture() };
    let moved = note.to_string().replace(&capture().to_string(), &other.to_string());
    assert!(Note::parse(moved.as_bytes()).unwrap().verify(&known[..1]).is_err());
    assert!(Note::parse(moved.as_bytes()).unwrap().verify(&known[1..]).is_err());
}
