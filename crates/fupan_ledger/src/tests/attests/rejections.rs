//! Every rejection by its code: attacks 8 to 14 and 16 of the threat list, and the rest of the rules.

use std::collections::BTreeSet;

use super::*;
use crate::{Downgrade, Exception, Standing};

type Change = fn(&mut Capture, &mut Circumstances);

/// Signs the statement after `change`, judges it after the same, and compares the codes.
fn refused(seeds: &[u8], change: Change, wanted: &[&str]) {
    let mut capture = capture();
    let mut unused = around(&capture, &History::default());
    change(&mut capture, &mut unused);
    let mut around = around(&capture, &History::default());
    change(&mut capture.clone(), &mut around);
    assert_eq!(codes(&signed(&capture, seeds), &around), wanted, "{seeds:?}");
}

const NOTHING: Change = |_, _| {};

#[test]
fn attack_08_one_person_with_two_keys() {
    refused(&[1, 5], NOTHING, &["same-person"]);
}

#[test]
fn attack_09_two_people_of_one_organisation() {
    refused(&[1, 3], NOTHING, &["same-organisation"]);
}

#[test]
fn attack_10_organisations_above_and_below_each_other() {
    let captured_by_bob: Change = |capture, _| capture.device = person_key(2).verify_key().id();
    refused(&[2, 4], captured_by_bob, &["related-organisations"]);
}

#[test]
fn attack_11_two_people_on_one_device() {
    refused(&[1, 6], NOTHING, &["same-device"]);
}

#[test]
fn attack_12_both_keys_held_by_the_server() {
    let captured_by_henry: Change = |capture, _| capture.device = person_key(9).verify_key().id();
    refused(&[9, 10], captured_by_henry, &["server-held"]);
    // One of the two is accepted, and shown.
    let capture = capture();
    let judged = outcome(&signed(&capture, &[1, 10]), &around(&capture, &History::default()));
    let judged = judged.unwrap();
    assert_eq!(judged.standing, Standing::Witnessed);
    assert_eq!(judged.assurance, crate::Assurance::ServerHeld);
    assert_eq!(judged.downgrades, [Downgrade::ServerHeldKey]);
}

#[test]
fn attack_13_the_second_attestor_signed_other_bytes() {
    let capture = capture();
    let ours = signed(&capture, &[1]);
    for other in [
        Capture { nonce: [0x78; 16], ..capture.clone() },
        Capture { size: capture.size + 1, ..capture.clone() },
    ] {
        let theirs = signed(&other, &[2]);
        let codes =
            |found: Vec<Rejection>| -> Vec<_> { found.iter().map(Rejection::code).collect() };
        let refused = SignedCapture::join(&ours, &theirs).unwrap_err();
        assert_eq!(codes(refused), ["signed-other-bytes"]);
        // The line moved under the first statement by hand.
        let mut forged = ours.clone();
        forged.add(theirs.signatures()[0].clone());
        let around = around(&capture, &History::default());
        assert_eq!(super::codes(&forged, &around), ["signed-other-bytes"]);
    }
    let joined = SignedCapture::join(&ours, &signed(&capture, &[2])).unwrap();
    let judged = outcome(&joined, &around(&capture, &History::default())).unwrap();
    assert_eq!(judged.standing, Standing::Witnessed);
}

#[test]
fn attack_14_unknown_revoked_and_later_keys() {
    let capture = capture();
    let mut note = signed(&capture, &[1]);
    note.sign(&key("p/99", Scheme::Ed25519, 99)).unwrap();
    let mut around = around(&capture, &History::default());
    assert_eq!(codes(&note, &around), ["key-unknown"]);
    // Jack's key is leaf 60, the statement knows a log of 50.
    assert_eq!(codes(&signed(&capture, &[1, 11]), &around), ["key-not-logged"]);
    // Ken's key does not count from leaf 70 on, though that was written at leaf 75.
    for (index, refused) in [(69, false), (70, true), (74, true), (80, true)] {
        around.index = index;
        let outcome = outcome(&signed(&capture, &[1, 12]), &around);
        match outcome {
            Ok(judged) => assert_eq!((judged.standing, refused), (Standing::Witnessed, false)),
            Err(found) => {
                let revoked = Rejection::KeyRevoked { key: "p/12".into(), since: 70 };
                assert_eq!((found, refused), (vec![revoked], true));
            }
        }
    }
}

