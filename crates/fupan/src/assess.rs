//! Use case: from a case to its assessment and reports.

use crate::output::{Content, Output, replace_all};
use crate::{Actor, Failure, Lang, Message, Step, Watch, book, carry, case, faults};
use fupan_model::{Assessment, CaseFile, Document};
use fupan_report::{KeptLog, compose, compose_kept, render};
use fupan_standard::Book;
use fupan_vault::{Deed, Digests, hex_of};
use std::path::{Path, PathBuf};

/// Form of a report (报告格式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportForm {
    /// `assessment.json`.
    Json,
    /// `report.<lang>.html`.
    Html,
    /// `report.<lang>.docx`.
    Docx,
    /// `annex.<lang>.xlsx`.
    Xlsx,
}

impl ReportForm {
    /// All that this build writes.
    pub const ALL: [Self; 4] = [Self::Json, Self::Html, Self::Docx, Self::Xlsx];
    /// What is written where nobody says what.
    pub const DEFAULT: [Self; 3] = [Self::Json, Self::Html, Self::Docx];

    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// The forms that a list such as `json,html` names.
    ///
    /// # Errors
    /// Every word that names no form, or one that this build cannot write.
    pub fn list(text: &str) -> Result<Vec<Self>, Failure> {
        let (mut forms, mut faults) = (Vec::new(), Vec::new());
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match Self::ALL.into_iter().find(|form| form.word() == word) {
                Some(form) if forms.contains(&form) => {}
                Some(form) => forms.push(form),
                None if word == "pdf" => {
                    faults.push(Message::new("format-not-built").text("format", word));
                }
                None => faults.push(Message::new("format-unknown").text("format", word)),
            }
        }
        if forms.is_empty() && faults.is_empty() {
            faults.push(Message::new("format-none"));
        }
        if faults.is_empty() { Ok(forms) } else { Err(Failure::input(faults)) }
    }
}

/// Request for an assessment (评估请求).
#[derive(Clone, Debug)]
pub struct AssessRequest {
    /// A case folder, a `fupan-case/1` file, or a case of a vault.
    pub case: PathBuf,
    /// Folder to write to.
    pub out: PathBuf,
    /// What to write.
    pub forms: Vec<ReportForm>,
    /// Languages of the report in place of the case's own, separated by commas.
    pub languages: Option<String>,
    /// Who looks, where the case lives in a vault.
    pub actor: Actor,
}

/// What an assessment came to (评估所得).
pub struct Assessed {
    /// The assessment.
    pub assessment: Assessment,
    /// Files written, in the order of their kinds.
    pub files: Vec<PathBuf>,
    /// What must be known of a vault's case besides.
    pub notes: Vec<Message>,
    book: Book,
}

impl Assessed {
    /// The title of a grade, by the word the assessment has for it.
    pub fn grade_title(&self, code: &str, lang: Lang) -> String {
        let row = self.book.grades.iter().find(|row| row.body.code == code);
        row.map_or_else(|| code.to_owned(), |row| self.title(&row.id, lang))
    }

    /// The title of a row of the book used; its id where there is no such row.
    pub fn title(&self, id: &str, lang: Lang) -> String {
        let title = self.book.row(id).map(|row| match lang {
            Lang::Zh => row.title.zh.clone(),
            Lang::En => row.title.en.clone(),
        });
        title.unwrap_or_else(|| id.to_owned())
    }
}

/// Reads a case, judges it, writes its reports: all of them, or none. That somebody had them made is in
/// the log of a vault's case before they are there.
///
/// # Errors
/// Faults of the case, each with its place; a format or language that is not there; files that
/// cannot be written. The output folder is then as it was before.
pub fn assess(request: &AssessRequest, watch: &dyn Watch) -> Result<Assessed, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let (case, mut notes) = case::read_noted(&request.case, &book)?;
    let languages = languages_of(&case, request.languages.as_deref())?;
    watch.step(Step::Judge);
    let assessment = judged(&request.case, &case, &book)?;
    watch.step(Step::Render);
    let log = case::log_of(&request.case)?;
    let outputs = outputs((&assessment, log.as_ref()), &book, &request.forms, &languages)?;
    watch.step(Step::Write);
    let deed = (Deed::Viewed, note(&assessment, &outputs));
    notes.extend(carry::look(&request.case, deed, &request.actor)?);
    let files = replace_all(&request.out, &outputs, watch)?;
    Ok(Assessed { assessment, files, notes, book })
}

