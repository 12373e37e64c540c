//! The text files of bags.

use std::collections::BTreeMap;

use crate::bag::PathFault;
use crate::malformed::Part;
use crate::{
    BagInfo, Declaration, Difference, Fixity, Malformed, Manifest, ManifestKind, Payload,
    check_path, compare, strays,
};

fn payload(paths: &[&str]) -> Manifest {
    let mut manifest = Manifest::new(ManifestKind::Payload, Fixity::Sha256);
    for (sum, path) in (0..).zip(paths) {
        manifest.insert(path, [sum; 32]).unwrap();
    }
    manifest
}

fn parse(text: &str) -> Result<Manifest, Vec<Malformed>> {
    Manifest::parse(text.as_bytes(), ManifestKind::Payload, Fixity::Sha256)
}

#[test]
fn a_manifest_escapes_line_breaks_and_percent_signs_and_nothing_else() {
    let manifest = payload(&["data/100% 证据.txt", "data/a\r\nb", "data/%0A", "data/c d"]);
    let text = manifest.to_string();
    let paths: Vec<&str> = text.lines().map(|line| &line[66..]).collect();
    assert_eq!(paths, ["data/%250A", "data/100%25 证据.txt", "data/a%0D%0Ab", "data/c d"]);
    assert_eq!(parse(&text), Ok(manifest));
    assert_eq!(payload(&[]).to_string(), "");
    assert_eq!(parse(""), Ok(payload(&[])));
    let name = |kind, fixity| Manifest::new(kind, fixity).file_name();
    assert_eq!(name(ManifestKind::Payload, Fixity::Sm3), "manifest-sm3.txt");
    assert_eq!(name(ManifestKind::Tags, Fixity::Sha256), "tagmanifest-sha256.txt");
}

#[test]
fn what_other_programs_may_write_is_read() {
    let (sum, upper) = ("ab".repeat(32), "AB".repeat(32));
    let read = parse(&format!("{upper}\t \tdata/a\r\n{sum} data/b%0a\r{sum}  data/c")).unwrap();
    assert_eq!(read.sums().keys().collect::<Vec<_>>(), ["data/a", "data/b\n", "data/c"]);
    assert_eq!(read.sums()["data/a"], [0xab; 32]);
}

#[test]
fn every_bad_line_is_named() {
    let sum = "00".repeat(32);
    let text = format!(
        "{sum}  data/a\n{sum}  data/a\n{sum}  data/../b\n{sum}  /data/c\nxx  data/d\n\
         {sum}  other/e\n{sum}  data/%41\n{sum}\n\n{sum}  data//f\n{sum}  data\\..\\g\n\
         {sum}  ~/h\n{sum}  C:/i\n{sum}  data/%é\n",
    );
    let faults = parse(&text).unwrap_err();
    let path = Part::Path;
    let wanted = [
        (2, Part::NewPath),
        (3, path(PathFault::Escapes)),
        (4, path(PathFault::Absolute)),
        (5, Part::Checksum),
        (6, path(PathFault::Side)),
        (7, path(PathFault::Escape)),
        (8, Part::Checksum),
        (9, Part::Checksum),
        (10, path(PathFault::Escapes)),
        (11, path(PathFault::Escapes)),
        (12, path(PathFault::Absolute)),
        (13, path(PathFault::Absolute)),
        (14, path(PathFault::Escape)),
    ];
    assert_eq!(faults, wanted.map(|(line, part)| Malformed { line, part }));
    let tags = Manifest::parse(text.as_bytes(), ManifestKind::Tags, Fixity::Sha256).unwrap_err();
    assert_eq!(tags[0], Malformed { line: 1, part: path(PathFault::Side) });
}

