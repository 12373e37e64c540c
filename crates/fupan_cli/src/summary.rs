//! What an assessment came to, on one screen.

use crate::span;
use fupan::{Assessed, Message, Voice};
use fupan_model::{Assessment, CheckStatus, GapResult, IndicatorStatus, Question, Verdict};
use serde_json::{Value, json};

/// At most so many lines of one kind; the report has them all.
const LINES: usize = 12;

/// The outcomes of check points, worst first, with their words.
const OUTCOMES: [(CheckStatus, &str); 4] = [
    (CheckStatus::Discrepant, "discrepant"),
    (CheckStatus::Unverifiable, "unverifiable"),
    (CheckStatus::Consistent, "consistent"),
    (CheckStatus::Absent, "absent"),
];

/// The summary as text.
pub(crate) fn text(assessed: &Assessed, voice: &Voice) -> String {
    let made = &assessed.assessment;
    let mut lines = vec![voice.say(&Message::new("summary-case").text("title", &made.case.title))];
    lines.extend(made.case.notice.clone());
    lines.push(String::new());
    lines.push(voice.say(&grade(assessed, voice)));
    lines.push(voice.say(&facts(made)));
    conflicts(made, voice, &mut lines);
    gaps(made, voice, &mut lines);
    checks(assessed, voice, &mut lines);
    indicators(assessed, voice, &mut lines);
    let findings = |tone: &str| made.findings.iter().filter(|one| one.tone == tone).count();
    let said = Message::new("summary-findings");
    lines.push(voice.say(&said.count("bad", findings("bad")).count("good", findings("good"))));
    let rest = Message::new("summary-doubts").count("doubts", made.doubts.len());
    lines.push(voice.say(&rest.count("left_out", made.left_out.len())));
    lines.push(String::new());
    lines.push(voice.word("summary-files"));
    lines.extend(assessed.files.iter().map(|file| format!("  {}", file.display())));
    lines.join("\n")
}

fn grade(assessed: &Assessed, voice: &Voice) -> Message {
    let made = &assessed.assessment;
    let Some(code) = &made.grade else {
        return Message::new("summary-grade-none");
    };
    let grade = assessed.grade_title(code, voice.lang());
    match made.grade_detail.in_scope {
        Some(false) => Message::new("summary-grade-outside").text("grade", grade),
        _ => Message::new("summary-grade").text("grade", grade),
    }
}

fn facts(made: &Assessment) -> Message {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Message::new("summary-facts")
        .count("evidence", made.register.evidence.len())
        .count("facts", number(made.coverage.facts))
        .count("dated", number(made.coverage.dated))
        .count("events", made.events.len())
}

fn conflicts(made: &Assessment, voice: &Voice, lines: &mut Vec<String>) {
    let said = Message::new("summary-conflicts").count("count", made.conflicts.len());
    lines.push(voice.say(&said));
    for one in made.conflicts.iter().take(LINES) {
        let line = Message::new("summary-conflict")
            .text("records", one.records.join(", "))
            .text("excess", span::exact(one.excess_ms, voice));
        lines.push(format!("  {}", voice.say(&line)));
    }
    more(made.conflicts.len(), voice, lines);
}

fn gaps(made: &Assessment, voice: &Voice, lines: &mut Vec<String>) {
    let with = |verdict| made.gaps.iter().filter(|gap| gap.verdict == Some(verdict)).count();
    let said = Message::new("summary-gaps")
        .count("over", with(Verdict::Over))
        .count("within", with(Verdict::Within))
        .count("undecided", with(Verdict::Undecided) + with(Verdict::Unbounded));
    lines.push(voice.say(&said));
    // Those the group asked about; those of indicators stand with the indicators.
    let asked: Vec<(&Question, &GapResult)> = made
        .register
        .questions
        .iter()
        .filter_map(|asked| {
            let gap = made.gaps.iter().find(|gap| gap.id == asked.id.as_str())?;
            Some((asked, gap))
        })
        .collect();
    for (asked, gap) in asked.iter().take(LINES) {
        let line =
            Message::new(if gap.limit_ms.is_some() { "summary-gap" } else { "summary-open" })
                .text("id", &gap.id)
                .text("name", name_of(asked))
                .text("gap", span::gap(gap.gap(), voice))
                .text("verdict", verdict(gap.verdict))
                .text("limit", span::exact(gap.limit_ms.unwrap_or_default(), voice));
        lines.push(format!("  {}", voice.say(&line)));
    }
    more(asked.len(), voice, lines);
}