/// Two Ed25519 keys of one name with one id, found by trying: 32 bits are no proof.
const COLLISION: [u32; 2] = [77_873, 80_140];

#[test]
fn attack_14_keys_with_the_same_id_are_told_apart_by_the_whole_key() {
    let [one, other] = COLLISION.map(|seed| {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&seed.to_be_bytes());
        SigningKey::from_seed("p/twin", Scheme::Ed25519, &bytes).unwrap()
    });
    assert_eq!(one.verify_key().id(), other.verify_key().id());
    assert_ne!(one.verify_key(), other.verify_key());
    let rules = rules();
    let mut roll = roll();
    for (index, person, organisation, device, twin) in
        [(78, "nina", "works", "phone-n", &one), (79, "olaf", "union", "phone-o", &other)]
    {
        let add = KeyAdd {
            key: twin.verify_key().clone(),
            person: person.into(),
            organisation: organisation.into(),
            device: Some(device.into()),
            hold: Hold::Device,
        };
        let own = if organisation == "works" { 2 } else { 3 };
        roll.enrol(&add_note(&add, &[own, 1]), index, &rules).unwrap();
    }
    let people = |note: &Note| -> Vec<String> {
        let opened = SignedCapture::open(note, &roll).unwrap();
        opened.signers().iter().map(|signer| signer.add.person.clone()).collect()
    };
    let mut note = signed(&capture(), &[1]);
    note.sign(&other).unwrap();
    assert_eq!(people(&note), ["alice", "olaf"]);
    note.sign(&one).unwrap();
    assert_eq!(people(&note), ["alice", "olaf", "nina"]);
    // As the device that captured, an id that two signers have names neither.
    let twins = Capture { device: one.verify_key().id(), ..capture() };
    let mut note = Note::new(&twins.to_string()).unwrap();
    note.sign(&one).unwrap();
    assert_eq!(SignedCapture::open(&note, &roll).unwrap().device().unwrap().add.person, "nina");
    note.sign(&other).unwrap();
    let found = SignedCapture::open(&note, &roll).unwrap_err();
    assert_eq!(found, [Rejection::DeviceAmbiguous(one.verify_key().id())]);
}

#[test]
fn attack_16_a_statement_replayed_into_another_case() {
    refused(
        &[1, 2],
        |_, around| around.case = "01JD9Z0000000000000000000B".into(),
        &["other-case"],
    );
}

#[test]
fn attack_16_a_number_or_a_nonce_used_again_for_other_bytes() {
    let first = capture();
    let mut history = History::default();
    history.record(&device_key(), &first);
    let again = |capture: &Capture| outcome(&signed(capture, &[1, 2]), &around(capture, &history));
    // The very same statement is a repetition: a receipt got lost.
    assert!(again(&first).unwrap().on_record);
    let other = Capture { meta: [0x67; 32], ..first.clone() };
    let found = again(&other).unwrap_err();
    assert_eq!(found, [Rejection::SeqReused(0), Rejection::NonceReused]);
    assert!(found.iter().all(Rejection::is_alarm));
    let next = Capture { seq: 1, prev: Some(first.digest()), ..first.clone() };
    assert_eq!(again(&next).unwrap_err(), [Rejection::NonceReused]);
    let fresh = Capture { nonce: [0x79; 16], mono_ms: first.mono_ms + 5000, ..next };
    let fresh = Capture { captured: moment("2026-11-22T07:25:19.500Z"), ..fresh };
    assert_eq!(
        again(&Capture { mono_ms: first.mono_ms + 377, ..fresh }).map(|j| j.on_record),
        Ok(false)
    );
}

