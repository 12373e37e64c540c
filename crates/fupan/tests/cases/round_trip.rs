//! The case formats lose nothing: `assessment.json` is byte-equal after any way round.

use crate::bench::{Scratch, assessed, project};
use fupan::{Actor, CaseForm, Unwatched, export};
use std::path::{Path, PathBuf};

fn exported(case: &Path, form: CaseForm, scratch: &Scratch, name: &str) -> PathBuf {
    let to = scratch.at(name);
    let written = export(case, form, &to, &Actor::default(), &Unwatched);
    written.unwrap_or_else(|failure| panic!("{}: {:?}", case.display(), failure.messages));
    match form {
        CaseForm::Folder => to,
        CaseForm::Json => to.join("case.json"),
    }
}

fn round(case: &str) {
    let scratch = Scratch::new("round");
    let start = project(case);
    let (_, want) = assessed(&start);
    let json = exported(&start, CaseForm::Json, &scratch, "one");
    assert!(assessed(&json).1 == want, "{case}: as fupan-case/1");
    let folder = exported(&json, CaseForm::Folder, &scratch, "two");
    assert!(assessed(&folder).1 == want, "{case}: and as a folder");
    let again = exported(&folder, CaseForm::Json, &scratch, "three");
    assert!(assessed(&again).1 == want, "{case}: and as fupan-case/1 again");
    let direct = exported(&start, CaseForm::Folder, &scratch, "four");
    assert!(assessed(&direct).1 == want, "{case}: as a folder at once");
}

#[test]
fn the_constructed_cases_go_round() {
    round("cases/leak-47-minutes");
    round("cases/mine-flood");
}

#[test]
fn the_public_cases_go_round() {
    for name in crate::public::NAMES {
        round(&format!("cases/public/{name}.case.json"));
    }
}
