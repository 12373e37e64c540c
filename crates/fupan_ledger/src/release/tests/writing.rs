//! How a bag is written: the same bytes each time, and nothing where something is wrong.

use std::io;

use super::made::{self, Memory, TRUE};
use crate::release::{BagSeal, BagSink, Release, WriteError};
use crate::{BagInfo, Fixity, Manifest, ManifestKind, Note};

fn refused(change: impl Fn(&mut Release<'_>)) -> (WriteError, Memory) {
    let mut sink = Memory::default();
    let error = made::release(TRUE, &mut sink, change).unwrap_err();
    (error, sink)
}

#[test]
fn the_same_release_gives_the_same_bytes_in_any_order() {
    let files = made::bag(TRUE);
    let mut sink = Memory::default();
    made::release(TRUE, &mut sink, |release| {
        release.evidence.reverse();
        release.leaves.reverse();
        release.people.reverse();
    })
    .unwrap();
    assert_eq!(sink.files, files);
}

#[test]
fn a_bag_has_the_files_of_the_format_and_manifests_of_all() {
    let files = made::bag(TRUE);
    for path in [
        "bagit.txt",
        "bag-info.txt",
        "bag.note",
        "policy.txt",
        "log/checkpoint",
        "log/consistency/200-300.txt",
        "tsa/300.sha256.tsq",
        "tsa/300.sm3.tsr",
        "tsa/chain.pem",
        "proofs/log/1.entry",
        "verify/verify.sh",
        "verify/README.zh.md",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
    let parse = |kind, fixity| {
        let name = Manifest::new(kind, fixity).file_name();
        Manifest::parse(&files[name], kind, fixity).unwrap()
    };
    let payload = parse(ManifestKind::Payload, Fixity::Sm3);
    let tags = parse(ManifestKind::Tags, Fixity::Sha256);
    // Two tag manifests and the seal over them stand in no manifest.
    assert_eq!(payload.sums().len() + tags.sums().len(), files.len() - 3);
    let info = BagInfo::parse(&files["bag-info.txt"]).unwrap();
    assert_eq!(info.payload().unwrap().files, payload.sums().len() as u64);
    // sha256sum reads the manifests as they are: no path of ours needs an escape.
    assert!(!String::from_utf8_lossy(&files["manifest-sha256.txt"]).contains('%'));
}

#[test]
fn the_list_says_what_is_missing_and_no_cell_is_a_formula() {
    let files = made::bag(TRUE);
    let (_, bytes) = files.iter().find(|(path, _)| path.ends_with("清单.csv")).unwrap();
    let list = String::from_utf8(bytes.clone()).unwrap();
    assert!(list.starts_with("\u{feff}序号,证据编号,类别,"));
    assert!(list.contains("缺见证人签名") && list.contains("原件未随包发布"));
    assert!(list.contains("\"'=1+1\"\"引号\"\"\r\n阀门.txt\""), "{list}");
    assert_eq!(list.matches("01JDA3ZK5Q8Y6W2M4N7P9RSTV1").count(), 2);
}

#[test]
fn a_seal_has_one_spelling() {
    let note = Note::parse(&made::bag(TRUE)["bag.note"]).unwrap();
    let seal = BagSeal::parse(note.text()).unwrap();
    assert_eq!(seal.to_string(), note.text());
    for (from, to) in [
        ("v1", "v2"),
        ("case ", "case"),
        ("tree 300", "tree 0300"),
        ("payload ", "load "),
        ("sha256 ", "sha256  "),
        ("tagmanifest-sm3", "tagmanifest-sm4"),
    ] {
        let other = note.text().replacen(from, to, 1);
        assert!(BagSeal::parse(&other).is_err(), "{to}");
    }
    assert!(BagSeal::parse(&format!("{}more 1\n", note.text())).is_err());
    assert!(BagSeal::parse("").is_err());
}

#[test]
fn an_original_that_changed_is_not_released_and_no_seal_is_written() {
    let (error, sink) = refused(|release| release.evidence[0].sha256 = [0; 32]);
    assert!(matches!(error, WriteError::Changed(_)), "{error}");
    assert!(!sink.files.contains_key("bag.note"));
    let (error, _) = refused(|release| release.evidence[0].size += 1);
    assert!(matches!(error, WriteError::Changed(_)), "{error}");
}

#[test]
fn what_no_bag_may_hold_is_not_written() {
    let (error, _) = refused(|release| release.evidence[0].kind = "../..".into());
    assert!(matches!(error, WriteError::Path { .. }), "{error}");
    let (error, _) = refused(|release| release.evidence[0].id = "a/b".into());
    assert!(matches!(error, WriteError::Path { .. }), "{error}");
    let (error, _) = refused(|release| release.evidence[1].id = release.evidence[0].id.clone());
    assert!(matches!(error, WriteError::Twice(_)), "{error}");
    let (error, _) = refused(|release| release.leaves[1] = release.leaves[0].clone());
    assert!(matches!(error, WriteError::Twice(_)), "{error}");
    let (error, _) = refused(|release| release.policy = "quorum all\n".into());
    assert!(matches!(error, WriteError::Policy(_)), "{error}");
    let text = made::TRUE.signed("x.fupan\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", 2);
    let (error, _) = refused(|release| release.checkpoint = text.clone());
    assert!(matches!(error, WriteError::Refused(_)), "{error}");
    let (error, _) = refused(|release| release.case = "01\n02".into());
    assert!(matches!(error, WriteError::Seal(_)), "{error}");
}

/// A disk that is full after some files.
struct Full(usize);

impl BagSink for Full {
    fn create(&mut self, _: &str) -> io::Result<()> {
        let left = self.0.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
        self.0 = left;
        Ok(())
    }

    fn append(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_named_with_the_file() {
    let all = made::bag(TRUE).len();
    for room in [0, 1, all / 2, all - 1] {
        let error = made::release(TRUE, &mut Full(room), |_| ()).unwrap_err();
        let WriteError::Sink { path, source } = error else { panic!("{error}") };
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
        assert_eq!(path == "bag.note", room == all - 1);
    }
}
