//! Gaps: a delay with its bounds, limit, verdict, explanations and what each bound rests on.

use crate::between::{Delay, events};
use crate::explained::robustness;
use crate::index::Index;
use crate::times::{Answer, Times};
use fupan_model::{
    CaseFile, EventId, Fact, Gap, GapByDiagnosis, GapResult, Question, Robustness, RowId, Support,
    Verdict,
};
use fupan_standard::Book;

/// What a gap is called and held against.
pub(crate) struct Asked {
    pub(crate) id: String,
    pub(crate) limit_ms: Option<i64>,
    pub(crate) limit_row: Option<RowId>,
}

/// The gaps an assessor asks for, in the order of the case.
pub(crate) fn questions(
    index: &Index<'_>,
    times: &mut Times<'_>,
    book: &Book,
    grade: Option<&str>,
) -> Vec<GapResult> {
    let case = index.case;
    case.questions.iter().map(|q| question(index, times, &asked(book, case, q, grade), q)).collect()
}

/// What a question is held against.
pub(crate) fn asked(
    book: &Book,
    case: &CaseFile,
    question: &Question,
    grade: Option<&str>,
) -> Asked {
    let of_row = question.limit.as_ref().and_then(|id| {
        let (row, span) = book.limit_for(id.as_str(), &case.accident, grade)?;
        Some((span.seconds()?.saturating_mul(1_000), RowId::new(&row.id)))
    });
    let (row_ms, row) = of_row.unzip();
    Asked {
        id: question.id.to_string(),
        limit_ms: question.limit_ms.or(row_ms),
        // A span the question states itself is that of the row it names.
        limit_row: row.filter(|_| question.limit_ms.is_none()).or_else(|| question.limit.clone()),
    }
}

fn question(
    index: &Index<'_>,
    times: &mut Times<'_>,
    asked: &Asked,
    question: &Question,
) -> GapResult {
    let (from, to) = (question.from.as_str(), question.to.as_str());
    let answer = times.ask(&|solved| solved.gap(from, to));
    let supports = times.supports(&answer.aside, from, to);
    let robustness = robustness(index, times, &answer, (from, to), asked.limit_ms);
    let of_events = || {
        let named = |event: &EventId| event.as_str() == from || event.as_str() == to;
        let facts = index.events().filter(|(event, _)| named(event)).flat_map(|(_, facts)| facts);
        index.cites_of_facts(facts.copied())
    };
    gap(index, asked, (from, to), (answer, supports, robustness), &of_events)
}

/// The gap of a delay between two groups of facts. Its ends are named by one event each: of
/// several, the one that the pick surely or most nearly means; its bounds rest on all of them.
pub(crate) fn of_delay(
    index: &Index<'_>,
    times: &mut Times<'_>,
    asked: &Asked,
    delay: &Delay<'_, '_>,
) -> GapResult {
    let answer = delay.ask(index, times);
    let from = named(times, delay.from, delay.from_pick);
    let to = named(times, delay.to, delay.to_pick);
    let ends = (from.as_str(), to.as_str());
    let supports = times.supports(&answer.aside, ends.0, ends.1);
    let robustness = robustness(index, times, &answer, ends, asked.limit_ms);
    let facts: Vec<&Fact> = delay.from.iter().chain(delay.to).copied().collect();
    gap(index, asked, ends, (answer, supports, robustness), &|| index.cites_of_facts(facts.clone()))
}

/// The event a pick means: least (or greatest) by its bounds, then by name.
fn named(times: &mut Times<'_>, facts: &[&Fact], pick: fupan_standard::Pick) -> String {
    use fupan_standard::Pick;
    let mut ranked: Vec<(i64, i64, &str)> = Vec::new();
    for event in events(facts) {
        let window = times.ask(&|solved| solved.window(event)).gap;
        let (min, max) = (window.min_ms.unwrap_or(i64::MIN), window.max_ms.unwrap_or(i64::MAX));
        ranked.push(match pick {
            Pick::First => (max, min, event),
            Pick::Last => (min.saturating_neg(), max.saturating_neg(), event),
        });
    }
    ranked.into_iter().min().map_or_else(String::new, |(_, _, event)| event.to_owned())
}

fn gap(
    index: &Index<'_>,
    asked: &Asked,
    (from, to): (&str, &str),
    (answer, supports, robustness): (Answer, Support, Option<Robustness>),
    otherwise: &dyn Fn() -> fupan_model::Cites,
) -> GapResult {
    let verdict = verdict(&answer, asked.limit_ms);
    let told = answer.by.iter().flat_map(|by| &by.retract);
    let rests: Vec<&String> = supports.min.iter().chain(&supports.max).chain(told).collect();
    let cites = if rests.is_empty() { otherwise() } else { index.cites_of(rests) };
    let by_diagnosis = answer
        .by
        .into_iter()
        .map(|by| GapByDiagnosis {
            verdict: Verdict::of(by.gap, asked.limit_ms),
            retract: by.retract,
            min_ms: by.gap.min_ms,
            max_ms: by.gap.max_ms,
        })
        .collect();
    GapResult {
        id: asked.id.clone(),
        from: from.into(),
        to: to.into(),
        min_ms: answer.gap.min_ms,
        max_ms: answer.gap.max_ms,
        limit_ms: asked.limit_ms,
        limit_row: asked.limit_row.clone(),
        verdict,
        by_diagnosis,
        supports,
        robustness,
        cites,
    }
}

