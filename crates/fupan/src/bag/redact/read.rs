//! Reads a redaction policy: TOML with rows `[[withhold]]`, `[[replace]]` and `[[name]]`.

use super::{Redaction, Role, Why, Withheld};
use crate::{Failure, FailureKind, Message, file};
use std::path::{Path, PathBuf};
use toml::Table;

impl Redaction {
    /// Reads a policy file; paths of derivatives are relative to it.
    ///
    /// # Errors
    /// All that is wrong in it.
    pub(in crate::bag) fn read(path: &Path) -> Result<Self, Failure> {
        let table: Table = file::text(path)?.parse().map_err(|error: toml::de::Error| {
            let message = Message::new("redact-toml").text("path", path.display());
            Failure::new(FailureKind::Input, message.text("detail", error.message()))
        })?;
        let mut reader = Reader { path, faults: Vec::new() };
        let (mut withheld, mut roles) = (Vec::new(), Vec::new());
        for (key, rows) in &table {
            let Some(rows) = rows.as_array() else {
                reader.fault(key, "");
                continue;
            };
            for (at, row) in rows.iter().enumerate() {
                let place = format!("{key}[{}]", at + 1);
                let Some(row) = row.as_table() else {
                    reader.fault(&place, "");
                    continue;
                };
                match key.as_str() {
                    "withhold" => withheld.push(reader.withheld(&place, row, false)),
                    "replace" => withheld.push(reader.withheld(&place, row, true)),
                    "name" => roles.push(reader.role(&place, row)),
                    _ => reader.fault(key, ""),
                }
            }
        }
        if !reader.faults.is_empty() {
            return Err(Failure::input(reader.faults));
        }
        // A name that holds another one goes first.
        roles.sort_by_key(|one| std::cmp::Reverse(one.name.len()));
        Ok(Self { withheld, roles })
    }
}

struct Reader<'a> {
    path: &'a Path,
    faults: Vec<Message>,
}

impl Reader<'_> {
    fn fault(&mut self, place: &str, field: &str) {
        let message = Message::new("redact-field").text("path", self.path.display());
        self.faults.push(message.text("place", place).text("field", field));
    }

    /// The texts of a row, all of which must be there, and nothing else.
    fn texts<const N: usize>(&mut self, place: &str, row: &Table, keys: [&str; N]) -> [String; N] {
        row.keys().filter(|key| !keys.contains(&key.as_str())).for_each(|key| {
            self.fault(place, key);
        });
        keys.map(|key| {
            let text = row.get(key).and_then(toml::Value::as_str).map(str::trim);
            let text = text.filter(|text| !text.is_empty());
            if text.is_none() {
                self.fault(place, key);
            }
            text.unwrap_or_default().to_owned()
        })
    }

    fn withheld(&mut self, place: &str, row: &Table, replaced: bool) -> Withheld {
        if replaced {
            let keys = ["evidence", "file", "reason", "basis"];
            let [evidence, file, reason, basis] = self.texts(place, row, keys);
            let beside = self.path.parent().unwrap_or(Path::new(""));
            let derivative: Option<PathBuf> = Some(beside.join(file));
            return Withheld { evidence, derivative, number: None, why: Why { reason, basis } };
        }
        let [evidence, reason, basis] = self.texts(place, row, ["evidence", "reason", "basis"]);
        Withheld { evidence, derivative: None, number: None, why: Why { reason, basis } }
    }

    fn role(&mut self, place: &str, row: &Table) -> Role {
        let [name, role, reason, basis] =
            self.texts(place, row, ["name", "role", "reason", "basis"]);
        if role.contains(&name) && !name.is_empty() {
            self.fault(place, "role");
        }
        Role { name, role, why: Why { reason, basis } }
    }
}
