//! The table of tables: which file holds which tables, and where the book keeps their rows.

use crate::body::{self, Body, Links};
use crate::calendar::Calendar;
use crate::fields::Fields;
use crate::{
    AccidentType, Alternate, BankQuestion, BookError, Clause, Content, CrossCheck, Department,
    Duty, Edition, EvidenceKind, EvidenceRule, FactKind, FilingRule, Grade, Identity, Indicator,
    InterviewRule, IsoClause, Lateness, Law, Layer, LiableKind, Limit, List, Method, Outline,
    PartyKind, PenaltyBand, Phase, PlanElement, ProcedureRule, Reading, ReportItem, Requirement,
    Row, RowView, Stage, Statute, Topic, Track, Weight,
};
use toml::{Table, Value};

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident: $body:ty, $file:literal;)*) => {
        /// Tables (各表) of the book, each in the order of its file.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Tables {
            $($(#[$doc])* pub $field: Vec<Row<$body>>,)*
        }

        /// Names of all tables.
        pub(crate) const NAMES: &[&str] = &[$(<$body as Body>::TABLE,)* Calendar::TABLE];

        /// Files a book may hold beside the edition and the calendars, in the order of reading.
        pub(crate) fn files() -> Vec<&'static str> {
            let mut files = vec![$($file,)*];
            files.dedup();
            files
        }

        impl Tables {
            /// Reads the tables of one file.
            pub(crate) fn read(&mut self, file: &str, document: Table, found: &mut Found) {
                let mut errors = std::mem::take(&mut found.errors);
                let mut whole = Fields::new(file, String::new(), document, &mut errors);
                $(
                    let rows = if file == $file {
                        whole.take(<$body as Body>::TABLE)
                    } else {
                        None
                    };
                    let $field = rows.map(|rows| listed(&mut whole, <$body as Body>::TABLE, rows));
                )*
                whole.close();
                $(
                    for (name, table) in $field.into_iter().flatten() {
                        let read = body::row::<$body>(file, name, table, &mut errors);
                        self.$field.push(found.keep(read));
                    }
                )*
                found.errors = errors;
            }

            /// How many rows the table of this field name has.
            pub fn count(&self, field: &str) -> Option<usize> {
                match field {
                    $(stringify!($field) => Some(self.$field.len()),)*
                    _ => None,
                }
            }
        }
    };
}

tables! {
    /// Facts about the standard and its predecessor.
    clauses: Clause, "clauses.toml";
    /// Basic requirements.
    requirements: Requirement, "requirements.toml";
    /// Methods of assessment.
    methods: Method, "methods.toml";
    /// Stages of the procedure.
    stages: Stage, "stages.toml";
    /// Contents of assessment.
    contents: Content, "contents.toml";
    /// Phases of the accident.
    phases: Phase, "phases.toml";
    /// Chapters of the report.
    outlines: Outline, "report-outline.toml";
    /// Lanes of the dual-track picture.
    tracks: Track, "parties.toml";
    /// Kinds of party.
    party_kinds: PartyKind, "parties.toml";
    /// Types of accident.
    accident_types: AccidentType, "parties.toml";
    /// Departments of the default group.
    departments: Department, "parties.toml";
    /// Alternates by type of accident.
    alternates: Alternate, "parties.toml";
    /// Kinds of evidence.
    evidence_kinds: EvidenceKind, "evidence.toml";
    /// Rules on electronic data.
    evidence_rules: EvidenceRule, "evidence.toml";
    /// Rules on interviews.
    interview_rules: InterviewRule, "evidence.toml";
    /// Elements of a plan.
    plan_elements: PlanElement, "plan-elements.toml";
    /// Rules of filing and drills.
    filing_rules: FilingRule, "filing.toml";
    /// Clauses of ISO 45001.
    iso_clauses: IsoClause, "iso45001.toml";
    /// Topics of interviews.
    topics: Topic, "questions.toml";
    /// Layers of persons interviewed.
    layers: Layer, "questions.toml";
    /// Interview questions.
    questions: BankQuestion, "questions.toml";
    /// Kinds of fact.
    fact_kinds: FactKind, "fact-kinds.toml";
    /// Rules of identity.
    identities: Identity, "identity.toml";
    /// Check points.
    crosschecks: CrossCheck, "crosschecks.toml";
    /// Indicators.
    indicators: Indicator, "indicators.toml";
    /// Time limits.
    limits: Limit, "limits.toml";
    /// Grades of accidents.
    grades: Grade, "grades.toml";
    /// What an accident report must say.
    report_items: ReportItem, "report-content.toml";
    /// Late, omitted, false, concealed.
    latenesses: Lateness, "lateness.toml";
    /// Amounts a rule states.
    penalty_bands: PenaltyBand, "lateness.toml";
    /// Statutes cited by other rows.
    statutes: Statute, "statutes.toml";
    /// Duties.
    duties: Duty, "duties.toml";
    /// Rules of the investigation.
    procedure_rules: ProcedureRule, "investigation.toml";
    /// Kinds of liable persons.
    liable_kinds: LiableKind, "laws.toml";
    /// Accountability index.
    laws: Law, "laws.toml";
    /// Named lists of things that must be there.
    lists: List, "lists.toml";
    /// Reading policies.
    readings: Reading, "reading-policies.toml";
    /// Weights of kinds of source.
    weights: Weight, "weights.toml";
}

/// What reading has found so far, beside the rows themselves.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) errors: Vec<BookError>,
    pub(crate) views: Vec<RowView>,
    /// (file, row, what it points to)
    pub(crate) links: Vec<(String, String, Links)>,
    /// (table, id or code)
    pub(crate) names: Vec<(String, String)>,
}

impl Found {
    pub(crate) fn keep<T: Body>(&mut self, read: body::Read<T>) -> Row<T> {
        let body::Read { row, view, links, code } = read;
        self.names.push((view.table.clone(), row.id.clone()));
        self.names.extend(code.map(|code| (view.table.clone(), code)));
        self.links.push((view.file.clone(), row.id.clone(), links));
        self.views.push(view);
        row
    }

    /// Reads a file that is one row: the edition, or a calendar.
    pub(crate) fn single<T: Body>(&mut self, file: &str, document: Table) -> Row<T> {
        let read = body::row::<T>(file, String::new(), document, &mut self.errors);
        self.keep(read)
    }
}

pub(crate) fn listed(whole: &mut Fields<'_>, table: &str, rows: Value) -> Vec<(String, Table)> {
    let Value::Array(rows) = rows else {
        whole.wrong(table, "rows written as [[table]]", &rows);
        return Vec::new();
    };
    let mut tables = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        match row {
            Value::Table(row) => tables.push((format!("{table} #{}", at + 1), row)),
            other => whole.wrong(table, "rows written as [[table]]", &other),
        }
    }
    tables
}

/// The edition's file.
pub(crate) const EDITION: &str = "edition.toml";

/// The year a calendar file is for.
pub(crate) fn calendar_year(file: &str) -> Option<i32> {
    let year = file.strip_prefix("calendar/")?.strip_suffix(".toml")?;
    let plain = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if plain { year.parse().ok() } else { None }
}

/// The report's words.
pub(crate) const PHRASES: &str = "phrases.toml";

/// Reads the edition.
pub(crate) fn edition(document: Table, found: &mut Found) -> Row<Edition> {
    found.single(EDITION, document)
}
