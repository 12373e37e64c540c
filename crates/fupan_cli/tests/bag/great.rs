//! Great bags: very many originals, and a very large one. Each says how long it took and how much memory was
//! taken at most.

use crate::door::{Scratch, command, copy, fupan, project};
use crate::vaulted::Vaulted;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Runs a program, and prints what it took to stderr: peak memory of its processes in KiB.
const MEASURED: &str = "import resource, subprocess, sys\n\
    code = subprocess.call(sys.argv[1:])\n\
    print('PEAK', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n\
    sys.exit(code)\n";

/// Runs a program in the folder of a case, which must succeed. Gives its peak of memory in MiB.
fn measured(vaulted: &Vaulted, what: &str, program: &Command) -> u64 {
    let mut run = Command::new("python3");
    run.args(["-c", MEASURED]).arg(program.get_program()).args(program.get_args());
    run.current_dir(&vaulted.0.0).env("LC_ALL", "C");
    run.env("FUPAN_KEYS", vaulted.0.path("keys")).env("FUPAN_AUTHOR", "张某");
    let begun = Instant::now();
    let output = run.output().expect("python3");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}: {said}");
    let peak = said.lines().find_map(|line| line.strip_prefix("PEAK ")).expect("a peak");
    let peak = peak.parse::<u64>().unwrap() / 1024;
    eprintln!("{what}: {:.1} s, at most {peak} MiB", begun.elapsed().as_secs_f64());
    peak
}

/// Exports and has the bag checked by everybody. Gives the peak of our own program.
fn everybody(vaulted: &Vaulted) -> u64 {
    let anchors = ["--log-key", "log.vkey", "--policy", "policy.txt"];
    let export = command(&["export", "案卷", "--as", "bag", "--out", "包"]);
    let ours = command(&[&["verify", "包"][..], &anchors].concat());
    let [made, checked] = [("export", export), ("verify", ours)]
        .map(|(what, program)| measured(vaulted, what, &program));
    let mut script = Command::new("sh");
    script.arg("包/verify/verify.sh").arg("包").args(anchors);
    measured(vaulted, "verify.sh", &script);
    let mut sums = Command::new("sh");
    sums.args(["-c", "cd 包 && sha256sum -c --quiet --strict manifest-sha256.txt"]);
    measured(vaulted, "sha256sum", &sums);
    made.max(checked)
}

/// A vault of a case with so many small originals more.
fn with_many(name: &str, count: u32) -> Vaulted {
    let scratch = Scratch::new(name);
    copy(Path::new(&project("cases/leak-clean")), &scratch.0.join("案卷"));
    for number in 0..count {
        let path = scratch.0.join("案卷/evidence").join(format!("n{number:06}.txt"));
        fs::write(&path, format!("{number}\n")).unwrap();
        let described = format!("id = \"N{number:06}\"\nkind = \"EV4\"\ntitle = \"n\"\n");
        fs::write(format!("{}.toml", path.display()), described).unwrap();
    }
    let begun = Instant::now();
    let vaulted = Vaulted::of(scratch);
    eprintln!("vault init: {:.1} s", begun.elapsed().as_secs_f64());
    vaulted
}

/// A list that is too long for one paper is in volumes, whose rows are all pieces, each once.
#[test]
fn a_long_list_is_in_volumes() {
    let vaulted = with_many("bag-volumes", 600);
    everybody(&vaulted);
    let mut listed = Vec::new();
    for volume in 1..=2 {
        let path = vaulted.0.path(&format!("包/data/清单-{volume:03}.docx"));
        let text = fupan(&["examine", &path, "--text"]).out;
        assert!(text.contains(&format!("清单分 2 册，本册为第 {volume} 册")), "{text}");
        let found = (0..600).map(|number| format!("n{number:06}.txt"));
        listed.extend(found.filter(|name| text.contains(name)));
    }
    listed.sort();
    assert_eq!(listed, (0..600).map(|number| format!("n{number:06}.txt")).collect::<Vec<_>>());
    assert!(!Path::new(&vaulted.0.path("包/data/清单-003.docx")).exists());
    assert!(!Path::new(&vaulted.0.path("包/data/清单.docx")).exists());
}

/// A bag of 100,000 originals.
#[test]
#[ignore = "takes long: cargo test -p fupan_cli --test bag -- --ignored --nocapture"]
fn a_bag_of_a_hundred_thousand_files() {
    assert!(everybody(&with_many("bag-many", 100_000)) < 1280, "memory");
}

/// Bytes of a film: beyond what 32 bits count.
const LONG: u64 = 4_831_838_208;

/// A bag with one original of 4.5 GiB. Needs 9 GiB of disk, and gives them back.
#[test]
#[ignore = "takes long: cargo test -p fupan_cli --test bag -- --ignored --nocapture"]
fn a_bag_with_an_original_beyond_four_gibibytes() {
    let scratch = Scratch::new("bag-long");
    copy(Path::new(&project("cases/leak-clean")), &scratch.0.join("案卷"));
    let film = scratch.0.join("案卷/evidence/film.bin");
    File::create(&film).unwrap().set_len(LONG).unwrap();
    let described = "id = \"F1\"\nkind = \"EV4\"\ntitle = \"film\"\n";
    fs::write(format!("{}.toml", film.display()), described).unwrap();
    let begun = Instant::now();
    let vaulted = Vaulted::of(scratch);
    eprintln!("vault init: {:.1} s", begun.elapsed().as_secs_f64());
    assert!(everybody(&vaulted) < 256, "memory is not flat");
    let list = fs::read_to_string(vaulted.0.path("包/data/清单.csv")).unwrap();
    assert!(list.contains(&LONG.to_string()), "{list}");
}
