//! Use case: a signed statement, and the bytes it speaks of, into the vault of a case. It is judged by
//! the rules in force, the roll and what the device stated before; what is refused leaves an entry and
//! nothing of the bytes.

use super::around::{Times, around, earlier};
use super::draft::measure;
use super::record::{append, attested, capture_leaf, clock_word, cosign_leaf, status_word};
use super::refused::refuse;
use super::sign::beside;
use crate::carry::{Carried, act};
use crate::case::defaults;
use crate::cellar::{Captured, Register};
use crate::evidence::{EvidenceWords, evidence, files, name_of};
use crate::key::assurance_word;
use crate::output::{Output, replace_all};
use crate::{
    Actor, Entered, EntryMade, Failure, FailureKind, Message, Step, Watch, book, cellar, chance,
    file,
};
use fupan_ledger::{
    Capture, Judgement, KeyId, LeafField, Note, Rejection, SignatureLine, SignedCapture,
};
use fupan_model::Digest;
use fupan_vault::{Act, Attested, Correction, Declared, Digests, Statement, Stored, hex_of};
use std::path::{Path, PathBuf};

/// Submit words (提交说明): what comes with a statement.
#[derive(Clone, Debug, Default)]
pub struct SubmitWords {
    /// The bytes; `None`: they are still on their way.
    pub file: Option<PathBuf>,
    /// Number of the evidence in the case; needed where the bytes come.
    pub id: Option<String>,
    /// What is said of the evidence; its kind is the statement's to say.
    pub evidence: EvidenceWords,
    /// What the statement says of place and remarks; `None`: the file beside it.
    pub meta: Option<PathBuf>,
    /// Why the rule of two people was not kept, or not in time.
    pub reason: Option<String>,
    /// Number in the log of a video of the act, captured for itself.
    pub video: Option<String>,
    /// Why numbers of the device are missing.
    pub gap_reason: Option<String>,
    /// By how much this machine's clock may be wrong, in milliseconds.
    pub clock_error_ms: u64,
}

/// Submitted (提交结果): what an accepted statement is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Number of the evidence in the log: a ULID.
    pub capture: String,
    /// `witnessed`, `late`, `single`, `unwitnessed`, `pending`.
    pub status: &'static str,
    /// `realtime`, `delayed`, `offline`, `untrusted`, `pending`.
    pub clock: &'static str,
    /// Lowest assurance among those who signed.
    pub assurance: &'static str,
    /// Those who signed: person and organisation.
    pub attestors: Vec<(String, String)>,
    /// Milliseconds from capture to the last byte, and by how much that may be wrong.
    pub latency: Option<(i64, u64)>,
    /// Codes of what is held against it.
    pub downgrades: Vec<&'static str>,
    /// Until when others may still sign, in milliseconds since 1970.
    pub until_ms: Option<i64>,
    /// Leaf of the capture or of the later signature; `None`: all of it was on record.
    pub leaf: Option<u64>,
    /// Files and entry of the case, where the bytes came.
    pub stated: Entered,
}

