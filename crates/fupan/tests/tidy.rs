//! The rules of the house, as tests. Each guard is a function over text (in `tidy/`), run here over
//! the project, and proved by its own small tests to fail when its rule is broken.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of a test: a panic here is the test failing"
)]

#[path = "tidy/book_ids.rs"]
mod book_ids;
#[path = "tidy/chinese.rs"]
mod chinese;
#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/glossary.rs"]
mod glossary;
#[path = "tidy/house.rs"]
mod house;
#[path = "tidy/map.rs"]
mod map;
#[path = "tidy/plan.rs"]
mod plan;
#[path = "tidy/size.rs"]
mod size;

/// Fails with all complaints of a guard at once.
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn imports_follow_the_floor_plan() {
    let found: Vec<String> = house::crates()
        .iter()
        .flat_map(|krate| plan::complaints(&krate.name, &krate.manifest))
        .collect();
    none(&found);
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let found: Vec<String> = house::crates()
        .iter()
        .flat_map(|krate| &krate.files)
        .flat_map(|file| size::complaints(&file.path, &file.text))
        .collect();
    none(&found);
}

#[test]
fn the_map_names_every_crate_and_no_ghost() {
    let crates: Vec<String> = house::crates().into_iter().map(|krate| krate.name).collect();
    none(&map::complaints(&house::text("ARCHITECTURE.md"), &crates));
}

#[test]
fn words_for_people_stand_in_no_source_file() {
    let found: Vec<String> = house::sources()
        .iter()
        .flat_map(|file| chinese::complaints(&file.path, &code::without_tests(&file.text)))
        .collect();
    none(&found);
}

#[test]
fn no_row_of_the_book_is_named_in_code() {
    let found: Vec<String> = house::sources()
        .iter()
        .flat_map(|file| book_ids::complaints(&file.path, &code::without_tests(&file.text)))
        .collect();
    none(&found);
}

#[test]
fn every_public_type_is_in_the_glossary() {
    let glossary = house::text("docs/glossary.md");
    let found: Vec<String> = house::sources()
        .iter()
        .flat_map(|file| {
            glossary::complaints(&file.path, &code::without_tests(&file.text), &glossary)
        })
        .collect();
    none(&found);
}
