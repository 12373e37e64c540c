//! Redacted releases (`docs/bag-format.md`): which originals stay behind and why, which derivatives go in
//! their place, which names become roles. That no listed name survives is checked on the written bag.

mod read;
mod survivors;

use super::Export;
use super::gather::Piece;
use crate::vault::derive;
use crate::{Actor, Failure, FailureKind, Lang, Message, Voice, Watch, assess, case};
use fupan_intake::case_json;
use fupan_ledger::release::{PaperKind, ReleasedPaper};
use fupan_model::{CaseFile, Evidence};
use fupan_report::render;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(super) use survivors::survivors;

/// Redaction (遮蔽方案): what a person decided, row by row, each with its reason and legal basis.
pub(super) struct Redaction {
    pub(super) withheld: Vec<Withheld>,
    pub(super) roles: Vec<Role>,
}

/// An original that stays behind.
pub(super) struct Withheld {
    evidence: String,
    /// What goes in its place: the file, and later its number in the case.
    derivative: Option<PathBuf>,
    number: Option<String>,
    why: Why,
}

/// A name that becomes a role.
pub(super) struct Role {
    name: String,
    role: String,
    why: Why,
}

/// Why: the reason, and the law it rests on.
pub(super) struct Why {
    reason: String,
    basis: String,
}

impl Redaction {
    /// Takes the derivatives into the case as evidence of their own, unless they are there.
    ///
    /// # Errors
    /// No such evidence; a derivative that cannot be read or taken in.
    pub(super) fn take_in(
        &mut self,
        case: &Path,
        actor: &Actor,
        watch: &dyn Watch,
    ) -> Result<(), Failure> {
        for row in &mut self.withheld {
            if let Some(file) = &row.derivative {
                row.number = Some(derive(case, &row.evidence, file, actor, watch)?);
            }
        }
        Ok(())
    }

    /// Lays the redaction over the pieces.
    ///
    /// # Errors
    /// Rows about evidence that the case has not.
    pub(super) fn apply(&self, pieces: &mut [Piece]) -> Result<(), Failure> {
        let absent = self
            .withheld
            .iter()
            .filter(|row| !pieces.iter().any(|piece| piece.evidence.id.as_str() == row.evidence));
        let absent: Vec<Message> =
            absent.map(|row| Message::new("evidence-absent").text("id", &row.evidence)).collect();
        if !absent.is_empty() {
            return Err(Failure { kind: FailureKind::Missing, messages: absent });
        }
        let voice = Voice::new(Lang::Zh);
        for piece in pieces {
            let row = self.withheld.iter().find(|row| piece.evidence.id.as_str() == row.evidence);
            if let Some(row) = row {
                piece.kept = false;
                let said = Message::new("bag-withheld")
                    .text("reason", &row.why.reason)
                    .text("basis", &row.why.basis);
                piece.remarks.push_str(&voice.say(&said));
            }
            // Who did what stands in words of acts; their leaves and proofs say that it was done.
            piece.records.clear();
            for text in [&mut piece.group, &mut piece.name, &mut piece.holder, &mut piece.remarks] {
                *text = self.named(text);
            }
            self.rename(&mut piece.evidence);
        }
        Ok(())
    }

    fn rename(&self, evidence: &mut Evidence) {
        evidence.id = self.named(evidence.id.as_str()).as_str().into();
        evidence.title = self.named(&evidence.title);
        evidence.medium = self.named(&evidence.medium);
        let people = [&mut evidence.collected_by, &mut evidence.witnessed_by];
        for name in people.into_iter().flatten().chain(evidence.fields.values_mut()) {
            *name = self.named(name);
        }
        evidence.collected_at = evidence.collected_at.as_deref().map(|text| self.named(text));
    }

    /// A text with roles for names, the longest name first.
    pub(super) fn named(&self, text: &str) -> String {
        self.roles.iter().fold(text.to_owned(), |text, one| text.replace(&one.name, &one.role))
    }

    /// The case with roles for names, as a file and as a value.
    ///
    /// # Errors
    /// Roles that make two things one.
    pub(super) fn case(
        &self,
        export: &Export<'_>,
        case: &CaseFile,
    ) -> Result<(Vec<u8>, CaseFile), Failure> {
        let whole: Value = serde_json::from_slice(&case_json::write(case)).map_err(Failure::bug)?;
        let mut bytes = serde_json::to_vec_pretty(&self.walk(whole)).map_err(Failure::bug)?;
        bytes.push(b'\n');
        let defaults = case::defaults(export.book)?;
        let read = case_json::read("case.json", &bytes, None, &defaults);
        Ok((bytes, read.map_err(|error| crate::input::failure(&error))?))
    }

    fn walk(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.named(&text)),
            Value::Array(list) => list.into_iter().map(|one| self.walk(one)).collect(),
            Value::Object(fields) => {
                let fields = fields.into_iter();
                fields.map(|(key, one)| (self.named(&key), self.walk(one))).collect()
            }
            other => other,
        }
    }

    /// What was withheld and renamed, and the report on the case with roles for names.
    ///
    /// # Errors
    /// The case with roles cannot be judged or worded.
    pub(super) fn papers(
        &self,
        export: &Export<'_>,
        case: &CaseFile,
    ) -> Result<Vec<ReleasedPaper>, Failure> {
        let mut papers = vec![ReleasedPaper { kind: PaperKind::Redaction, bytes: self.said()? }];
        let judged = assess::judged(Path::new("case.json"), case, export.book)?;
        let log = case::kept_log(export.vault.key());
        for lang in assess::languages_of(case, None)? {
            let document = assess::composed((&judged, Some(&log)), export.book, lang)?;
            let bytes = render::docx(&document).map_err(Failure::bug)?;
            for (ending, bytes) in [("html", render::html(&document).into_bytes()), ("docx", bytes)]
            {
                let name = format!("report.{}.{ending}", lang.code());
                papers.push(ReleasedPaper { kind: PaperKind::Report(name), bytes });
            }
        }
        Ok(papers)
    }

    fn said(&self) -> Result<Vec<u8>, Failure> {
        let withheld = |row: &Withheld| {
            json!({
                "evidence": self.named(&row.evidence),
                "derivative": row.number.as_deref().map(|number| self.named(number)),
                "reason": row.why.reason, "basis": row.why.basis,
            })
        };
        let role = |one: &Role| json!({ "role": one.role, "reason": one.why.reason, "basis": one.why.basis });
        let value = json!({
            "withheld": self.withheld.iter().map(withheld).collect::<Vec<_>>(),
            "roles": self.roles.iter().map(role).collect::<Vec<_>>(),
        });
        let mut bytes = serde_json::to_vec_pretty(&value).map_err(Failure::bug)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The names that may not be in the bag.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|one| one.name.as_str())
    }
}