#[test]
fn a_device_chain_has_no_gap_and_no_other_neighbour() {
    let first = capture();
    let mut history = History::default();
    history.record(&device_key(), &first);
    let later = |seq: u64, prev: Option<[u8; 32]>| Capture {
        seq,
        prev,
        nonce: [0x79; 16],
        ..first.clone()
    };
    let judge = |capture: &Capture, reason: Option<&str>| {
        let mut around = around(capture, &history);
        around.gap_reason = reason.map(str::to_owned);
        outcome(&signed(capture, &[1, 2]), &around)
    };
    let gap = later(3, Some([9; 32]));
    assert_eq!(judge(&gap, None).unwrap_err(), [Rejection::PrevGap { from: 1, to: 2 }]);
    assert_eq!(judge(&gap, Some(" ")).unwrap_err(), [Rejection::PrevGap { from: 1, to: 2 }]);
    let explained = judge(&gap, Some("two captures deleted by mistake")).unwrap();
    assert_eq!(explained.downgrades, [Downgrade::GapExplained]);
    for wrong in [later(1, Some([9; 32])), later(1, None)] {
        assert_eq!(judge(&wrong, Some("why")).unwrap_err(), [Rejection::PrevMismatch]);
    }
    assert!(judge(&later(1, Some(first.digest())), None).is_ok());
    assert_eq!(judge(&later(3, None), Some("why")).unwrap_err(), [Rejection::PrevMismatch]);
    // What fills a gap later must be what the statement behind it names.
    let (one, two) = (later(1, Some(first.digest())), [8; 32]);
    history.record(&device_key(), &Capture { nonce: [1; 16], ..later(2, Some(two)) });
    let judge = |capture: &Capture| outcome(&signed(capture, &[1, 2]), &around(capture, &history));
    assert_eq!(judge(&one).unwrap_err(), [Rejection::PrevMismatch]);
}

#[test]
fn bytes_that_are_not_as_stated() {
    refused(&[1, 2], |_, a| a.measured.as_mut().unwrap().sha256 = [1; 32], &["digest-mismatch"]);
    refused(&[1, 2], |_, a| a.measured.as_mut().unwrap().sm3 = [1; 32], &["sm3-mismatch"]);
    refused(&[1, 2], |_, a| a.measured.as_mut().unwrap().size += 1, &["size-mismatch"]);
    refused(&[1, 2], |_, a| a.measured.as_mut().unwrap().chunks = None, &["chunks-mismatch"]);
    let all: Change = |_, around| {
        around.measured =
            Some(Measured { sha256: [1; 32], sm3: [2; 32], size: 0, chunks: Some([3; 32]) });
    };
    let codes = ["digest-mismatch", "sm3-mismatch", "size-mismatch", "chunks-mismatch"];
    refused(&[1, 2], all, &codes);
}

#[test]
fn a_beacon_that_is_not_of_our_log() {
    refused(&[1, 2], |_, around| around.beacon_root = Some(Hash([1; 32])), &["beacon-forked"]);
    refused(&[1, 2], |_, around| around.beacon_root = None, &["beacon-ahead"]);
    refused(&[1, 2], |capture, _| capture.beacon = None, &["beacon-missing"]);
    let text = rules_text().replace("beacon required", "beacon optional");
    let rules = AttestRules::parse(text.as_bytes()).unwrap();
    let capture = Capture { beacon: None, ..capture() };
    let around = around(&capture, &History::default());
    let opened = SignedCapture::open(&signed(&capture, &[1, 11]), &roll()).unwrap();
    let judged = opened.judge(&around, &rules).unwrap();
    assert_eq!(judged.downgrades, [Downgrade::NoBeacon]);
    let before = Circumstances { index: 60, ..around };
    let found = opened.judge(&before, &rules).unwrap_err();
    assert_eq!(found, [Rejection::KeyNotLogged { key: "p/11".into(), added: 60 }]);
}

