//! The judge on small cases: what it must say, and what it must not.

use crate::testing::{assessed, case};
use fupan_model::{CheckStatus, Decimal, GapResult, IndicatorStatus, Verdict};
use fupan_standard::Book;

const PARTIES: &str = "party plant enterprise
    party bureau government
    party desk rescue";

fn check(text: &str, id: &str, want: CheckStatus) {
    let made = assessed(&format!("{PARTIES}\n{text}"));
    let got = made.checks.iter().find(|check| check.id.as_str() == id).unwrap();
    assert_eq!(got.status, want, "{id} on {text}: {:?}", got.detail);
}

fn gap(text: &str, id: &str) -> GapResult {
    let made = assessed(&format!("{PARTIES}\n{text}"));
    made.gaps.into_iter().find(|gap| gap.id == id).unwrap()
}

#[test]
fn a_call_and_its_receipt_are_held_against_each_other() {
    let call = "fact a plant call-placed sent 14:03:00 0 999 key=119";
    let at = |time: &str| format!("{call}\nfact b desk call-received got {time} 0 999 key=119");
    check(&at("14:03:20"), "CV08", CheckStatus::Consistent);
    check(&at("14:50:00"), "CV08", CheckStatus::Discrepant);
    check(&at("14:04:00"), "CV08", CheckStatus::Unverifiable);
    check(call, "CV08", CheckStatus::Unverifiable);
    check("", "CV08", CheckStatus::Absent);
}

#[test]
fn a_checked_clock_moves_and_widens_the_gap() {
    let text = "clock dcs 88000 92000
        fact a plant - alarm 14:03:00 0 0 clock=dcs
        fact b desk - got 14:48:30 0 999
        question Q1 alarm got 40";
    let gap = gap(text, "Q1");
    assert_eq!((gap.min_ms, gap.max_ms), (Some(2_818_000), Some(2_822_999)));
    assert_eq!(gap.verdict, Some(Verdict::Over));
    assert_eq!(gap.supports.min, ["a", "b", "clock:dcs"]);
}

#[test]
fn an_unknown_clock_bounds_only_its_own_differences() {
    let text = "clock pbx unknown
        fact a plant - rang 14:03:00 0 999 clock=pbx
        fact b plant - again 14:05:00 0 999 clock=pbx
        fact c desk - got 14:48:30 0 999
        question Q1 rang again
        question Q2 rang got 60";
    assert_eq!(gap(text, "Q1").max_ms, Some(120_999));
    let across = gap(text, "Q2");
    assert_eq!((across.min_ms, across.max_ms), (None, None));
    assert_eq!(across.verdict, Some(Verdict::Unbounded));
}

#[test]
fn a_contradiction_leaves_the_hull_and_no_score() {
    let text = "fact r1 plant head-informed known 13:00:00 0 59999
        fact r2 bureau head-informed known 14:30:00 0 59999
        fact r3 bureau regulator-reported told 14:50:00 0 59999
        question Q1 known told 60";
    let made = assessed(&format!("{PARTIES}\n{text}"));
    assert_eq!(made.conflicts[0].records, ["r1", "r2"]);
    assert_eq!(made.conflicts[0].excess_ms, 5_340_001);
    let gap = made.gaps.iter().find(|gap| gap.id == "Q1").unwrap();
    assert_eq!(gap.verdict, Some(Verdict::Undecided));
    assert_eq!((gap.min_ms, gap.max_ms), (Some(1_140_001), Some(6_659_999)));
    let told: Vec<_> =
        gap.by_diagnosis.iter().map(|by| (by.retract.join(","), by.verdict)).collect();
    let want = [("r1".to_owned(), Some(Verdict::Within)), ("r2".to_owned(), Some(Verdict::Over))];
    assert_eq!(told, want);
    let indicator = made.indicators.iter().find(|one| one.id.as_str() == "KE03").unwrap();
    assert_eq!((indicator.status, indicator.score), (IndicatorStatus::Undecided, None));
}

