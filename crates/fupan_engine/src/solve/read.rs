//! From JSON to records: every field is checked and every fault collected.

use serde_json::{Map, Value};

use super::error::Fault;
use super::sugar;
use crate::network::{Constraint, Record};

/// One instance, read.
pub(super) struct Instance {
    pub(super) name: String,
    pub(super) reference: Option<String>,
    pub(super) clocks: Option<Vec<String>>,
    pub(super) records: Vec<Record>,
    /// Places of records with alternatives, and what each alternative states.
    pub(super) alternatives: Vec<(usize, Vec<Vec<Constraint>>)>,
    pub(super) queries: Vec<(String, String)>,
    /// Keys of records that mean nothing here: `record.key`.
    pub(super) left_out: Vec<String>,
    /// How many records have been read.
    seen: usize,
}

/// Reads one object field by field and keeps what is wrong.
pub(super) struct Fields<'a> {
    pub(super) map: &'a Map<String, Value>,
    pub(super) instance: &'a str,
    pub(super) place: String,
    pub(super) faults: &'a mut Vec<Fault>,
}

impl Fields<'_> {
    pub(super) fn wrong(&mut self, key: &str, expected: &'static str) {
        self.faults.push(Fault::Field {
            instance: self.instance.to_owned(),
            place: self.place.clone(),
            key: key.to_owned(),
            expected,
        });
    }

    pub(super) fn text(&mut self, key: &str) -> String {
        match self.map.get(key).and_then(Value::as_str) {
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => {
                self.wrong(key, "a text that is not empty");
                String::new()
            }
        }
    }

    pub(super) fn whole(&mut self, key: &str) -> i64 {
        self.map.get(key).and_then(Value::as_i64).unwrap_or_else(|| {
            self.wrong(key, "a whole number");
            0
        })
    }

    fn open(&mut self, key: &str) -> Option<i64> {
        match self.map.get(key) {
            None | Some(Value::Null) => None,
            Some(value) => value.as_i64().or_else(|| {
                self.wrong(key, "a whole number or null");
                None
            }),
        }
    }

    fn hard(&mut self) -> bool {
        match self.map.get("hard") {
            None => false,
            Some(Value::Bool(hard)) => *hard,
            Some(_) => {
                self.wrong("hard", "true or false");
                false
            }
        }
    }

    fn weight(&mut self, hard: bool) -> i64 {
        match self.map.get("weight") {
            None if hard => 0,
            value => value.and_then(Value::as_i64).unwrap_or_else(|| {
                self.wrong("weight", "a whole number, 0 or more");
                0
            }),
        }
    }

    fn times(&mut self) -> Option<Vec<i64>> {
        let value = self.map.get("t_alternatives")?;
        let list: Option<Vec<i64>> =
            value.as_array().and_then(|list| list.iter().map(Value::as_i64).collect());
        match list {
            Some(list) if !list.is_empty() => Some(list),
            _ => {
                self.wrong("t_alternatives", "a list of whole numbers of milliseconds");
                None
            }
        }
    }
}

