//! Texts with places for columns: `alarm-{tag}`.

use fupan_model::CaseFile;

/// Template (模板): a text in which `{column}` is filled from the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Plain(String),
    Column(String),
}

impl Template {
    /// Reads a template; `None` for a brace that is not closed or not opened, or an empty name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((plain, after)) = rest.split_once('{') {
            let (name, next) = after.split_once('}')?;
            if plain.contains('}') || name.is_empty() || name.contains('{') {
                return None;
            }
            if !plain.is_empty() {
                pieces.push(Piece::Plain(plain.to_owned()));
            }
            pieces.push(Piece::Column(name.to_owned()));
            rest = next;
        }
        if rest.contains('}') {
            return None;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Plain(rest.to_owned()));
        }
        Some(Self(pieces))
    }

    /// A template that could be any text.
    pub(crate) fn any() -> Self {
        Self(vec![Piece::Column(String::new())])
    }

    /// The columns it names.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(name) => Some(name.as_str()),
            Piece::Plain(_) => None,
        })
    }

    /// The text with every column filled in.
    pub(crate) fn fill<'r>(&self, cell: impl Fn(&str) -> &'r str) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) => text.as_str(),
                Piece::Column(name) => cell(name),
            })
            .collect()
    }

    /// The text with every column filled in, by texts made for it.
    pub(crate) fn fill_owned(&self, cell: impl Fn(&str) -> String) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) => text.clone(),
                Piece::Column(name) => cell(name),
            })
            .collect()
    }

    /// Whether filling it could give `text`.
    pub(crate) fn could_be(&self, text: &str) -> bool {
        let mut rest = text;
        // After a column anything may stand before the next plain piece: its first place is the
        // best, except for a piece at the very end, which must end the text.
        let mut open = false;
        for (at, piece) in self.0.iter().enumerate() {
            let Piece::Plain(plain) = piece else {
                open = true;
                continue;
            };
            let last = at + 1 == self.0.len();
            let next = match (open, last) {
                (false, _) => rest.strip_prefix(plain.as_str()),
                (true, true) => return rest.ends_with(plain.as_str()),
                (true, false) => rest.split_once(plain.as_str()).map(|(_, after)| after),
            };
            let Some(next) = next else { return false };
            rest = next;
            open = false;
        }
        open || rest.is_empty()
    }
}

/// The events that the mappings of a case may make, whether or not a row made them: a question
/// about an alarm that never came is a question all the same.
pub(crate) fn events_of(case: &CaseFile) -> Vec<Template> {
    let mut out = Vec::new();
    for evidence in &case.evidence {
        let Some(text) = &evidence.mapping else { continue };
        let Ok(mapping) = super::Mapping::parse("", text) else { continue };
        for rule in mapping.facts {
            let plain = format!("{}:{}", evidence.id, rule.id);
            let own = Template(vec![Piece::Plain(plain)]);
            out.push(rule.event.unwrap_or(own));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_and_refuses() {
        let template = Template::parse("alarm-{位号}/{x}").expect("template");
        let cell = |name: &str| if name == "x" { "1" } else { "GDS-017" };
        assert_eq!(template.fill(cell), "alarm-GDS-017/1");
        assert_eq!(template.columns().collect::<Vec<_>>(), ["位号", "x"]);
        for text in ["a{", "a}", "{}", "{a{b}}", "}{"] {
            assert_eq!(Template::parse(text), None, "{text}");
        }
    }

    #[test]
    fn says_what_it_could_make() {
        let could = |template: &str, text| Template::parse(template).expect("ok").could_be(text);
        assert!(could("alarm", "alarm"));
        assert!(!could("alarm", "alarms"));
        assert!(could("a-{x}", "a-7"));
        assert!(!could("a-{x}", "b-7"));
        assert!(could("{x}-b-{y}-c", "1-b-2-c-c"));
        assert!(!could("{x}-b", "1-c"));
    }
}
