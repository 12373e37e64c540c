//! Reading a policy file, line by line; all faults at once.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{Group, Member, Policy, Use, Witness};
use crate::key::{KeyError, Scheme, VerifyKey};
use crate::text;

/// Policy error (策略错误): a line of a policy file that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct PolicyError {
    /// Line, from 1; one past the last where something is missing.
    pub line: usize,
    /// What is wrong.
    pub fault: PolicyFault,
}

/// Policy fault (策略缺陷): what is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyFault {
    /// The last line has no line break.
    #[error("the last line has no line break")]
    FinalBreak,
    /// A byte that is neither text, tab nor line break.
    #[error("a control character")]
    Control,
    /// The first word is none of `log`, `witness`, `group`, `quorum`.
    #[error("expected log, witness, group or quorum")]
    Keyword,
    /// Too few or too many words.
    #[error("expected another number of words")]
    Words,
    /// The key is refused.
    #[error("key: {0}")]
    Key(#[from] KeyError),
    /// A cosigner must have a key of type `0x04`; an attestor must not.
    #[error("a key of this type cannot sign what this policy is for")]
    KeyUse,
    /// The same public key stands on an earlier line of this sort.
    #[error("the same key as an earlier line")]
    DuplicateKey,
    /// The name is taken, or is `none`.
    #[error("the name {0} is taken")]
    NameTaken(String),
    /// No earlier line defines the name.
    #[error("no line above defines {0}")]
    Unknown(String),
    /// The name is a member of a group already.
    #[error("{0} is a member of a group already")]
    MemberTwice(String),
    /// The threshold is no number from 1 to the number of members, `any` or `all`.
    #[error("expected any, all, or a number from 1 to the number of members")]
    Threshold,
    /// A second quorum line, or none.
    #[error("expected one quorum line")]
    Quorum,
}

/// What is known while reading.
struct Reading {
    policy: Policy,
    purpose: Use,
    names: BTreeMap<Vec<u8>, Member>,
    members: BTreeSet<Member>,
    quorums: usize,
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// All lines that are refused.
    pub fn parse(bytes: &[u8], purpose: Use) -> Result<Self, Vec<PolicyError>> {
        let policy =
            Self { logs: Vec::new(), witnesses: Vec::new(), groups: Vec::new(), quorum: None };
        let mut reading = Reading {
            policy,
            purpose,
            names: BTreeMap::new(),
            members: BTreeSet::new(),
            quorums: 0,
        };
        let mut errors = Vec::new();
        let mut refuse = |line, fault| errors.push(PolicyError { line, fault });
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let line_number = at + 1;
            if line_number == count {
                if !line.is_empty() {
                    refuse(line_number, PolicyFault::FinalBreak);
                }
            } else if let Err(fault) = reading.line(line) {
                refuse(line_number, fault);
            }
        }
        if reading.quorums == 0 {
            refuse(count, PolicyFault::Quorum);
        }
        if errors.is_empty() { Ok(reading.policy) } else { Err(errors) }
    }
}

impl Reading {
    fn line(&mut self, line: &[u8]) -> Result<(), PolicyFault> {
        if line.iter().any(|byte| !matches!(byte, b'\t' | 0x20..=0x7e | 0x80..)) {
            return Err(PolicyFault::Control);
        }
        let words: Vec<&[u8]> = line
            .split(|byte| matches!(byte, b' ' | b'\t'))
            .filter(|word| !word.is_empty())
            .collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", key] | [b"log", key, _] => self.log(key),
            [b"witness", name, key] => self.witness(name, key, None),
            [b"witness", name, key, url] => self.witness(name, key, Some(url)),
            [b"group", name, threshold, first, more @ ..] => {
                let mut members = vec![*first];
                members.extend(more);
                self.group(name, threshold, &members)
            }
            [b"quorum", name] => self.quorum(name),
            [b"log" | b"witness" | b"group" | b"quorum", ..] => Err(PolicyFault::Words),
            _ => Err(PolicyFault::Keyword),
        }
    }

    fn log(&mut self, key: &[u8]) -> Result<(), PolicyFault> {
        let key = read_key(key)?;
        if self.policy.logs.iter().any(|log| log.material() == key.material()) {
            return Err(PolicyFault::DuplicateKey);
        }
        self.policy.logs.push(key);
        Ok(())
    }

    fn witness(&mut self, name: &[u8], key: &[u8], url: Option<&[u8]>) -> Result<(), PolicyFault> {
        let key = read_key(key)?;
        if (key.scheme() == Scheme::Cosignature) != (self.purpose == Use::Checkpoints) {
            return Err(PolicyFault::KeyUse);
        }
        if self.policy.witnesses.iter().any(|other| other.key.material() == key.material()) {
            return Err(PolicyFault::DuplicateKey);
        }
        self.define(name, Member::Witness(self.policy.witnesses.len()))?;
        let url = url.map(|url| String::from_utf8_lossy(url).into_owned());
        self.policy.witnesses.push(Witness { name: name.to_vec(), key, url });
        Ok(())
    }

    fn group(&mut self, name: &[u8], threshold: &[u8], names: &[&[u8]]) -> Result<(), PolicyFault> {
        let mut members = Vec::new();
        for name in names {
            let member = self.member(name)?;
            if members.contains(&member) || self.members.contains(&member) {
                return Err(PolicyFault::MemberTwice(shown(name)));
            }
            members.push(member);
        }
        let threshold = match threshold {
            b"any" => 1,
            b"all" => members.len(),
            number => str::from_utf8(number)
                .ok()
                .and_then(text::decimal)
                .and_then(|number| usize::try_from(number).ok())
                .filter(|number| (1..=members.len()).contains(number))
                .ok_or(PolicyFault::Threshold)?,
        };
        self.define(name, Member::Group(self.policy.groups.len()))?;
        self.members.extend(&members);
        self.policy.groups.push(Group { name: name.to_vec(), threshold, members });
        Ok(())
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), PolicyFault> {
        self.quorums += 1;
        if self.quorums > 1 {
            return Err(PolicyFault::Quorum);
        }
        if name != b"none" {
            self.policy.quorum = Some(self.member(name)?);
        }
        Ok(())
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), PolicyFault> {
        if name == b"none" || self.names.contains_key(name) {
            return Err(PolicyFault::NameTaken(shown(name)));
        }
        self.names.insert(name.to_vec(), member);
        Ok(())
    }

    fn member(&self, name: &[u8]) -> Result<Member, PolicyFault> {
        self.names.get(name).copied().ok_or_else(|| PolicyFault::Unknown(shown(name)))
    }
}

fn read_key(key: &[u8]) -> Result<VerifyKey, PolicyFault> {
    let key = str::from_utf8(key).map_err(|_| PolicyFault::Key(KeyError::Shape))?;
    Ok(key.parse::<VerifyKey>()?)
}

fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
