//! Notes, keys, checkpoints and cosignatures.

use super::{head, key, public};
use crate::malformed::Part;
use crate::{
    Checkpoint, Hash, KeyError, KeyId, MAX_SIGNATURES, Malformed, Note, NoteError, Scheme,
    SignatureLine, SigningKey, VerifyKey,
};

const SCHEMES: [Scheme; 3] = [Scheme::Ed25519, Scheme::EcdsaP256, Scheme::Sm2];
const TEXT: &str = "First line.\n\nAfter an empty one: 证据.\n";

#[test]
fn each_scheme_signs_and_checks_and_prints_what_it_read() {
    let mut note = Note::new(TEXT).unwrap();
    let keys: Vec<VerifyKey> =
        SCHEMES.iter().map(|scheme| public("a.example", *scheme, 7)).collect();
    for scheme in SCHEMES {
        note.sign(&key("a.example", scheme, 7)).unwrap();
    }
    let printed = note.to_string();
    let read = Note::parse(printed.as_bytes()).unwrap();
    assert_eq!(read, note);
    assert_eq!(read.to_string(), printed);
    assert_eq!(read.text(), TEXT);
    let signed: Vec<usize> = read.verify(&keys).unwrap().into_iter().map(|(at, _)| at).collect();
    assert_eq!(signed, [0, 1, 2]);
    for (at, scheme) in SCHEMES.into_iter().enumerate() {
        let other = Note::parse(printed.replace("First", "Fiest").as_bytes()).unwrap();
        let fails = other.verify(&keys[at..=at]).unwrap_err();
        assert!(matches!(fails, NoteError::BadSignature { .. }), "{scheme:?}");
    }
}

#[test]
fn key_strings_come_back_and_one_wrong_piece_is_named() {
    for scheme in [Scheme::Ed25519, Scheme::EcdsaP256, Scheme::Sm2, Scheme::Cosignature] {
        let secret = key("a.example/7", scheme, 7);
        let read: SigningKey = secret.secret_string().parse().unwrap();
        assert_eq!(read.verify_key(), secret.verify_key());
        let string = secret.verify_key().to_string();
        assert_eq!(string.parse::<VerifyKey>().unwrap(), *secret.verify_key());
        assert!(!format!("{secret:?}").contains(&secret.secret_string()[40..]));
    }
    let of = |text: &str| text.parse::<VerifyKey>().unwrap_err();
    let good = public("a.example", Scheme::Ed25519, 7).to_string();
    assert_eq!(of("a.example"), KeyError::Shape);
    assert_eq!(of(&good.replace("a.ex", "a ex")), KeyError::Name);
    assert_eq!(of(&good.replace("a.ex", "b.ex")), KeyError::Id);
    assert_eq!(of(&good.to_uppercase()), KeyError::Shape);
    assert_eq!(of("a+00000000+AA=="), KeyError::UnknownType);
    assert_eq!(of("a+00000000+AQ=="), KeyError::Material);
    // ML-DSA cosigners are not read: refused, not passed over.
    assert_eq!(of("a+00000000+BgAA"), KeyError::UnknownType);
}

#[test]
fn no_key_is_made_of_a_point_of_small_order_or_a_zero_scalar() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    for scheme in [Scheme::Ed25519, Scheme::Cosignature] {
        assert_eq!(VerifyKey::new("a", scheme, &neutral), Err(KeyError::Material));
        assert_eq!(VerifyKey::new("a", scheme, &[0; 32]), Err(KeyError::Material));
    }
    for scheme in [Scheme::EcdsaP256, Scheme::Sm2] {
        for seed in [[0; 32], [0xff; 32]] {
            let refused = SigningKey::from_seed("a", scheme, &seed).unwrap_err();
            assert_eq!(refused, KeyError::Material);
        }
    }
}

#[test]
fn a_line_of_an_unknown_key_is_kept_and_ignored() {
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&key("stranger.example", Scheme::Ed25519, 1)).unwrap();
    note.add(SignatureLine {
        name: "future.example".into(),
        id: KeyId([9, 9, 9, 9]),
        signature: vec![1; 3000],
    });
    let known = [public("a.example", Scheme::Ed25519, 7)];
    assert_eq!(note.verify(&known), Err(NoteError::Unsigned));
    note.sign(&key("a.example", Scheme::Ed25519, 7)).unwrap();
    let read = Note::parse(note.to_string().as_bytes()).unwrap();
    assert_eq!(read.signatures().len(), 3);
    assert_eq!(read.verify(&known).unwrap().len(), 1);
    // The same line again changes nothing.
    note.sign(&key("a.example", Scheme::Ed25519, 7)).unwrap();
    assert_eq!(note, read);
}

#[test]
fn a_known_key_that_fails_sinks_the_note() {
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&key("a.example", Scheme::Ed25519, 7)).unwrap();
    note.sign(&key("b.example", Scheme::Ed25519, 8)).unwrap();
    let b = public("b.example", Scheme::Ed25519, 8);
    let bad = SignatureLine { name: "b.example".into(), id: b.id(), signature: vec![0; 64] };
    note.add(bad);
    let refused = note.verify(&[public("a.example", Scheme::Ed25519, 7), b.clone()]).unwrap_err();
    assert_eq!(refused, NoteError::BadSignature { name: "b.example".into(), id: b.id() });
}