#[test]
fn roles_conflicts_passkeys_and_devices() {
    refused(&[1, 13], NOTHING, &["role-not-allowed"]);
    refused(&[1, 14], NOTHING, &["conflict-of-interest"]);
    refused(&[1, 2], |_, around| around.roles.clear(), &["role-not-allowed", "role-not-allowed"]);
    let captured_by_grace: Change = |capture, _| capture.device = person_key(8).verify_key().id();
    refused(&[8, 7], captured_by_grace, &["same-credential"]);
    refused(&[2, 3], NOTHING, &["device-unsigned"]);
    let note = signed(&capture(), &[1, 2]);
    let mut twice = note.clone();
    let around = around(&capture(), &History::default());
    let line = twice.signatures()[0].clone();
    // The same line again is no other line: it must be put there by hand.
    let text = format!("{twice}{line}\n");
    twice = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(codes(&twice, &around), ["same-key"]);
    let unsigned = Note::new(&capture().to_string()).unwrap();
    assert_eq!(codes(&unsigned, &around), ["unsigned", "device-unsigned"]);
    let other = Note::new("fupan.example/capture/v2\n").unwrap();
    assert_eq!(codes(&other, &around), ["statement-malformed"]);
}

#[test]
fn exceptions_need_reason_and_video() {
    let exception = |reason: &str, video: Option<&str>| Exception {
        reason: reason.into(),
        video: video.map(str::to_owned),
    };
    let capture = capture();
    let video = "01JDA40000000000000000000V";
    let judge = |exception: Option<Exception>| {
        let mut around = around(&capture, &History::default());
        around.received.judged = moment("2026-11-22T08:25:19.000Z");
        around.exception = exception;
        outcome(&signed(&capture, &[1]), &around)
    };
    assert_eq!(judge(None).unwrap_err(), [Rejection::TooFewAttestors { signed: 1, asked: 2 }]);
    let none = judge(Some(exception(" ", None))).unwrap_err();
    assert_eq!(none, [Rejection::ExceptionWithoutReason, Rejection::ExceptionWithoutVideo]);
    for bad in [None, Some("a video"), Some(capture.evidence.as_str())] {
        let found = judge(Some(exception("nobody was there", bad))).unwrap_err();
        assert_eq!(found, [Rejection::ExceptionWithoutVideo], "{bad:?}");
    }
    let whole = exception("nobody was there", Some(video));
    let judged = judge(Some(whole.clone())).unwrap();
    assert_eq!(judged.standing, Standing::Unwitnessed(whole));
    assert_eq!(judged.downgrades, [Downgrade::Unwitnessed]);
}

#[test]
fn every_rejection_has_a_code_of_its_own() {
    let (name, id) = (String::new(), crate::KeyId([0; 4]));
    let key = || name.clone();
    let all = [
        Capture::parse("").unwrap_err().into(),
        Rejection::Unsigned,
        Rejection::UnknownKey { name: key(), id },
        Rejection::SignedOtherBytes { name: key(), id },
        Rejection::SameKey(key()),
        Rejection::DeviceUnsigned(id),
        Rejection::DeviceAmbiguous(id),
        Rejection::OtherCase(key()),
        Rejection::KeyNotLogged { key: key(), added: 0 },
        Rejection::KeyRevoked { key: key(), since: 0 },
        Rejection::SamePerson(key()),
        Rejection::SameOrganisation(key()),
        Rejection::RelatedOrganisations(key(), key()),
        Rejection::SameDevice(key()),
        Rejection::SameCredential(key(), key()),
        Rejection::ServerHeld(2),
        Rejection::RoleNotAllowed(key()),
        Rejection::ConflictOfInterest(key()),
        Rejection::Digest,
        Rejection::Sm3,
        Rejection::Size { said: 0, is: 1 },
        Rejection::Chunks,
        Rejection::SeqReused(0),
        Rejection::NonceReused,
        Rejection::PrevGap { from: 0, to: 0 },
        Rejection::PrevMismatch,
        Rejection::CapturedInFuture,
        Rejection::BeaconForked(0),
        Rejection::BeaconAhead(0),
        Rejection::BeaconMissing,
        Rejection::TooFewAttestors { signed: 0, asked: 1 },
        Rejection::ExceptionWithoutReason,
        Rejection::ExceptionWithoutVideo,
        Rejection::LateUnexplained,
    ];
    let codes: BTreeSet<&str> = all.iter().map(Rejection::code).collect();
    assert_eq!(codes.len(), all.len());
}
