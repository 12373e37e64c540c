//! Lanes, kinds of party, types of accident, departments.

use crate::Words;
use crate::body::{Body, Links};
use crate::fields::Fields;

/// Lane (轨道) of the dual-track picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    /// Place from the top.
    pub order: u32,
    /// The word other rows use.
    pub code: String,
}

impl Body for Track {
    const TABLE: &'static str = "track";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { order: fields.count("order"), code: fields.text("code") }
    }
    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}

/// Kind of party (责任主体类别): an open word a case may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyKind {
    /// The word.
    pub code: String,
    /// Code of the lane it is drawn in.
    pub track: String,
}

impl Body for PartyKind {
    const TABLE: &'static str = "party-kind";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { code: fields.text("code"), track: fields.text("track") }
    }
    fn links(&self, links: &mut Links) {
        links.one("track", &self.track, &["track"]);
    }
    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}

/// Type of accident (事故类型).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccidentType {
    /// The word other rows use.
    pub code: String,
}

impl Body for AccidentType {
    const TABLE: &'static str = "accident-type";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { code: fields.text("code") }
    }
    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}

/// Department (政府部门) of the default group; editable per case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Department {
    /// Place in the list.
    pub order: u32,
    /// Its rescue duties.
    pub duties: Vec<Words>,
    /// Whether the law names it as one to be told.
    pub notice: bool,
}

impl Body for Department {
    const TABLE: &'static str = "department";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            order: fields.count("order"),
            duties: fields.pairs("duties"),
            notice: fields.flag_needed("notice"),
        }
    }
}

/// Alternate (替补部门): a body swapped in by type of accident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternate {
    /// Codes of accident types.
    pub when: Vec<String>,
    /// Whether it takes part in rescue; otherwise it is only told.
    pub rescue: bool,
    /// Whether the law names it as one to be told.
    pub notice: bool,
    /// Its duties.
    pub duties: Vec<Words>,
}

impl Body for Alternate {
    const TABLE: &'static str = "alternate";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            when: fields.texts_needed("when"),
            rescue: fields.flag_needed("rescue"),
            notice: fields.flag_needed("notice"),
            duties: fields.pairs("duties"),
        }
    }
    fn links(&self, links: &mut Links) {
        links.all("when", &self.when, &["accident-type"]);
    }
}
