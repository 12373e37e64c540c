//! Leaves: one spelling each, closed fields, nothing a person could write into.

use crate::testing::{damage, flips};
use crate::{KeyId, Leaf, LeafError, LeafField, LeafKind, LeafValue, Ulid, leaf_hash};

fn value(field: LeafField) -> LeafValue {
    match field {
        LeafField::Att => LeafValue::Keys(vec![KeyId([1, 2, 3, 4]), KeyId([9, 8, 7, 6])]),
        LeafField::Case | LeafField::Id | LeafField::Stream => LeafValue::Ulid(Ulid([7; 16])),
        LeafField::Clock => LeafValue::Word("stale"),
        LeafField::Deed => LeafValue::Word("handed-over"),
        LeafField::Status => LeafValue::Word("witnessed"),
        LeafField::BodySm3 | LeafField::ObjSm3 | LeafField::StmtSm3 | LeafField::Root => {
            LeafValue::Sm3([0xab; 32])
        }
        LeafField::Body
        | LeafField::Chunks
        | LeafField::Key
        | LeafField::Obj
        | LeafField::Policy
        | LeafField::Stmt => LeafValue::Sha256([0xcd; 32]),
        _ => LeafValue::Number(1_763_796_319_123),
    }
}

fn whole(kind: LeafKind) -> Leaf {
    let (required, optional) = kind.fields();
    required.iter().chain(optional).fold(Leaf::new(kind), |leaf, f| leaf.with(*f, value(*f)))
}

#[test]
fn a_leaf_is_canonical_json() {
    let leaf = Leaf::new(LeafKind::Gap)
        .number(LeafField::At, -5)
        .with(LeafField::Case, LeafValue::Ulid(Ulid([0; 16])))
        .number(LeafField::Count, 3)
        .number(LeafField::Seq, 0)
        .with(LeafField::Stream, LeafValue::Ulid(Ulid([0xff; 16])));
    let text = "{\"at\":-5,\"case\":\"00000000000000000000000000\",\"count\":3,\"kind\":\"gap\",\
                \"seq\":0,\"stream\":\"7ZZZZZZZZZZZZZZZZZZZZZZZZZ\",\"v\":1}";
    assert_eq!(leaf.encode().unwrap(), text.as_bytes());
    assert_eq!(Leaf::parse(text.as_bytes()), Ok(leaf.clone()));
    assert_eq!(leaf.hash().unwrap(), leaf_hash(text.as_bytes()));
}

#[test]
fn every_kind_reads_back_and_misses_each_of_its_fields() {
    for kind in LeafKind::ALL {
        let leaf = whole(*kind);
        let bytes = leaf.encode().unwrap();
        assert_eq!(Leaf::parse(&bytes), Ok(leaf), "{kind:?}");
        for field in kind.fields().0 {
            let mut less = Leaf::new(*kind);
            for other in kind.fields().0.iter().filter(|other| *other != field) {
                less.set(*other, value(*other));
            }
            assert_eq!(less.encode(), Err(LeafError::Missing(field.name())));
        }
    }
}

#[test]
fn what_is_no_leaf_is_refused() {
    let good = String::from_utf8(whole(LeafKind::Silence).encode().unwrap()).unwrap();
    for (bad, why) in [
        (good.replace("\"v\":1", "\"v\":2"), LeafError::Version),
        (good.replace("silence", "sermon"), LeafError::Kind),
        (good.replace(",\"v\"", ", \"v\""), LeafError::Text),
        (good.replace("\"at\":", "\"name\":"), LeafError::Text),
        (good.replace("\"kind\"", "\"obj\":\"sha256:00\",\"kind\""), LeafError::Value("obj")),
        (good.replace("176379", "0176379"), LeafError::Value("at")),
        (good.replace("1763796319123", "9007199254740992"), LeafError::Value("at")),
        (good.replace("1763796319123", "1e3"), LeafError::Value("at")),
        (good.clone() + " ", LeafError::Text),
        (good.replace('}', ",}"), LeafError::Text),
        (String::new(), LeafError::Text),
        (" ".repeat(5000), LeafError::Long),
    ] {
        assert_eq!(Leaf::parse(bad.as_bytes()), Err(why), "{bad}");
    }
    let strange = whole(LeafKind::Gap).with(LeafField::Deed, value(LeafField::Deed));
    assert_eq!(strange.encode(), Err(LeafError::Strange("deed")));
    let odd = whole(LeafKind::Gap).with(LeafField::Count, LeafValue::Number(-1));
    assert_eq!(odd.encode(), Err(LeafError::Value("count")));
    let word = whole(LeafKind::Custody).with(LeafField::Deed, LeafValue::Word("burnt"));
    assert_eq!(word.encode(), Err(LeafError::Value("deed")));
}

#[test]
fn damage_is_refused_or_is_another_leaf() {
    for kind in LeafKind::ALL {
        let bytes = whole(*kind).encode().unwrap();
        let same = Leaf::parse(&bytes).unwrap();
        for flipped in flips(&bytes) {
            assert_ne!(Leaf::parse(&flipped), Ok(same.clone()));
        }
        damage(&bytes, 2_000, |bytes| {
            if let Ok(leaf) = Leaf::parse(bytes) {
                assert_eq!(leaf.encode().unwrap(), bytes);
            }
        });
    }
}

#[test]
fn ulids_have_one_spelling() {
    let text = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    assert_eq!(text.parse::<Ulid>().unwrap().to_string(), text);
    for bad in [
        "",
        "01ARZ3NDEKTSV4RRFFQ69G5FA",
        "01arz3ndektsv4rrffq69g5fav",
        "81ARZ3NDEKTSV4RRFFQ69G5FAV",
        "01ARZ3NDEKTSV4RRFFQ69G5FAU",
    ] {
        assert!(bad.parse::<Ulid>().is_err(), "{bad}");
    }
}
