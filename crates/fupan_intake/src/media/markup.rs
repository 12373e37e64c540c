//! Markup: which kind it is, and whether it holds something that a browser would run.

use super::kinds::MediaType;
use std::io::{self, Read, Seek, SeekFrom};

/// How much of a file is searched; what is longer counts as running something.
const MOST: u64 = 32 << 20;
/// What makes markup run or fetch something.
const RUNS: [&[u8]; 9] = [
    b"<script",
    b"javascript:",
    b"<iframe",
    b"<object",
    b"<embed",
    b"<foreignobject",
    b"<!entity",
    b"vbscript:",
    b"srcdoc=",
];
/// How a web page begins.
const PAGE: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<script", b"<body", b"<head", b"<iframe"];

/// The kind of markup a text is, by how it begins.
pub(super) fn kind(head: &[u8]) -> Option<MediaType> {
    let text = plain(head);
    let begins = text.trim_ascii_start();
    let near = begins.get(..begins.len().min(4096)).unwrap_or_default();
    if !begins.starts_with(b"<") {
        return None;
    }
    if has(near, b"<svg") {
        return Some(MediaType::SVG);
    }
    if PAGE.iter().any(|mark| has(near, mark)) {
        return Some(MediaType::HTML);
    }
    (begins.starts_with(b"<?xml") || begins.starts_with(b"<!doctype")).then_some(MediaType::XML)
}

/// Whether bytes of another type hold what a browser may take for a web page.
pub(super) fn passes(near: &[u8]) -> bool {
    let text = plain(near);
    PAGE.iter().any(|mark| has(&text, mark))
}

/// Whether markup runs or fetches something: script, handlers, foreign content.
///
/// # Errors
/// What the system says.
pub(super) fn runs(reader: &mut (impl Read + Seek)) -> io::Result<bool> {
    reader.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    reader.by_ref().take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Ok(true);
    }
    let text = plain(&bytes);
    Ok(RUNS.iter().any(|mark| has(&text, mark)) || handler(&text))
}

/// An attribute such as `onload=`.
fn handler(text: &[u8]) -> bool {
    let starts = text.windows(3).enumerate().filter(|(_, window)| {
        matches!(window, [before, b'o', b'n']
            if before.is_ascii_whitespace() || matches!(before, b'"' | b'\'' | b'/'))
    });
    starts.into_iter().any(|(at, _)| {
        let rest = text.get(at + 3..).unwrap_or_default();
        let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_lowercase()).count();
        let after = rest.get(letters..).unwrap_or_default().trim_ascii_start();
        letters > 2 && after.starts_with(b"=")
    })
}

/// Lower case, without the zeros of UTF-16.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xff\xfe").unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xfe\xff").unwrap_or(bytes);
    bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect()
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
