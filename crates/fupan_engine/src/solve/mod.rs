//! A `fupan-timeline/1` document in, the same document with a `result` for each instance out.

mod branch;
mod drift;
mod error;
mod read;
mod result;
mod sugar;

pub use error::{Fault, SolveError};

use serde_json::{Value, json};

#[cfg(test)]
mod tests;

const FORMAT: &str = "fupan-timeline/1";

/// Answers every instance of a document. `top` is the greatest number of conflicts and of
/// diagnoses listed. A document of `cases` is taken as one of drifting clocks. A document that holds one instance itself is answered as a list of one.
///
/// # Errors
/// [`SolveError`]: no JSON, another format, or every fault of every instance.
pub fn answer(document: &str, top: usize) -> Result<String, SolveError> {
    let parsed: Value = serde_json::from_str(document).map_err(|e| SolveError::Json {
        reason: e.to_string(),
        line: e.line(),
        column: e.column(),
    })?;
    let Value::Object(mut map) = parsed else {
        return Err(SolveError::Format { expected: "an object" });
    };
    if let Some(Value::Array(cases)) = map.get_mut("cases") {
        let faults = drift::answer(cases);
        return if faults.is_empty() { print(map) } else { Err(SolveError::Faults(faults)) };
    }
    match map.get("format").and_then(Value::as_str) {
        Some(FORMAT) => {}
        Some(_) => return Err(SolveError::Format { expected: "format fupan-timeline/1" }),
        None if map.contains_key("format") => {
            return Err(SolveError::Format { expected: "format fupan-timeline/1" });
        }
        None => {
            map.insert("format".to_owned(), json!(FORMAT));
        }
    }
    let instances = match map.remove("instances") {
        Some(Value::Array(list)) => list,
        Some(_) => return Err(SolveError::Format { expected: "a list of instances" }),
        None if map.contains_key("records") => single(&mut map),
        None => return Err(SolveError::Format { expected: "instances, or records" }),
    };
    let answered = answer_all(instances, top)?;
    map.insert("instances".to_owned(), Value::Array(answered));
    print(map)
}

fn print(map: serde_json::Map<String, Value>) -> Result<String, SolveError> {
    let mut text = serde_json::to_string_pretty(&Value::Object(map)).map_err(|e| {
        SolveError::Json { reason: e.to_string(), line: e.line(), column: e.column() }
    })?;
    text.push('\n');
    Ok(text)
}

/// Moves the keys of a lone instance out of the document's head.
fn single(map: &mut serde_json::Map<String, Value>) -> Vec<Value> {
    const KEYS: [&str; 8] =
        ["id", "title", "reference", "clocks", "records", "queries", "expected", "result"];
    let taken = KEYS.iter().filter_map(|k| map.remove(*k).map(|v| ((*k).to_owned(), v))).collect();
    vec![Value::Object(taken)]
}

fn answer_all(instances: Vec<Value>, top: usize) -> Result<Vec<Value>, SolveError> {
    let (mut answered, mut faults) = (Vec::new(), Vec::new());
    for (i, mut value) in instances.into_iter().enumerate() {
        let before = faults.len();
        let instance = read::instance(&value, i + 1, &mut faults);
        let result = match instance {
            Some(instance) if faults.len() == before => result::of(&instance, top),
            _ => continue,
        };
        match result {
            Ok(result) => {
                if let Some(map) = value.as_object_mut() {
                    map.remove("expected");
                    map.insert("result".to_owned(), result);
                }
                answered.push(value);
            }
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(answered) } else { Err(SolveError::Faults(faults)) }
}
