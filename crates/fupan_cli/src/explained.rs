//! Why a gap is what it is, in words on the screen: the steps to either end, what they rest on,
//! and what would turn the verdict.

use crate::{locator, span};
use fupan::{Message, Voice};
use fupan_model::{
    Cite, Cites, ConflictResult, ExplainedGap, ExplainedPoint, ExplainedStep, ExplainedUnder, Gap,
    Locator, Moment, Robustness, TurnResult, Verdict,
};
use std::collections::BTreeMap;

/// What the words are made with.
struct Desk<'a> {
    made: &'a ExplainedGap,
    voice: &'a Voice,
    lines: Vec<String>,
}

/// The explanation as text.
pub(crate) fn text(made: &ExplainedGap, voice: &Voice) -> String {
    let mut desk = Desk { made, voice, lines: Vec::new() };
    desk.head();
    desk.conflicts();
    for (at, under) in made.explanations.iter().enumerate() {
        desk.under(at, under);
    }
    desk.records();
    desk.lines.join("\n")
}

impl Desk<'_> {
    fn say(&mut self, depth: usize, message: &Message) {
        let line = self.voice.say(message);
        self.lines.push(format!("{}{line}", "  ".repeat(depth)));
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn gap(&self, min_ms: Option<i64>, max_ms: Option<i64>) -> String {
        span::bounds(Gap { min_ms, max_ms }, self.voice)
    }

    fn verdict(&self, verdict: Option<Verdict>) -> String {
        self.voice.word(match verdict {
            None => "verdict-none",
            Some(Verdict::Over) => "verdict-over",
            Some(Verdict::Within) => "verdict-within",
            Some(Verdict::Unbounded) => "verdict-unbounded",
            Some(Verdict::Undecided) => "verdict-undecided",
        })
    }

    fn head(&mut self) {
        let made = self.made;
        let gap = self.gap(made.min_ms, made.max_ms);
        let title = Message::new("explain-title").text("from", &made.from).text("to", &made.to);
        self.say(0, &title.text("gap", gap));
        if let Some(limit) = made.limit_ms {
            let said = Message::new(match made.question {
                Some(_) => "explain-limit-asked",
                None => "explain-limit-given",
            })
            .text("limit", span::exact(limit, self.voice))
            .text("verdict", self.verdict(made.verdict));
            let question = made.question.as_ref().map(ToString::to_string).unwrap_or_default();
            self.say(0, &said.text("question", question));
        }
        for result in &made.choices {
            let choice = &result.choice;
            let said = Message::new("explain-choice")
                .text("records", choice.retract.join(", "))
                .text("by", &choice.by)
                .text("reason", &choice.reason);
            self.say(0, &said);
        }
        if let Some(firm) = &made.robustness {
            self.firmness(firm);
        }
        if made.capped {
            self.say(0, &Message::new("explain-capped"));
        }
    }

    fn firmness(&mut self, firm: &Robustness) {
        let count = usize::try_from(firm.explanations).unwrap_or(usize::MAX);
        if count > 0 {
            let gap = self.gap(firm.union.min_ms, firm.union.max_ms);
            let union = Message::new("explain-union").count("count", count).text("gap", gap);
            self.say(0, &union);
            if self.made.limit_ms.is_some() {
                let said = match firm.verdict {
                    Some(_) => {
                        Message::new("explain-same").text("verdict", self.verdict(firm.verdict))
                    }
                    None => Message::new("explain-differs"),
                };
                self.say(0, &said);
            }
        }
        if firm.firm {
            self.say(0, &Message::new("explain-firm"));
        }
    }

    fn conflicts(&mut self) {
        if self.made.conflicts.is_empty() {
            return;
        }
        self.blank();
        self.say(0, &Message::new("explain-conflicts"));
        for ConflictResult { records, excess_ms, .. } in &self.made.conflicts {
            let said = Message::new("summary-conflict")
                .text("records", records.join(", "))
                .text("excess", span::exact(*excess_ms, self.voice));
            self.say(1, &said);
        }
    }

    fn under(&mut self, at: usize, under: &ExplainedUnder) {
        self.blank();
        let mut depth = 0;
        if !self.made.conflicts.is_empty() {
            let key = if under.least { "explain-under-least" } else { "explain-under" };
            let said = Message::new(key)
                .count("n", at + 1)
                .text("records", under.retract.join(", "))
                .text("cost", under.cost)
                .text("gap", self.gap(under.min_ms, under.max_ms))
                .text("verdict", self.verdict(under.verdict));
            self.say(0, &said);
            depth = 1;
        }
        if self.made.from == self.made.to {
            self.say(depth, &Message::new("explain-itself"));
            return;
        }
        self.chain(depth, under.min_ms, &under.at_least, true);
        self.chain(depth, under.max_ms, &under.at_most, false);
        self.turns(depth, under);
    }

    fn chain(&mut self, depth: usize, bound: Option<i64>, steps: &[ExplainedStep], least: bool) {
        let Some(bound) = bound else {
            let key = if least { "explain-no-least" } else { "explain-no-most" };
            self.say(depth, &Message::new(key));
            return;
        };
        let key = if least { "explain-least" } else { "explain-most" };
        let said = Message::new(key).text("gap", span::exact(bound, self.voice));
        self.say(depth, &said);
        let mut sum = 0_i64;
        for step in steps {
            sum = sum.saturating_add(step.ms);
            let said = self.step(step, least).text("record", &step.record);
            self.say(depth + 1, &said);
        }
        let said = Message::new("explain-sum").text("sum", span::exact(sum, self.voice));
        self.say(depth + 1, &said.text("steps", self.sum(steps)));
    }

    /// One step in words. `least`: the chain gives the lower bound.
    fn step(&self, step: &ExplainedStep, least: bool) -> Message {
        let time = step.shown.map(plain).unwrap_or_default();
        let length = span::exact(step.ms, self.voice);
        match (&step.from, &step.to) {
            (ExplainedPoint::Event(event), ExplainedPoint::Clock(clock)) => {
                let key = if least { "explain-read-latest" } else { "explain-read-earliest" };
                self.read(key, event.as_str(), clock.as_str(), time)
            }
            (ExplainedPoint::Clock(clock), ExplainedPoint::Event(event)) => {
                let key = if least { "explain-read-earliest" } else { "explain-read-latest" };
                self.read(key, event.as_str(), clock.as_str(), time)
            }
            (ExplainedPoint::Event(a), ExplainedPoint::Event(b)) => {
                let key = if least { "explain-order-least" } else { "explain-order-most" };
                Message::new(key).text("from", a).text("to", b).text("length", length)
            }
            (ExplainedPoint::Clock(a), ExplainedPoint::Clock(b)) => {
                let key = if least { "explain-clock-least" } else { "explain-clock-most" };
                Message::new(key).text("from", a).text("to", b).text("length", length)
            }
        }
    }

    fn read(&self, key: &str, event: &str, clock: &str, time: String) -> Message {
        Message::new(key).text("event", event).text("clock", clock).text("time", time)
    }

    /// The times two readings and what lies between them are reckoned from, where it is that plain.
    fn sum(&self, steps: &[ExplainedStep]) -> String {
        let shown: Vec<String> = steps.iter().filter_map(|step| step.shown).map(plain).collect();
        match (shown.as_slice(), steps.len()) {
            ([first, second], 2) => format!("{second} − {first}"),
            _ => {
                let each = steps.iter().map(|step| span::exact(step.ms, self.voice));
                each.collect::<Vec<_>>().join(" + ")
            }
        }
    }

    fn turns(&mut self, depth: usize, under: &ExplainedUnder) {
        if self.made.limit_ms.is_none() || under.margin_ms.is_none() {
            return;
        }
        if under.turns.is_empty() {
            self.say(depth, &Message::new("explain-turns-none"));
            return;
        }
        self.say(depth, &Message::new("explain-turns"));
        for TurnResult { record, off_ms, without, verdict, .. } in &under.turns {
            let said = Message::new("explain-turn")
                .text("record", record)
                .text("off", span::exact(*off_ms, self.voice))
                .text("gap", span::bounds(*without, self.voice))
                .text("verdict", self.verdict(*verdict));
            self.say(depth + 1, &said);
        }
    }

    fn records(&mut self) {
        if self.made.records.is_empty() {
            return;
        }
        self.blank();
        self.say(0, &Message::new("explain-records"));
        let made = self.made;
        for record in &made.records {
            let words = [record.time.as_deref().unwrap_or_default(), &record.text, &record.source];
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let said = Message::new("explain-record")
                .text("record", &record.id)
                .text("words", words.join("; "))
                .text("weight", record.weight)
                .text("cites", self.cites(&record.cites));
            self.say(1, &said);
        }
    }

    fn cites(&self, cites: &Cites) -> String {
        let mut by: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for cite in cites.iter() {
            by.entry(cite.evidence.as_str()).or_default().push(self.place(cite));
        }
        let one = |(evidence, places): (&str, Vec<String>)| {
            let places: Vec<String> = places.into_iter().filter(|p| !p.is_empty()).collect();
            if places.is_empty() {
                evidence.to_owned()
            } else {
                format!("{evidence} {}", places.join(", "))
            }
        };
        by.into_iter().map(one).collect::<Vec<_>>().join("; ")
    }

    fn place(&self, cite: &Cite) -> String {
        match &cite.locator {
            Locator::Whole => String::new(),
            inside => locator::words(inside, self.voice),
        }
    }
}

/// A moment without its zone, for clocks of one accident stand beside each other.
fn plain(at: Moment) -> String {
    let text = at.to_string();
    let (day, rest) = text.split_once('T').unwrap_or((&text, ""));
    let end = rest.find(['+', '-']).unwrap_or(rest.len());
    format!("{day} {}", rest.split_at(end).0)
}
