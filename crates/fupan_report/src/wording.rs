//! Fills phrases of the book with values, in one language. No word for people stands in code.

use fupan_standard::Phrase;
use std::collections::BTreeMap;
use thiserror::Error;

/// Why no report could be composed (成文错误): a fault of the phrases, never of the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ComposeError {
    /// A language the book has no words in.
    #[error("the book has no words in language {lang:?}; expected zh or en")]
    Language {
        /// The language asked for.
        lang: String,
    },
    /// A phrase that the book lacks.
    #[error("phrases.toml: no phrase {id:?}")]
    NoPhrase {
        /// Its key.
        id: String,
    },
    /// A place of a phrase for which there is no value.
    #[error("phrases.toml: phrase {id:?} has the place {{{name}}}, for which there is no value")]
    NoValue {
        /// The phrase.
        id: String,
        /// The place.
        name: String,
    },
    /// Linking words that hold a digit: a figure needs a cite.
    #[error("phrases.toml: phrase {id:?} is linking words and may hold no digit, found {text:?}")]
    Digit {
        /// The phrase.
        id: String,
        /// Its words.
        text: String,
    },
}

/// The language of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Zh,
    En,
}

impl Lang {
    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// The phrases of one language.
pub(crate) struct Wording<'a> {
    lang: Lang,
    phrases: BTreeMap<&'a str, &'a str>,
}

impl<'a> Wording<'a> {
    /// The phrases in the language `zh` or `en`.
    pub(crate) fn new(phrases: &'a [Phrase], lang: &str) -> Result<Self, ComposeError> {
        let lang = match lang {
            "zh" => Lang::Zh,
            "en" => Lang::En,
            other => return Err(ComposeError::Language { lang: other.to_owned() }),
        };
        let text = |phrase: &'a Phrase| match lang {
            Lang::Zh => phrase.words.zh.as_str(),
            Lang::En => phrase.words.en.as_str(),
        };
        let phrases = phrases.iter().map(|p| (p.id.as_str(), text(p))).collect();
        Ok(Self { lang, phrases })
    }

    /// The language.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the book has the phrase.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.phrases.contains_key(id)
    }

    /// A phrase with no place to fill.
    pub(crate) fn word(&self, id: &str) -> Result<String, ComposeError> {
        self.fill(id, &[])
    }

    /// A phrase with its places filled. A value that is absent drops the `[…]` around it.
    pub(crate) fn fill(&self, id: &str, values: &[(&str, String)]) -> Result<String, ComposeError> {
        let template =
            self.phrases.get(id).ok_or_else(|| ComposeError::NoPhrase { id: id.to_owned() })?;
        let value = |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
        let no_value = |name: String| ComposeError::NoValue { id: id.to_owned(), name };
        let (mut out, mut rest) = (String::new(), *template);
        while let Some((before, after)) = rest.split_once('[') {
            out.push_str(&plain(before, &value).map_err(no_value)?);
            let (inside, tail) = after.split_once(']').unwrap_or((after, ""));
            if let Ok(text) = plain(inside, &value) {
                out.push_str(&text);
            }
            rest = tail;
        }
        out.push_str(&plain(rest, &value).map_err(no_value)?);
        Ok(out)
    }

    /// Several texts as one.
    pub(crate) fn list(&self, texts: &[String]) -> Result<String, ComposeError> {
        Ok(texts.join(&self.word("list-join")?))
    }
}

/// Fills a text without `[…]`; the error is the name of a place that has no value.
fn plain<'v>(text: &str, value: &impl Fn(&str) -> Option<&'v str>) -> Result<String, String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (place, tail) = after.split_once('}').unwrap_or((after, ""));
        let mut pieces = place.split('|');
        let name = pieces.next().unwrap_or_default();
        let found = value(name).ok_or_else(|| name.to_owned())?;
        match (pieces.next(), pieces.next()) {
            (Some(one), Some(many)) => out.push_str(if found == "1" { one } else { many }),
            _ => out.push_str(found),
        }
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan_standard::Phrase;
    use fupan_standard::Words;

    #[test]
    fn places_are_filled_and_optional_parts_drop() {
        let en = "{n} {n|day|days} late[, limit {limit}][ by {who}]".to_owned();
        let words = Words { zh: format!("（{en}）"), en };
        let all = [Phrase { id: "a".into(), words }];
        let wording = Wording::new(&all, "en").unwrap();
        let fill = |values: &[(&str, &str)]| {
            let values: Vec<_> = values.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
            wording.fill("a", &values)
        };
        assert_eq!(fill(&[("n", "1")]), Ok("1 day late".into()));
        assert_eq!(fill(&[("n", "3"), ("limit", "2")]), Ok("3 days late, limit 2".into()));
        let gone = ComposeError::NoValue { id: "a".into(), name: "n".into() };
        assert_eq!(fill(&[("limit", "2")]), Err(gone));
        assert_eq!(wording.word("b"), Err(ComposeError::NoPhrase { id: "b".into() }));
        let zh = Wording::new(&all, "zh").unwrap();
        assert_eq!(zh.fill("a", &[("n", "2".into())]), Ok("（2 days late）".into()));
        assert!(Wording::new(&all, "fr").is_err());
    }
}
