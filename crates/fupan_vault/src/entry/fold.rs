//! Folds the entries of a case, in the order of the log, into its case file.

use std::collections::BTreeSet;

use fupan_ledger::Ulid;
use fupan_model::CaseFile;
use thiserror::Error;

use super::{Act, CaseHead, Correction, Entry, Exhibit, Kept, KindWord, Statement};

/// Why an entry does not fit the case. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FoldError {
    /// The first thing stated must be the case's head, and only once.
    #[error("a case is opened once, and first")]
    Head,
    /// Something of that kind and id is stated already; a correction would say it anew.
    #[error("{kind} {id} is stated already")]
    Taken {
        /// Kind of statement.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// The correction is of nothing in this case.
    #[error("entry {of} has no statement {part}")]
    NoSuch {
        /// The entry.
        of: String,
        /// The statement in it.
        part: u64,
    },
    /// A statement is put right by one of its own kind.
    #[error("a {from} cannot become a {to}")]
    OtherKind {
        /// What it was.
        from: &'static str,
        /// What it would be.
        to: &'static str,
    },
    /// An act that states nothing here.
    #[error("the act states nothing")]
    Empty,
}

/// A case as read from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRead {
    /// The case file. Its digest is empty: the canonical form is the post room's, and the hall sets
    /// it with `fupan_intake::case_digest`. Lists stand in the order in which things were stated.
    pub file: CaseFile,
    /// The case in the vault.
    pub case: Ulid,
    /// Its version: how many entries have stated something.
    pub version: u64,
    /// Size of the log it was read at.
    pub log_size: u64,
    /// Entries whose body was erased, by index: what they stated is not in the file.
    pub erased: Vec<u64>,
    /// What holds, statement by statement, as corrections name it.
    pub parts: Vec<StandingPart>,
}

/// Standing part (现行陈述): a statement that holds, and where it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingPart {
    /// The entry that made it.
    pub entry: Ulid,
    /// Which of the entry's statements, from 0.
    pub part: u64,
    /// What it says by now.
    pub now: Statement,
}

/// What is taken by an id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Taken(&'static str, String);

/// A case while it is folded.
#[derive(Debug, Clone, Default)]
pub(crate) struct CaseState {
    parts: Vec<Part>,
    taken: BTreeSet<Taken>,
}

#[derive(Debug, Clone)]
struct Part {
    entry: Ulid,
    at: u64,
    now: Option<Statement>,
}

impl CaseState {
    /// Adds what an entry states, or nothing of it.
    pub(crate) fn apply(&mut self, entry: &Entry) -> Result<(), FoldError> {
        let place = self.check(entry)?;
        let id = entry.id().unwrap_or(Ulid([0; 16]));
        match &entry.act {
            Act::State(statements) => {
                for (at, statement) in (0..).zip(statements) {
                    self.taken.extend(statement.ids());
                    self.parts.push(Part { entry: id, at, now: Some(statement.clone()) });
                }
            }
            Act::Correct(correction) => {
                if let Some(part) = place.and_then(|place| self.parts.get_mut(place)) {
                    for id in part.now.iter().filter_map(Statement::ids) {
                        self.taken.remove(&id);
                    }
                    part.now.clone_from(&correction.now);
                }
                self.taken.extend(correction.now.iter().filter_map(Statement::ids));
            }
            Act::Custody(_) | Act::Hold(_) | Act::Erase(_) => {}
        }
        Ok(())
    }

    /// Whether an entry fits; of a correction, the place of what it puts right.
    pub(crate) fn check(&self, entry: &Entry) -> Result<Option<usize>, FoldError> {
        match &entry.act {
            Act::State(statements) => {
                if statements.is_empty() {
                    return Err(FoldError::Empty);
                }
                let mut new = BTreeSet::new();
                for (at, statement) in statements.iter().enumerate() {
                    let first = self.parts.is_empty() && at == 0;
                    if matches!(statement, Statement::Case(_)) != first {
                        return Err(FoldError::Head);
                    }
                    self.free(statement, &mut new)?;
                }
                Ok(None)
            }
            Act::Correct(correction) => self.check_correction(correction).map(Some),
            Act::Custody(_) | Act::Hold(_) | Act::Erase(_) => Ok(None),
        }
    }

    fn check_correction(&self, correction: &Correction) -> Result<usize, FoldError> {
        let missing = || FoldError::NoSuch { of: correction.of.clone(), part: correction.part };
        let of: Ulid = correction.of.parse().map_err(|_| missing())?;
        let found = self.parts.iter().enumerate().find_map(|(place, part)| {
            let same = part.entry == of && part.at == correction.part;
            Some((place, part.now.as_ref().filter(|_| same)?))
        });
        let (place, old) = found.ok_or_else(missing)?;
        match &correction.now {
            None if matches!(old, Statement::Case(_)) => return Err(FoldError::Head),
            None => {}
            Some(now) if now.kind() != old.kind() => {
                return Err(FoldError::OtherKind { from: old.kind(), to: now.kind() });
            }
            Some(now) if now.ids() == old.ids() => {}
            Some(now) => self.free(now, &mut BTreeSet::new())?,
        }
        Ok(place)
    }

    fn free(&self, statement: &Statement, new: &mut BTreeSet<Taken>) -> Result<(), FoldError> {
        match statement.ids() {
            Some(id) if self.taken.contains(&id) || !new.insert(id.clone()) => {
                Err(FoldError::Taken { kind: id.0, id: id.1 })
            }
            _ => Ok(()),
        }
    }

