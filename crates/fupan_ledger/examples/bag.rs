//! Writes bags for programs that are not ours to check: `bag write DIR`, `bag attacks DIR` (bags that
//! must be refused, each in a folder of its name), `bag requests DIR` (requests for time stamps).
//! Its keys are constants: nothing it signs is worth anything. `scripts/foreign-bag` runs it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "shares its material with the tests"
)]

use std::error::Error;
use std::fs;
use std::path::Path;

use fupan_ledger as ledger;

#[path = "../src/release/tests/attacks.rs"]
mod attacks;
#[path = "../src/release/tests/made.rs"]
mod made;
#[path = "../src/release/tests/streamed.rs"]
mod streamed;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", dir] => write(Path::new(dir)),
        ["attacks", dir] => {
            for (name, files) in attacks::all() {
                put(&Path::new(dir).join(name), &files)?;
            }
            Ok(())
        }
        ["requests", dir] => {
            fs::create_dir_all(dir)?;
            for (name, request) in made::requests(made::TRUE) {
                fs::write(Path::new(dir).join(format!("{name}.tsq")), request)?;
            }
            Ok(())
        }
        _ => Err("expected: write DIR | attacks DIR | requests DIR".into()),
    }
}

/// The bag, and beside it the anchors that a receiver has from elsewhere.
fn write(dir: &Path) -> Done {
    put(&dir.join("bag"), &made::bag(made::TRUE))?;
    let [log, _] = made::TRUE.log();
    fs::write(dir.join("log.vkey"), format!("{}\n", log.verify_key()))?;
    fs::write(dir.join("policy.txt"), made::TRUE.policy())?;
    Ok(fs::write(dir.join("tsa-ca.pem"), made::STAMP_ROOT)?)
}

fn put(dir: &Path, files: &made::Files) -> Done {
    for (path, bytes) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, bytes)?;
    }
    Ok(())
}
