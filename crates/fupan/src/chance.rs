//! The two things that no room may ask for: the time, and random bytes.

use crate::Failure;
use fupan_ledger::Ulid;
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, by the clock of this machine.
///
/// # Errors
/// A clock before 1970 or beyond all bounds.
pub(crate) fn now_ms() -> Result<i64, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(Failure::bug)?;
    i64::try_from(since.as_millis()).map_err(Failure::bug)
}

/// Milliseconds since this machine started, where it says so.
pub(crate) fn uptime_ms() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/uptime").ok()?;
    let (whole, rest) = text.split(' ').next()?.split_once('.')?;
    let hundredths: u64 = rest.get(..2)?.parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(hundredths * 10)
}

/// Bytes from the system's source of randomness.
///
/// # Errors
/// The system has none to give.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Failure::bug)?;
    Ok(bytes)
}

/// A new id: the time in its first six bytes, chance in the others.
///
/// # Errors
/// As [`random`].
pub(crate) fn ulid(at_ms: i64) -> Result<Ulid, Failure> {
    let mut bytes: [u8; 16] = random()?;
    let [_, _, time @ ..] = at_ms.to_be_bytes();
    for (to, from) in bytes.iter_mut().zip(time) {
        *to = from;
    }
    Ok(Ulid(bytes))
}