#[test]
fn a_person_s_choice_decides_the_headline_and_stays_visible() {
    let text = "fact r1 plant - known 13:00:00 0 59999
        fact r2 bureau - known 14:30:00 0 59999
        fact r3 bureau - told 14:50:00 0 59999
        question Q1 known told 60
        choice r2";
    let made = assessed(&format!("{PARTIES}\n{text}"));
    let gap = made.gaps.iter().find(|gap| gap.id == "Q1").unwrap();
    assert_eq!(gap.verdict, Some(Verdict::Over));
    assert_eq!(made.conflicts.len(), 1);
    let chosen = made.diagnoses.iter().find(|d| d.chosen.is_some()).unwrap();
    assert_eq!(chosen.retract, ["r2"]);
}

#[test]
fn a_conflict_elsewhere_leaves_a_gap_alone() {
    let text = "fact r1 plant - other 13:00:00 0 0
        fact r2 bureau - other 14:30:00 0 0
        fact a plant - x 10:00:00 0 0
        fact b plant - y 10:30:00 0 0
        question Q1 x y 60";
    let gap = gap(text, "Q1");
    assert!(gap.by_diagnosis.is_empty());
    assert_eq!(gap.verdict, Some(Verdict::Within));
}

#[test]
fn the_order_of_facts_never_shows() {
    let text = format!(
        "{PARTIES}
        clock pbx unknown
        fact a plant head-informed known 13:00:00 0 59999 claim:deaths=3
        fact b bureau head-informed known 13:20:00 0 59999 claim:deaths=4
        fact c plant regulator-reported told 14:50:00 0 59999 clock=pbx
        fact d plant internal-alarm alarm 14:20:00 0 999 clock=pbx
        fact e desk internal-alarm alarm 12:59:00 0 999
        fact f desk report-received got - after=told before=end
        fact g desk - end 15:00:00 0 0
        question Q1 known told 60"
    );
    let mut shuffled = case(&text);
    let book = Book::shipped().unwrap();
    let straight = crate::assess(&shuffled, &book).unwrap();
    for turn in 1..shuffled.facts.len() {
        shuffled.facts.rotate_left(turn);
        shuffled.facts.swap(0, 3);
        assert_eq!(crate::assess(&shuffled, &book).unwrap(), straight);
    }
}

#[test]
fn grades_take_the_gravest_dimension_and_mark_what_is_out_of_scope() {
    let made = assessed("deaths 3");
    assert_eq!(made.grade_detail.in_scope, Some(true));
    let small = assessed("deaths 2");
    assert_eq!(small.grade_detail.in_scope, Some(false));
    assert!(small.doubts.iter().any(|doubt| doubt.code == "grade-out-of-scope"));
    assert!(assessed("").grade.is_none());
}

#[test]
fn a_report_without_all_elements_falls_short() {
    let text = "fact a plant report-content r - key=1 q:elements=R1,R2,R3";
    let made = assessed(&format!("{PARTIES}\n{text}"));
    let one = made.indicators.iter().find(|one| one.id.as_str() == "KE13").unwrap();
    assert_eq!(one.value.and_then(|v| v.min), Some(Decimal::whole(50)));
    assert_eq!(one.verdict, Some(Verdict::Over));
    assert!(made.findings.iter().any(|f| f.id == "F-KE13" && f.tone == "bad"));
}

#[test]
fn absence_is_cited_by_the_request_or_the_register() {
    let made = assessed(PARTIES);
    for check in &made.checks {
        assert_eq!(check.status, CheckStatus::Absent, "{}", check.id);
        assert!(check.cites.count() > 0);
    }
}

#[test]
fn drills_are_held_against_the_filing_system_both_ways() {
    let held = |days: &[&str]| {
        let line = |d: &&str| format!("fact h{d} plant drill-held h{d} - key={d}\n");
        days.iter().map(line).collect::<String>()
    };
    let filed = |days: &[&str]| {
        let line = |d: &&str| format!("fact f{d} bureau drill-filed f{d} - key={d}\n");
        days.iter().map(line).collect::<String>()
    };
    let all = ["2021-03-10", "2021-09-10", "2022-03-10", "2022-09-10", "2023-03-10", "2023-09-10"];
    let a_day_off =
        ["2021-03-11", "2021-09-09", "2022-03-10", "2022-09-10", "2023-03-10", "2023-09-10"];
    check(&(held(&all) + &filed(&a_day_off)), "CV02", CheckStatus::Consistent);
    check(&(held(&all) + &filed(&all[..5])), "CV02", CheckStatus::Discrepant);
    check(&(held(&all[..5]) + &filed(&all[..5])), "CV02", CheckStatus::Discrepant);
    check(&held(&all), "CV02", CheckStatus::Unverifiable);
}