    /// What holds by now.
    pub(crate) fn standing(&self) -> Vec<StandingPart> {
        let standing = |part: &Part| {
            let now = part.now.clone()?;
            Some(StandingPart { entry: part.entry, part: part.at, now })
        };
        self.parts.iter().filter_map(standing).collect()
    }

    /// The case file of what is stated by now.
    pub(crate) fn case_file(&self) -> CaseFile {
        let mut file = CaseFile::default();
        self.parts.iter().filter_map(|part| part.now.as_ref()).for_each(|s| put(&mut file, s));
        file
    }
}

impl Statement {
    /// Every statement of a case file, its head first: how a case moves into a vault whole.
    #[must_use]
    pub fn all_of(file: &CaseFile) -> Vec<Self> {
        let head = CaseHead {
            id: file.id.clone(),
            title: file.title.clone(),
            notice: file.notice.clone(),
            languages: file.languages.clone(),
            accident: file.accident.clone(),
        };
        let exhibit = |evidence: &fupan_model::Evidence| {
            let evidence = evidence.clone();
            Self::Evidence(Box::new(Exhibit { evidence, sm3: None, chunks: None, attested: None }))
        };
        let mut all = vec![Self::Case(Box::new(head))];
        all.extend(file.parties.iter().cloned().map(Self::Party));
        all.extend(file.team.iter().cloned().map(Self::Member));
        all.extend(file.clocks.iter().cloned().map(Self::Clock));
        all.extend(file.clock_relations.iter().cloned().map(Self::Relation));
        all.extend(file.evidence.iter().map(exhibit));
        all.extend(file.facts.iter().cloned().map(|fact| Self::Fact(Box::new(fact))));
        all.extend(file.imports.iter().cloned().map(|report| Self::Import(Box::new(report))));
        all.extend(file.questions.iter().cloned().map(Self::Question));
        all.extend(file.requests.iter().cloned().map(Self::Request));
        all.extend(file.interviews.iter().cloned().map(Self::Interview));
        all.extend(file.findings.iter().cloned().map(Self::Finding));
        all.extend(file.choices.iter().cloned().map(Self::Choice));
        all.extend(
            file.kinds
                .iter()
                .map(|(word, row)| Self::Kind(KindWord { word: word.clone(), row: row.clone() })),
        );
        all.extend(
            file.kept
                .iter()
                .map(|(path, json)| Self::Kept(Kept { path: path.clone(), json: json.clone() })),
        );
        all
    }

    /// Its kind, as it is spelt in a body.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Case(_) => "case",
            Self::Party(_) => "party",
            Self::Member(_) => "member",
            Self::Clock(_) => "clock",
            Self::Relation(_) => "relation",
            Self::Evidence(_) => "evidence",
            Self::Fact(_) => "fact",
            Self::Import(_) => "import",
            Self::Question(_) => "question",
            Self::Request(_) => "request",
            Self::Interview(_) => "interview",
            Self::Finding(_) => "finding",
            Self::Choice(_) => "choice",
            Self::Kind(_) => "kind",
            Self::Kept(_) => "kept",
        }
    }

    /// Its id within its kind; members and choices have none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        Some(match self {
            Self::Case(_) => "case",
            Self::Member(_) | Self::Choice(_) => return None,
            Self::Party(party) => party.id.as_str(),
            Self::Clock(clock) => clock.id.as_str(),
            Self::Relation(relation) => &relation.id,
            Self::Evidence(exhibit) => exhibit.evidence.id.as_str(),
            Self::Fact(fact) => fact.id.as_str(),
            Self::Import(report) => report.evidence.as_str(),
            Self::Question(question) => question.id.as_str(),
            Self::Request(request) => &request.id,
            Self::Interview(interview) => &interview.id,
            Self::Finding(finding) => &finding.id,
            Self::Kind(kind) => &kind.word,
            Self::Kept(kept) => &kept.path,
        })
    }

    fn ids(&self) -> Option<Taken> {
        self.id().map(|id| Taken(self.kind(), id.to_owned()))
    }
}

fn put(file: &mut CaseFile, statement: &Statement) {
    match statement.clone() {
        Statement::Case(head) => {
            file.id = head.id;
            file.title = head.title;
            file.notice = head.notice;
            file.languages = head.languages;
            file.accident = head.accident;
        }
        Statement::Party(party) => file.parties.push(party),
        Statement::Member(member) => file.team.push(member),
        Statement::Clock(clock) => file.clocks.push(clock),
        Statement::Relation(relation) => file.clock_relations.push(relation),
        Statement::Evidence(exhibit) => file.evidence.push(exhibit.evidence),
        Statement::Fact(fact) => file.facts.push(*fact),
        Statement::Import(report) => file.imports.push(*report),
        Statement::Question(question) => file.questions.push(question),
        Statement::Request(request) => file.requests.push(request),
        Statement::Interview(interview) => file.interviews.push(interview),
        Statement::Finding(finding) => file.findings.push(finding),
        Statement::Choice(choice) => file.choices.push(choice),
        Statement::Kind(kind) => drop(file.kinds.insert(kind.word, kind.row)),
        Statement::Kept(kept) => drop(file.kept.insert(kept.path, kept.json)),
    }
}
