//! What those who signed make of a capture: witnessed, late, single, awaiting.

use super::*;
use crate::{Assurance, Downgrade, Exception, Standing};

#[test]
fn two_people_of_two_organisations_in_time_witness() {
    let capture = capture();
    let judged = outcome(&signed(&capture, &[1, 2]), &around(&capture, &History::default()));
    let judged = judged.unwrap();
    assert_eq!(judged.standing, Standing::Witnessed);
    assert_eq!(judged.downgrades, []);
    assert_eq!(judged.assurance, Assurance::DeviceHeld);
    let people: Vec<_> = judged.attestors.iter().map(|one| (&*one.person, one.lag_ms)).collect();
    // 49.000 s + 11 ms error, less 19.123 s - 132 ms offset - 26 ms error.
    assert_eq!(people, [("alice", None), ("bob", Some(30_046))]);
    assert_eq!(judged.attestors[1].assurance, Assurance::Passkey);
    assert!(!judged.bytes_pending && !judged.on_record);
    let pending = Circumstances { measured: None, ..around(&capture, &History::default()) };
    assert!(outcome(&signed(&capture, &[2, 1]), &pending).unwrap().bytes_pending);
}

#[test]
fn a_third_signature_of_the_same_organisation_takes_nothing_away() {
    let capture = capture();
    let mut around = around(&capture, &History::default());
    let note = signed(&capture, &[1, 2, 3]);
    assert_eq!(outcome(&note, &around).unwrap().standing, Standing::Witnessed);
    // Nor does it when it comes late.
    around.signings.retain(|one| one.key != *person_key(3).verify_key());
    around.received.judged = moment("2026-11-23T07:25:19.000Z");
    assert_eq!(outcome(&note, &around).unwrap().standing, Standing::Witnessed);
}

#[test]
fn a_signature_after_the_window_is_late_and_needs_a_reason() {
    let capture = capture();
    let judge = |moment_of_b: &str, clock: Option<ClockSync>, reason: &str| {
        let mut around = around(&capture, &History::default());
        for one in &mut around.signings {
            one.moment = moment(moment_of_b);
            one.received = moment("2026-11-22T09:00:00.000Z");
            one.clock = clock;
        }
        around.exception = Some(Exception { reason: reason.into(), video: None });
        outcome(&signed(&capture, &[1, 2]), &around)
    };
    let exact = Some(ClockSync { offset_ms: 0, rtt_ms: 0, age_s: 0 });
    // The earliest moment of the capture is 07:25:18.965.
    let standing = |moment, clock| judge(moment, clock, "road closed").unwrap().standing;
    assert_eq!(standing("2026-11-22T07:35:18.965Z", exact), Standing::Witnessed);
    let late = Standing::Late { by_ms: Some(1) };
    assert_eq!(standing("2026-11-22T07:35:18.966Z", exact), late);
    let judged = judge("2026-11-22T07:35:18.966Z", exact, "road closed").unwrap();
    assert_eq!(judged.downgrades, [Downgrade::Late]);
    let found = judge("2026-11-22T07:35:18.966Z", exact, "").unwrap_err();
    assert_eq!(found, [Rejection::LateUnexplained]);
    // A clock that was never compared, or compared too long ago, cannot show that it was in time.
    let stale = Some(ClockSync { offset_ms: 0, rtt_ms: 0, age_s: 86_401 });
    let came = Standing::Late { by_ms: Some(5_081_085) };
    for clock in [None, stale] {
        assert_eq!(standing("2026-11-22T07:26:00.000Z", clock), came);
    }
    // Nor can a signature said to be after it came.
    assert_eq!(standing("2026-11-23T07:26:00.000Z", exact), came);
}

#[test]
fn without_a_trusted_clock_nothing_shows_that_the_second_was_in_time() {
    let capture = Capture { clock: None, ..capture() };
    let mut around = around(&capture, &History::default());
    around.exception = Some(Exception { reason: "flat battery".into(), video: None });
    let judged = outcome(&signed(&capture, &[1, 2]), &around).unwrap();
    assert_eq!(judged.standing, Standing::Late { by_ms: None });
    let never = Downgrade::ClockUntrusted(crate::Distrust::NeverCompared);
    assert_eq!(judged.downgrades, [never, Downgrade::Late]);
}

#[test]
fn one_signature_waits_for_the_other_as_long_as_the_window() {
    let capture = capture();
    let mut around = around(&capture, &History::default());
    let note = signed(&capture, &[1]);
    let until_ms = moment("2026-11-22T07:35:18.965Z").as_millisecond();
    around.received.judged = moment("2026-11-22T07:35:18.965Z");
    assert_eq!(outcome(&note, &around).unwrap().standing, Standing::Awaiting { until_ms });
    around.received.judged = moment("2026-11-22T07:35:18.966Z");
    assert_eq!(codes(&note, &around), ["too-few-attestors"]);
}

#[test]
fn the_rules_decide_by_kind_and_medium() {
    let judge = |kind: &str, medium: &str, seeds: &[u8]| {
        let capture = Capture { kind: kind.into(), medium: medium.into(), ..capture() };
        let around = around(&capture, &History::default());
        outcome(&signed(&capture, seeds), &around).map(|judged| judged.standing)
    };
    assert_eq!(judge("EV1", "paper", &[1]), Ok(Standing::Single));
    assert!(matches!(judge("EV1", "data", &[1]), Ok(Standing::Awaiting { .. })));
    assert_eq!(judge("EV2", "object", &[1, 2]), Ok(Standing::Witnessed));
    // Two of three may be of one organisation, all three may not.
    assert!(matches!(judge("EV5", "paper", &[1, 2]), Ok(Standing::Awaiting { .. })));
    assert_eq!(judge("EV5", "paper", &[1, 3, 2]), Ok(Standing::Witnessed));
    let same: Vec<_> = judge("EV5", "paper", &[1, 3, 9]).unwrap_err();
    assert_eq!(same, vec![Rejection::SameOrganisation("bureau".into()); 3]);
}