/// The words of a question; where it has none, its ends.
fn name_of(asked: &Question) -> String {
    asked.text.clone().unwrap_or_else(|| format!("{} → {}", asked.from, asked.to))
}

fn verdict(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Over) => "over",
        Some(Verdict::Within) => "within",
        Some(Verdict::Undecided | Verdict::Unbounded) => "undecided",
        None => "none",
    }
}

fn checks(assessed: &Assessed, voice: &Voice, lines: &mut Vec<String>) {
    let made = &assessed.assessment;
    let said = OUTCOMES.iter().fold(Message::new("summary-checks"), |said, (status, word)| {
        said.count(word, made.checks.iter().filter(|check| check.status == *status).count())
    });
    lines.push(voice.say(&said));
    let bad: Vec<&str> = made
        .checks
        .iter()
        .filter(|check| check.status == CheckStatus::Discrepant)
        .map(|check| check.id.as_str())
        .collect();
    titled(&bad, assessed, voice, lines);
}

fn indicators(assessed: &Assessed, voice: &Voice, lines: &mut Vec<String>) {
    let made = &assessed.assessment;
    let of = |status| made.indicators.iter().filter(|one| one.status == status).count();
    let over: Vec<&str> = made
        .indicators
        .iter()
        .filter(|one| one.verdict == Some(Verdict::Over))
        .map(|one| one.id.as_str())
        .collect();
    let said = Message::new("summary-indicators")
        .count("computed", of(IndicatorStatus::Computed))
        .count("undecided", of(IndicatorStatus::Undecided))
        .count("missing", of(IndicatorStatus::NotComputed))
        .count("over", over.len());
    lines.push(voice.say(&said));
    titled(&over, assessed, voice, lines);
}

/// Rows of the book, each with its title.
fn titled(ids: &[&str], assessed: &Assessed, voice: &Voice, lines: &mut Vec<String>) {
    let rows = ids.iter().take(LINES);
    lines.extend(rows.map(|id| format!("  {id} {}", assessed.title(id, voice.lang()))));
    more(ids.len(), voice, lines);
}

fn more(count: usize, voice: &Voice, lines: &mut Vec<String>) {
    if count > LINES {
        let said = Message::new("summary-more").count("count", count - LINES);
        lines.push(format!("  {}", voice.say(&said)));
    }
}

/// The summary as JSON.
pub(crate) fn json(assessed: &Assessed) -> Value {
    let made = &assessed.assessment;
    let checks: serde_json::Map<String, Value> = OUTCOMES
        .iter()
        .map(|(status, word)| {
            let ids = made.checks.iter().filter(|check| check.status == *status);
            ((*word).to_owned(), ids.map(|check| json!(check.id)).collect())
        })
        .collect();
    let over = made.gaps.iter().filter(|gap| gap.verdict == Some(Verdict::Over));
    json!({
        "case": made.case,
        "book": made.book,
        "grade": made.grade,
        "in_scope": made.grade_detail.in_scope,
        "facts": made.coverage.facts,
        "dated": made.coverage.dated,
        "events": made.events.len(),
        "conflicts": made.conflicts.len(),
        "gaps": made.gaps.len(),
        "gaps_over": over.map(|gap| json!({
            "id": gap.id, "from": gap.from, "to": gap.to,
            "min_ms": gap.min_ms, "max_ms": gap.max_ms, "limit_ms": gap.limit_ms,
        })).collect::<Vec<Value>>(),
        "checks": checks,
        "findings": made.findings.len(),
        "doubts": made.doubts.len(),
        "left_out": made.left_out.len(),
        "files": assessed.files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
    })
}
