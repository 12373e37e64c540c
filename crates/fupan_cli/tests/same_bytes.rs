//! The same case gives the same bytes, whoever asks, wherever, in whatever language.

mod door;

use door::{Scratch, command, copy, names, project, run};
use std::fs;
use std::path::Path;

#[test]
fn locale_zone_home_folder_and_name_do_not_show() {
    let scratch = Scratch::new("same");
    let other = scratch.0.join("elsewhere").join("另一个 名字");
    copy(Path::new(&project("cases/leak-47-minutes")), &other);
    let (one, two) = (scratch.path("one"), scratch.path("two"));

    let case = project("cases/leak-47-minutes");
    let all = "json,html,docx,xlsx";
    let mut first = command(&["assess", &case, "--out", &one, "--format", all]);
    first.env("LANG", "C").env("TZ", "UTC");
    assert_eq!(run(first).code, 0);

    let mut second = command(&["assess", ".", "--out", &two, "--format", all]);
    second.env_remove("LC_ALL").env("LANG", "zh_CN.UTF-8").env("TZ", "America/New_York");
    second.env("HOME", &scratch.0).env("USER", "somebody").current_dir(&other);
    let second = run(second);
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(second.out.contains("事故等级"), "{}", second.out);

    let files = names(Path::new(&one));
    assert_eq!(files.len(), 7);
    assert_eq!(files, names(Path::new(&two)));
    for file in files {
        let bytes = [&one, &two].map(|at| fs::read(Path::new(at).join(&file)).expect("a file"));
        assert!(bytes[0] == bytes[1], "{file} differs");
    }
}
