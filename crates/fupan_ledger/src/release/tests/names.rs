//! Names that every disk keeps.

use crate::check_path;
use crate::release::SafeName;

fn of(name: &str) -> String {
    SafeName::of(name).to_string()
}

#[test]
fn ordinary_names_stay_as_they_are() {
    for name in
        ["a.txt", "事故现场 全景（一）.jpg", "gas 100ppm.csv", "《记录》—第3页.pdf", "A&B (1).doc"]
    {
        assert_eq!(of(name), name);
        assert!(SafeName::is_safe(name));
    }
}

#[test]
fn what_some_disk_would_refuse_or_change_is_spelt_out() {
    for (name, safe) in [
        ("", "_"),
        ("NUL", "_NUL"),
        ("con.txt", "_con.txt"),
        ("Com1 .log", "_Com1 .log"),
        ("a.", "a_x2E_"),
        ("a ", "a_x20_"),
        (".hidden", "_x2E_hidden"),
        ("-rf", "_x2D_rf"),
        ("~", "_x7E_"),
        ("..", "_x2E__x2E_"),
        ("../../etc/passwd", "_x2E_._x2F_.._x2F_etc_x2F_passwd"),
        ("a\\b:c*?\"<>|", "a_x5C_b_x3A_c_x2A__x3F__x22__x3C__x3E__x7C_"),
        ("a\r\nb\0", "a_xD__xA_b_x0_"),
        ("100%$`.txt", "100_x25__x24__x60_.txt"),
        // Both forms of one letter, and an ideograph that normalisation replaces.
        ("\u{e9}", "_xE9_"),
        ("e\u{301}", "e_x301_"),
        ("\u{f900}", "_xF900_"),
        ("\u{202e}gpj.exe", "_x202E_gpj.exe"),
    ] {
        assert_eq!(of(name), safe, "{name:?}");
        assert!(!SafeName::is_safe(name) && SafeName::is_safe(safe), "{name:?}");
        assert_eq!(check_path(&format!("data/{safe}")), Ok(()));
    }
}

#[test]
fn long_names_are_cut_apart_from_each_other_and_keep_their_ending() {
    let long = "现场".repeat(60);
    let (a, b) = (of(&format!("{long}一.jpg")), of(&format!("{long}二.jpg")));
    assert!(a.len() <= 100 && a.ends_with(".jpg") && a.starts_with("现场"), "{a}");
    assert_ne!(a, b);
    assert!(SafeName::is_safe(&a));
    let ending = of(&format!("a.{}", "x".repeat(300)));
    assert!(ending.len() <= 100 && SafeName::is_safe(&ending), "{ending}");
}
