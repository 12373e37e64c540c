//! Search by pairs of characters: finds every text that holds the words, in Chinese too, without a
//! dictionary. Pairs narrow down; the text itself decides.

use std::collections::BTreeSet;

use rusqlite::{params_from_iter, types::Value};

use super::{Index, IndexError};
use crate::entry::Statement;

/// Hit (检索命中): a text that holds what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the entry.
    pub index: u64,
    /// Which of its statements.
    pub part: u64,
    /// The case.
    pub case: String,
    /// What kind of statement or act.
    pub kind: String,
    /// The text, folded.
    pub text: String,
}

impl Index {
    /// Texts of a case (of all, without one) that hold every word of `words`, oldest first.
    ///
    /// # Errors
    /// The database cannot.
    pub fn search(&self, case: Option<&str>, words: &str) -> Result<Vec<Hit>, IndexError> {
        let words: Vec<String> = words.split_whitespace().map(fold).collect();
        let terms: BTreeSet<String> = words.iter().flat_map(|word| terms(word)).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let (mut sql, mut values) = (String::new(), Vec::new());
        sql.push_str("SELECT x.idx, x.part, x.case_id, x.kind, x.text FROM texts x WHERE 1 = 1");
        for term in &terms {
            sql.push_str(
                " AND EXISTS (SELECT 1 FROM terms t \
                 WHERE t.term = ? AND t.idx = x.idx AND t.part = x.part)",
            );
            values.push(Value::from(term.clone()));
        }
        if let Some(case) = case {
            sql.push_str(" AND x.case_id = ?");
            values.push(Value::from(case.to_owned()));
        }
        sql.push_str(" ORDER BY x.idx, x.part");
        let mut statement = self.db().prepare(&sql)?;
        let hits = statement.query_map(params_from_iter(values), |row| {
            Ok(Hit {
                index: row.get::<_, i64>(0)?.unsigned_abs(),
                part: row.get::<_, i64>(1)?.unsigned_abs(),
                case: row.get(2)?,
                kind: row.get(3)?,
                text: row.get(4)?,
            })
        })?;
        let holds = |hit: &Hit| words.iter().all(|word| hit.text.contains(word));
        Ok(hits.collect::<Result<Vec<_>, _>>()?.into_iter().filter(holds).collect())
    }
}

/// Letters in one case, runs of blanks as one.
pub(super) fn fold(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Pairs of neighbouring characters of each word; of a word of one character, itself at every
/// place it can begin a pair is not known, so single characters narrow nothing down.
pub(super) fn terms(folded: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in folded.split(' ') {
        let chars: Vec<char> = word.chars().collect();
        found.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    found
}

/// What a statement says in words.
pub(super) fn words_of(statement: &Statement) -> String {
    let words: Vec<&str> = match statement {
        Statement::Case(head) => vec![&head.id, &head.title],
        Statement::Party(party) => vec![party.id.as_str(), &party.name],
        Statement::Member(member) => vec![&member.role, &member.organisation],
        Statement::Clock(clock) => vec![clock.id.as_str(), &clock.name],
        Statement::Evidence(exhibit) => {
            let evidence = &exhibit.evidence;
            let named = [evidence.id.as_str(), &evidence.title, &evidence.path, &evidence.medium];
            let fields = evidence.fields.values().map(String::as_str);
            named.into_iter().chain(fields).collect()
        }
        Statement::Fact(fact) => {
            let note = fact.note.as_deref().unwrap_or_default();
            vec![fact.id.as_str(), &fact.kind_word, &fact.text, &fact.source, note]
        }
        Statement::Question(question) => {
            vec![question.id.as_str(), question.text.as_deref().unwrap_or_default()]
        }
        Statement::Request(request) => {
            let reply = request.reply.as_ref().map_or("", |reply| &reply.text);
            vec![&request.id, &request.asks, reply]
        }
        Statement::Interview(interview) => vec![&interview.id, &interview.role],
        Statement::Finding(finding) => vec![&finding.id, &finding.text],
        Statement::Choice(choice) => vec![&choice.by, &choice.reason],
        Statement::Kind(kind) => vec![&kind.word],
        Statement::Relation(_) | Statement::Import(_) | Statement::Kept(_) => Vec::new(),
    };
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
