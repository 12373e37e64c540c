//! How the pen calls things: events, gaps, parties, fields, grades, and the values of phrases.

use crate::durations;
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Arg, Decimal, GapResult, Moment, Value};

/// Longest piece of a fact's text that names an event, in characters.
const LONGEST_NAME: usize = 36;

/// More rows than this are said by their ids alone, runs of them by the first and the last.
const NAMED: usize = 4;

impl Pen<'_> {
    /// Words for a value of the judge; `name` is its place in the phrase.
    pub(crate) fn arg(&self, name: &str, arg: &Arg, limit_ms: Option<i64>) -> Written<String> {
        let (wording, offset_s) = (&self.wording, self.assessment.case.offset_s);
        let named = |ids: &mut dyn Iterator<Item = &str>| -> Written<String> {
            let names: Written<Vec<String>> = ids.map(|id| self.named(id)).collect();
            wording.list(&names?)
        };
        match arg {
            Arg::Text(text) => self.text_arg(name, text),
            Arg::Texts(texts) => {
                let texts: Written<Vec<String>> =
                    texts.iter().map(|text| self.text_arg(name, text)).collect();
                wording.list(&once(texts?))
            }
            Arg::Number(number) => Ok(moments::decimal(*number)),
            Arg::Count(count) => Ok(durations::number(*count)),
            Arg::Span(ms) if name == "excess" => durations::at_least(wording, *ms),
            Arg::Span(ms) => durations::span(wording, *ms),
            Arg::Gap(gap) => durations::gap(wording, *gap, limit_ms),
            Arg::Moment(at) => moments::moment(wording, *at, offset_s),
            Arg::Window(window) => moments::window(wording, *window, offset_s),
            Arg::Row(id) => self.named(id.as_str()),
            Arg::Rows(ids) if ids.len() > NAMED => {
                wording.list(&runs(ids.iter().map(|id| id.as_str())))
            }
            Arg::Rows(ids) => named(&mut ids.iter().map(|id| id.as_str())),
            Arg::Party(id) => Ok(self.party(id.as_str())),
            Arg::Parties(ids) => {
                let names: Vec<String> = ids.iter().map(|id| self.party(id.as_str())).collect();
                wording.list(&names)
            }
            Arg::Facts(ids) => {
                let names: Vec<String> = ids.iter().map(|id| id.as_str().to_owned()).collect();
                wording.list(&names)
            }
        }
    }

    /// Words for a text value: names of the case's own things are looked up.
    fn text_arg(&self, name: &str, text: &str) -> Written<String> {
        Ok(match name {
            "field" | "fields" | "quantity" => self.field(text)?,
            "dimension" => self.known("dimension", text)?,
            "grade" | "with_missing" | "computed" | "published" => self.grade(text),
            "id" => self.gap_name(text)?,
            "from" | "to" => self.event(text)?,
            "clock" => self.clock(text)?,
            "evidence" => self.evidence(text),
            "key" | "keys" => self.item(text),
            "period" => self.period(text)?,
            "left" | "right" | "values" => self.stated(text)?,
            _ => text.to_owned(),
        })
    }

    /// A phrase `<family>-<word>` where the book has one, else the word.
    pub(crate) fn known(&self, family: &str, word: &str) -> Written<String> {
        let id = format!("{family}-{}", word.replace('_', "-"));
        if self.wording.has(&id) { self.wording.word(&id) } else { Ok(word.to_owned()) }
    }

    /// What is counted or stated: the book's title of the quantity.
    pub(crate) fn field(&self, name: &str) -> Written<String> {
        let kinds = self.book.fact_kinds.iter();
        let found = kinds.filter_map(|kind| kind.body.quantity(name)).next();
        match found {
            Some(quantity) => Ok(self.words(&quantity.title).to_owned()),
            None => self.known("field", name),
        }
    }

    /// A grade by its code, id or title, as the book titles it.
    pub(crate) fn grade(&self, name: &str) -> String {
        let mut grades = self.book.grades.iter();
        let same = |title: &str| title == name || title.starts_with(name);
        let found = grades.find(|row| {
            row.body.code == name || row.id == name || same(&row.title.zh) || same(&row.title.en)
        });
        found.map_or(name, |row| self.words(&row.title)).to_owned()
    }

    /// A party by its name.
    pub(crate) fn party(&self, id: &str) -> String {
        self.parties.get(id).map_or(id, |party| party.name.as_str()).to_owned()
    }

    /// A kind of party by its id or its code, as the book titles it.
    pub(crate) fn party_kind(&self, name: &str) -> String {
        let mut kinds = self.book.party_kinds.iter();
        let found = kinds.find(|kind| kind.id == name || kind.body.code == name);
        found.map_or(name, |kind| self.words(&kind.title)).to_owned()
    }

    /// A piece of evidence by its title.
    fn evidence(&self, id: &str) -> String {
        let mut all = self.assessment.register.evidence.iter();
        let found = all.find(|one| one.id.as_str() == id && !one.title.is_empty());
        found.map_or(id, |one| one.title.as_str()).to_owned()
    }

    /// An item of a list of the book by its title; any other key as it is.
    fn item(&self, key: &str) -> String {
        let mut items = self.book.lists.iter().flat_map(|list| &list.body.items);
        let found = items.find(|item| item.key == key);
        found.map_or(key, |item| self.words(&item.title)).to_owned()
    }

    /// A half-year such as `2024-H1` in words; any other period as it is.
    fn period(&self, text: &str) -> Written<String> {
        let half = match text.split_once('-') {
            Some((year, "H1")) => Some(("period-first-half", year)),
            Some((year, "H2")) => Some(("period-second-half", year)),
            _ => None,
        };
        match half {
            Some((id, year)) => self.wording.fill(id, &[("year", year.to_owned())]),
            None => Ok(text.to_owned()),
        }
    }

    /// A stated value as text: a moment or a number is put in words.
    pub(crate) fn stated(&self, text: &str) -> Written<String> {
        if let Some(at) = Moment::parse(text) {
            return moments::moment(&self.wording, at, self.assessment.case.offset_s);
        }
        let plain = !text.starts_with(['0', '+', ' ']) || text == "0";
        Ok(match Decimal::parse(text) {
            Ok(number) if plain => moments::decimal(number),
            _ => text.to_owned(),
        })
    }

    /// A type of accident by its code, as the book titles it.
    pub(crate) fn accident_type(&self, code: &str) -> String {
        let mut types = self.book.accident_types.iter();
        let found = types.find(|row| row.body.code == code);
        found.map_or(code, |row| self.words(&row.title)).to_owned()
    }

    /// A clock by its name.
    pub(crate) fn clock(&self, id: &str) -> Written<String> {
        let mut clocks = self.assessment.clocks.iter().map(|result| &result.clock);
        let found = clocks.find(|clock| clock.id.as_str() == id && !clock.name.is_empty());
        match found {
            Some(clock) => Ok(clock.name.clone()),
            None => self.known("clock-name", id),
        }
    }

    /// The lane a kind of party is drawn in, a code of the book; `other` where the book has none.
    pub(crate) fn track(&self, party_kind: &str) -> &str {
        self.book.track_of(party_kind).unwrap_or("other")
    }

    /// An event: its kind in the book and its key, else the first words of its first fact.
    pub(crate) fn event(&self, id: &str) -> Written<String> {
        let Some(event) = self.events.get(id) else { return Ok(id.to_owned()) };
        let mut facts = event.facts.iter().filter_map(|fact| self.facts.get(fact.as_str()));
        let first = facts.clone().next();
        let Some(kind) = event.kinds.first().filter(|kind| self.book.row(kind.as_str()).is_some())
        else {
            return Ok(first.map_or_else(|| id.to_owned(), |fact| shortened(&fact.text)));
        };
        let title = self.title(kind.as_str());
        match facts.find_map(|fact| fact.key.clone()) {
            Some(key) => self.wording.fill("event-keyed", &[("title", title), ("key", key)]),
            None => Ok(title),
        }
    }

    /// A gap: the indicator's title, the words of its question, or the events it lies between.
    pub(crate) fn gap_name(&self, id: &str) -> Written<String> {
        // Only an indicator: a question of the case may be called as some other row of the book.
        if self.book.indicator(id).is_some() {
            return self.named(id);
        }
        let gap = self.assessment.gaps.iter().find(|gap| gap.id == id);
        let Some(gap) = gap else { return Ok(id.to_owned()) };
        match self.question(id) {
            Some(text) => Ok(text.to_owned()),
            None => self.gap_ends(gap),
        }
    }

    /// The group's question of this id in its own words, without the stop at its end.
    pub(crate) fn question(&self, id: &str) -> Option<&str> {
        let mut questions = self.assessment.register.questions.iter();
        let text = questions.find(|question| question.id.as_str() == id)?.text.as_deref()?;
        let text = text.trim().trim_end_matches(['.', ';', '\u{3002}', '\u{ff1b}']);
        (!text.is_empty()).then_some(text)
    }

    /// The two events a gap lies between.
    pub(crate) fn gap_ends(&self, gap: &GapResult) -> Written<String> {
        let ends = [("from", self.event(gap.from.as_str())?), ("to", self.event(gap.to.as_str())?)];
        self.wording.fill("gap-name", &ends)
    }

    /// A stated value.
    pub(crate) fn value(&self, value: Option<&Value>) -> Written<String> {
        match value {
            None => self.wording.word("value-not-known"),
            Some(Value::Bool(true)) => self.wording.word("value-yes"),
            Some(Value::Bool(false)) => self.wording.word("value-no"),
            Some(Value::Number(number)) => Ok(moments::decimal(*number)),
            Some(Value::Text(text)) => Ok(text.clone()),
            Some(Value::Set(names)) => self.wording.list(names),
        }
    }
}

