//! What a device's clock is worth, and how long a capture took to arrive. Raw values are kept as they
//! came; the class stands on top of them and can be worked out again.

use jiff::Timestamp;

use super::circumstances::{Received, Signing};
use super::history::Past;
use super::rules::AttestSettings;
use crate::capture::{Capture, ClockSync};

/// Clock class (时钟分级): how a capture's time is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockClass {
    /// Complete within the real-time limit, even at the worst of the clock's error.
    Realtime,
    /// Complete later than that.
    Delayed,
    /// Complete so late that it must have been kept on the device.
    Offline,
    /// The clock says nothing: only beacon and receipt bound the capture.
    Untrusted,
}

/// Distrust (时钟存疑): why a device's clock says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distrust {
    /// It was never compared with the server's.
    NeverCompared,
    /// The last comparison is too old.
    StaleComparison,
    /// The device restarted after the comparison.
    Restarted,
    /// Wall clock and monotonic clock parted after the comparison.
    Jumped,
}

/// Timing (采集时间): raw times of a capture, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// When, by the device's clock as it stood.
    pub captured: Timestamp,
    /// The device's monotonic clock then, in milliseconds.
    pub mono_ms: u64,
    /// What the device knew of the server's clock.
    pub clock: Option<ClockSync>,
    /// The server's times.
    pub received: Received,
    /// Why the clock says nothing; `None`: it is trusted.
    pub distrust: Option<Distrust>,
    /// Complete less captured, the device's offset taken into account, in milliseconds.
    pub latency_ms: Option<i64>,
    /// By how much that may be wrong either way.
    pub error_ms: Option<u64>,
    /// The class; `None` until the bytes are complete.
    pub class: Option<ClockClass>,
}

/// Bounds of a moment by the server's clock, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) earliest: i64,
    pub(super) latest: i64,
}

impl Timing {
    /// Works out what the times of a capture are worth.
    #[must_use]
    pub fn of(
        capture: &Capture,
        before: Option<&Past>,
        received: Received,
        settings: &AttestSettings,
    ) -> Self {
        let distrust = distrust(capture, before, settings);
        let error_ms = capture.clock.map(|clock| error_ms(&clock, settings));
        let latency_ms = match (received.complete, capture.clock) {
            (Some(complete), Some(clock)) => Some(
                complete
                    .as_millisecond()
                    .saturating_sub(capture.captured.as_millisecond())
                    .saturating_sub(clock.offset_ms),
            ),
            _ => None,
        };
        let class = if distrust.is_some() {
            Some(ClockClass::Untrusted)
        } else {
            latency_ms.map(|latency| class(latency, error_ms.unwrap_or(0), settings))
        };
        Self {
            captured: capture.captured,
            mono_ms: capture.mono_ms,
            clock: capture.clock,
            received,
            distrust,
            latency_ms,
            error_ms,
            class,
        }
    }

    /// When it was captured; `None` where the clock says nothing.
    pub(super) fn bounds(&self, settings: &AttestSettings) -> Option<Bounds> {
        let clock = self.clock.filter(|_| self.distrust.is_none())?;
        Some(bounds(self.captured, &clock, settings))
    }
}

impl Bounds {
    /// Whether the moment is after `moment`, even if that clock is wrong by `error_ms`.
    pub(super) fn after(self, moment: Timestamp, error_ms: u64) -> bool {
        self.earliest > moment.as_millisecond().saturating_add_unsigned(error_ms)
    }
}

/// The latest moment, by the server's clock, at which an attestor can have signed: their own clock's
/// where that is worth something, never later than their signature came.
pub(super) fn signed_by(signing: &Signing, error_ms: u64, settings: &AttestSettings) -> i64 {
    let came = signing.received.as_millisecond().saturating_add_unsigned(error_ms);
    let clock = signing.clock.filter(|clock| clock.age_s <= settings.sync_age_s);
    clock.map_or(came, |clock| bounds(signing.moment, &clock, settings).latest.min(came))
}

fn bounds(moment: Timestamp, clock: &ClockSync, settings: &AttestSettings) -> Bounds {
    let corrected = moment.as_millisecond().saturating_add(clock.offset_ms);
    let error = error_ms(clock, settings);
    Bounds {
        earliest: corrected.saturating_sub_unsigned(error),
        latest: corrected.saturating_add_unsigned(error),
    }
}

/// Half the round trip and the drift since, both rounded up.
fn error_ms(clock: &ClockSync, settings: &AttestSettings) -> u64 {
    let drift = settings.drift_ppm.saturating_mul(clock.age_s).div_ceil(1000);
    clock.rtt_ms.div_ceil(2).saturating_add(drift)
}

fn class(latency_ms: i64, error_ms: u64, settings: &AttestSettings) -> ClockClass {
    let worst = latency_ms.saturating_add_unsigned(error_ms);
    let within = |seconds: u64| worst <= 0_i64.saturating_add_unsigned(seconds * 1000);
    if within(settings.realtime_s) {
        ClockClass::Realtime
    } else if within(settings.offline_s) {
        ClockClass::Delayed
    } else {
        ClockClass::Offline
    }
}

fn distrust(
    capture: &Capture,
    before: Option<&Past>,
    settings: &AttestSettings,
) -> Option<Distrust> {
    let Some(clock) = capture.clock else { return Some(Distrust::NeverCompared) };
    if clock.age_s > settings.sync_age_s {
        return Some(Distrust::StaleComparison);
    }
    let age_ms = clock.age_s.saturating_mul(1000);
    // The age is in whole seconds, so the comparison may be a second younger than it says.
    if age_ms > capture.mono_ms.saturating_add(1000) {
        return Some(Distrust::Restarted);
    }
    let before = before.filter(|before| before.mono_ms <= capture.mono_ms)?;
    let compared_at = capture.mono_ms.saturating_sub(age_ms);
    if compared_at > before.mono_ms {
        // Compared again since: whatever the clock did before is in the offset.
        return None;
    }
    let wall = capture.captured.as_millisecond().saturating_sub(before.captured.as_millisecond());
    let ran = wall.saturating_sub_unsigned(capture.mono_ms - before.mono_ms);
    (ran.unsigned_abs() > settings.jump_ms).then_some(Distrust::Jumped)
}
