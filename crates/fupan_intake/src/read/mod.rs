//! Tables of a case document → the values of a case file: one reader for the folder's TOML and for
//! `fupan-case/1`, whose keys are the same.

pub(crate) mod cite;
pub(crate) mod evidence;
pub(crate) mod fact;
pub(crate) mod head;
pub(crate) mod inquiry;
pub(crate) mod report;

use crate::defaults::IntakeDefaults;
use crate::error::Problem;
use crate::fields::{FAR_MS, Fields};
use crate::time::{DAY_MS, DateOrder, Reading, TimeError, read_date, read_time};
use fupan_model::{CaseFile, Digest, Evidence, EvidenceId, Moment, RowId};

/// The two ways a list of tables is named: `records` in JSON, `[[fact]]` in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `fupan-case/1`.
    Json,
    /// Case folder.
    Folder,
}

impl Form {
    /// The key under which a list stands in this form, by its name in JSON.
    pub(crate) fn key(self, list: &'static str) -> &'static str {
        if self == Self::Json {
            return list;
        }
        match list {
            "parties" => "party",
            "clocks" => "clock",
            "clock_relations" => "clock_relation",
            "questions" => "question",
            "records" => "fact",
            "requests" => "request",
            "interviews" => "interview",
            "findings" => "finding",
            "choices" => "choice",
            other => other,
        }
    }
}

/// What the reader of a part needs to know of the rest (读取上下文).
#[derive(Debug)]
pub(crate) struct Context<'a> {
    /// Folder or JSON.
    pub(crate) form: Form,
    /// Ids of the book.
    pub(crate) defaults: &'a IntakeDefaults,
    /// Offset of civil time at the accident, in seconds east of UTC.
    pub(crate) zone_s: i32,
    /// Start of the day of the accident, in ms; `None`: its date is wrong and named so already.
    pub(crate) day_ms: Option<i64>,
    /// Evidence and digest that a statement cites when it names none: the `fupan-case/1` file.
    pub(crate) whole_file: Option<(EvidenceId, Digest)>,
}

impl Context<'_> {
    /// Sets zone and day from the accident.
    pub(crate) fn place_in_time(&mut self, case: &CaseFile) {
        self.zone_s = case.offset_s();
        self.day_ms = accident_day_ms(case);
    }

    /// The fact kind of the book that a word of the case means.
    pub(crate) fn kind_of(&self, case: &CaseFile, word: &str) -> Option<RowId> {
        let own = || self.defaults.fact_kinds.contains(word).then(|| RowId::new(word));
        case.kinds.get(word).cloned().or_else(own)
    }

    /// Whether a moment lies within 2^40 ms of the accident.
    pub(crate) fn near(&self, at: Moment) -> bool {
        self.day_ms.is_none_or(|day| at.ms.abs_diff(day) <= FAR_MS.unsigned_abs())
    }

    /// A time of this case; errors are noted at `key`.
    pub(crate) fn reading(&self, fields: &Fields<'_>, key: &str, text: &str) -> Option<Reading> {
        match read_time(text, Some(self.zone_s), DateOrder::Ymd) {
            Ok(reading) if self.near(reading.at) => return Some(reading),
            Ok(_) => fields.wrong(key, text, Problem::FarTime),
            Err(
                TimeError::NoTime | TimeError::NoZone | TimeError::NoOrder | TimeError::NoPivot,
            ) => {
                fields.wrong(key, text, Problem::BadTime);
            }
        }
        None
    }
}

/// Start of the accident's day in its own zone, in ms since 1970; `None` where the date is none.
pub fn accident_day_ms(case: &CaseFile) -> Option<i64> {
    let days = read_date(&case.accident.date)?;
    Some(days * DAY_MS - i64::from(case.offset_s()) * 1000)
}

/// The evidence of an id.
pub(crate) fn evidence_of<'c>(case: &'c CaseFile, id: &EvidenceId) -> Option<&'c Evidence> {
    case.evidence.iter().find(|evidence| evidence.id == *id)
}
