//! Use case: what is known of a clock, stated by a person: a new one at the end of a case's `case.toml`, or one
//! that is stated already put right there, with a reason. What a person wrote around it stays as it is.

use crate::carry::Carried;
use crate::case::defaults;
use crate::output::Output;
use crate::row::text_of;
use crate::{Actor, Entered, Failure, FailureKind, Message, Step, Watch, book};
use std::path::Path;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

/// The file of the list.
const FILE: &str = "case.toml";
/// The name of its tables.
const LIST: &str = "clock";

/// A clock as a person states it (卷宗时钟说明); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct CaseClockWords {
    /// Its id.
    pub id: String,
    /// What it is; `None`: as it is called already, else nothing.
    pub name: Option<String>,
    /// `civil`, `checked` or `unknown`.
    pub standing: String,
    /// Local minus true time, least and most, in seconds, decimals allowed.
    pub offset_s: Option<(String, String)>,
    /// When it was checked.
    pub checked_at: Option<String>,
    /// How fast it may run wrong, parts in a million.
    pub rate_ppm: Option<String>,
    /// The evidence that the check is recorded in.
    pub evidence: Option<String>,
    /// The row, page or second in it, as the key says.
    pub place: Option<(&'static str, u32)>,
    /// Why a clock that is stated already is put right.
    pub reason: Option<String>,
}

/// States a clock in the case at `case`.
///
/// # Errors
/// A clock that is stated already, and no reason; faults of the case with the clock in it. The case is then as
/// it was before.
pub fn state_clock(
    case: &Path,
    words: &CaseClockWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let mut carried = Carried::open(case, actor, &book)?;
    let mut document: DocumentMut = text_of(&carried, FILE)?.parse().map_err(Failure::bug)?;
    let list = document.entry(LIST).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(list) = list.as_array_of_tables_mut() else {
        let message = Message::new("stated-clock-inline").text("path", FILE);
        return Err(Failure::new(FailureKind::Input, message));
    };
    let named = |table: &&mut Table| table.get("id").and_then(Item::as_str) == Some(&words.id);
    if let Some(table) = list.iter_mut().find(named) {
        let reason = words.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let Some(reason) = reason else {
            let message = Message::new("stated-clock-there").text("id", &words.id);
            return Err(Failure::new(FailureKind::Input, message));
        };
        carried.reason = Some(reason.to_owned());
        words.put(table)?;
    } else {
        let mut table = Table::new();
        words.put(&mut table)?;
        list.push(table);
    }
    let outputs = [Output::new(FILE.to_owned(), document.to_string().into_bytes())];
    let after = carried.with(&outputs, &defaults(&book)?, watch)?;
    carried.keep(&outputs, &after, watch)
}

impl CaseClockWords {
    /// Puts the words into a table of the list. What is not said of the clock now is known no longer, its
    /// name excepted.
    fn put(&self, table: &mut Table) -> Result<(), Failure> {
        for key in ["offset_s", "checked_at", "rate_ppm", "cite"] {
            table.remove(key);
        }
        table.insert("id", value(&self.id));
        if let Some(name) = &self.name {
            table.insert("name", value(name));
        }
        table.insert("standing", value(&self.standing));
        if let Some((least, most)) = &self.offset_s {
            let mut bounds = toml_edit::Array::new();
            bounds.push_formatted(number(least)?);
            bounds.push_formatted(number(most)?);
            table.insert("offset_s", value(bounds));
        }
        if let Some(at) = &self.checked_at {
            table.insert("checked_at", value(at));
        }
        if let Some(rate) = &self.rate_ppm {
            table.insert("rate_ppm", value(number(rate)?));
        }
        if let Some(evidence) = &self.evidence {
            let mut cite = InlineTable::new();
            cite.insert("evidence", evidence.into());
            if let Some((key, number)) = self.place {
                cite.insert(key, i64::from(number).into());
            }
            table.insert("cite", value(cite));
        }
        Ok(())
    }
}

/// A number as a person wrote it, digit for digit.
fn number(text: &str) -> Result<Value, Failure> {
    let plain = text.trim();
    let number = plain.strip_prefix('+').unwrap_or(plain).parse::<Value>().ok();
    number.filter(|number| number.is_integer() || number.is_float()).ok_or_else(|| {
        let message = Message::new("stated-clock-number").text("found", text);
        Failure::new(FailureKind::Input, message)
    })
}
