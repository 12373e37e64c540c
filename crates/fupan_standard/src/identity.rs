//! Rules of identity: when two keys, written differently, name one person, vehicle or thing.

use crate::Fault;
use crate::body::Body;
use crate::fields::Fields;

/// Identity rule (同一认定规则): how keys of some fact kinds are written alike before they are
/// held against each other. What is folded and dropped is data; how keys are grouped is the
/// judge's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The word by which fact kinds name the rule.
    pub code: String,
    /// What is written alike first.
    pub fold: Vec<Fold>,
    /// Characters that say nothing and are dropped.
    pub drop: String,
    /// What parts a name from a number in a key: `name/number`. `None`: keys have one part.
    pub number_after: Option<String>,
    /// Characters that stand for a hidden place of a number.
    pub mask: String,
}

/// Folding (归一方式): the closed set of three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// Full-width letters, digits and signs become half-width.
    #[default]
    Width,
    /// Small letters become capital.
    Case,
    /// Blanks are dropped.
    Space,
}

impl Fold {
    /// The words a book may write.
    pub const WORDS: [(&'static str, Self); 3] =
        [("width", Self::Width), ("case", Self::Case), ("space", Self::Space)];
}

impl Identity {
    /// A text with all foldings done and dropped characters gone.
    pub fn folded(&self, text: &str) -> String {
        let has = |fold: Fold| self.fold.contains(&fold);
        let narrow = |c: char| if has(Fold::Width) { half_width(c) } else { c };
        let kept = text
            .trim()
            .chars()
            .map(narrow)
            .filter(|c| !(self.drop.contains(*c) || has(Fold::Space) && c.is_whitespace()));
        if has(Fold::Case) { kept.flat_map(char::to_uppercase).collect() } else { kept.collect() }
    }
}

/// The half-width twin of a full-width character, or the character itself.
fn half_width(c: char) -> char {
    match u32::from(c) {
        0x3000 => ' ',
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

impl Body for Identity {
    const TABLE: &'static str = "identity";

    fn read(fields: &mut Fields<'_>) -> Self {
        let fold = fields.texts("fold");
        let mut known = Vec::new();
        for word in fold {
            match Fold::WORDS.iter().find(|(name, _)| *name == word) {
                Some((_, fold)) => known.push(*fold),
                None => {
                    let expected = Fold::WORDS.iter().map(|(name, _)| (*name).to_owned()).collect();
                    fields.fault("fold", Fault::Word { found: word, expected });
                }
            }
        }
        Self {
            code: fields.text("code"),
            fold: known,
            drop: fields.text_or_none("drop").unwrap_or_default(),
            number_after: fields.text_or_none("number-after"),
            mask: fields.text_or_none("mask").unwrap_or_default(),
        }
    }

    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}
