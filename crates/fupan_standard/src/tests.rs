//! Tests of the whole crate: the shipped book, and every kind of fault by breaking it.

mod faults;
mod shipped;

use crate::shipped::FILES;
use crate::{Book, BookError};

/// The shipped files with one change each: (file, what to find once, what to put there).
fn changed(changes: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> =
        FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    for (name, find, put) in changes {
        let (_, text) = files.iter_mut().find(|(file, _)| file == name).unwrap();
        assert!(text.contains(find), "{name} does not hold {find:?}");
        *text = text.replacen(find, put, 1);
    }
    files
}

fn errors(changes: &[(&str, &str, &str)]) -> Vec<BookError> {
    Book::parse(&changed(changes)).err().unwrap_or_default()
}
