//! Every form of time, and what must be refused.

use super::calendar::days_of;
use super::*;

const EAST8: Option<i32> = Some(28_800);

fn read(text: &str) -> Option<(String, Precision)> {
    read_time(text, EAST8, DateOrder::Ymd).ok().map(|r| (r.at.to_string(), r.precision))
}

#[test]
fn every_form_of_the_format_page() {
    use Precision::{Day, Hour, Milli, Minute, Second};
    for (text, want, precision) in [
        ("2021-01-10T13:13:00+08:00", "2021-01-10T13:13:00+08:00", Second),
        ("2021-01-10T13:13:00.250-05:00", "2021-01-10T13:13:00.250-05:00", Milli),
        ("2021-01-10T05:13:00Z", "2021-01-10T05:13:00+00:00", Second),
        ("2021-01-10 13:13", "2021-01-10T13:13:00+08:00", Minute),
        ("2021-01-10 13:13:05", "2021-01-10T13:13:05+08:00", Second),
        ("2021-01-10 13:13:05.123", "2021-01-10T13:13:05.123+08:00", Milli),
        ("2024-05-01 00:00:20.000000000", "2024-05-01T00:00:20+08:00", Milli),
        ("2024-05-05 07:32:29.999999999", "2024-05-05T07:32:30+08:00", Milli),
        ("2024-12-31 23:59:59.9996", "2025-01-01T00:00:00+08:00", Milli),
        ("2021/1/10 13:13", "2021-01-10T13:13:00+08:00", Minute),
        ("2021/1/10 9:03:04", "2021-01-10T09:03:04+08:00", Second),
        ("2021年1月10日13时13分", "2021-01-10T13:13:00+08:00", Minute),
        ("2021年1月10日13时13分05秒", "2021-01-10T13:13:05+08:00", Second),
        ("2021年1月10日 13:13", "2021-01-10T13:13:00+08:00", Minute),
        ("2021年1月10日13时", "2021-01-10T13:00:00+08:00", Hour),
        ("2021年1月10日", "2021-01-10T00:00:00+08:00", Day),
        ("2021-01-10", "2021-01-10T00:00:00+08:00", Day),
        ("2021-01-10 24:00", "2021-01-11T00:00:00+08:00", Minute),
        ("2020-02-29 00:00", "2020-02-29T00:00:00+08:00", Minute),
        (" 2021-01-10 13：13 ", "2021-01-10T13:13:00+08:00", Minute),
    ] {
        assert_eq!(read(text), Some((want.to_owned(), precision)), "{text}");
    }
}