#[test]
fn written_paths_are_names_on_every_system() {
    for good in ["data/a.txt", "data/证据/图 1.jpg", "data/.hidden", "data/com10", "data/~x"] {
        assert_eq!(check_path(good), Ok(()), "{good}");
    }
    for (bad, fault) in [
        ("", PathFault::Escapes),
        ("data/", PathFault::Escapes),
        ("data/./a", PathFault::Escapes),
        ("/etc/passwd", PathFault::Absolute),
        ("data/100%.txt", PathFault::Percent),
        ("data/a%0Ab", PathFault::Percent),
        ("data/a\nb", PathFault::Character),
        ("data/a:b", PathFault::Character),
        ("data/a\u{7}b", PathFault::Character),
        ("data/what?", PathFault::Character),
        ("data/NUL", PathFault::Reserved),
        ("data/nul.txt/a", PathFault::Reserved),
        ("data/Com1.log", PathFault::Reserved),
        ("data/a.", PathFault::Reserved),
        ("data/a /b", PathFault::Reserved),
    ] {
        assert_eq!(check_path(bad), Err(fault), "{bad}");
    }
    assert_eq!(check_path(&format!("data/{}", "证".repeat(86))), Err(PathFault::Long));
}

#[test]
fn every_difference_is_found() {
    let manifest = payload(&["data/a", "data/b", "data/c"]);
    let mut found: BTreeMap<String, [u8; 32]> = manifest.sums().clone();
    assert_eq!(compare(&manifest, &found), []);
    found.insert("data/b".into(), [9; 32]);
    found.remove("data/c");
    found.insert("data/d".into(), [0; 32]);
    let (b, c, d) = ("data/b".into(), "data/c".into(), "data/d".into());
    let wanted = [Difference::Changed(b), Difference::Missing(c), Difference::Extra(d)];
    assert_eq!(compare(&manifest, &found), wanted);
    let other = payload(&["data/a", "data/b", "data/d"]);
    assert_eq!(strays(&manifest, &other), ["data/c", "data/d"]);
    assert_eq!(strays(&manifest, &manifest), [""; 0]);
    let cases = payload(&["data/Ä", "data/ä"]);
    assert_eq!(strays(&cases, &cases), ["data/Ä", "data/ä"]);
}

#[test]
fn the_declaration_and_the_info_come_back() {
    let text = Declaration.to_string();
    assert_eq!(text, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    assert!(Declaration::parse(text.as_bytes()).is_ok());
    assert!(Declaration::parse(text.replace('\n', "\r\n").as_bytes()).is_ok());
    for (from, to) in [("1.0", "0.97"), ("UTF-8", "GBK"), ("UTF-8\n", "UTF-8\nmore: 1\n")] {
        assert!(Declaration::parse(text.replace(from, to).as_bytes()).is_err(), "{to}");
    }
    let mut info = BagInfo::default();
    info.push("Source-Organization", "应急管理局").unwrap();
    info.push_payload(Payload { bytes: 734_003_200, files: 12 });
    let text = info.to_string();
    assert_eq!(text, "Source-Organization: 应急管理局\nPayload-Oxum: 734003200.12\n");
    assert_eq!(BagInfo::parse(text.as_bytes()), Ok(info.clone()));
    assert_eq!(info.payload(), Some(Payload { bytes: 734_003_200, files: 12 }));
    let folded = BagInfo::parse(b"Note: one\n  two\r\n\tthree\npayload-oxum: 1.01\n").unwrap();
    assert_eq!(folded.entries()[0].1, "one two three");
    assert_eq!(folded.payload(), None);
    // An empty value that goes on, and lines of blanks only: no blank is left at an end.
    let folded = BagInfo::parse(b"Note:\n  one\n \t\n  two\n \nNext: x\n  \n").unwrap();
    assert_eq!(folded.entries()[0].1, "one two");
    assert_eq!(folded.entries()[1].1, "x");
    assert_eq!(BagInfo::parse(folded.to_string().as_bytes()), Ok(folded));
    let faults = BagInfo::parse(b" first\nno colon\n: x\nok: 1\n").unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(info.push("a:b", "c").is_err() && info.push("a", "b\nc").is_err());
}
