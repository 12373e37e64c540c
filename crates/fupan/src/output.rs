//! Writing answers: every file whole or not at all, and all files of one answer or none.
//!
//! Each file is first written and flushed under a name of its own beside its target; only when all
//! are on disk are they renamed, each rename being atomic. A fault or a wish to stop before the
//! first rename removes what was written; a fault between renames puts the earlier files back.

use crate::{Failure, FailureKind, Message, Watch};
use fupan_intake::digest_read;
use fupan_model::Digest;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

/// One file of an answer, relative to its folder, with `/` between folders.
pub(crate) struct Output {
    /// Where.
    pub(crate) path: String,
    /// What.
    pub(crate) content: Content,
}

/// What an output holds (输出内容).
pub(crate) enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of a file that may be larger than memory, as long as it has this digest.
    Copy { from: PathBuf, digest: Digest },
}

impl Output {
    pub(crate) fn new(path: String, bytes: Vec<u8>) -> Self {
        Self { path, content: Content::Bytes(bytes) }
    }

    pub(crate) fn copy(path: String, from: &Path, digest: Digest) -> Self {
        Self { path, content: Content::Copy { from: from.to_path_buf(), digest } }
    }
}

/// Writes all `outputs` below `folder`, which is made if it is not there. Other files stay.
///
/// # Errors
/// [`FailureKind::Io`] or [`FailureKind::Interrupted`]; the folder is then as it was before.
pub(crate) fn replace_all(
    folder: &Path,
    outputs: &[Output],
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    watch.writing(true);
    let done = Replacement::default().run(folder, outputs, watch);
    watch.writing(false);
    done
}

/// Writes one file out of several, in their order, as long as each has its digest. They may be larger than memory.
///
/// # Errors
/// As [`replace_all`]; the target is then as it was before.
pub(crate) fn join(
    target: &Path,
    parts: &[(PathBuf, Digest)],
    watch: &dyn Watch,
) -> Result<(), Failure> {
    watch.writing(true);
    let mut replacement = Replacement::default();
    let done = replacement.join(target, parts, watch);
    if done.is_err() {
        replacement.undo();
    }
    watch.writing(false);
    done
}

