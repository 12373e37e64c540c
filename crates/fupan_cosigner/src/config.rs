//! The configuration: a TOML file, a key file and a folder, paths relative to the first.
//!
//! ```toml
//! listen = "127.0.0.1:7790"    # this, where the line is missing
//! key = "cosigner.key"    # one line, PRIVATE+KEY+name+id+…, of signature type 4
//! state = "state"
//! patience_s = 10        # seconds in which a client must have sent its request; 10 where missing
//!
//! [[logs]]
//! key = "2f6d….fupan+1a2b3c4d+…"    # the log's key; its name is the log's origin
//! ```

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fupan_ledger::{KeyError, Scheme, SigningKey, VerifyKey};
use serde::Deserialize;
use thiserror::Error;

/// Config (背书配置): whom a cosigner signs for, and as whom.
#[derive(Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Its own key.
    pub key: SigningKey,
    /// Keys of the logs. Several may share an origin.
    pub logs: Vec<VerifyKey>,
    /// Folder of its state.
    pub state: PathBuf,
    /// Time in which a client must have sent its request.
    pub patience: Duration,
}

/// Config error (背书配置错误): why a configuration is refused.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{path}: {error}")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is no TOML, or has a key too many or too few.
    #[error("{path}: {error}")]
    Form {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        error: toml::de::Error,
    },
    /// The cosigner's key is none.
    #[error("{path}: {error}")]
    OwnKey {
        /// The key file.
        path: PathBuf,
        /// What is wrong.
        error: KeyError,
    },
    /// The cosigner's key is not of signature type 4.
    #[error("{path}: a cosigner needs a key of signature type 4")]
    KeyUse {
        /// The key file.
        path: PathBuf,
    },
    /// The key of a log is none, or a cosigner's.
    #[error("{path}: log {number}: {error}")]
    LogKey {
        /// The configuration.
        path: PathBuf,
        /// Which log, from 1.
        number: usize,
        /// What is wrong.
        error: KeyError,
    },
    /// No log.
    #[error("{path}: expected at least one log")]
    NoLog {
        /// The configuration.
        path: PathBuf,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "loopback")]
    listen: SocketAddr,
    key: PathBuf,
    state: PathBuf,
    patience_s: Option<NonZeroU16>,
    #[serde(default)]
    logs: Vec<Log>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Log {
    key: String,
}

impl Config {
    /// Reads a configuration and the key file it names.
    ///
    /// # Errors
    /// The first thing that is wrong with either.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let owned = path.to_owned();
        let file: File = toml::from_str(&read(path)?)
            .map_err(|error| ConfigError::Form { path: owned.clone(), error })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let key_path = folder.join(file.key);
        let key: SigningKey = read(&key_path)?
            .trim()
            .parse()
            .map_err(|error| ConfigError::OwnKey { path: key_path.clone(), error })?;
        if key.verify_key().scheme() != Scheme::Cosignature {
            return Err(ConfigError::KeyUse { path: key_path });
        }
        let mut logs: Vec<VerifyKey> = Vec::new();
        for (at, log) in file.logs.iter().enumerate() {
            let refused =
                |error| ConfigError::LogKey { path: owned.clone(), number: at + 1, error };
            let log: VerifyKey = log.key.trim().parse().map_err(refused)?;
            if log.scheme() == Scheme::Cosignature {
                return Err(refused(KeyError::WrongUse));
            }
            logs.push(log);
        }
        if logs.is_empty() {
            return Err(ConfigError::NoLog { path: owned });
        }
        let patience = Duration::from_secs(file.patience_s.map_or(10, |s| u64::from(s.get())));
        let state = folder.join(file.state);
        Ok(Self { listen: file.listen, key, logs, state, patience })
    }
}

/// Where a cosigner listens that was not told: only this computer reaches it.
fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 7790).into()
}

fn read(path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|error| ConfigError::Read { path: path.to_owned(), error })
}
