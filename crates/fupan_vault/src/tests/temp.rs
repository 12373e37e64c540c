//! A folder that is gone when the test ends.

use std::path::{Path, PathBuf};

pub(super) struct Temp(PathBuf);

impl Temp {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fupan-vault-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&path));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
