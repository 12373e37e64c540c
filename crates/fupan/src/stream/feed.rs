//! Where lines come from. Standard input is read beside, so that a quiet one is sealed in time; a line
//! that is too long is passed over without being held.

use super::line::LONG;
use crate::{Failure, FailureKind, Message, file};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// Lines that wait to be taken.
pub(super) const AHEAD: usize = 256;

/// The lines of a file, or of standard input.
pub(super) struct Feed {
    from: Receiver<io::Result<Option<Vec<u8>>>>,
    place: PathBuf,
    live: bool,
}

/// What came.
pub(super) enum Got {
    Line(Vec<u8>),
    TooLong,
    Nothing,
    End,
}

impl Feed {
    /// # Errors
    /// The file cannot be opened.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let (to, from) = sync_channel(AHEAD);
        let place = path.map_or_else(|| PathBuf::from("stdin"), Path::to_path_buf);
        match path {
            None => drop(thread::spawn(move || pump(io::stdin().lock(), &to))),
            Some(path) => {
                file::head(path, 1)?;
                let file = File::open(path).map_err(|error| Failure::read(path, &error))?;
                drop(thread::spawn(move || pump(BufReader::new(file), &to)));
            }
        }
        Ok(Self { from, place, live: path.is_none() })
    }

    /// Whether the lines come as they are measured, so that the time of receipt says something.
    pub(super) fn is_live(&self) -> bool {
        self.live
    }

    /// The next line, if it comes in time.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn next(&self, wait: Duration) -> Result<Got, Failure> {
        match self.from.recv_timeout(wait) {
            Ok(Ok(Some(line))) => Ok(Got::Line(line)),
            Ok(Ok(None)) => Ok(Got::TooLong),
            Ok(Err(error)) => Err(Failure::new(
                FailureKind::Io,
                Message::new("stream-cut").text("path", self.place.display()).text("detail", error),
            )),
            Err(RecvTimeoutError::Timeout) => Ok(Got::Nothing),
            Err(RecvTimeoutError::Disconnected) => Ok(Got::End),
        }
    }
}

/// Sends every line that is not empty; `None` for one that is too long.
fn pump(mut from: impl BufRead, to: &SyncSender<io::Result<Option<Vec<u8>>>>) {
    loop {
        let line = match bounded(&mut from) {
            Ok(None) => return,
            Ok(Some(line)) => line,
            Err(error) => return drop(to.send(Err(error))),
        };
        let blank = line.as_ref().is_some_and(|line| line.trim_ascii().is_empty());
        if !blank && to.send(Ok(line)).is_err() {
            return;
        }
    }
}

/// The next line without its break; the outer `None`: the end; the inner: it was too long.
fn bounded(from: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let (mut line, mut long, mut any) = (Vec::new(), false, false);
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        long |= line.len() + part.len() >= LONG;
        if !long {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        from.consume(used);
        if end.is_some() {
            break;
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(any.then_some((!long).then_some(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_over_and_the_next_one_is_whole() {
        let text = format!("a\r\n{}\nb", "x".repeat(LONG));
        let mut from = BufReader::with_capacity(100, text.as_bytes());
        assert_eq!(bounded(&mut from).unwrap(), Some(Some(b"a".to_vec())));
        assert_eq!(bounded(&mut from).unwrap(), Some(None));
        assert_eq!(bounded(&mut from).unwrap(), Some(Some(b"b".to_vec())));
        assert_eq!(bounded(&mut from).unwrap(), None);
    }
}
