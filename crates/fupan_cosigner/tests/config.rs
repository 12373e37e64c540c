//! What a configuration must be, and how its faults are named.
#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic here is the test failing")]

use std::fs;
use std::path::PathBuf;

use fupan_cosigner::{Config, ConfigError};
use fupan_ledger::{KeyError, Scheme, SigningKey};

fn key(name: &str, scheme: Scheme) -> SigningKey {
    SigningKey::from_seed(name, scheme, &[7; 32]).unwrap()
}

fn whole() -> String {
    let log = key("log.example", Scheme::Ed25519);
    let log = log.verify_key();
    format!(
        "listen = \"127.0.0.1:0\"\nkey = \"key\"\nstate = \"state\"\n\n[[logs]]\nkey = \"{log}\"\n"
    )
}

/// Reads a configuration with this text and key file from a folder of its own.
fn load(name: &str, config: &str, key: Option<&str>) -> Result<Config, ConfigError> {
    let folder: PathBuf =
        std::env::temp_dir().join(format!("fupan-cosigner-config-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), config).unwrap();
    if let Some(key) = key {
        fs::write(folder.join("key"), key).unwrap();
    }
    let loaded = Config::load(&folder.join("config.toml"));
    fs::remove_dir_all(&folder).unwrap();
    loaded
}

#[test]
fn a_configuration_names_its_files_from_where_it_stands() {
    let own = key("cosigner.example", Scheme::Cosignature);
    let config = load("whole", &whole(), Some(&format!("{}\n", own.secret_string()))).unwrap();
    assert_eq!(config.key.verify_key(), own.verify_key());
    assert_eq!(config.logs, [key("log.example", Scheme::Ed25519).verify_key().clone()]);
    assert!(config.state.ends_with("state") && config.state.parent().unwrap().is_absolute());
    assert_eq!(config.patience.as_secs(), 10);
    let bare = whole().replacen("listen = \"127.0.0.1:0\"\n", "patience_s = 3\n", 1);
    let config = load("bare", &bare, Some(&own.secret_string())).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:7790", "nobody from outside, unless told to");
    assert_eq!(config.patience.as_secs(), 3);
}

#[test]
fn each_fault_is_named() {
    let own = key("cosigner.example", Scheme::Cosignature).secret_string();
    let own = Some(own.as_str());
    let refused = |name, config: &str, key| load(name, config, key).unwrap_err();
    let of = |from: &str, to: &str| {
        let changed = whole().replacen(from, to, 1);
        assert_ne!(changed, whole(), "{from}");
        changed
    };
    let form = |error| matches!(error, ConfigError::Form { .. });
    assert!(form(refused("toml", "listen =", own)));
    assert!(form(refused("unknown", &of("state =", "stats ="), own)));
    assert!(form(refused("address", &of("127.0.0.1:0", "localhost"), own)));
    assert!(form(refused("patience", &of("state =", "patience_s = 0\nstate ="), own)));
    assert!(form(refused("deep", &of("[[logs]]\nkey", "[[logs]]\nkeys"), own)));
    assert!(
        matches!(refused("gone", &whole(), None), ConfigError::Read { path, .. } if path.ends_with("key"))
    );
    let none = refused("none", &whole(), Some("PRIVATE+KEY+a+00000000+AAAA"));
    assert!(matches!(none, ConfigError::OwnKey { error: KeyError::UnknownType, .. }), "{none:?}");
    let plain = key("cosigner.example", Scheme::Ed25519).secret_string();
    assert!(matches!(refused("plain", &whole(), Some(&plain)), ConfigError::KeyUse { .. }));
    let id = refused("id", &of("log.example+", "log.test+"), own);
    assert!(matches!(id, ConfigError::LogKey { number: 1, error: KeyError::Id, .. }), "{id:?}");
    let log = key("log.example", Scheme::Ed25519).verify_key().to_string();
    let cosigner = key("log.example", Scheme::Cosignature).verify_key().to_string();
    let wrong = refused("use", &of(&log, &cosigner), own);
    assert!(matches!(wrong, ConfigError::LogKey { error: KeyError::WrongUse, .. }), "{wrong:?}");
    let empty = of(&format!("[[logs]]\nkey = \"{log}\"\n"), "");
    assert!(matches!(refused("empty", &empty, own), ConfigError::NoLog { .. }));
}
