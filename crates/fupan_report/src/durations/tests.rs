//! Every shape of a gap and a span, in both languages.

use super::*;
use fupan_standard::{Book, Phrase};

fn phrases() -> Vec<Phrase> {
    Book::shipped().unwrap().phrases
}

fn wording<'a>(all: &'a [Phrase], lang: &str) -> Wording<'a> {
    Wording::new(all, lang).unwrap()
}

const S: i64 = 1_000;
const M: i64 = 60_000;
const H: i64 = 60 * M;

#[test]
fn spans_are_exact() {
    let all = phrases();
    let (zh, en) = (wording(&all, "zh"), wording(&all, "en"));
    let cases = [
        (0, "0 秒", "0 s"),
        (250, "0.25 秒", "0.25 s"),
        (60 * S, "60 秒", "60 s"),
        (119 * S + 2, "1 分 59.002 秒", "1 min 59.002 s"),
        (2 * M, "2 分", "2 min"),
        (17 * M + 58 * S, "17 分 58 秒", "17 min 58 s"),
        (17 * M + 58_500, "17 分 58.5 秒", "17 min 58.5 s"),
        (120 * M, "120 分", "120 min"),
        (5 * H, "5 小时", "5 h"),
        (30 * H + 52 * M, "30 小时 52 分（1,852 分）", "30 h 52 min (1,852 min)"),
        (30 * H + 52 * M + S, "30 小时 52 分 1 秒", "30 h 52 min 1 s"),
        (24 * H * 30, "30 天", "30 days"),
        (24 * H * 3 + M, "3 天 1 分（4,321 分）", "3 days 1 min (4,321 min)"),
        (-3 * M, "早 3 分", "3 min earlier"),
    ];
    for (ms, want_zh, want_en) in cases {
        assert_eq!(span(&zh, ms).as_deref(), Ok(want_zh), "{ms}");
        assert_eq!(span(&en, ms).as_deref(), Ok(want_en), "{ms}");
    }
}

#[test]
fn gaps_round_outward_and_say_open_and_negative_ends() {
    let all = phrases();
    let (zh, en) = (wording(&all, "zh"), wording(&all, "en"));
    let cases = [
        (Some(47 * M), Some(47 * M), "47 分", "47 min"),
        (Some(46 * M + 1), Some(48 * M - 1), "46–48 分", "46–48 min"),
        (Some(1), Some(999), "0–1 秒", "0–1 s"),
        (Some(41_200), Some(58_100), "41–59 秒", "41–59 s"),
        (Some(0), Some(3 * M), "0–3 分", "0–3 min"),
        (
            Some(17 * M + 58 * S),
            Some(17 * M + 59 * S),
            "17 分 58 秒至 17 分 59 秒",
            "17 min 58 s to 17 min 59 s",
        ),
        (
            Some(30 * H + 52 * M + 3),
            Some(30 * H + 53 * M + 3),
            "30 小时 52 分至 30 小时 54 分（1,852–1,854 分）",
            "30 h 52 min to 30 h 54 min (1,852–1,854 min)",
        ),
        (Some(4 * H), Some(6 * H), "4 小时至 6 小时", "4 h to 6 h"),
        (Some(46 * M + 1), None, "至少 46 分", "at least 46 min"),
        (None, Some(46 * M + 1), "至多 47 分", "at most 47 min"),
        (None, None, "两端均无界", "no bound on either side"),
        (Some(-5 * M), Some(-3 * M - 1), "早 3–5 分", "3–5 min earlier"),
        (
            Some(-2 * M + 1),
            Some(4 * M + 1),
            "早 2 分至晚 5 分之间",
            "between 2 min earlier and 5 min later",
        ),
        (None, Some(-3 * M - 1), "至少早 3 分", "at least 3 min earlier"),
        (
            Some(-3 * M - 1),
            None,
            "最多早 4 分，晚多少无上限",
            "at most 4 min earlier, with no upper bound",
        ),
    ];
    for (min_ms, max_ms, want_zh, want_en) in cases {
        let it = Gap { min_ms, max_ms };
        assert_eq!(gap(&zh, it, None).as_deref(), Ok(want_zh), "{it:?}");
        assert_eq!(gap(&en, it, None).as_deref(), Ok(want_en), "{it:?}");
    }
}

#[test]
fn rounding_never_hides_the_verdict() {
    let all = phrases();
    let en = wording(&all, "en");
    let it = Gap { min_ms: Some(60 * M + 1_500), max_ms: Some(61 * M + 30 * S) };
    assert_eq!(gap(&en, it, None).as_deref(), Ok("60–62 min"));
    let limit = Some(60 * M);
    assert_eq!(gap(&en, it, limit).as_deref(), Ok("60 min 1 s to 61 min 30 s"));
    let within = Gap { min_ms: Some(20 * M), max_ms: Some(30 * M - 1) };
    assert_eq!(gap(&en, within, Some(30 * M)).as_deref(), Ok("20–30 min"));
    let close = Gap { min_ms: Some(20 * M), max_ms: Some(29 * M + 20 * S) };
    let limit = Some(29 * M + 30 * S);
    assert_eq!(gap(&en, close, limit).as_deref(), Ok("20 min to 29 min 20 s"));
}

#[test]
fn the_figure_says_the_middle_of_close_bounds_only() {
    let all = phrases();
    let (zh, en) = (wording(&all, "zh"), wording(&all, "en"));
    let it = Gap { min_ms: Some(46 * M + 1), max_ms: Some(48 * M - 1) };
    assert_eq!(short(&zh, it, None, false).as_deref(), Ok("47 分（46–48）"));
    assert_eq!(short(&en, it, None, false).as_deref(), Ok("47 min (46–48)"));
    assert_eq!(short(&en, it, None, true).as_deref(), Ok("46–48 min"));
    let wide = Gap { min_ms: Some(5 * M), max_ms: Some(95 * M) };
    assert_eq!(short(&en, wide, None, false).as_deref(), Ok("5–95 min"));
}
