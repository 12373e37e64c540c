//! The statements that put a key on the roll and take it off: texts of signed notes.

use std::fmt;

use super::name;
use crate::key::VerifyKey;
use crate::malformed::{Malformed, Part};
use crate::text;

const ADD: &str = "fupan.example/key-add/v1";
const REVOKE: &str = "fupan.example/key-revoke/v1";

/// Hold (持钥方式): where the secret of a person's key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// On the server, unlocked by password and one-time code: the last resort.
    Server,
    /// In a file of the person's.
    File,
    /// In a browser's store that does not give it out. That is not bound to hardware.
    Device,
    /// In an authenticator that asks its person each time; the digest of the credential's id.
    Passkey([u8; 32]),
}

/// Key add (密钥登记声明): whose key this is. Approved by their organisation and by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAdd {
    /// The key.
    pub key: VerifyKey,
    /// The person, by a name that identifies nobody to a stranger.
    pub person: String,
    /// Their organisation, by its name in the rules.
    pub organisation: String,
    /// The device the key is on; `None` where the server holds it.
    pub device: Option<String>,
    /// Where its secret is.
    pub hold: Hold,
}

/// Key revoke (密钥吊销声明): from which leaf on signatures of a key no longer count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRevoke {
    /// The key.
    pub key: VerifyKey,
    /// Statements with this index or a higher one are refused. May lie before the revocation: a
    /// theft is noticed late.
    pub since: u64,
}

impl KeyAdd {
    /// Reads the text of a note as such a statement.
    ///
    /// # Errors
    /// The first line that is not exactly as it must be.
    pub fn parse(note_text: &str) -> Result<Self, Malformed> {
        let [key, person, organisation, device, hold] =
            fields(note_text, ADD, ["key", "person", "organisation", "device", "hold"])?;
        let value = |line, field| Malformed::at(line, Part::Value(field));
        let key = key.parse().map_err(|_| value(2, "key"))?;
        let person = name(person).ok_or(value(3, "person"))?;
        let organisation = name(organisation).ok_or(value(4, "organisation"))?;
        let device = match device {
            "none" => None,
            device => Some(name(device).ok_or(value(5, "device"))?),
        };
        let hold = read_hold(hold).ok_or(value(6, "hold"))?;
        // The server's keys are on no device, all others on one.
        if (hold == Hold::Server) != device.is_none() {
            return Err(value(5, "device"));
        }
        Ok(Self { key, person, organisation, device, hold })
    }
}

impl KeyRevoke {
    /// Reads the text of a note as such a statement.
    ///
    /// # Errors
    /// The first line that is not exactly as it must be.
    pub fn parse(note_text: &str) -> Result<Self, Malformed> {
        let [key, since] = fields(note_text, REVOKE, ["key", "since"])?;
        let key = key.parse().map_err(|_| Malformed::at(2, Part::Value("key")))?;
        let since = text::decimal(since).ok_or(Malformed::at(3, Part::Value("since")))?;
        Ok(Self { key, since })
    }
}

/// Values of the fields, each once, in order, and nothing else.
fn fields<'a, const N: usize>(
    note_text: &'a str,
    header: &str,
    names: [&'static str; N],
) -> Result<[&'a str; N], Malformed> {
    let count = note_text.lines().count();
    let body = note_text.strip_suffix('\n').ok_or(Malformed::at(count.max(1), Part::FinalBreak))?;
    let mut lines = body.split('\n');
    if lines.next() != Some(header) {
        return Err(Malformed::at(1, Part::Header));
    }
    let mut values = [""; N];
    for (at, (name, value)) in names.into_iter().zip(values.iter_mut()).enumerate() {
        *value = lines
            .next()
            .and_then(|line| line.strip_prefix(name)?.strip_prefix(' '))
            .ok_or(Malformed::at(at + 2, Part::Field(name)))?;
    }
    lines.next().map_or(Ok(values), |_| Err(Malformed::at(N + 2, Part::End)))
}

fn read_hold(value: &str) -> Option<Hold> {
    match value {
        "server" => Some(Hold::Server),
        "file" => Some(Hold::File),
        "device" => Some(Hold::Device),
        _ => text::hex_array(value.strip_prefix("passkey sha256:")?).map(Hold::Passkey),
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server => f.write_str("server"),
            Self::File => f.write_str("file"),
            Self::Device => f.write_str("device"),
            Self::Passkey(credential) => write!(f, "passkey sha256:{}", text::to_hex(credential)),
        }
    }
}

impl fmt::Display for KeyAdd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let device = self.device.as_deref().unwrap_or("none");
        writeln!(f, "{ADD}\nkey {}\nperson {}", self.key, self.person)?;
        writeln!(f, "organisation {}\ndevice {device}\nhold {}", self.organisation, self.hold)
    }
}

impl fmt::Display for KeyRevoke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{REVOKE}\nkey {}\nsince {}", self.key, self.since)
    }
}
