//! The project as the guards see it: crates, their manifests, their files.

use std::fs;
use std::path::{Path, PathBuf};

/// A crate of the house.
pub(crate) struct Crate {
    /// Its name, from its manifest's folder.
    pub(crate) name: String,
    /// Text of its manifest.
    pub(crate) manifest: String,
    /// Every `.rs` file below it, tests and examples included.
    pub(crate) files: Vec<File>,
}

/// A source file.
pub(crate) struct File {
    /// Path below the root, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/fupan").to_path_buf()
}

/// Text of a file below the root.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// All crates, by name.
pub(crate) fn crates() -> Vec<Crate> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("crates"))
        .expect("crates/")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.join("Cargo.toml").is_file())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "no crate found: the guards would prove nothing");
    folders
        .iter()
        .map(|folder| {
            let mut files = Vec::new();
            collect(folder, &mut files);
            files.sort_by(|a: &File, b: &File| a.path.cmp(&b.path));
            Crate {
                name: folder.file_name().expect("name").to_string_lossy().into_owned(),
                manifest: fs::read_to_string(folder.join("Cargo.toml")).expect("manifest"),
                files,
            }
        })
        .collect()
}

/// Files of `crates/*/src` that are not test modules: what the product is made of.
pub(crate) fn sources() -> Vec<File> {
    crates()
        .into_iter()
        .flat_map(|krate| {
            let src = format!("crates/{}/src/", krate.name);
            let files: Vec<File> =
                krate.files.into_iter().filter(|file| file.path.starts_with(&src)).collect();
            let tests: Vec<String> = files
                .iter()
                .flat_map(|file| super::code::test_modules(&file.path, &file.text))
                .collect();
            files.into_iter().filter(move |file| {
                !tests.iter().any(|test| {
                    file.path == format!("{test}.rs") || file.path.starts_with(&format!("{test}/"))
                })
            })
        })
        .collect()
}

fn collect(folder: &Path, into: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                collect(&path, into);
            }
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let below = path.strip_prefix(root()).expect("below the root");
            let parts: Vec<String> =
                below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let text = fs::read_to_string(&path).expect("UTF-8");
            into.push(File { path: parts.join("/"), text });
        }
    }
}
