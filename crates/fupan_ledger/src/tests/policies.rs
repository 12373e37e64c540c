//! Policies: reading them, and who makes a quorum.

use std::collections::BTreeSet;

use super::{key, policy_text, public};
use crate::policy::{PolicyError, PolicyFault};
use crate::{Member, Note, Policy, Refusal, Scheme, Use};

fn faults(text: &str) -> Vec<PolicyError> {
    Policy::parse(text.as_bytes(), Use::Checkpoints).unwrap_err()
}

fn witness(at: u8) -> String {
    format!("witness W{at} {}\n", public(&format!("w{at}"), Scheme::Cosignature, at))
}

#[test]
fn the_example_of_the_specification_asks_for_what_it_says() {
    let mut text = format!("log {} https://log.example/\n", public("l", Scheme::Ed25519, 90));
    text.push_str("# organisations: 单位\n\n \t\n");
    (1..=6).for_each(|at| text.push_str(&witness(at)));
    text.push_str("group X 2 W1 W2 W3\n\tgroup\tY  any W4 W5 W6 \ngroup X-and-Y all X Y\n");
    text.push_str("quorum X-and-Y\n");
    let policy = Policy::parse(text.as_bytes(), Use::Checkpoints).unwrap();
    assert_eq!(policy.quorum(), Some(Member::Group(2)));
    assert_eq!(policy.groups()[2].members(), [Member::Group(0), Member::Group(1)]);
    assert_eq!(policy.groups()[0].threshold(), 2);
    assert_eq!(policy.groups()[1].name(), "Y");
    assert_eq!(policy.witnesses()[3].name(), "W4");
    for bits in 0..64_u32 {
        let who: BTreeSet<usize> = (0..6).filter(|at| bits & (1 << at) != 0).collect();
        let wanted = (bits & 7).count_ones() >= 2 && (bits >> 3).count_ones() >= 1;
        assert_eq!(policy.satisfied(&who), wanted, "{who:?}");
    }
    let none = Policy::parse(b"quorum none\n", Use::Checkpoints).unwrap();
    assert!(none.satisfied(&BTreeSet::new()));
}

#[test]
fn each_rule_of_the_file_is_enforced_with_its_line() {
    let first = witness(1) + &witness(2) + &witness(3);
    let of = |more: &str| {
        let mut errors = faults(&format!("{first}{more}"));
        assert_eq!(errors.len(), 1, "{more}: {errors:?}");
        errors.remove(0)
    };
    let error = |line, fault| PolicyError { line, fault };
    let unknown = |name: &str| PolicyFault::Unknown(name.into());
    assert_eq!(of(""), error(4, PolicyFault::Quorum));
    assert_eq!(of("quorum none\nquorum none\n"), error(5, PolicyFault::Quorum));
    assert_eq!(of("quorum W4\n"), error(4, unknown("W4")));
    assert_eq!(of("quorum\nquorum none\n"), error(4, PolicyFault::Words));
    let cut = faults(&format!("{first}quorum none"));
    assert_eq!(cut, [error(4, PolicyFault::FinalBreak), error(4, PolicyFault::Quorum)]);
    assert_eq!(of("group g any\nquorum none\n"), error(4, PolicyFault::Words));
    for k in ["0", "3", "-1", "01", "two", "1.5"] {
        let text = format!("group g {k} W1 W2\nquorum none\n");
        assert_eq!(of(&text), error(4, PolicyFault::Threshold), "{k}");
    }
    let twice = |name: &str| PolicyFault::MemberTwice(name.into());
    assert_eq!(of("group g 2 W1 W1\nquorum none\n"), error(4, twice("W1")));
    let shared = "group g any W1 W2\ngroup h any W2 W3\nquorum h\n";
    let errors = faults(&format!("{first}{shared}"));
    assert_eq!(errors, [error(5, twice("W2")), error(6, unknown("h"))]);
    let taken = |name: &str| PolicyFault::NameTaken(name.into());
    assert_eq!(of("group W1 any W2\nquorum none\n"), error(4, taken("W1")));
    assert_eq!(of("group none any W2\nquorum none\n"), error(4, taken("none")));
    assert_eq!(of("group g any none\nquorum none\n"), error(4, unknown("none")));
    assert_eq!(of("group g any g\nquorum none\n"), error(4, unknown("g")));
    assert_eq!(of("witless x y\nquorum none\n"), error(4, PolicyFault::Keyword));
    assert_eq!(of("quorum none\r\nquorum none\n"), error(4, PolicyFault::Control));
    let again = format!("witness again {}\nquorum none\n", public("other", Scheme::Cosignature, 2));
    assert_eq!(of(&again), error(4, PolicyFault::DuplicateKey));
    let plain = format!("witness p {}\nquorum none\n", public("p", Scheme::Ed25519, 44));
    assert_eq!(of(&plain), error(4, PolicyFault::KeyUse));
    let log = format!("log {}\n", public("l", Scheme::Ed25519, 90));
    let other = format!("log {}\nquorum none\n", public("m", Scheme::Ed25519, 90));
    assert_eq!(of(&format!("{log}{other}")), error(5, PolicyFault::DuplicateKey));
}

#[test]
fn two_attestors_of_two_organisations_are_a_quorum_and_two_of_one_are_not() {
    let schemes = [Scheme::Ed25519, Scheme::EcdsaP256, Scheme::Sm2, Scheme::Ed25519];
    let mut text = String::new();
    for (at, scheme) in (1..).zip(schemes) {
        text.push_str(&format!("witness p{at} {}\n", public(&format!("p{at}"), scheme, at)));
    }
    text.push_str("group bureau any p1 p2\ngroup works any p3 p4\ngroup two 2 bureau works\n");
    text.push_str("quorum two\n");
    let policy = Policy::parse(text.as_bytes(), Use::Statements).unwrap();
    let signed = |who: &[u8]| {
        let mut note = Note::new("statement\n").unwrap();
        for at in who {
            let scheme = schemes[usize::from(*at) - 1];
            note.sign(&key(&format!("p{at}"), scheme, *at)).unwrap();
        }
        policy.accept_statement(&note)
    };
    assert_eq!(signed(&[1, 3]), Ok(vec![0, 2]));
    assert_eq!(signed(&[4, 2, 1]), Ok(vec![3, 1, 0]));
    assert_eq!(signed(&[1, 2]), Err(Refusal::NoQuorum { witnessed: vec![0, 1] }));
    assert_eq!(signed(&[3]), Err(Refusal::NoQuorum { witnessed: vec![2] }));
    let cosigner = format!("witness c {}\n", public("c", Scheme::Cosignature, 50));
    let refused = Policy::parse((cosigner + "quorum none\n").as_bytes(), Use::Statements);
    assert_eq!(refused.unwrap_err()[0].fault, PolicyFault::KeyUse);
}

#[test]
fn names_are_bytes() {
    let key = public("w1", Scheme::Cosignature, 1);
    let other = public("w2", Scheme::Cosignature, 2);
    let mut text = b"witness \xff ".to_vec();
    text.extend(key.to_string().bytes());
    text.extend(b"\nwitness \xfe ");
    text.extend(other.to_string().bytes());
    text.extend(b"\nquorum \xfe\n");
    let policy = Policy::parse(&text, Use::Checkpoints).unwrap();
    assert_eq!(policy.quorum(), Some(Member::Witness(1)));
    assert!(Policy::parse(policy_text().as_bytes(), Use::Checkpoints).is_ok());
}
