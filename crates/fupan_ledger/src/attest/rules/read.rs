//! Reading the rules, line by line; all faults at once.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{AttestRequirement, AttestRules, AttestSettings, LateNeeds, Organisation};
use crate::attest::name;
use crate::capture::{code, word};
use crate::key::{KeyError, Scheme, VerifyKey};
use crate::text;

/// First line of the rules.
const HEADER: &str = "fupan.example/attest-rules/v1";

/// Settings that are numbers, each of which stands once.
const NUMBERS: [&str; 7] = [
    "window-s",
    "server-held-at-most",
    "realtime-s",
    "offline-s",
    "sync-age-s",
    "drift-ppm",
    "jump-ms",
];
/// Settings that are words.
const CHOICES: [&str; 2] = ["late", "beacon"];

/// Rules error (见证规则错误): a line of the rules that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct RulesError {
    /// Line, from 1; one past the last where something is missing.
    pub line: usize,
    /// What is wrong.
    pub fault: RulesFault,
}

/// Rules fault (见证规则缺陷): what is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RulesFault {
    /// Not UTF-8, or control characters.
    #[error("expected UTF-8 without control characters")]
    PlainText,
    /// The first line does not name the format.
    #[error("expected the line that names the format")]
    Header,
    /// The last line has no line break.
    #[error("the last line has no line break")]
    FinalBreak,
    /// The first word is none that is known.
    #[error("expected a keyword of the format")]
    Keyword,
    /// Too few or too many words.
    #[error("expected another number of words")]
    Words,
    /// A name, code, medium or role that is none.
    #[error("expected a name, a code or a medium as the format spells them")]
    Name,
    /// The organisation is defined already.
    #[error("the organisation {0} is defined above")]
    Twice(String),
    /// No earlier line defines the organisation.
    #[error("no line above defines the organisation {0}")]
    Unknown(String),
    /// The key is refused.
    #[error("key: {0}")]
    Key(#[from] KeyError),
    /// A cosigner's key, or one that stands on an earlier line.
    #[error("a key that cannot approve, or that stands on an earlier line")]
    KeyUse,
    /// A number out of its range: attestors 1 to 16, organisations 1 to that.
    #[error("expected a number within the range of this line")]
    Number,
    /// A word that is no choice of this setting.
    #[error("expected one of the choices of this setting")]
    Choice,
    /// The setting stands above.
    #[error("the setting {0} stands above")]
    SettingTwice(&'static str),
    /// The setting is missing.
    #[error("the setting {0} is missing")]
    SettingMissing(&'static str),
    /// No last requirement fits everything.
    #[error("expected a last requirement for every kind and medium")]
    NoCatchAll,
    /// Nobody may attest.
    #[error("expected at least one role that attests")]
    NoRole,
}

#[derive(Default)]
struct Reading {
    organisations: BTreeMap<String, Organisation>,
    requirements: Vec<AttestRequirement>,
    attesting: BTreeSet<String>,
    conflicted: BTreeSet<String>,
    seen: BTreeSet<&'static str>,
    numbers: BTreeMap<&'static str, u64>,
    late: Option<LateNeeds>,
    beacon: Option<bool>,
}

impl AttestRules {
    /// Reads the rules.
    ///
    /// # Errors
    /// All lines that are refused, and what is missing.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<RulesError>> {
        let plain = str::from_utf8(bytes)
            .ok()
            .filter(|text| !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        let Some(whole) = plain else {
            return Err(vec![RulesError { line: 1, fault: RulesFault::PlainText }]);
        };
        let lines: Vec<&str> = whole.split('\n').collect();
        let count = lines.len();
        let mut reading = Reading::default();
        let mut errors = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let result = match at + 1 {
                number if number == count && line.is_empty() => Ok(()),
                number if number == count => Err(RulesFault::FinalBreak),
                1 if line == HEADER => Ok(()),
                1 => Err(RulesFault::Header),
                _ => reading.line(line),
            };
            errors.extend(result.err().map(|fault| RulesError { line: at + 1, fault }));
        }
        match reading.finish() {
            Ok(rules) if errors.is_empty() => Ok(rules),
            Ok(_) => Err(errors),
            Err(missing) => {
                errors.extend(missing.into_iter().map(|fault| RulesError { line: count, fault }));
                Err(errors)
            }
        }
    }
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), RulesFault> {
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["organisation", name] => self.organisation(name, None),
            ["organisation", name, parent] => self.organisation(name, Some(parent)),
            ["admin", name, key] => self.admin(name, key),
            ["require", kind, medium, attestors, organisations] => {
                self.require(kind, medium, attestors, organisations)
            }
            ["attests", role] => add(&mut self.attesting, role),
            ["conflicted", role] => add(&mut self.conflicted, role),
            [setting, value] => self.setting(setting, value),
            ["organisation" | "admin" | "require" | "attests" | "conflicted", ..] => {
                Err(RulesFault::Words)
            }
            [first, ..] => {
                let known = known_setting(first).ok_or(RulesFault::Keyword)?;
                // It is there, if not as it must be: it is not missing besides.
                self.seen.insert(known);
                Err(RulesFault::Words)
            }
        }
    }

    fn organisation(&mut self, given: &str, parent: Option<&str>) -> Result<(), RulesFault> {
        let given = name(given).ok_or(RulesFault::Name)?;
        if self.organisations.contains_key(&given) {
            return Err(RulesFault::Twice(given));
        }
        if let Some(parent) = parent.filter(|parent| !self.organisations.contains_key(*parent)) {
            return Err(RulesFault::Unknown(parent.to_owned()));
        }
        let parent = parent.map(str::to_owned);
        self.organisations.insert(given, Organisation { parent, admins: Vec::new() });
        Ok(())
    }

    fn admin(&mut self, given: &str, key: &str) -> Result<(), RulesFault> {
        let key: VerifyKey = key.parse()?;
        let taken = self
            .organisations
            .values()
            .flat_map(|organisation| &organisation.admins)
            .any(|other| other.material() == key.material());
        if taken || key.scheme() == Scheme::Cosignature {
            return Err(RulesFault::KeyUse);
        }
        let found = self.organisations.get_mut(given);
        found.ok_or_else(|| RulesFault::Unknown(given.to_owned()))?.admins.push(key);
        Ok(())
    }

    fn require(
        &mut self,
        kind: &str,
        medium: &str,
        attestors: &str,
        organisations: &str,
    ) -> Result<(), RulesFault> {
        let any = |value: &str, read: fn(&str) -> Option<String>| match value {
            "*" => Ok(None),
            value => read(value).map(Some).ok_or(RulesFault::Name),
        };
        let number = |value: &str, most: usize| {
            text::decimal(value)
                .and_then(|number| usize::try_from(number).ok())
                .filter(|number| (1..=most).contains(number))
                .ok_or(RulesFault::Number)
        };
        let (kind, medium) = (any(kind, code)?, any(medium, word)?);
        let attestors = number(attestors, 16)?;
        let organisations = number(organisations, attestors)?;
        self.requirements.push(AttestRequirement { kind, medium, attestors, organisations });
        Ok(())
    }

    fn setting(&mut self, setting: &str, value: &str) -> Result<(), RulesFault> {
        let known = known_setting(setting).ok_or(RulesFault::Keyword)?;
        if !self.seen.insert(known) {
            return Err(RulesFault::SettingTwice(known));
        }
        match (known, value) {
            ("late", "nothing") => self.late = Some(LateNeeds::Nothing),
            ("late", "reason") => self.late = Some(LateNeeds::Reason),
            ("late", "reason-and-video") => self.late = Some(LateNeeds::ReasonAndVideo),
            ("beacon", "required") => self.beacon = Some(true),
            ("beacon", "optional") => self.beacon = Some(false),
            ("late" | "beacon", _) => return Err(RulesFault::Choice),
            (number, value) => {
                // Seconds are turned into milliseconds later: what is larger means nothing.
                let read = text::decimal(value).filter(|read| *read <= u64::from(u32::MAX));
                self.numbers.insert(number, read.ok_or(RulesFault::Number)?);
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<AttestRules, Vec<RulesFault>> {
        let mut missing: Vec<RulesFault> = NUMBERS
            .into_iter()
            .chain(CHOICES)
            .filter(|name| !self.seen.contains(name))
            .map(RulesFault::SettingMissing)
            .collect();
        let last = self.requirements.last();
        if !last.is_some_and(|last| last.kind.is_none() && last.medium.is_none()) {
            missing.push(RulesFault::NoCatchAll);
        }
        if self.attesting.is_empty() {
            missing.push(RulesFault::NoRole);
        }
        let number = |name: &str| self.numbers.get(name).copied().unwrap_or_default();
        match (self.late, self.beacon) {
            (Some(late), Some(beacon_required)) if missing.is_empty() => {
                let settings = AttestSettings {
                    window_s: number("window-s"),
                    late,
                    beacon_required,
                    server_held: usize::try_from(number("server-held-at-most"))
                        .unwrap_or(usize::MAX),
                    realtime_s: number("realtime-s"),
                    offline_s: number("offline-s"),
                    sync_age_s: number("sync-age-s"),
                    drift_ppm: number("drift-ppm"),
                    jump_ms: number("jump-ms"),
                };
                Ok(AttestRules {
                    organisations: self.organisations,
                    requirements: self.requirements,
                    attesting: self.attesting,
                    conflicted: self.conflicted,
                    settings,
                })
            }
            _ => Err(missing),
        }
    }
}

fn known_setting(name: &str) -> Option<&'static str> {
    NUMBERS.into_iter().chain(CHOICES).find(|known| *known == name)
}

/// Adds a role; twice is as good as once.
fn add(roles: &mut BTreeSet<String>, role: &str) -> Result<(), RulesFault> {
    roles.insert(word(role).ok_or(RulesFault::Name)?);
    Ok(())
}
