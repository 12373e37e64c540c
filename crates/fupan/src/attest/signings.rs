//! When each of those who signed did so, by the clock of their own device: a file that travels beside
//! the statement. Nobody signed it; the judge takes it only where that clock was compared, and never
//! as later than the signature came.

use crate::{Failure, FailureKind, Message, file};
use fupan_ledger::{ClockSync, Signing, Timestamp, VerifyKey};
use std::path::{Path, PathBuf};

/// Clock words (对时说明): what a device knows of the server's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockWords {
    /// Server's clock less the device's, in milliseconds.
    pub offset_ms: Option<i64>,
    /// How long question and answer took, in milliseconds.
    pub rtt_ms: Option<u64>,
    /// How long ago they were compared, in seconds.
    pub age_s: Option<u64>,
    /// The device's monotonic clock, in milliseconds; `None`: what the system says.
    pub mono_ms: Option<u64>,
}

impl ClockWords {
    /// The comparison.
    ///
    /// # Errors
    /// Some of it, and not all.
    pub(super) fn sync(self) -> Result<Option<ClockSync>, Failure> {
        match (self.offset_ms, self.rtt_ms, self.age_s) {
            (None, None, None) => Ok(None),
            (Some(offset_ms), Some(rtt_ms), Some(age_s)) => {
                Ok(Some(ClockSync { offset_ms, rtt_ms, age_s }))
            }
            _ => Err(Failure::new(FailureKind::Input, Message::new("attest-clock-part"))),
        }
    }

    /// The monotonic clock.
    pub(super) fn mono(self) -> u64 {
        self.mono_ms.or_else(crate::chance::uptime_ms).unwrap_or(0)
    }
}

/// The file beside a statement.
pub(super) fn place(note: &Path) -> PathBuf {
    note.with_file_name(format!("{}.signed", crate::evidence::name_of(note)))
}

/// One line of it.
pub(super) fn line(key: &VerifyKey, at_ms: i64, sync: Option<ClockSync>) -> String {
    let sync = sync.map_or_else(
        || "none".to_owned(),
        |sync| format!("{} {} {}", sync.offset_ms, sync.rtt_ms, sync.age_s),
    );
    format!("{key} {at_ms} {sync}\n")
}

/// All of its lines; whoever is not in it is known by the time of receipt alone.
///
/// # Errors
/// It is there and cannot be read.
pub(super) fn read(note: &Path, received: Timestamp) -> Result<Vec<Signing>, Failure> {
    let place = place(note);
    if !place.is_file() {
        return Ok(Vec::new());
    }
    let text = file::text(&place)?;
    let broken = || {
        let message = Message::new("attest-signed-file").text("path", place.display());
        Failure::new(FailureKind::Input, message)
    };
    text.lines().map(|line| signing(line, received).ok_or_else(broken)).collect()
}

fn signing(line: &str, received: Timestamp) -> Option<Signing> {
    let words: Vec<&str> = line.split(' ').collect();
    let (key, moment, clock) = match words.as_slice() {
        [key, moment, "none"] => (key, moment, None),
        [key, moment, offset, rtt, age] => {
            let (offset_ms, rtt_ms) = (offset.parse().ok()?, rtt.parse().ok()?);
            let clock = ClockSync { offset_ms, rtt_ms, age_s: age.parse().ok()? };
            (key, moment, Some(clock))
        }
        _ => return None,
    };
    let moment = Timestamp::from_millisecond(moment.parse().ok()?).ok()?;
    Some(Signing { key: key.parse().ok()?, moment, clock, received })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan_ledger::{Scheme, SigningKey};

    #[test]
    fn a_line_says_again_what_was_written_and_a_broken_one_nothing() {
        let key = SigningKey::from_seed("p/a", Scheme::Ed25519, &[7; 32]).unwrap();
        let (key, came) = (key.verify_key(), Timestamp::from_millisecond(9000).unwrap());
        let sync = ClockSync { offset_ms: -5, rtt_ms: 40, age_s: 3 };
        for clock in [None, Some(sync)] {
            let line = line(key, 8000, clock);
            let read = signing(line.trim_end(), came).unwrap();
            assert_eq!((read.clock, read.moment.as_millisecond()), (clock, 8000));
            assert_eq!((&read.key, read.received), (key, came));
        }
        for broken in ["", "p/a 1 none", &format!("{key} x none"), &format!("{key} 1 2 3")] {
            assert_eq!(signing(broken, came), None, "{broken}");
        }
    }

    #[test]
    fn a_comparison_of_clocks_is_whole_or_none() {
        let whole =
            ClockWords { offset_ms: Some(1), rtt_ms: Some(2), age_s: Some(3), mono_ms: None };
        assert_eq!(whole.sync().unwrap().map(|sync| sync.rtt_ms), Some(2));
        assert_eq!(ClockWords::default().sync().unwrap(), None);
        assert!(ClockWords { age_s: None, ..whole }.sync().is_err());
    }
}