/// What the log says of an assessment: of which state of the case, by which book, which reports.
fn note(assessment: &Assessment, outputs: &[Output]) -> String {
    let mut note = format!("assess book {}", assessment.book.digest);
    for output in outputs {
        if let Content::Bytes(bytes) = &output.content {
            let digest = hex_of(&Digests::of(bytes).sha256);
            note.push_str(&format!("; {} sha256:{digest}", output.path));
        }
    }
    note
}

/// The assessment of a case read from `path`.
///
/// # Errors
/// Times beyond the range, or records that may not be set aside and contradict each other.
pub(crate) fn judged(path: &Path, case: &CaseFile, book: &Book) -> Result<Assessment, Failure> {
    fupan_engine::assess(case, book)
        .map_err(|error| faults::of_assess(&path.display().to_string(), &error))
}

/// The languages asked for, else those of the case.
///
/// # Errors
/// Every word that names no language.
pub(crate) fn languages_of(case: &CaseFile, asked: Option<&str>) -> Result<Vec<Lang>, Failure> {
    languages(asked.unwrap_or(&case.languages.join(",")))
}

/// Languages of a list such as `zh,en`; Chinese where it names none.
fn languages(text: &str) -> Result<Vec<Lang>, Failure> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match Lang::ALL.into_iter().find(|lang| lang.code() == word) {
            Some(lang) if found.contains(&lang) => {}
            Some(lang) => found.push(lang),
            None => faults.push(Message::new("language-unknown").text("language", word)),
        }
    }
    if found.is_empty() {
        found.push(Lang::default());
    }
    if faults.is_empty() { Ok(found) } else { Err(Failure::input(faults)) }
}

/// The report on an assessment.
pub(crate) fn composed(
    (assessment, log): (&Assessment, Option<&KeptLog>),
    book: &Book,
    lang: Lang,
) -> Result<Document, Failure> {
    let document = match log {
        Some(log) => compose_kept(assessment, book, lang.code(), log),
        None => compose(assessment, book, lang.code()),
    };
    document.map_err(Failure::bug)
}

fn outputs(
    (assessment, log): (&Assessment, Option<&KeptLog>),
    book: &Book,
    forms: &[ReportForm],
    languages: &[Lang],
) -> Result<Vec<Output>, Failure> {
    let mut outputs = Vec::new();
    if forms.contains(&ReportForm::Json) {
        outputs.push(Output::new("assessment.json".to_owned(), json(assessment)?));
    }
    if forms.iter().all(|form| *form == ReportForm::Json) {
        return Ok(outputs);
    }
    for lang in languages {
        if forms.contains(&ReportForm::Xlsx) {
            let bytes = render::xlsx(assessment, book, lang.code()).map_err(Failure::bug)?;
            outputs.push(Output::new(format!("annex.{}.xlsx", lang.code()), bytes));
        }
        let document = composed((assessment, log), book, *lang)?;
        for form in forms {
            if let Some(bytes) = report(&document, *form)? {
                let path = format!("report.{}.{}", lang.code(), form.word());
                outputs.push(Output::new(path, bytes));
            }
        }
    }
    Ok(outputs)
}

/// Bytes of a report; `None` for a form that has no report.
fn report(document: &Document, form: ReportForm) -> Result<Option<Vec<u8>>, Failure> {
    match form {
        ReportForm::Json | ReportForm::Xlsx => Ok(None),
        ReportForm::Html => Ok(Some(render::html(document).into_bytes())),
        ReportForm::Docx => render::docx(document).map(Some).map_err(Failure::bug),
    }
}

/// `assessment.json`: `fupan-assessment/1`, indented, with a line break at its end.
fn json(assessment: &Assessment) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(assessment).map_err(Failure::bug)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FailureKind;

    #[test]
    fn formats_that_are_not_built_say_so() {
        assert_eq!(ReportForm::list("json, xlsx,json").ok().map(|list| list.len()), Some(2));
        let failure = ReportForm::list("pdf,odt,html").unwrap_err();
        let keys: Vec<&str> = failure.messages.iter().map(|m| m.key.as_str()).collect();
        assert_eq!(keys, ["format-not-built", "format-unknown"]);
        assert_eq!(failure.kind, FailureKind::Input);
        assert!(ReportForm::list(" ,").is_err());
    }

    #[test]
    fn a_case_without_languages_is_reported_in_chinese() {
        assert_eq!(languages("").ok(), Some(vec![Lang::Zh]));
        assert_eq!(languages("en,zh,en").ok(), Some(vec![Lang::En, Lang::Zh]));
        assert!(languages("zh,fr").is_err());
    }
}