/// Hands in the statement in `path` for the case at `case`.
///
/// # Errors
/// Every rejection at once, after it is on record; faults of the case; no vault, no rules.
pub fn submit_capture(
    case: &Path,
    path: &Path,
    words: &SubmitWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Submitted, Failure> {
    watch.step(Step::Read);
    let author = actor.author()?;
    let book = book::shipped()?;
    let bytes = file::bytes(path)?;
    let carried = Carried::open(case, actor, &book)?;
    let Some((root, vault, read)) = carried.kept() else {
        return Err(crate::place::no_vault(case));
    };
    let register = Register::load(vault, root)?;
    let (rules, policy) = register.rules(root)?;
    let statement_ms = chance::now_ms()?;
    let stored = words.file.as_deref().map(|file| measure(file, watch)).transpose()?;
    let came = stored.as_ref().map(|_| chance::now_ms().map(|last| (statement_ms, last)));
    let times = Times { statement: statement_ms, bytes: came.transpose()? };
    let judged = judge(&register, &bytes).and_then(|(note, signed)| {
        let around = around(
            (root, vault, read),
            &register,
            &signed,
            (path, words),
            (times, stored.as_ref()),
        )
        .map_err(Judging::Fault)?;
        revoked_since(&register, &signed, vault, root)?;
        let judged = signed.judge(&around, rules).map_err(Judging::Refused)?;
        Ok((note, signed, judged))
    });
    let (note, signed, judged) = match judged {
        Ok(judged) => judged,
        Err(Judging::Fault(failure)) => return Err(failure),
        Err(Judging::Refused(found)) => {
            watch.step(Step::Write);
            return Err(refuse(root, vault, (read.case, author), &bytes, &found)?);
        }
    };
    let accepted = Accepted { note, signed, judged, policy: *policy, words, author, times };
    let meta = meta(path, words, accepted.signed.capture())?;
    if earlier(&register, accepted.signed.capture()).next().is_some() {
        return accepted.again(carried, &register, (stored.as_ref(), &meta), watch);
    }
    accepted.first(carried, (stored.as_ref(), &meta), watch)
}

/// Why a statement is not accepted, or cannot be judged.
enum Judging {
    Refused(Vec<Rejection>),
    Fault(Failure),
}

/// The statement, joined with the signatures on record, and who signed it.
fn judge(register: &Register, bytes: &[u8]) -> Result<(Note, SignedCapture), Judging> {
    let note =
        Note::parse(bytes).map_err(|error| Judging::Refused(vec![Rejection::Malformed(error)]))?;
    let known = register.captures.iter().rev().find(|one| one.note.text() == note.text());
    let note = match known {
        Some(known) => SignedCapture::join(&known.note, &note).map_err(Judging::Refused)?,
        None => note,
    };
    let signed = SignedCapture::open(&note, &register.roll).map_err(Judging::Refused)?;
    Ok((note, signed))
}

/// A key that was revoked after the capture does not sign it later.
fn revoked_since(
    register: &Register,
    signed: &SignedCapture,
    vault: &fupan_vault::Vault,
    root: &Path,
) -> Result<(), Judging> {
    let Some(last) = earlier(register, signed.capture()).last() else { return Ok(()) };
    let (_, head) = vault.head().map_err(|e| Judging::Fault(cellar::failure(root, &e)))?;
    let line = |line: &SignatureLine, id: KeyId, name: &str| line.id == id && line.name == name;
    let found: Vec<Rejection> = signed
        .signers()
        .iter()
        .filter(|one| {
            let key = &one.add.key;
            !last.note.signatures().iter().any(|l| line(l, key.id(), key.name()))
        })
        .filter_map(|one| {
            let revoked = one.revoked.filter(|revoked| head.size >= revoked.since)?;
            let key = one.add.key.name().to_owned();
            Some(Rejection::KeyRevoked { key, since: revoked.since })
        })
        .collect();
    if found.is_empty() { Ok(()) } else { Err(Judging::Refused(found)) }
}

/// The object that the statement names as `meta`.
fn meta(path: &Path, words: &SubmitWords, capture: &Capture) -> Result<Vec<u8>, Failure> {
    let place = words.meta.clone().unwrap_or_else(|| beside(path));
    let bytes = file::bytes(&place)?;
    if Digests::of(&bytes).sha256 == capture.meta {
        return Ok(bytes);
    }
    let message = Message::new("attest-meta").text("path", place.display());
    Err(Failure::new(FailureKind::Input, message))
}

/// A statement that is accepted.
struct Accepted<'a> {
    note: Note,
    signed: SignedCapture,
    judged: Judgement,
    policy: [u8; 32],
    words: &'a SubmitWords,
    author: &'a str,
    times: Times,
}

