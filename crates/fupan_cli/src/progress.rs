//! Progress of a long read: how far, how fast, how long still. On a terminal only, on one line that
//! is written over; never in an answer.

use fupan::{Message, Voice};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Nothing is said of what is done sooner than this.
const SHORT: Duration = Duration::from_millis(1000);
/// How often the line is written.
const EVERY: Duration = Duration::from_millis(250);

static PACE: Mutex<Option<Pace>> = Mutex::new(None);

/// A read under way (进度).
struct Pace {
    begun: Instant,
    said: Option<Instant>,
    done: u64,
}

/// So many bytes of a file were read.
pub(crate) fn read(voice: &Voice, done: u64, total: u64) {
    let Ok(mut pace) = PACE.lock() else { return };
    let now = Instant::now();
    let pace = match &mut *pace {
        Some(pace) if pace.done <= done => pace,
        other => other.insert(Pace { begun: now, said: None, done }),
    };
    pace.done = done;
    let since = now.duration_since(pace.said.unwrap_or(pace.begun));
    if since < if pace.said.is_some() { EVERY } else { SHORT } {
        return;
    }
    pace.said = Some(now);
    let Some(message) = message(done, total, now.duration_since(pace.begun)) else { return };
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        let _ = write!(err, "\r{}\u{1b}[K", voice.say(&message));
        let _ = err.flush();
    }
}

/// Takes the line away, where there is one.
pub(crate) fn end() {
    let Ok(mut pace) = PACE.lock() else { return };
    if pace.take().is_some_and(|pace| pace.said.is_some()) {
        let mut err = io::stderr().lock();
        if err.is_terminal() {
            let _ = write!(err, "\r\u{1b}[K");
            let _ = err.flush();
        }
    }
}

/// What is said: per cent, megabytes a second, time left.
fn message(done: u64, total: u64, taken: Duration) -> Option<Message> {
    let ms = u128::from(u64::try_from(taken.as_millis()).ok()?.max(1));
    let (done, total) = (u128::from(done), u128::from(total.max(done).max(1)));
    let left_s = (total - done) * ms / done.max(1) / 1000;
    let left = format!("{}:{:02}", left_s / 60, left_s % 60);
    Some(
        Message::new("progress-read")
            .text("percent", done * 100 / total)
            .text("rate", done / ms / 1000)
            .text("left", left),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan::Lang;

    #[test]
    fn rate_and_time_left() {
        let said = message(250_000_000, 1_000_000_000, Duration::from_secs(25)).unwrap();
        for lang in Lang::ALL {
            let said = Voice::new(lang).say(&said);
            for figure in ["25", "10", "1:15"] {
                assert!(said.contains(figure), "{said}");
            }
        }
        assert!(message(0, 0, Duration::ZERO).is_some());
    }
}
