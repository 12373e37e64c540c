//! Words of a row, and how far a row can be trusted.

/// Words (双语文字): one text in the two languages of the book. Neither is ever empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Mark (依据标记): where a fact of the book comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// `V`: the text was seen.
    Seen,
    /// `P`: seen in part, or only in a secondary page.
    Partly,
    /// `S`: stated only by the seed text.
    Seed,
    /// `D`: proposed by the makers of this book, from no norm.
    #[default]
    Proposed,
    /// `M`: from memory, unverified.
    Memory,
}

impl Mark {
    /// The five letters a book may write.
    pub const LETTERS: [(&'static str, Self); 5] = [
        ("V", Self::Seen),
        ("P", Self::Partly),
        ("S", Self::Seed),
        ("D", Self::Proposed),
        ("M", Self::Memory),
    ];

    /// The letter of the mark.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Seen => "V",
            Self::Partly => "P",
            Self::Seed => "S",
            Self::Proposed => "D",
            Self::Memory => "M",
        }
    }

    /// The only status a row of this mark may have.
    pub fn status(self) -> Status {
        match self {
            Self::Seen => Status::Checked,
            Self::Partly | Self::Seed | Self::Memory => Status::Unverified,
            Self::Proposed => Status::Proposed,
        }
    }
}

/// Status (核对状态): what a reader may make of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Checked against the text it names.
    Checked,
    /// Stands in a norm or in the seed, but the text was not fully seen.
    Unverified,
    /// A proposal: an assessor's setting, never the standard's word.
    #[default]
    Proposed,
}

impl Status {
    /// The three words a book may write.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("checked", Self::Checked),
        ("unverified", Self::Unverified),
        ("proposed", Self::Proposed),
    ];

    /// The word of the status.
    pub fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Unverified => "unverified",
            Self::Proposed => "proposed",
        }
    }
}