impl Accepted<'_> {
    /// It was never on record.
    fn first(
        &self,
        mut carried: Carried<'_>,
        (stored, meta): (Option<&Stored>, &[u8]),
        watch: &dyn Watch,
    ) -> Result<Submitted, Failure> {
        let new = stored.map(|stored| self.exhibit(&carried, stored, watch)).transpose()?;
        watch.step(Step::Write);
        let leaf = self.capture(&carried, stored, meta, watch)?;
        let stated = match new {
            Some((outputs, after)) => {
                carried.attested = Some(Box::new(self.attested()));
                carried.keep(&outputs, &after, watch)?
            }
            None => Entered::default(),
        };
        Ok(self.submitted(Some(leaf), stated))
    }

    /// It is on record: the bytes came, or somebody else signed, or nobody will.
    fn again(
        &self,
        mut carried: Carried<'_>,
        register: &Register,
        (stored, meta): (Option<&Stored>, &[u8]),
        watch: &dyn Watch,
    ) -> Result<Submitted, Failure> {
        let Some((root, vault, read)) = carried.kept() else {
            return Err(Failure::bug("no vault"));
        };
        let earlier: Vec<&Captured> = earlier(register, self.signed.capture()).collect();
        let had_bytes = earlier.iter().any(|one| one.leaf.get(LeafField::Complete).is_some());
        let stated = self.stated(read);
        if stored.is_some() && (!had_bytes || stated.is_none()) {
            let new = stored.map(|stored| self.exhibit(&carried, stored, watch)).transpose()?;
            watch.step(Step::Write);
            let leaf = self.capture(&carried, stored, meta, watch)?;
            let (outputs, after) = new.ok_or_else(|| Failure::bug("no exhibit"))?;
            carried.attested = Some(Box::new(self.attested()));
            let stated = carried.keep(&outputs, &after, watch)?;
            return Ok(self.submitted(Some(leaf), stated));
        }
        let last = earlier.last().ok_or_else(|| Failure::bug("no capture"))?;
        let known = last.note.signatures();
        let new: Vec<&SignatureLine> =
            self.note.signatures().iter().filter(|line| !known.contains(line)).collect();
        let said = last.leaf.get_word(LeafField::Status);
        let given_up = new.is_empty()
            && self.words.reason.is_some()
            && status_word(&self.judged) == "unwitnessed"
            && said != Some("unwitnessed");
        if new.is_empty() && !given_up {
            return Ok(self.submitted(None, Entered::default()));
        }
        watch.step(Step::Write);
        let fault = |error: fupan_vault::ObjectError| cellar::failure(root, &error.into());
        let kept = vault.objects().put_bytes(self.note.to_string().as_bytes()).map_err(fault)?;
        let capture = self.signed.capture();
        let leaf = if given_up {
            capture_leaf(&self.signed, &self.judged, &kept.digests, self.policy)?
        } else {
            let keys = new.iter().map(|line| line.id).collect();
            let first = earlier.first().map_or(last.index, |first| first.index);
            cosign_leaf(capture, keys, &kept.digests, (self.times.statement, first))?
        };
        let receipt = append(root, vault, leaf, self.times.statement)?;
        let stated = match stated {
            Some(at) => self.correct(&carried, at, watch)?,
            None => Entered::default(),
        };
        Ok(self.submitted(Some(receipt.index), stated))
    }

    /// The evidence in the case: entry, place in it, and what it says.
    fn stated(&self, read: &fupan_vault::CaseRead) -> Option<fupan_vault::StandingPart> {
        let number = &self.signed.capture().evidence;
        let ours = |statement: &Statement| match statement {
            Statement::Evidence(exhibit) => {
                exhibit.attested.as_ref().is_some_and(|attested| attested.capture == *number)
            }
            _ => false,
        };
        read.parts.iter().find(|part| ours(&part.now)).cloned()
    }

    /// What people read of the evidence changes: who witnessed it, and how it stands.
    fn correct(
        &self,
        carried: &Carried<'_>,
        part: fupan_vault::StandingPart,
        watch: &dyn Watch,
    ) -> Result<Entered, Failure> {
        let Some((root, vault, read)) = carried.kept() else {
            return Err(Failure::bug("no vault"));
        };
        let Statement::Evidence(mut exhibit) = part.now else {
            return Err(Failure::bug("no exhibit"));
        };
        exhibit.attested = Some(Box::new(self.attested()));
        exhibit.evidence.witnessed_by = self.people().1;
        let place = format!("{}.toml", exhibit.evidence.path);
        let correction = Correction {
            of: part.entry.to_string(),
            part: part.part,
            reason: format!("cosign {}", self.signed.capture().evidence),
            now: Some(Statement::Evidence(exhibit)),
        };
        let correct = Act::Correct(Box::new(correction));
        let entry = act(root, vault, read.case, (Some(read.version), self.author), correct)?;
        let files = match carried.folder() {
            Some(folder) => self.descriptor(folder, &place, watch)?,
            None => Vec::new(),
        };
        Ok(Entered { files, entry: Some(entry) })
    }

    /// The descriptor in a case folder, which says who witnessed.
    fn descriptor(
        &self,
        folder: &Path,
        place: &str,
        watch: &dyn Watch,
    ) -> Result<Vec<PathBuf>, Failure> {
        let target = crate::folder::inside(folder, place).ok_or_else(|| Failure::bug(place))?;
        let mut table: toml::Table = file::text(&target)?.parse().map_err(Failure::bug)?;
        table.insert("witnessed_by".to_owned(), self.people().1.into());
        let text = toml::to_string(&table).map_err(Failure::bug)?;
        replace_all(folder, &[Output::new(place.to_owned(), text.into_bytes())], watch)
    }

    /// Who collected, and who witnessed.
    fn people(&self) -> (Vec<String>, Vec<String>) {
        let device = self.signed.device().map(|device| device.add.person.clone());
        let all = self.signed.signers().iter().map(|one| one.add.person.clone());
        let others = all.filter(|person| Some(person) != device.as_ref()).collect();
        (device.into_iter().collect(), others)
    }

    fn attested(&self) -> Attested {
        attested(self.signed.capture(), &self.judged, self.words)
    }

    /// The bytes as evidence of the case, checked as a whole before anything is written.
    fn exhibit(
        &self,
        carried: &Carried<'_>,
        stored: &Stored,
        watch: &dyn Watch,
    ) -> Result<(Vec<Output>, fupan_model::CaseFile), Failure> {
        let missing = || Failure::new(FailureKind::Input, Message::new("attest-no-id"));
        let id = self.words.id.as_deref().ok_or_else(missing)?;
        let file = self.words.file.as_deref().ok_or_else(missing)?;
        let defaults = defaults(&book::shipped()?)?;
        let capture = self.signed.capture();
        let words =
            EvidenceWords { kind: Some(capture.kind.clone()), ..self.words.evidence.clone() };
        let print = (Digest::new(hex_of(&stored.digests.sha256)), stored.digests.size);
        let mut new = evidence(&words, file, print, id, &defaults);
        (new.collected_by, new.witnessed_by) = self.people();
        new.collected_at = Some(format!("{:.3}", capture.captured));
        new.medium.clone_from(&capture.medium);
        if new.title.is_empty() {
            new.title = name_of(file);
        }
        let outputs = files(&carried.case, &carried.base, &new, file, None)?;
        let after = carried.with(&outputs, &defaults, watch)?;
        Ok((outputs, after))
    }

    /// Keeps bytes, statement and `meta`, and appends the leaf.
    fn capture(
        &self,
        carried: &Carried<'_>,
        stored: Option<&Stored>,
        meta: &[u8],
        watch: &dyn Watch,
    ) -> Result<u64, Failure> {
        let Some((root, vault, _)) = carried.kept() else { return Err(Failure::bug("no vault")) };
        let fault = |error: fupan_vault::ObjectError| cellar::failure(root, &error.into());
        if let (Some(stored), Some(path)) = (stored, &self.words.file) {
            let of = &stored.digests;
            let declared =
                Declared { sha256: Some(of.sha256), sm3: Some(of.sm3), size: Some(of.size) };
            let log = crate::file::FileLog { path, watch };
            let reader = log.reader().map_err(|error| Failure::read(path, &error))?;
            vault
                .objects()
                .put(reader, &declared)
                .map_err(|error| Failure::stopped_or(watch, || fault(error)))?;
        }
        let note = self.note.to_string();
        let kept = vault
            .objects()
            .put_all(&[note.as_bytes(), meta].map(|bytes| (bytes, Declared::default())))
            .map_err(fault)?;
        let statement = kept.first().ok_or_else(|| Failure::bug("nothing kept"))?.digests;
        let leaf = capture_leaf(&self.signed, &self.judged, &statement, self.policy)?;
        Ok(append(root, vault, leaf, self.times.statement)?.index)
    }

    fn submitted(&self, leaf: Option<u64>, stated: Entered) -> Submitted {
        let judged = &self.judged;
        let attestors = judged.attestors.iter();
        let until_ms = match judged.standing {
            fupan_ledger::Standing::Awaiting { until_ms } => Some(until_ms),
            _ => None,
        };
        Submitted {
            capture: self.signed.capture().evidence.clone(),
            status: status_word(judged),
            clock: clock_word(judged),
            assurance: assurance_word(judged.assurance),
            attestors: attestors
                .map(|one| (one.person.clone(), one.organisation.clone()))
                .collect(),
            latency: judged.timing.latency_ms.zip(judged.timing.error_ms),
            downgrades: judged.downgrades.iter().map(|one| one.code()).collect(),
            until_ms,
            leaf,
            stated,
        }
    }
}

/// The entry of an answer, where there is one.
impl Submitted {
    /// The last entry of the case that it made.
    #[must_use]
    pub fn entry(&self) -> Option<&EntryMade> {
        self.stated.entry.as_ref()
    }
}