/// Reads an instance; `number` counts from 1 and names one without an id.
pub(super) fn instance(value: &Value, number: usize, faults: &mut Vec<Fault>) -> Option<Instance> {
    let unnamed = format!("#{number}");
    let Some(map) = value.as_object() else {
        let place = "instance".to_owned();
        let expected = "an object";
        faults.push(Fault::Field { instance: unnamed, place, key: "instance".into(), expected });
        return None;
    };
    let name = map.get("id").and_then(Value::as_str).map_or(unnamed, str::to_owned);
    let mut made = Instance {
        name: name.clone(),
        reference: None,
        clocks: None,
        records: vec![],
        alternatives: vec![],
        queries: vec![],
        left_out: vec![],
        seen: 0,
    };
    let mut top = Fields { map, instance: &name, place: "instance".to_owned(), faults };
    if map.get("reference").is_some_and(|r| !r.is_null()) {
        made.reference = Some(top.text("reference"));
    }
    if let Some(list) = map.get("clocks").filter(|v| !v.is_null()) {
        let names =
            list.as_array().map(|l| l.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        match names.flatten() {
            Some(names) => made.clocks = Some(names.into_iter().map(str::to_owned).collect()),
            None => top.wrong("clocks", "a list of names of clocks"),
        }
    }
    let Some(records) = map.get("records").and_then(Value::as_array) else {
        top.wrong("records", "a list of records");
        return None;
    };
    let none = vec![];
    let queries = match map.get("queries") {
        None => &none,
        Some(list) => list.as_array().unwrap_or_else(|| {
            top.wrong("queries", "a list of queries");
            &none
        }),
    };
    let mut steps = Vec::new();
    for value in records {
        record(&mut made, value, &mut steps, faults);
    }
    sugar::split(&mut made, steps, faults);
    for (i, value) in queries.iter().enumerate() {
        query(&mut made, value, i, faults);
    }
    Some(made)
}

fn record(
    made: &mut Instance,
    value: &Value,
    steps: &mut Vec<sugar::Step>,
    faults: &mut Vec<Fault>,
) {
    let instance = made.name.clone();
    let empty = Map::new();
    let map = value.as_object().unwrap_or(&empty);
    let place = match map.get("id").and_then(Value::as_str) {
        Some(id) => format!("record {id}"),
        None => format!("record #{}", made.seen + 1),
    };
    made.seen += 1;
    let mut fields = Fields { map, instance: &instance, place, faults };
    let id = fields.text("id");
    let kind = fields.text("kind");
    let hard = fields.hard();
    let weight = fields.weight(hard);
    let one = |constraint: Constraint| vec![vec![constraint]];
    let (stated, known): (Vec<Vec<Constraint>>, &[&str]) = match kind.as_str() {
        "obs" => (obs(&mut fields), &["src", "event", "t", "e_lo", "e_hi", "t_alternatives"]),
        "order" => {
            let (a, b) = (fields.text("a"), fields.text("b"));
            let (min, max) = (fields.open("min"), fields.open("max"));
            (one(Constraint::Order { a, b, min, max }), &["a", "b", "min", "max"])
        }
        "clock" => {
            let (lo, hi) = (fields.whole("lo"), fields.whole("hi"));
            let source = fields.text("src");
            (one(Constraint::Clock { source, lo, hi }), &["src", "lo", "hi"])
        }
        "clockrel" => {
            let (a, b) = (fields.text("src_a"), fields.text("src_b"));
            let (lo, hi) = (fields.whole("lo"), fields.whole("hi"));
            (one(Constraint::ClockRel { a, b, lo, hi }), &["src_a", "src_b", "lo", "hi"])
        }
        "clockstep" => {
            steps.push(sugar::step(&mut fields, (&id, weight, hard)));
            (vec![], &["src", "at", "lo", "hi"])
        }
        "allen" => (sugar::allen(&mut fields), &["rel", "a", "b"]),
        "" => return,
        _ => {
            faults.push(Fault::Kind { instance, record: id, kind });
            return;
        }
    };
    let common = ["id", "kind", "weight", "hard"];
    let strange =
        map.keys().filter(|k| !known.contains(&k.as_str()) && !common.contains(&k.as_str()));
    made.left_out.extend(strange.map(|k| format!("{id}.{k}")));
    if let Some(first) = stated.first() {
        let constraints = first.clone();
        if stated.len() > 1 || map.contains_key("t_alternatives") {
            made.alternatives.push((made.records.len(), stated));
        }
        made.records.push(Record { id, weight, hard, constraints });
    }
}

fn obs(fields: &mut Fields<'_>) -> Vec<Vec<Constraint>> {
    let times = fields.times().unwrap_or_else(|| vec![fields.whole("t")]);
    let (source, event) = (fields.text("src"), fields.text("event"));
    let (lo, hi) = (fields.whole("e_lo"), fields.whole("e_hi"));
    let one = |t: i64| Constraint::Obs { source: source.clone(), event: event.clone(), t, lo, hi };
    times.into_iter().map(|t| vec![one(t)]).collect()
}

fn query(made: &mut Instance, value: &Value, index: usize, faults: &mut Vec<Fault>) {
    let empty = Map::new();
    let map = value.as_object().unwrap_or(&empty);
    let place = format!("query #{}", index + 1);
    let mut fields = Fields { map, instance: &made.name, place, faults };
    let query = (fields.text("from"), fields.text("to"));
    made.queries.push(query);
}
