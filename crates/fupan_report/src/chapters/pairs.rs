//! What a check point found, pair by pair: for the table of checks and for the findings.

use crate::durations::number;
use crate::pen::{Pen, Written};
use fupan_model::{Arg, Args, CheckResult, CheckStatus, Cites, Inline, PairResult, PartResult};

/// Pairs in order that are said one by one; more of them are counted.
const LISTED: usize = 2;

/// One paragraph for each comparison: its title in the book, and what its pairs found.
pub(super) fn parts(pen: &Pen<'_>, check: &CheckResult) -> Written<Vec<Vec<Inline>>> {
    let mut out = Vec::new();
    for part in &check.detail {
        let mut paragraph = vec![part_title(pen, check, part)?];
        let (fine, failing): (Vec<&PairResult>, Vec<&PairResult>) =
            part.pairs.iter().partition(|pair| pair.status == CheckStatus::Consistent);
        for pair in &failing {
            paragraph.push(sentence(pen, check, pair)?);
        }
        if fine.len() <= LISTED {
            for pair in &fine {
                paragraph.push(sentence(pen, check, pair)?);
            }
        } else {
            let facts = fine.iter().flat_map(|pair| pair.facts.iter().map(|id| id.as_str()));
            let (count, cites) = (number(fine.len() as u64), pen.cites(facts, &check.cites));
            let phrase = if failing.is_empty() { "pairs-all-fine" } else { "pairs-fine" };
            paragraph.push(pen.say(phrase, &[("count", count)], &cites)?);
        }
        out.push(paragraph);
    }
    Ok(out)
}

/// Every pair that does not agree, with the title of its comparison.
pub(super) fn failing(pen: &Pen<'_>, check: &CheckResult) -> Written<Vec<Vec<Inline>>> {
    of_status(pen, check, CheckStatus::Discrepant)
}

/// The pairs that gave a check point its outcome, where that is not "in order" or "no record".
pub(crate) fn telling(pen: &Pen<'_>, check: &CheckResult) -> Written<Vec<Vec<Inline>>> {
    match check.status {
        CheckStatus::Discrepant | CheckStatus::Unverifiable => of_status(pen, check, check.status),
        CheckStatus::Consistent | CheckStatus::Absent => Ok(Vec::new()),
    }
}

fn of_status(pen: &Pen<'_>, check: &CheckResult, status: CheckStatus) -> Written<Vec<Vec<Inline>>> {
    let mut out = Vec::new();
    for part in &check.detail {
        let failing = part.pairs.iter().filter(|pair| pair.status == status);
        let said: Written<Vec<Inline>> = failing.map(|pair| sentence(pen, check, pair)).collect();
        let said = said?;
        if !said.is_empty() {
            let mut paragraph = vec![part_title(pen, check, part)?];
            paragraph.extend(said);
            out.push(paragraph);
        }
    }
    Ok(out)
}

fn part_title(pen: &Pen<'_>, check: &CheckResult, part: &PartResult) -> Written<Inline> {
    let id = check.id.as_str();
    let at = usize::try_from(part.part).ok().and_then(|part| part.checked_sub(1));
    let row = pen.book.crosscheck(id).zip(at).and_then(|(row, at)| row.body.parts.get(at));
    match row {
        Some(row) => pen.of_book("part-title", &[("title", pen.words(&row.title).to_owned())], id),
        None => pen.row(id),
    }
}

fn sentence(pen: &Pen<'_>, check: &CheckResult, pair: &PairResult) -> Written<Inline> {
    let cites: Cites = pen.cites(pair.facts.iter().map(|id| id.as_str()), &check.cites);
    let text = pen.filled(&pair.reason, &pair.args)?;
    match &pair.key {
        Some(key) if !names(&pair.args, key) => {
            pen.say("pair-keyed", &[("key", key.clone()), ("text", text)], &cites)
        }
        _ => Ok(pen.said(text, &cites)),
    }
}

/// Whether the values of the phrase already say the key.
fn names(args: &Args, key: &str) -> bool {
    args.values().any(|arg| match arg {
        Arg::Text(text) => text == key,
        Arg::Texts(texts) => texts.iter().any(|text| text == key),
        _ => false,
    })
}
