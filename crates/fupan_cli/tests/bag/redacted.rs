//! Redacted releases at the door: proofs stay, listed names do not.

use crate::door::fupan;
use crate::vaulted::{Vaulted, every};
use sha2::{Digest as _, Sha256};
use std::fs;

const WHY: &str = "reason = \"个人信息\"\nbasis = \"《个人信息保护法》第二十八条\"\n";

#[test]
fn a_redacted_release_keeps_proofs_and_no_listed_name() {
    let vaulted = Vaulted::new("bag-redacted");
    vaulted.0.file("收治-遮蔽.csv", "登记时间,伤情,机构\n2025-05-18 15:05,死亡,县殡仪馆\n");
    let names: String = [("赵甲", "伤亡人员一"), ("评估员甲", "询问人一"), ("张某", "入库人")]
        .iter()
        .map(|(name, role)| format!("[[name]]\nname = \"{name}\"\nrole = \"{role}\"\n{WHY}"))
        .collect();
    vaulted.0.file("names.toml", &names);
    let export = |policy: &str| {
        let export = ["export", "案卷", "--as", "bag", "--out", "包", "--redact", policy];
        vaulted.ask(&export)
    };
    let survives = export("names.toml");
    survives.refused(2, "casualty_list.csv");
    assert!(survives.err.contains("admissions.csv") && survives.err.contains("no bag was made"));
    assert!(!vaulted.0.0.join("包").exists());
    vaulted.0.file("bad.toml", "[[withhold]]\nevidence = \"E53\"\nwhy = \"x\"\n");
    let bad = export("bad.toml");
    bad.refused(2, "why");
    assert!(bad.err.contains("reason") && bad.err.contains("basis"), "{}", bad.err);
    let policy = format!(
        "[[withhold]]\nevidence = \"E53\"\n{WHY}\
         [[replace]]\nevidence = \"E54\"\nfile = \"收治-遮蔽.csv\"\n{WHY}{names}"
    );
    vaulted.0.file("redact.toml", &policy);
    let made = export("redact.toml");
    assert_eq!(made.code, 0, "{}", made.err);
    let checked = vaulted.verify();
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert_eq!(checked.out.matches("the original is not in the bag").count(), 2);
    assert_eq!(vaulted.sceptic(), 0);
    let bag = vaulted.0.0.join("包");
    for path in every(&bag) {
        let bytes = fs::read(&path).unwrap();
        for name in ["赵甲", "评估员甲", "张某"] {
            let held = bytes.windows(name.len()).any(|window| window == name.as_bytes());
            assert!(!held && !path.to_string_lossy().contains(name), "{}", path.display());
        }
    }
    for paper in ["data/清单.docx", "data/report/report.zh.docx"] {
        let said = fupan(&["examine", &bag.join(paper).to_string_lossy(), "--text"]).out;
        assert!(!said.contains("赵甲") && !said.contains("张某"), "{paper}");
    }
    let list = fs::read_to_string(bag.join("data/清单.csv")).unwrap();
    let original =
        Sha256::digest(fs::read(vaulted.0.0.join("案卷/evidence/casualty_list.csv")).unwrap());
    let original: String = original.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(list.contains(&original), "the digest of what is withheld stays");
    assert!(list.contains("个人信息保护法") && list.contains("入库人"), "{list}");
    let case = fs::read_to_string(bag.join("data/case/case.json")).unwrap();
    assert!(case.contains("\"derived-from\": \"E54\"") && case.contains("询问人一"));
    let said = fs::read_to_string(bag.join("data/case/redaction.json")).unwrap();
    assert!(said.contains("E54-R1") && said.contains("伤亡人员一"), "{said}");
    let assessed = vaulted.ask(&["assess", "包", "--out", "b", "--format", "json"]);
    assert_eq!(assessed.code, 0, "{}", assessed.err);
    // The derivative is in the case once, however often it is released.
    fs::remove_dir_all(&bag).unwrap();
    assert_eq!(export("redact.toml").code, 0);
    assert!(!bag.join("data/EV1/E54-R2").exists() && bag.join("data/EV1/E54-R1").exists());
}