#[test]
fn what_does_not_exist_or_is_not_understood_is_refused() {
    for text in [
        "",
        "13:13",
        "2021-02-30",
        "2021-02-29 10:00",
        "2021-13-01",
        "2021-00-10",
        "2021-01-10 24:01",
        "2021-01-10 25:00",
        "2021-01-10 13:60",
        "2021-01-10 13:13:60",
        "2021-01-10 13:13:05.",
        "2021-01-10 13:13:05.1234567891",
        "2021-01-10 13:13 or so",
        "2021-01-1013:13",
        "2021-01-10T13:13:00+25:00",
        "2021-01-10T13:13:00+08:99",
        "01/10/2009 02:36:01 PM",
        "21-01-10 13:13",
        "2021-01/10 13:13",
        "20210110",
        "44206.55",
        "2021年1月10日13",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn day_and_month_change_places_only_when_stated() {
    let of = |order, text| read_time(text, EAST8, order).ok().map(|r| r.at.to_string());
    let text = "01/10/2009 02:36:01 PM";
    assert_eq!(of(DateOrder::Mdy, text).as_deref(), Some("2009-01-10T14:36:01+08:00"));
    assert_eq!(of(DateOrder::Dmy, text).as_deref(), Some("2009-10-01T14:36:01+08:00"));
    assert_eq!(
        of(DateOrder::Mdy, "01/10/2009 12:00:00 AM").as_deref(),
        Some("2009-01-10T00:00:00+08:00")
    );
    assert_eq!(of(DateOrder::Mdy, "01/10/2009 13:00:00 AM"), None);
    assert_eq!(
        of(DateOrder::Mdy, "2009-01-10 13:00").as_deref(),
        Some("2009-01-10T13:00:00+08:00")
    );
}

#[test]
fn a_time_without_offset_needs_a_zone() {
    assert_eq!(read_time("2021-01-10 13:13", None, DateOrder::Ymd), Err(TimeError::NoZone));
    assert!(read_time("2021-01-10 13:13Z", None, DateOrder::Ymd).is_ok());
}

#[test]
fn zones() {
    for (text, want) in [
        ("+08:00", Some(28_800)),
        ("-05:00", Some(-18_000)),
        ("+05:30", Some(19_800)),
        ("Z", Some(0)),
        ("+14:00", Some(50_400)),
        ("+14:30", None),
        ("-13:00", None),
        ("+8:00", None),
        ("08:00", None),
        ("", None),
        ("Asia/Shanghai", None),
    ] {
        assert_eq!(read_zone(text), want, "{text}");
    }
}

#[test]
fn days_are_counted_right_over_the_centuries() {
    assert_eq!(days_of(1970, 1, 1), Some(0));
    assert_eq!(days_of(2000, 3, 1), Some(11_017));
    assert_eq!(days_of(1900, 2, 29), None);
    assert_eq!(read_date("2021-01-10"), Some(18_637));
    assert_eq!(read_date("2021/01/10"), None);
    assert_eq!(read_date("2021-1-10"), None);
}

#[test]
fn clocks_of_twice_twelve_hours_and_parts_of_a_day() {
    for (text, want) in [
        ("2021-01-10 上午9时05分", "2021-01-10T09:05:00"),
        ("2021-01-10 上午 12:05:00", "2021-01-10T00:05:00"),
        ("2021年1月10日下午1点半", "2021-01-10T13:30:00"),
        ("2021年1月10日下午15时", "2021-01-10T15:00:00"),
        ("2021年1月10日中午12点", "2021-01-10T12:00:00"),
        ("2021年1月10日中午1点", "2021-01-10T13:00:00"),
        ("2021年1月10日晚上8时整", "2021-01-10T20:00:00"),
        ("2021年1月10日晚上12点", "2021-01-11T00:00:00"),
        ("2021年1月10日凌晨2点左右", "2021-01-10T02:00:00"),
        ("2021年1月10日凌晨12点一刻", "2021-01-10T00:15:00"),
        ("二〇二一年一月十日十三时二十五分", "2021-01-10T13:25:00"),
        ("2021年1月10日下午两点", "2021-01-10T14:00:00"),
        ("约2021年1月10日13时", "2021-01-10T13:00:00"),
        ("2021年1月10日13时13分许", "2021-01-10T13:13:00"),
        ("２０２１－０１－１０　１３：１３", "2021-01-10T13:13:00"),
        ("2021-01-10 12:00 AM", "2021-01-10T00:00:00"),
        ("2021-01-10 1:05:07 p.m.", "2021-01-10T13:05:07"),
        ("2021-01-10 2 PM", "2021-01-10T14:00:00"),
    ] {
        let found = read(text).map(|(at, _)| at.trim_end_matches("+08:00").to_owned());
        assert_eq!(found.as_deref(), Some(want), "{text}");
    }
    for text in [
        "2021-01-10 上午12点",
        "2021-01-10 晚上1点",
        "2021-01-10 13:00 AM",
        "2021-01-10 0:30 PM",
        "2021-01-10 晚上12点半",
        "2021-01-10许",
        "约2021-01-10",
        "2021年十三月1日",
        "二一年一月十日",
        "2021年1月10日十十时",
        "2021年1月10日二十四五时",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_beginning_that_is_a_time_is_found() {
    let form = TimeForm::default();
    for (text, want) in [
        ("2024-05-12 13:13:05 [x]", Some(19)),
        ("13:13:05.250 x", Some(12)),
        ("2024-05-12 nothing", None),
        ("x 13:13", None),
        ("", None),
    ] {
        assert_eq!(leading_time(text, &form), want, "{text}");
    }
}