/// The verdict on the hull, unless the least-cost explanations disagree: then none is said.
pub(crate) fn verdict(answer: &Answer, limit_ms: Option<i64>) -> Option<Verdict> {
    let mut each = answer.least().map(|gap: Gap| Verdict::of(gap, limit_ms));
    let first = each.next().flatten()?;
    if each.all(|other| other == Some(first)) { Some(first) } else { Some(Verdict::Undecided) }
}

#[cfg(test)]
mod tests {
    use crate::testing::case;
    use fupan_model::{CheckStatus, RowId, Verdict};
    use fupan_standard::Book;

    const LOCAL: &str = "limits/shandong.toml";

    /// The shipped book with one change in Shandong's limits.
    fn book(find: &str, put: &str) -> Book {
        let mut files = Book::shipped().unwrap().files().clone();
        let text = files.get_mut(LOCAL).unwrap();
        assert!(text.contains(find), "{find}");
        *text = text.replace(find, put);
        Book::parse(&files.into_iter().collect::<Vec<_>>()).unwrap()
    }

    /// Limit, its row and the verdict of the indicator that T02 limits; the check's status.
    fn late(province: &str, book: &Book) -> (i64, String, Option<Verdict>, CheckStatus) {
        let text = format!(
            "party plant enterprise
            party bureau government
            {province}
            fact a plant head-informed a 10:00:00 0 999
            fact b plant regulator-reported b 10:45:00 0 999
            fact c bureau report-received c 10:46:00 0 999"
        );
        let mut case = case(&text);
        case.questions.push(fupan_model::Question {
            id: "Q".into(),
            from: "a".into(),
            to: "b".into(),
            limit_ms: None,
            limit: Some(RowId::new("T02")),
            text: None,
        });
        let made = crate::assess(&case, book).unwrap();
        let of = |id: &str| made.gaps.iter().find(|gap| gap.id == id).unwrap().clone();
        let (asked, gap) = (of("Q"), of("KE03"));
        let told = |g: &fupan_model::GapResult| (g.limit_ms, g.limit_row.clone(), g.verdict);
        assert_eq!(told(&asked), told(&gap));
        let check = made.checks.iter().find(|check| check.id.as_str() == "CV09").unwrap();
        let row = gap.limit_row.unwrap().to_string();
        (gap.limit_ms.unwrap() / 60_000, row, gap.verdict, check.status)
    }

    #[test]
    fn the_stricter_limit_of_nation_and_province_holds_and_is_named() {
        let strict =
            book("span = { value = 1, unit = \"h\" }", "span = { value = 30, unit = \"min\" }");
        let within = (60, "T02".to_owned(), Some(Verdict::Within), CheckStatus::Consistent);
        let over = (30, "T16".to_owned(), Some(Verdict::Over), CheckStatus::Discrepant);
        assert_eq!(late("", &strict), within);
        for name in ["shandong", "Shandong", "山东省"] {
            assert_eq!(late(&format!("province {name}"), &strict), over);
        }
        assert_eq!(late("province hebei", &strict), within);
        let lax = book("span = { value = 1, unit = \"h\" }", "span = { value = 2, unit = \"h\" }");
        assert_eq!(late("province shandong", &lax), within);
    }

    #[test]
    fn a_province_without_limits_in_the_book_is_a_doubt() {
        let book = Book::shipped().unwrap();
        let doubts = |province: &str| {
            let case = case(&format!("party plant enterprise\n{province}"));
            let made = crate::assess(&case, &book).unwrap();
            made.doubts.iter().filter(|doubt| doubt.code == "row-no-province").count()
        };
        assert_eq!((doubts(""), doubts("province shandong"), doubts("province 山东省")), (0, 0, 0));
        assert_eq!((doubts("province hebei"), doubts("province shangdong")), (1, 1));
    }

    #[test]
    fn the_shipped_row_is_no_stricter_than_the_nation_s() {
        let book = Book::shipped().unwrap();
        assert_eq!(late("province shandong", &book).1, "T02");
        let later = "effective-from = \"2024-05-13\"";
        let files = self::book("effective-from = \"2021-08-03\"", later).files().clone();
        let mut files: Vec<_> = files.into_iter().collect();
        let (_, text) = files.iter_mut().find(|(name, _)| name == LOCAL).unwrap();
        *text = text.replace("value = 1, unit = \"h\"", "value = 30, unit = \"min\"");
        let not_yet = Book::parse(&files).unwrap();
        assert_eq!(late("province shandong", &not_yet).1, "T02", "in force the day after");
    }
}
