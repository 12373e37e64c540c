//! A cosigner of tests: another organisation's running `fupan cosigner`.

use super::{Scratch, command};
use fupan_ledger::{Scheme, SigningKey};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

/// A running cosigner. Ended when dropped, also by a failing test.
pub(crate) struct Cosigner {
    child: Child,
    own: SigningKey,
    pub(crate) address: String,
}

impl Drop for Cosigner {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Cosigner {
    /// Starts one that co-signs the log of a key. Its files stand in a folder of its name.
    pub(crate) fn start(scratch: &Scratch, name: &str, log: &str) -> Self {
        let own = SigningKey::from_seed(name, Scheme::Cosignature, &seed(name)).unwrap();
        std::fs::create_dir_all(scratch.0.join(name)).unwrap();
        scratch.file(&format!("{name}/own.key"), &own.secret_string());
        let text = format!(
            "listen = \"127.0.0.1:0\"\nkey = \"own.key\"\nstate = \"state\"\n[[logs]]\nkey = \"{log}\"\n"
        );
        let config = scratch.file(&format!("{name}/cosigner.toml"), &text);
        let mut command = command(&["cosigner", &config, "--json"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut answer = String::new();
        while !answer.ends_with("}\n") && out.read_line(&mut answer).unwrap() > 0 {}
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("an answer");
        Self { child, own, address: answer["address"].as_str().unwrap().to_owned() }
    }

    /// Its line in a policy, with its address.
    pub(crate) fn line(&self, name: &str) -> String {
        format!("witness {name} {} http://{}\n", self.own.verify_key(), self.address)
    }
}

/// A seed out of a name: another name, another key.
fn seed(name: &str) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(name).into()
}
