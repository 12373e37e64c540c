//! Words for people live in data files: no Chinese in code, neither written nor escaped.

/// Whether a character belongs to Chinese writing: ideographs, their punctuation, full width forms.
fn chinese(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x303e | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

/// Whether an escape spells an ideograph.
fn spells(line: &str) -> bool {
    line.split("\\u{").skip(1).any(|rest| {
        let digits: String = rest.chars().take_while(|c| c.is_ascii_hexdigit()).collect();
        u32::from_str_radix(&digits, 16)
            .is_ok_and(|code| matches!(code, 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff))
    })
}

/// Lines of code (comments and tests already gone) that hold Chinese.
pub(crate) fn complaints(path: &str, code: &str) -> Vec<String> {
    code.lines()
        .enumerate()
        .filter(|(_, line)| line.chars().any(chinese) || spells(line))
        .map(|(at, line)| format!("{path}:{}: Chinese in code: {}", at + 1, line.trim()))
        .collect()
}

#[test]
fn chinese_in_a_string_is_refused_and_in_a_comment_or_test_it_is_not() {
    let of = |text: &str| complaints("a.rs", &super::code::without_tests(text));
    assert_eq!(of("/// 时间窗\nlet a = 1; // 间隔\n/* 矛盾 */"), [""; 0]);
    assert_eq!(of("#[cfg(test)]\nmod tests { const A: &str = \"年\"; }"), [""; 0]);
    assert_eq!(of("const A: char = '\\u{3000}';"), [""; 0]);
    assert_eq!(of("const A: &str = \"// 年\";").len(), 1);
    assert_eq!(of("const A: char = '\\u{5e74}';").len(), 1);
    assert_eq!(of("const A: &str = \"〔\";").len(), 1);
}