/// What a running replacement has left on disk so far.
#[derive(Default)]
struct Replacement {
    /// Folders that were made, outermost first.
    folders: Vec<PathBuf>,
    /// Waiting files and where they belong.
    waiting: Vec<(PathBuf, PathBuf)>,
    /// Targets renamed, with the bytes that stood there before.
    renamed: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Replacement {
    fn run(
        mut self,
        folder: &Path,
        outputs: &[Output],
        watch: &dyn Watch,
    ) -> Result<Vec<PathBuf>, Failure> {
        let done = self.stage(folder, outputs, watch).and_then(|()| self.commit(watch)).map(|()| {
            let renamed = self.renamed.iter();
            renamed.map(|(target, _)| target.clone()).collect()
        });
        if done.is_err() {
            self.undo();
        }
        done
    }

    fn stage(
        &mut self,
        folder: &Path,
        outputs: &[Output],
        watch: &dyn Watch,
    ) -> Result<(), Failure> {
        self.make_folder(folder)?;
        for (at, output) in outputs.iter().enumerate() {
            if watch.stopped() {
                return Err(Failure::interrupted());
            }
            let target =
                output.path.split('/').fold(folder.to_path_buf(), |path, part| path.join(part));
            if target.is_dir() {
                let message = Message::new("target-is-folder").text("path", target.display());
                return Err(Failure::new(FailureKind::Io, message));
            }
            let parent = target.parent().unwrap_or(folder).to_path_buf();
            self.make_folder(&parent)?;
            let waiting = parent.join(format!(".fupan-{}-{at}.part", std::process::id()));
            self.waiting.push((waiting.clone(), target.clone()));
            match &output.content {
                Content::Bytes(bytes) => {
                    write_flushed(&waiting, bytes).map_err(|e| Failure::write(&target, &e))?;
                }
                Content::Copy { from, digest } => {
                    let part = (from.clone(), digest.clone());
                    copy(std::slice::from_ref(&part), &waiting, &target, watch)?;
                }
            }
        }
        Ok(())
    }

    fn join(
        &mut self,
        target: &Path,
        parts: &[(PathBuf, Digest)],
        watch: &dyn Watch,
    ) -> Result<(), Failure> {
        if target.is_dir() {
            let message = Message::new("target-is-folder").text("path", target.display());
            return Err(Failure::new(FailureKind::Io, message));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        self.make_folder(folder)?;
        let waiting = folder.join(format!(".fupan-{}.part", std::process::id()));
        self.waiting.push((waiting.clone(), target.to_owned()));
        copy(parts, &waiting, target, watch)?;
        self.commit(watch)
    }

    fn commit(&mut self, watch: &dyn Watch) -> Result<(), Failure> {
        if watch.stopped() {
            return Err(Failure::interrupted());
        }
        for (waiting, target) in &self.waiting {
            let before = fs::read(target).ok();
            fs::rename(waiting, target).map_err(|error| Failure::write(target, &error))?;
            self.renamed.push((target.clone(), before));
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
        for part in missing.into_iter().rev() {
            fs::create_dir(part).map_err(|error| Failure::write(part, &error))?;
            self.folders.push(part.to_path_buf());
        }
        if folder.is_dir() || folder.as_os_str().is_empty() {
            Ok(())
        } else {
            Err(Failure::write(folder, &io::ErrorKind::NotADirectory.into()))
        }
    }

    /// Leaves the disk as it was. What cannot be undone is left; there is nobody to tell.
    fn undo(&mut self) {
        for (target, before) in self.renamed.drain(..).rev() {
            let _ = match before {
                Some(bytes) => write_flushed(&target, &bytes),
                None => fs::remove_file(&target),
            };
        }
        for (waiting, _) in self.waiting.drain(..) {
            let _ = fs::remove_file(waiting);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Copies files piece by piece, one after another; refused where one is no longer what was read before.
fn copy(
    parts: &[(PathBuf, Digest)],
    waiting: &Path,
    target: &Path,
    watch: &dyn Watch,
) -> Result<(), Failure> {
    let mut file = File::create(waiting).map_err(|error| Failure::write(target, &error))?;
    for (from, digest) in parts {
        let mut reader = File::open(from).map_err(|error| Failure::read(from, &error))?;
        let mut tee = Tee { reader: &mut reader, file: &mut file, watch, lost: None };
        let read = digest_read(&mut tee);
        if let Some(error) = tee.lost {
            return Err(Failure::write(target, &error));
        }
        let (found, _) =
            read.map_err(|error| Failure::stopped_or(watch, || Failure::read(from, &error)))?;
        if found != *digest {
            let message = Message::new("file-changed").text("path", from.display());
            return Err(Failure::new(FailureKind::Conflict, message));
        }
    }
    file.sync_all().map_err(|error| Failure::write(target, &error))
}

/// What passes through it is written as well.
struct Tee<'a> {
    reader: &'a mut File,
    file: &'a mut File,
    watch: &'a dyn Watch,
    /// What the system said when it could not be written.
    lost: Option<io::Error>,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.watch.stopped() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let size = self.reader.read(buffer)?;
        if let Err(error) = self.file.write_all(buffer.get(..size).unwrap_or_default()) {
            self.lost = Some(error);
            return Err(io::ErrorKind::WriteZero.into());
        }
        Ok(size)
    }
}

/// Writes a file and waits until the disk has it.
fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;
    use std::cell::Cell;

    /// A folder of its own for one test, removed at its end.
    struct Scratch(PathBuf);
    impl Scratch {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("fupan-output-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
        fn names(&self) -> Vec<String> {
            let mut names: Vec<String> = fs::read_dir(&self.0)
                .unwrap()
                .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        }
    }
    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn output(path: &str, text: &str) -> Output {
        Output::new(path.to_owned(), text.as_bytes().to_vec())
    }

    /// Stops after being asked a number of times.
    struct StopsAfter(Cell<u32>);
    impl Watch for StopsAfter {
        fn step(&self, _: crate::Step) {}
        fn writing(&self, _: bool) {}
        fn stopped(&self) -> bool {
            let left = self.0.get();
            self.0.set(left.saturating_sub(1));
            left == 0
        }
    }

    #[test]
    fn only_the_named_files_are_replaced() {
        let scratch = Scratch::new("named");
        fs::write(scratch.0.join("a"), "old").unwrap();
        fs::write(scratch.0.join("other"), "kept").unwrap();
        let outputs = [output("a", "new"), output("sub/b", "b")];
        replace_all(&scratch.0, &outputs, &Unwatched).unwrap();
        assert_eq!(scratch.names(), ["a", "other", "sub"]);
        assert_eq!(fs::read_to_string(scratch.0.join("a")).unwrap(), "new");
        assert_eq!(fs::read_to_string(scratch.0.join("sub").join("b")).unwrap(), "b");
    }

    #[test]
    fn a_copy_is_the_file_that_was_read_or_nothing() {
        let scratch = Scratch::new("copy");
        let from = scratch.0.join("from");
        let bytes = vec![7_u8; 3_000_000];
        fs::write(&from, &bytes).unwrap();
        let (digest, _) = digest_read(&mut bytes.as_slice()).unwrap();
        let outputs = [output("a", "a"), Output::copy("b".to_owned(), &from, digest)];
        // Asked before each file, and before each of the first pieces.
        for asked in 0..6 {
            let watch = StopsAfter(Cell::new(asked));
            let failure = replace_all(&scratch.0, &outputs, &watch).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Interrupted);
            assert_eq!(scratch.names(), ["from"]);
        }
        replace_all(&scratch.0, &outputs, &Unwatched).unwrap();
        assert_eq!(fs::read(scratch.0.join("b")).unwrap(), bytes);
        fs::remove_file(scratch.0.join("a")).unwrap();
        fs::remove_file(scratch.0.join("b")).unwrap();
        fs::write(&from, "changed").unwrap();
        let failure = replace_all(&scratch.0, &outputs, &Unwatched).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Conflict);
        assert_eq!(scratch.names(), ["from"]);
    }

    #[test]
    fn a_fault_leaves_everything_as_it_was() {
        let scratch = Scratch::new("fault");
        fs::write(scratch.0.join("a"), "old").unwrap();
        fs::create_dir(scratch.0.join("b")).unwrap();
        let outputs = [output("new/x", "x"), output("a", "new"), output("b", "b")];
        let failure = replace_all(&scratch.0, &outputs, &Unwatched).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Io);
        assert_eq!(scratch.names(), ["a", "b"]);
        assert_eq!(fs::read_to_string(scratch.0.join("a")).unwrap(), "old");
    }

    #[test]
    fn a_stop_at_any_point_leaves_everything_as_it_was() {
        for asked in 0..3 {
            let scratch = Scratch::new(&format!("stop-{asked}"));
            fs::write(scratch.0.join("a"), "old").unwrap();
            let outputs = [output("a", "new"), output("b", "b")];
            let watch = StopsAfter(Cell::new(asked));
            let failure = replace_all(&scratch.0, &outputs, &watch).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Interrupted);
            assert_eq!(scratch.names(), ["a"]);
            assert_eq!(fs::read_to_string(scratch.0.join("a")).unwrap(), "old");
        }
    }

    #[test]
    fn renamed_files_are_put_back() {
        let scratch = Scratch::new("back");
        fs::write(scratch.0.join("a"), "new").unwrap();
        fs::write(scratch.0.join("b"), "new").unwrap();
        let mut half = Replacement {
            renamed: vec![
                (scratch.0.join("a"), Some(b"old".to_vec())),
                (scratch.0.join("b"), None),
            ],
            ..Replacement::default()
        };
        half.undo();
        assert_eq!(scratch.names(), ["a"]);
        assert_eq!(fs::read_to_string(scratch.0.join("a")).unwrap(), "old");
    }
}