#[test]
fn only_red_and_orange_warnings_have_ten_minutes() {
    let warned = |level: &str, received: &str| {
        format!(
            "fact a bureau warning-issued w1 08:00:00 0 0 key=W1 q:level={level}
            fact b plant warning-received w2 {received} 0 0 key=W1
            fact c plant warning-acted-on w3 09:00:00 0 0 key=W1"
        )
    };
    check(&warned("yellow", "08:20:00"), "CV06", CheckStatus::Consistent);
    check(&warned("red", "08:20:00"), "CV06", CheckStatus::Discrepant);
    check(&warned("yellow", "08:31:00"), "CV06", CheckStatus::Discrepant);
}

#[test]
fn values_are_compared_as_of_the_same_time_within_their_tolerances() {
    let report = |id: &str, party: &str, kind: &str, deaths: &str, loss: &str| {
        format!("fact {id} {party} {kind} {id} - key=first q:deaths={deaths} q:loss-cny={loss}\n")
    };
    let both = |deaths: &str, loss: &str| {
        report("a", "plant", "report-content", "3", "1000000")
            + &report("b", "bureau", "report-content-received", deaths, loss)
    };
    let part = |text: &str| {
        let made = assessed(&format!("{PARTIES}\n{text}"));
        made.checks.into_iter().find(|c| c.id.as_str() == "CV10").unwrap().detail.remove(0).status
    };
    assert_eq!(part(&both("3", "1200000")), CheckStatus::Consistent);
    assert_eq!(part(&both("3", "1300000")), CheckStatus::Discrepant);
    assert_eq!(part(&both("2", "1000000")), CheckStatus::Discrepant);
}

#[test]
fn an_order_must_be_acknowledged_and_begun_in_time() {
    let order = |ack: &str, begun: &str| {
        format!(
            "fact a bureau order-issued o1 15:00:00 0 999 key=7
            fact b plant order-acknowledged o2 {ack} 0 999 key=7
            fact c plant order-begun o3 {begun} 0 999 key=7"
        )
    };
    check(&order("15:03:00", "15:10:00"), "CV18", CheckStatus::Consistent);
    check(&order("15:03:00", "15:16:00"), "CV18", CheckStatus::Discrepant);
    check(&order("15:06:00", "15:10:00"), "CV18", CheckStatus::Discrepant);
    check(&order("15:03:00", "14:59:00"), "CV18", CheckStatus::Discrepant);
}

#[test]
fn moved_objects_must_all_be_marked() {
    let moved = |marked: &str| {
        format!(
            "fact a plant object-moved m - key=valve q:marked={marked} q:sketched=true q:recorded=true"
        )
    };
    check(&moved("true"), "CV22", CheckStatus::Consistent);
    check(&moved("false"), "CV22", CheckStatus::Discrepant);
}

#[test]
fn the_worst_hop_is_held_against_the_limit_of_each_level() {
    let text = "fact a bureau report-received a 14:00:00 0 59999
        fact b bureau city-received b 15:00:00 0 59999
        fact c bureau province-received c 18:00:00 0 59999";
    let made = assessed(&format!("{PARTIES}\n{text}"));
    let one = made.indicators.iter().find(|one| one.id.as_str() == "KG05").unwrap();
    assert_eq!(one.verdict, Some(Verdict::Over));
    let gap = made.gaps.iter().find(|gap| gap.id == "KG05").unwrap();
    assert_eq!((gap.from.as_str(), gap.to.as_str()), ("b", "c"));
    assert_eq!(gap.min_ms, Some(179 * 60_000 + 1));
}
