//! Every reading policy of the book can be named by a fact of a case, and bounds it as the book says.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a panic is the test failing")]

use fupan::{Actor, ExplainRequest, Unwatched, explain};
use fupan_standard::{Book, Shape};
use std::fs;

#[test]
fn every_policy_of_the_book_is_usable_from_a_case() {
    let folder = std::env::temp_dir().join(format!("fupan-policies-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let book = Book::shipped().unwrap();
    assert!(book.readings.len() > 10);
    for row in &book.readings {
        let record = |id: &str, time: &str, policy: &str| {
            format!(
                r#"{{"id": "{id}", "party": "p", "event": "{id}", "kind": "k", "text": "t",
                    "time": "{time}", "policy": "{policy}"}}"#
            )
        };
        let text = format!(
            r#"{{"format": "fupan-case/1", "id": "c", "title": "c",
                "accident": {{"date": "2024-05-12", "timezone": "+08:00", "type": "t", "place": "p"}},
                "parties": [{{"id": "p", "name": "p", "track": "enterprise"}}],
                "records": [{}, {}], "questions": []}}"#,
            record("x", "2024-05-12T12:00:00+08:00", "exact"),
            record("y", "2024-05-12T12:00:00+08:00", &row.id),
        );
        let case = folder.join("c.json");
        fs::write(&case, text).unwrap();
        let (from, to, actor) = ("x".into(), "y".into(), Actor::default());
        let request = ExplainRequest { case, from, to, limit_min: None, actor };
        let made = explain(&request, &Unwatched).expect(&row.id).gap;
        let (lo, hi) = (row.body.lo_ms, row.body.hi_ms);
        let want = match row.body.shape {
            Shape::Bounds => (Some(lo), Some(hi)),
            Shape::After => (Some(lo), None),
            Shape::Before => (None, Some(hi)),
        };
        assert_eq!((made.min_ms, made.max_ms), want, "{}", row.id);
    }
    fs::remove_dir_all(&folder).unwrap();
}
