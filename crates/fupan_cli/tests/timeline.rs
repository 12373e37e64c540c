//! `fupan timeline solve` at the door.

mod door;

use door::{Scratch, fupan};

const NETWORK: &str = r#"{"format": "fupan-timeline/1", "instances": [{
    "id": "one", "reference": "gps", "clocks": ["gps"],
    "records": [
        {"id": "a", "kind": "obs", "src": "gps", "event": "x", "t": 0, "e_lo": 0, "e_hi": 0, "weight": 1},
        {"id": "b", "kind": "obs", "src": "gps", "event": "y", "t": 5000, "e_lo": 0, "e_hi": 999, "weight": 1}
    ],
    "queries": [{"from": "x", "to": "y"}], "expected": {}}]}"#;

#[test]
fn a_network_is_answered_with_its_result() {
    let scratch = Scratch::new("timeline");
    let file = scratch.file("n.json", NETWORK);
    let answer = fupan(&["timeline", "solve", &file]).json();
    let one = &answer["instances"][0];
    assert_eq!(one["id"], "one");
    assert!(one.get("expected").is_none());
    assert_eq!(one["result"]["consistent"], true);
}

#[test]
fn what_is_no_network_is_refused() {
    let scratch = Scratch::new("timeline-refused");
    fupan(&["timeline", "solve", &scratch.path("no.json")]).refused(3, "no.json");
    let bad = scratch.file("bad.json", &NETWORK.replace("\"obs\"", "\"seen\""));
    fupan(&["timeline", "solve", &bad]).refused(2, "record a");
    fupan(&["timeline", "solve", &bad]).refused(2, "record b");
    let torn = scratch.file("torn.json", "{");
    fupan(&["timeline", "solve", &torn]).refused(2, "line 1");
    fupan(&["timeline", "solve", &torn, "--top", "0"]).refused(2, "--top");
}
