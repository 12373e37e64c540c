//! The tables of a log: one, or those of the members of an archive, which are one log.

use super::part::Reading;
use super::run::{Run, Stop};
use super::spread::{self, Spread};
use super::{ImportInput, refused};
use crate::error::{IntakeErrors, Problem};
use crate::table::{self, Member, Table};

/// Whether texts are read in blocks; only a test that compares the two ways says no.
#[cfg(not(test))]
fn in_blocks() -> bool {
    true
}

#[cfg(test)]
thread_local! {
    static BY_ROWS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[cfg(test)]
fn in_blocks() -> bool {
    !BY_ROWS.get()
}

/// Reads every text row by row.
#[cfg(test)]
pub(super) fn by_rows<T>(read: impl FnOnce() -> T) -> T {
    BY_ROWS.set(true);
    let made = read();
    BY_ROWS.set(false);
    made
}

/// The tables of a log (多文件日志).
pub(super) struct Tables<'a> {
    pub(super) input: &'a ImportInput<'a>,
    pub(super) members: &'a [Member<'a>],
    pub(super) header: Vec<String>,
    pub(super) spread: Spread,
}

impl<'a> Tables<'a> {
    pub(super) fn open(&self, at: usize) -> Result<Table<'a>, IntakeErrors> {
        let member = self.members.get(at);
        let name = member.and_then(|member| member.name.as_deref());
        let refused = |problem| refused(self.input, name, problem);
        let table =
            table::open(member.ok_or_else(|| refused(Problem::EmptyFile))?, self.input.mapping);
        let table = table.map_err(refused)?;
        if at > 0 && table.header != self.header {
            let name = name.unwrap_or_default().to_owned();
            return Err(refused(Problem::OtherColumns(name, table.header)));
        }
        Ok(table)
    }

    /// Feeds all rows of all tables, the first of which is open already.
    pub(super) fn feed(&self, first: Table<'a>, run: &mut Run<'_, '_>) -> Result<(), IntakeErrors> {
        let mut first = Some(first);
        for (at, member) in self.members.iter().enumerate() {
            let table = match first.take() {
                Some(table) => table,
                None => self.open(at)?,
            };
            let name = member.name.as_deref();
            let sheet = match (name, &table.sheet) {
                (Some(name), Some(sheet)) => Some(format!("{name}/{sheet}")),
                (Some(name), None) => Some(name.to_owned()),
                (None, sheet) => sheet.clone(),
            };
            let several = self.members.len() > 1;
            run.begin(sheet, if several { at + 1 } else { 0 }, table.formulas);
            let unreadable = |error| refused(self.input, name, table::problem_of(error));
            match table.plain.filter(|_| run.takes_parts() && in_blocks()) {
                Some(plain) => {
                    let (scope, columns) = (self.input.scope(), run.columns());
                    let reading = Reading::new(&plain, columns, scope, run.conditions());
                    let mut taker = run.taker(&reading);
                    spread::feed(member, &plain, &reading, self.spread, &mut taker).map_err(
                        |stop| match stop {
                            Stop::System(error) => unreadable(error),
                            Stop::Refused(errors) => errors,
                        },
                    )?;
                }
                None => {
                    for item in table.rows {
                        run.take(item.map_err(unreadable)?)?;
                    }
                }
            }
        }
        Ok(())
    }
}
