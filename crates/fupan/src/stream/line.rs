//! One line of a stream: a JSON object with the number, the device's time and the values of a reading,
//! bare or, as text, below a signature.

use fupan_ledger::{Note, Timestamp, VerifyKey};
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// Bytes at which a line is too long.
pub(super) const LONG: usize = 64 << 10;

/// A reading, and the line that it came in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) seq: u64,
    pub(super) at_ms: i64,
    pub(super) values: BTreeMap<String, Number>,
    pub(super) raw: String,
}

/// Why a line is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFault {
    TooLong,
    NotText,
    NotJson,
    Fields,
    Unsigned,
    Forged,
    OutOfOrder,
    SeqReused,
    ClockBackward,
    ClockAhead,
}

impl RowFault {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::NotText => "not-text",
            Self::NotJson => "not-json",
            Self::Fields => "fields",
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::OutOfOrder => "out-of-order",
            Self::SeqReused => "seq-reused",
            Self::ClockBackward => "clock-backward",
            Self::ClockAhead => "clock-ahead",
        }
    }
}

/// Reads a line; with `signer`, one that must be signed.
pub(super) fn read(line: &[u8], signer: Option<&VerifyKey>) -> Result<Reading, RowFault> {
    let raw = std::str::from_utf8(line).map_err(|_| RowFault::NotText)?;
    if raw.len() >= LONG {
        return Err(RowFault::TooLong);
    }
    let value: Value = serde_json::from_str(raw).map_err(|_| RowFault::NotJson)?;
    let value = match signer {
        None => value,
        Some(signer) => signed(&value, signer)?,
    };
    let (seq, at, values) = (value.get("seq"), value.get("at"), value.get("values"));
    let seq = seq.and_then(Value::as_u64).filter(|seq| *seq < 1 << 53);
    let at_ms = at.and_then(moment);
    let values: Option<BTreeMap<String, Number>> =
        values.and_then(Value::as_object).and_then(|all| {
            all.iter()
                .map(|(name, value)| Some((plain(name)?, value.as_number()?.clone())))
                .collect()
        });
    match (seq, at_ms, values) {
        (Some(seq), Some(at_ms), Some(values)) => {
            Ok(Reading { seq, at_ms, values, raw: raw.to_owned() })
        }
        _ => Err(RowFault::Fields),
    }
}

/// The number of a reading that was taken before, signed or not.
pub(super) fn number(raw: &str) -> Option<u64> {
    let value: Value = serde_json::from_str(raw).ok()?;
    let bare = value.get("seq").and_then(Value::as_u64);
    bare.or_else(|| {
        let payload: Value = serde_json::from_str(value.get("payload")?.as_str()?).ok()?;
        payload.get("seq")?.as_u64()
    })
}

/// What stands below the signature, if that holds.
fn signed(value: &Value, signer: &VerifyKey) -> Result<Value, RowFault> {
    let text = |name| value.get(name).and_then(Value::as_str);
    let (Some(payload), Some(signature)) = (text("payload"), text("signature")) else {
        return Err(RowFault::Unsigned);
    };
    let note = Note::parse(format!("{payload}\n\n{signature}\n").as_bytes());
    let note = note.ok().filter(|note| note.text() == format!("{payload}\n"));
    let holds = note.is_some_and(|note| note.verify(std::slice::from_ref(signer)).is_ok());
    if !holds {
        return Err(RowFault::Forged);
    }
    serde_json::from_str(payload).map_err(|_| RowFault::NotJson)
}

/// Milliseconds since 1970, or a time with its zone.
fn moment(value: &Value) -> Option<i64> {
    let read = match value {
        Value::String(text) => text.parse::<Timestamp>().ok().map(|at| at.as_millisecond()),
        other => other.as_i64(),
    };
    read.filter(|ms| ms.unsigned_abs() < 1 << 53)
}

/// A name that can stand in a header: no blank, no control character.
fn plain(name: &str) -> Option<String> {
    let bad = name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control());
    (!bad && name.len() <= 64).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: &str) -> RowFault {
        read(line.as_bytes(), None).unwrap_err()
    }

    #[test]
    fn a_reading_has_number_time_and_values() {
        let line = r#"{"seq":7,"at":"2024-05-18T05:13:00.250Z","values":{"ch4":0.5},"more":1}"#;
        let reading = read(line.as_bytes(), None).unwrap();
        assert_eq!((reading.seq, reading.at_ms), (7, 1_716_009_180_250));
        assert_eq!(reading.raw, line);
    }

    #[test]
    fn broken_lines_say_what_is_wrong() {
        assert_eq!(fault("{"), RowFault::NotJson);
        assert_eq!(fault(r#"{"seq":-1,"at":1,"values":{}}"#), RowFault::Fields);
        assert_eq!(fault(r#"{"seq":1,"at":"noon","values":{}}"#), RowFault::Fields);
        assert_eq!(fault(r#"{"seq":1,"at":1,"values":{"a b":1}}"#), RowFault::Fields);
        assert_eq!(fault(r#"{"seq":1,"at":1,"values":{"a":"1"}}"#), RowFault::Fields);
        assert_eq!(read(b"\xff", None).unwrap_err(), RowFault::NotText);
        assert_eq!(fault(&format!("\"{}\"", "x".repeat(LONG))), RowFault::TooLong);
    }
}
