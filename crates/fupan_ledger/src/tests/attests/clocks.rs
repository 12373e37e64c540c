//! Attack 17: device clocks that are wrong, and the class each gets.

use super::*;
use crate::{ClockClass, Distrust, Past, Timing};

fn timing(capture: &Capture, before: Option<&Past>, complete: &str) -> Timing {
    let received = Received {
        statement: moment(complete),
        first_byte: None,
        complete: Some(moment(complete)),
        error_ms: 50,
        judged: moment(complete),
    };
    Timing::of(capture, before, received, &rules().settings())
}

#[test]
fn attack_17_classes_follow_the_compared_clock() {
    use ClockClass::{Delayed, Offline, Realtime, Untrusted};
    // Stated moment, offset, age of the comparison, complete → class, latency.
    let table = [
        ("07:25:19.123", -132, 40, "07:25:39.000", Realtime, Some(20_009)),
        // One hour fast, and the comparison says so.
        ("08:25:19.000", -3_600_000, 40, "07:25:39.000", Realtime, Some(20_000)),
        // The limit is held at the worst of the error: 24 ms and 2 ms here.
        ("07:25:00.000", 0, 40, "07:25:59.974", Realtime, Some(59_974)),
        ("07:25:00.000", 0, 40, "07:25:59.975", Delayed, Some(59_975)),
        ("07:25:00.000", 0, 86_400, "07:25:55.657", Delayed, Some(55_657)),
        ("07:25:00.000", 0, 86_400, "07:25:55.656", Realtime, Some(55_656)),
        ("07:25:00.000", 0, 86_401, "07:25:55.000", Untrusted, Some(55_000)),
        ("07:00:00.000", 0, 40, "07:29:59.974", Delayed, Some(1_799_974)),
        ("07:00:00.000", 0, 40, "07:29:59.975", Offline, Some(1_799_975)),
    ];
    for (stated, offset_ms, age_s, complete, class, latency) in table {
        let capture = Capture {
            captured: moment(&format!("2026-11-22T{stated}Z")),
            clock: Some(ClockSync { offset_ms, rtt_ms: 48, age_s }),
            ..capture()
        };
        let timing = timing(&capture, None, &format!("2026-11-22T{complete}Z"));
        assert_eq!((timing.class, timing.latency_ms), (Some(class), latency), "{stated}");
        assert_eq!(timing.clock, capture.clock, "raw values stay");
        assert_eq!(timing.captured, capture.captured);
    }
}

#[test]
fn attack_17_three_days_offline_is_offline_if_compared_within_a_day_and_untrusted_if_not() {
    let of = |age_s| {
        let capture = Capture {
            clock: Some(ClockSync { offset_ms: 0, rtt_ms: 48, age_s }),
            mono_ms: 400_000_000,
            ..capture()
        };
        timing(&capture, None, "2026-11-25T07:25:19.123Z")
    };
    assert_eq!(of(3600).class, Some(ClockClass::Offline));
    assert_eq!(of(3600).latency_ms, Some(3 * 86_400_000));
    assert_eq!(of(90_000).distrust, Some(Distrust::StaleComparison));
}

#[test]
fn attack_17_wrong_clocks_are_refused_or_distrusted_and_never_panic() {
    let judge = |capture: &Capture| {
        outcome(&signed(capture, &[1, 2]), &around(capture, &History::default()))
    };
    let at = |stated: &str| Capture { captured: moment(stated), ..capture() };
    // An hour fast without an offset that says so: captured after it came.
    let fast = judge(&at("2026-11-22T08:25:19.123Z")).unwrap_err();
    assert_eq!(fast, [Rejection::CapturedInFuture]);
    // Within the error of both clocks it is none: 21.000 s came, -132 ms offset, 26 + 50 ms error.
    assert!(judge(&at("2026-11-22T07:25:21.208Z")).is_ok());
    assert!(judge(&at("2026-11-22T07:25:21.209Z")).is_err());
    // A day slow, 1970, and the ends of time: late arrivals, nothing else.
    for stated in
        ["2026-11-21T07:25:19.123Z", "1970-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z"]
    {
        let found = judge(&at(stated)).unwrap_err();
        assert_eq!(found, [Rejection::LateUnexplained], "{stated}");
        let timing = timing(&at(stated), None, "2026-11-22T07:25:39.000Z");
        assert_eq!(timing.class, Some(ClockClass::Offline), "{stated}");
    }
    assert_eq!(judge(&at("9999-12-30T22:00:00.000Z")).unwrap_err(), [Rejection::CapturedInFuture]);
    // Never compared: not even the future can be held against it.
    let never = Capture { clock: None, ..at("2030-01-01T00:00:00.000Z") };
    let never = timing(&never, None, "2026-11-22T07:25:39.000Z");
    assert_eq!((never.distrust, never.latency_ms), (Some(Distrust::NeverCompared), None));
    assert_eq!(never.class, Some(ClockClass::Untrusted));
    // Extreme raw values.
    for offset_ms in [i64::MIN, i64::MAX] {
        let clock = Some(ClockSync { offset_ms, rtt_ms: u64::MAX, age_s: 86_400 });
        let _ = judge(&Capture { clock, mono_ms: u64::MAX, ..capture() });
    }
}

#[test]
fn attack_17_a_leap_second_is_no_moment_of_a_statement() {
    let text = capture().to_string();
    for (second, read) in [("23:59:59.999Z", true), ("23:59:60.000Z", false)] {
        let leap = text.replace("2026-11-22T07:25:19.123Z", &format!("2016-12-31T{second}"));
        assert_eq!(Capture::parse(&leap).is_ok(), read);
    }
    let before = Capture { captured: moment("2016-12-31T23:59:59.999Z"), ..capture() };
    let timing = timing(&before, None, "2017-01-01T00:00:00.500Z");
    assert_eq!(timing.latency_ms, Some(633));
    assert_eq!(timing.class, Some(ClockClass::Realtime));
}

#[test]
fn attack_17_restarts_and_jumps_make_a_comparison_worthless_until_the_next() {
    let first = Past {
        seq: 0,
        digest: [0; 32],
        prev: None,
        captured: moment("2026-11-22T07:00:00.000Z"),
        mono_ms: 1_000_000,
    };
    let of = |stated: &str, mono_ms: u64, age_s: u64| {
        let capture = Capture {
            captured: moment(&format!("2026-11-22T{stated}Z")),
            mono_ms,
            clock: Some(ClockSync { offset_ms: 0, rtt_ms: 10, age_s }),
            ..capture()
        };
        timing(&capture, Some(&first), "2026-11-22T07:10:00.000Z").distrust
    };
    // Ten minutes on both clocks, compared before the first statement.
    assert_eq!(of("07:10:00.000", 1_600_000, 900), None);
    assert_eq!(of("07:10:01.000", 1_600_000, 900), None);
    assert_eq!(of("07:10:01.001", 1_600_000, 900), Some(Distrust::Jumped));
    assert_eq!(of("07:09:58.999", 1_600_000, 900), Some(Distrust::Jumped));
    // Backward across the first statement.
    assert_eq!(of("06:10:00.000", 1_600_000, 900), Some(Distrust::Jumped));
    // Compared again after it: the offset holds the jump.
    assert_eq!(of("06:10:00.000", 1_600_000, 500), None);
    // Restarted: the comparison is older than the clock that runs now.
    assert_eq!(of("07:10:00.000", 60_000, 62), Some(Distrust::Restarted));
    assert_eq!(of("07:10:00.000", 60_000, 60), None);
}
