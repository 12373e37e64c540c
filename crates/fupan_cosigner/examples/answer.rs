//! Answers one request for a cosignature from a file, without the network: `answer CONFIG REQUEST`
//! prints the signature line. `scripts/foreign-ledger` lets programs of others check it.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use fupan_cosigner::{Answer, Config, Cosigner, FolderStore};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [config, request] = words.as_slice() else {
        return Err("expected: answer CONFIG REQUEST".into());
    };
    let config = Config::load(Path::new(config))?;
    let store = FolderStore::open(&config.state)?;
    let cosigner = Cosigner::new(config.key, config.logs, store, |_| {})?;
    match cosigner.add(&fs::read(request)?, 1_763_800_100) {
        Answer::Cosigned(line) => Ok(std::io::stdout().write_all(line.as_bytes())?),
        other => Err(format!("{other:?}").into()),
    }
}
