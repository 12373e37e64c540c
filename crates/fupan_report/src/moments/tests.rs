//! Moments in the zone of the case, windows, numbers.

use super::*;
use fupan_standard::{Book, Phrase};

fn phrases() -> Vec<Phrase> {
    Book::shipped().unwrap().phrases
}

fn wording<'a>(all: &'a [Phrase], lang: &str) -> Wording<'a> {
    Wording::new(all, lang).unwrap()
}

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

#[test]
fn moments_print_in_the_zone_of_the_case_without_needless_zeros() {
    let all = phrases();
    let (zh, en) = (wording(&all, "zh"), wording(&all, "en"));
    let cases = [
        ("2021-01-10T05:13:00Z", "2021年1月10日 13:13", "2021-01-10 13:13"),
        ("2021-01-10T20:00:05+08:00", "2021年1月10日 20:00:05", "2021-01-10 20:00:05"),
        ("2021-11-09T16:00:00.250Z", "2021年11月10日 00:00:00.25", "2021-11-10 00:00:00.25"),
    ];
    for (text, want_zh, want_en) in cases {
        assert_eq!(moment(&zh, at(text), 28_800).as_deref(), Ok(want_zh));
        assert_eq!(moment(&en, at(text), 28_800).as_deref(), Ok(want_en));
    }
    assert_eq!(day_words(&en, "last spring").as_deref(), Ok("last spring"));
}

#[test]
fn windows_round_outward_and_say_the_day_once() {
    let all = phrases();
    let en = wording(&all, "en");
    let min = at("2021-01-10T13:13:00.400+08:00");
    let max = at("2021-01-10T13:13:59.001+08:00");
    let words = |min, max| window(&en, Window { min, max }, 28_800).unwrap();
    assert_eq!(words(Some(min), Some(max)), "2021-01-10 13:13 to 13:14");
    assert_eq!(words(Some(max), Some(max)), "2021-01-10 13:13:59.001");
    assert_eq!(words(Some(max), None), "not before 2021-01-10 13:13:59");
    assert_eq!(words(None, Some(min)), "not after 2021-01-10 13:13:01");
    assert_eq!(words(None, None), "time not known");
    let later = at("2021-01-11T00:00:00+08:00");
    assert_eq!(words(Some(min), Some(later)), "2021-01-10 13:13 to 2021-01-11 00:00");
}

#[test]
fn numbers_round_outward() {
    let all = phrases();
    let en = wording(&all, "en");
    let of = |text: &str| Some(Decimal::parse(text).unwrap());
    let words = |min, max| interval(&en, Interval { min, max }).unwrap();
    assert_eq!(words(of("46.001"), of("47.999")), "46–48");
    assert_eq!(words(of("83.333"), of("83.333")), "83.333");
    assert_eq!(words(of("-0.36"), of("1234.55")), "-0.4–1,234.6");
    assert_eq!(words(of("5"), None), "at least 5");
    assert_eq!(words(None, of("5.01")), "at most 5.1");
    assert_eq!(decimal(of("68473300.50").unwrap()), "68,473,300.5");
    assert_eq!(decimal(of("-1000").unwrap()), "-1,000");
}
