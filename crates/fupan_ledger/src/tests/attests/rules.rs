//! The rules file: every fault with its line, all at once.

use super::{rules, rules_text};
use crate::testing::damage;
use crate::{AttestRules, LateNeeds, RulesError, RulesFault};

fn faults(text: &str) -> Vec<RulesError> {
    AttestRules::parse(text.as_bytes()).unwrap_err()
}

fn one(from: &str, to: &str) -> RulesError {
    let text = rules_text();
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, text, "{from}");
    let mut found = faults(&changed);
    assert_eq!(found.len(), 1, "{from} → {to}: {found:?}");
    found.remove(0)
}

#[test]
fn rules_say_what_their_lines_say() {
    let rules = rules();
    let settings = rules.settings();
    assert_eq!((settings.window_s, settings.late), (600, LateNeeds::Reason));
    assert!(settings.beacon_required);
    assert!(rules.related("works", "works-lab") && rules.related("works-lab", "works"));
    assert!(!rules.related("works", "works") && !rules.related("union", "bureau"));
    assert_eq!(rules.organisations().count(), 4);
    assert_eq!(rules.organisation("union").map(|found| found.admins.len()), Some(1));
}

#[test]
fn each_fault_is_named_with_its_line() {
    let count = rules_text().lines().count();
    let error = |line, fault| RulesError { line, fault };
    let lines = rules_text();
    let line = |text: &str| lines.lines().position(|line| line == text).unwrap() + 1;
    assert_eq!(one("rules/v1", "rules/v2"), error(1, RulesFault::Header));
    let twice = RulesFault::Twice("bureau".into());
    assert_eq!(
        one("organisation works\n", "organisation bureau\norganisation works\n"),
        error(4, twice)
    );
    let unknown = RulesFault::Unknown("press".into());
    let orphan = faults(&rules_text().replacen("works-lab works", "works-lab press", 1));
    let lost = RulesFault::Unknown("works-lab".into());
    assert_eq!(orphan, [error(5, unknown.clone()), error(11, lost)]);
    assert_eq!(one("admin union", "admin press"), error(10, unknown));
    assert_eq!(one("admin-1+", "admin-9+").line, 8);
    let at = line("require EV5 * 3 2");
    for (bad, fault) in [
        ("require ev5 * 3 2", RulesFault::Name),
        ("require EV5 Paper 3 2", RulesFault::Name),
        ("require EV5 * 17 2", RulesFault::Number),
        ("require EV5 * 0 0", RulesFault::Number),
        ("require EV5 * 2 3", RulesFault::Number),
        ("require EV5 * 3", RulesFault::Words),
        ("demand EV5 * 3 2", RulesFault::Keyword),
    ] {
        assert_eq!(one("require EV5 * 3 2", bad), error(at, fault), "{bad}");
    }
    assert_eq!(one("late reason", "late sometimes").fault, RulesFault::Choice);
    assert_eq!(one("window-s 600", "window-s 0600").fault, RulesFault::Number);
    assert_eq!(one("window-s 600", "window-s 600 s").fault, RulesFault::Words);
    assert_eq!(one("window-s 600", "window-s 99999999999").fault, RulesFault::Number);
    let again = one("window-s 600", "window-s 600\nwindow-s 600");
    assert_eq!(again.fault, RulesFault::SettingTwice("window-s"));
    let end = count + 1;
    let gone = one("jump-ms 1000\n", "");
    assert_eq!(gone, error(end - 1, RulesFault::SettingMissing("jump-ms")));
    assert_eq!(one("late reason\n", "").fault, RulesFault::SettingMissing("late"));
    assert_eq!(one("require * * 2 2", "require * data 2 2"), error(end, RulesFault::NoCatchAll));
    let nobody = rules_text().replace("attests", "conflicted");
    assert_eq!(faults(&nobody), [error(end, RulesFault::NoRole)]);
    let cut = faults(rules_text().trim_end());
    assert_eq!(cut[0], error(count, RulesFault::FinalBreak));
    assert_eq!(faults("\u{1}"), [error(1, RulesFault::PlainText)]);
    // All at once.
    let two = rules_text().replace("late reason", "late x").replace("beacon required", "beacon x");
    let found: Vec<RulesFault> = faults(&two).into_iter().map(|error| error.fault).collect();
    assert_eq!(found, [RulesFault::Choice, RulesFault::Choice]);
}

#[test]
fn damaged_rules_and_enrolments_are_read_or_refused() {
    damage(rules_text().as_bytes(), 5_000, |bytes| {
        if let Err(errors) = AttestRules::parse(bytes) {
            assert!(!errors.is_empty());
        }
    });
    let add = super::add_of(super::PEOPLE[6]).to_string();
    damage(add.as_bytes(), 5_000, |bytes| {
        let Ok(text) = str::from_utf8(bytes) else { return };
        if let Ok(add) = crate::KeyAdd::parse(text) {
            assert_eq!(add.to_string(), text);
        }
    });
}