/// Ids in their order, three or more that follow each other by the first and the last.
fn runs<'i>(ids: impl Iterator<Item = &'i str>) -> Vec<String> {
    let ids: Vec<&str> = ids.collect();
    let follows = |a: &&str, b: &&str| match (numbered(a), numbered(b)) {
        ((p, Some(m)), (q, Some(n))) => p == q && m.checked_add(1) == Some(n),
        _ => false,
    };
    let mut out = Vec::new();
    for run in ids.chunk_by(follows) {
        match run {
            [first, _, .., last] => out.push(format!("{first}–{last}")),
            few => out.extend(few.iter().map(|id| (*id).to_owned())),
        }
    }
    out
}

/// Texts without those that were said already, in their order.
fn once(texts: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

/// An id as what stands before its digits, and their number.
fn numbered(id: &str) -> (&str, Option<u64>) {
    let end = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, digits) = id.split_at(end);
    (prefix, digits.parse().ok())
}

/// The first words of a text.
fn shortened(text: &str) -> String {
    let end = text.find(['\u{3002}', '\u{ff1b}', ';', '\n']).unwrap_or(text.len());
    let (first, _) = text.split_at(end);
    if first.chars().count() <= LONGEST_NAME {
        return first.to_owned();
    }
    let cut: String = first.chars().take(LONGEST_NAME).collect();
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_each_other_are_drawn_together() {
        let ids = ["X01", "X02", "X03", "X05", "X06", "Y07", "alone", "X09", "X10"];
        let want = ["X01–X03", "X05", "X06", "Y07", "alone", "X09", "X10"];
        assert_eq!(runs(ids.into_iter()), want);
    }
}