#[test]
fn keys_that_share_name_and_id_are_tried_by_the_whole_key() {
    let real = public("a.example", Scheme::Ed25519, 7);
    let mut twin = public("a.example", Scheme::Ed25519, 8);
    twin.id = real.id();
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&key("a.example", Scheme::Ed25519, 7)).unwrap();
    for known in [[twin.clone(), real.clone()], [real.clone(), twin.clone()]] {
        let signed = note.verify(&known).unwrap();
        assert_eq!(signed.len(), 1);
        assert_eq!(known[signed[0].0], real);
    }
    assert!(matches!(note.verify(&[twin]), Err(NoteError::BadSignature { .. })));
}

#[test]
fn what_is_no_note_is_refused_with_its_line() {
    let of = |text: &[u8]| Note::parse(text).unwrap_err();
    let fault = |line, part| Malformed { line, part };
    assert_eq!(of(b"text\n"), fault(2, Part::Separator));
    assert_eq!(of(b"text\n\n"), fault(3, Part::FinalBreak));
    assert_eq!(of(b"te\rxt\n\n\xe2\x80\x94 a AAAAAAA=\n"), fault(1, Part::PlainText));
    assert_eq!(of(b"text\n\xff\n\n"), fault(2, Part::PlainText));
    for line in [
        "a AAAAAAA=",
        "\u{2014} a AAAAAA==",
        "\u{2014} a+b AAAAAAA=",
        "\u{2014}  AAAAAAA=",
        "\u{2014} a AAAAAAA",
        "\u{2014} a AAAAAAA= ",
        "- a AAAAAAA=",
    ] {
        let note = format!("text\n\n{line}\n");
        assert_eq!(of(note.as_bytes()), fault(3, Part::SignatureLine), "{line}");
    }
    let line = "\u{2014} a AAAAAAA=\n";
    let many = format!("text\n\n{}", line.repeat(MAX_SIGNATURES));
    assert!(Note::parse(many.as_bytes()).is_ok());
    let more = of(format!("{many}{line}").as_bytes());
    assert_eq!(more, fault(3 + MAX_SIGNATURES, Part::FewerSignatures));
    assert!(Note::new("no break").is_err());
    assert!(Note::new("a\tb\n").is_err());
}

#[test]
fn checkpoints_have_one_spelling() {
    let whole = head(7).to_string();
    assert_eq!(Checkpoint::parse(&whole).unwrap(), head(7));
    let root = Hash([1; 32]);
    let of = |text: &str| Checkpoint::parse(text).unwrap_err();
    let fault = |line, part| Malformed { line, part };
    assert_eq!(of(""), fault(1, Part::FinalBreak));
    assert_eq!(of(&format!("\n7\n{root}\n")), fault(1, Part::Origin));
    assert_eq!(of(&format!("o\n07\n{root}\n")), fault(2, Part::Number));
    assert_eq!(of(&format!("o\n9223372036854775808\n{root}\n")), fault(2, Part::Number));
    assert_eq!(of("o\n7\nAAAA\n"), fault(3, Part::Base64Hash));
    assert_eq!(of(&format!("o\n7\n{root}\nextension\n\n")), fault(5, Part::NotEmpty));
    assert_eq!(of(&format!("o\n7\n{root}")), fault(3, Part::FinalBreak));
    let extended = format!("o\n0\n{root}\nextension\n");
    assert_eq!(Checkpoint::parse(&extended).unwrap().to_string(), extended);
}

#[test]
fn a_cosigner_signs_checkpoints_and_nothing_else() {
    let cosigner = key("w.example", Scheme::Cosignature, 3);
    let known = [cosigner.verify_key().clone()];
    assert_eq!(cosigner.sign(TEXT).unwrap_err(), KeyError::WrongUse);
    assert_eq!(cosigner.cosign(&head(3), 1 << 63).unwrap_err(), KeyError::WrongUse);
    let log_key = key("log.example", Scheme::Ed25519, 3);
    assert_eq!(log_key.cosign(&head(3), 1).unwrap_err(), KeyError::WrongUse);
    let mut note = Note::new(&head(3).to_string()).unwrap();
    note.add(cosigner.cosign(&head(3), 1_700_000_000).unwrap());
    let said = note.verify(&known).unwrap();
    assert_eq!(said[0].1.time_s, Some(1_700_000_000));
    // Two times of one key: both are checked, the later one speaks.
    note.add(cosigner.cosign(&head(3), 1_700_000_009).unwrap());
    assert_eq!(note.verify(&known).unwrap()[0].1.time_s, Some(1_700_000_009));
    // Another time with the same signature, or the signature over another head, is a lie.
    let mut line = cosigner.cosign(&head(3), 5).unwrap();
    line.signature[7] ^= 1;
    note.add(line);
    assert!(matches!(note.verify(&known), Err(NoteError::BadSignature { .. })));
    let mut other = Note::new(&head(4).to_string()).unwrap();
    other.add(cosigner.cosign(&head(3), 5).unwrap());
    assert!(matches!(other.verify(&known), Err(NoteError::BadSignature { .. })));
}
