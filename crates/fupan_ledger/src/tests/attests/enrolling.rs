//! The roll: who may put a key on it and take it off.

use super::*;
use crate::RollError;
use crate::malformed::{Malformed, Part};

fn jack() -> KeyAdd {
    add_of(("jack", 11, "works", Some("phone-j"), Hold::Device))
}

fn enrol(add: &KeyAdd, admins: &[u8]) -> Result<(), RollError> {
    let mut empty = Roll::default();
    let before = empty.clone();
    let done = empty.enrol(&add_note(add, admins), 7, &rules());
    assert_eq!(done.is_err(), empty == before);
    done
}

#[test]
fn a_key_is_approved_by_its_organisation_and_by_another() {
    assert_eq!(enrol(&jack(), &[2, 1]), Ok(()));
    assert_eq!(enrol(&jack(), &[1, 3]), Err(RollError::NotApproved));
    assert_eq!(enrol(&jack(), &[2]), Err(RollError::NotCounterApproved));
    // The laboratory is the works' own.
    assert_eq!(enrol(&jack(), &[2, 4]), Err(RollError::NotCounterApproved));
    assert_eq!(enrol(&jack(), &[4, 1]), Err(RollError::NotApproved));
    assert_eq!(enrol(&jack(), &[]), Err(RollError::Note(crate::NoteError::Unsigned)));
    let unknown = KeyAdd { organisation: "press".into(), ..jack() };
    assert_eq!(enrol(&unknown, &[1, 2]), Err(RollError::UnknownOrganisation("press".into())));
    let admins = KeyAdd { key: public("other", Scheme::Ed25519, 101), ..jack() };
    assert_eq!(enrol(&admins, &[2, 1]), Err(RollError::KeyTaken));
    let cosigner = KeyAdd { key: public("c", Scheme::Cosignature, 50), ..jack() };
    assert_eq!(enrol(&cosigner, &[2, 1]), Err(RollError::KeyUse));
    let mut forged = add_note(&jack(), &[2, 1]);
    let other = add_note(&KeyAdd { person: "jane".into(), ..jack() }, &[3]);
    forged.add(other.signatures()[0].clone());
    let refused = Roll::default().enrol(&forged, 7, &rules());
    assert!(matches!(refused, Err(RollError::Note(_))), "{refused:?}");
}

#[test]
fn a_roll_grows_in_the_order_of_the_log_and_takes_no_key_twice() {
    let (rules, mut full) = (rules(), roll());
    let mut enrol = |add: &KeyAdd, index| full.enrol(&add_note(add, &[2, 1]), index, &rules);
    let again = KeyAdd { person: "jane".into(), ..jack() };
    assert_eq!(enrol(&again, 90), Err(RollError::KeyTaken));
    let renamed = KeyAdd { key: public("other", Scheme::Ed25519, 11), ..again };
    assert_eq!(enrol(&renamed, 90), Err(RollError::KeyTaken));
    let fresh = KeyAdd { key: public("p/40", Scheme::Sm2, 40), ..jack() };
    assert_eq!(enrol(&fresh, 75), Err(RollError::Order(75)));
    let moved = KeyAdd { person: "alice".into(), ..fresh.clone() };
    assert_eq!(enrol(&moved, 90), Err(RollError::PersonElsewhere));
    assert_eq!(enrol(&fresh, 90), Ok(()));
    assert_eq!(full.enrolments().last().map(|found| found.added), Some(90));
}

#[test]
fn a_key_is_revoked_by_itself_its_organisation_or_two_others() {
    let revoke = |signers: &[SigningKey], since, index| {
        let mut roll = roll();
        let revoke = KeyRevoke { key: person_key(2).verify_key().clone(), since };
        let mut note = Note::new(&revoke.to_string()).unwrap();
        signers.iter().for_each(|signer| note.sign(signer).unwrap());
        roll.revoke(&note, index, &rules()).map(|()| roll)
    };
    for signers in [vec![person_key(2)], vec![admin(2)], vec![admin(1), admin(3)]] {
        let roll = revoke(&signers, 40, 81).unwrap();
        let found = roll.enrolments().iter().find_map(|found| found.revoked);
        assert_eq!(found.map(|revoked| (revoked.since, revoked.at)), Some((40, 81)));
    }
    for signers in [vec![admin(1)], vec![admin(3)], vec![admin(4)]] {
        assert_eq!(revoke(&signers, 40, 81).unwrap_err(), RollError::NotAllowed);
    }
    assert_eq!(revoke(&[admin(2)], 82, 81).unwrap_err(), RollError::Since);
    assert_eq!(revoke(&[admin(2)], 40, 75).unwrap_err(), RollError::Order(75));
    let stranger = key("p/99", Scheme::Ed25519, 99);
    assert!(matches!(revoke(&[stranger], 40, 81), Err(RollError::Note(_))));
    // An earlier theft may still come out; a later date changes nothing.
    let mut roll = revoke(&[admin(2)], 40, 81).unwrap();
    let mut note = |since: u64, index| {
        let text = KeyRevoke { key: person_key(2).verify_key().clone(), since }.to_string();
        let mut note = Note::new(&text).unwrap();
        note.sign(&admin(2)).unwrap();
        roll.revoke(&note, index, &rules())
    };
    assert_eq!(note(60, 90), Err(RollError::RevokedBefore));
    assert_eq!(note(30, 90), Ok(()));
    let unknown = KeyRevoke { key: public("p/99", Scheme::Ed25519, 99), since: 0 };
    let note = Note::new(&unknown.to_string()).unwrap();
    assert_eq!(super::roll().revoke(&note, 90, &rules()), Err(RollError::NotEnrolled));
}

#[test]
fn statements_of_the_roll_come_back_from_their_bytes_and_nothing_else_is_read() {
    for person in PEOPLE {
        let add = add_of(person);
        assert_eq!(KeyAdd::parse(&add.to_string()), Ok(add));
    }
    let text = jack().to_string();
    let of = |from: &str, to: &str| KeyAdd::parse(&text.replacen(from, to, 1)).unwrap_err();
    let value = |line, name| Malformed { line, part: Part::Value(name) };
    assert_eq!(of("key-add/v1", "key-add/v2").line, 1);
    assert_eq!(of("person jack", "person ja ck"), value(3, "person"));
    assert_eq!(of("device phone-j", "device none"), value(5, "device"));
    assert_eq!(of("hold device", "hold server"), value(5, "device"));
    assert_eq!(of("hold device", "hold passkey"), value(6, "hold"));
    assert_eq!(of("hold device\n", "hold device\nmore 1\n").line, 7);
    assert_eq!(of("hold device\n", "").line, 6);
    let revoke = KeyRevoke { key: public("p/1", Scheme::Ed25519, 1), since: 9 };
    assert_eq!(KeyRevoke::parse(&revoke.to_string()), Ok(revoke.clone()));
    let padded = revoke.to_string().replace("since 9", "since 09");
    assert_eq!(KeyRevoke::parse(&padded), Err(value(3, "since")));
}
