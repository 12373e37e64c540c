//! Use case: a fact by hand, at the end of a case folder's `facts.toml`.

use crate::case::{OnDisk, defaults};
use crate::evidence::{Overlay, open};
use crate::output::{Output, replace_all};
use crate::{Failure, Message, Step, Watch, book, file, input};
use fupan_intake::case_folder;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

const FACTS: &str = "facts.toml";

/// A fact as a person states it (手工事实); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct FactWords {
    /// Its id.
    pub id: String,
    /// Who states it.
    pub party: String,
    /// Of which event it speaks.
    pub event: String,
    /// The case's own word for what happened.
    pub kind: String,
    /// What is stated.
    pub text: String,
    /// Its time, in any form that is read.
    pub time: Option<String>,
    /// The clock, where it is not that of the evidence.
    pub clock: Option<String>,
    /// The evidence it was read in.
    pub evidence: String,
    /// The row, page or second in it, as the key says.
    pub place: Option<(&'static str, u32)>,
}

/// Adds a fact to the case folder `case`.
///
/// # Errors
/// Faults of the case with the fact in it; the case is then as it was before.
pub fn add_fact(case: &Path, fact: &FactWords, watch: &dyn Watch) -> Result<Vec<PathBuf>, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let held = open(case, &book)?;
    if held.facts.iter().any(|one| one.id.as_str() == fact.id) {
        return Err(Failure::input(vec![Message::new("fact-id-taken").text("id", &fact.id)]));
    }
    let path = case.join(FACTS);
    let before = if path.exists() { file::text(&path)? } else { String::new() };
    let table = toml::to_string(&table(fact)).map_err(Failure::bug)?;
    let gap = if before.is_empty() { "" } else { "\n" };
    let ended = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let text = format!("{before}{ended}{gap}{table}");
    let outputs = [Output::new(FACTS.to_owned(), text.into_bytes())];
    let overlay = Overlay { disk: OnDisk(case), new: &outputs, watch };
    case_folder::read(&overlay, &defaults(&book)?).map_err(|e| input::failure(&e))?;
    watch.step(Step::Write);
    replace_all(case, &outputs, watch)
}

/// `[[fact]]` and its keys.
fn table(fact: &FactWords) -> Table {
    let mut cite = Table::new();
    cite.insert("evidence".to_owned(), fact.evidence.as_str().into());
    if let Some((key, number)) = fact.place {
        cite.insert(key.to_owned(), i64::from(number).into());
    }
    let texts = [
        ("id", Some(&fact.id)),
        ("party", Some(&fact.party)),
        ("event", Some(&fact.event)),
        ("kind", Some(&fact.kind)),
        ("text", Some(&fact.text)),
        ("time", fact.time.as_ref()),
        ("clock", fact.clock.as_ref()),
    ];
    let mut one: Table = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key.to_owned(), text?.as_str().into())))
        .collect();
    one.insert("cite".to_owned(), cite.into());
    Table::from_iter([("fact".to_owned(), Value::Array(vec![one.into()]))])
}
