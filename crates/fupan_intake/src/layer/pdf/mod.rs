//! The text of a PDF, page by page, in the order it is drawn. Pages keep their numbers whether they
//! hold text or not.

mod content;
mod filters;
mod font;
mod glyphs;
mod lexer;
mod matrix;
mod objects;
mod pen;

use super::budget::Budget;
use super::{LayerError, TextLayer, TextPart};
use content::{Page, Shared};
use font::Collections;
use fupan_model::Locator;
use lexer::{Dict, Object};
use objects::{Objects, name};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Page trees are no deeper than this.
const DEEPEST: usize = 64;

/// Reads the text of a PDF.
///
/// # Errors
/// [`LayerError`].
pub(super) fn read(bytes: Vec<u8>, budget: &mut Budget) -> Result<TextLayer, LayerError> {
    let file = Objects::read(bytes, budget)?;
    let root = file.root().ok_or_else(|| LayerError::Broken("Root".to_owned()))?;
    let pages = pages(&file, &root, budget)?;
    if pages.is_empty() {
        return Err(LayerError::Broken("Pages".to_owned()));
    }
    let mut shared =
        Shared { file: &file, budget, fonts: BTreeMap::new(), collections: Collections::default() };
    let mut layer = TextLayer::default();
    for (number, (page, inherited)) in (1..).zip(&pages) {
        let page = &file.dict(page).unwrap_or_default();
        let data = contents(page, &mut shared, number)?;
        let resources = file.get_dict(page, b"Resources").or_else(|| file.dict(inherited));
        let mut reading = Page::new(&mut shared);
        reading.draw(&data, &resources.unwrap_or_default(), 0)?;
        let (text, unread) = reading.finish();
        layer.parts.push(TextPart { locator: Locator::Page(number), text, unread });
    }
    Ok(layer)
}

/// The pages in order, each as it stands in the tree, with the resources it inherits.
fn pages(
    file: &Objects,
    root: &Dict,
    budget: &mut Budget,
) -> Result<Vec<(Object, Rc<Object>)>, LayerError> {
    let broken = |what: &str| LayerError::Broken(what.to_owned());
    let top = root.get(&b"Pages"[..]).cloned().ok_or_else(|| broken("Pages"))?;
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    // Nodes still to visit, the next one last.
    let mut open = vec![(top, Rc::new(Object::Null), 0)];
    while let Some((node, inherited, depth)) = open.pop() {
        budget.step()?;
        file.check()?;
        if let Object::Ref(number) = &node
            && !seen.insert(*number)
        {
            return Err(broken("page tree"));
        }
        let dict = file.dict(&node).ok_or_else(|| broken("page tree"))?;
        let resources = dict.get(&b"Resources"[..]).cloned().map_or(inherited, Rc::new);
        let kids = file.get_array(&dict, b"Kids");
        match kids.filter(|_| name(&dict, b"Type") != Some(b"Page")) {
            Some(kids) if depth < DEEPEST => {
                let kids = kids.into_iter().rev();
                open.extend(kids.map(|kid| (kid, Rc::clone(&resources), depth + 1)));
            }
            Some(_) => return Err(broken("page tree")),
            None => {
                budget.page()?;
                out.push((node, resources));
            }
        }
    }
    Ok(out)
}

/// What a page draws: one stream, or several that are one.
fn contents(page: &Dict, shared: &mut Shared<'_>, number: u64) -> Result<Vec<u8>, LayerError> {
    let file = shared.file;
    let Some(contents) = page.get(&b"Contents"[..]) else { return Ok(Vec::new()) };
    let list = match file.stream(contents) {
        Some(_) => vec![contents.clone()],
        None => match file.resolve(contents) {
            Object::Array(list) => list,
            Object::Null => Vec::new(),
            _ => return Err(LayerError::Broken(format!("page {number}"))),
        },
    };
    let mut out = Vec::new();
    for one in &list {
        shared.budget.step()?;
        file.check()?;
        let broken = || LayerError::Broken(format!("page {number}"));
        let stream = file.stream(one).ok_or_else(broken)?;
        // Tokens do not run on from one stream into the next.
        out.extend(file.data(&stream, shared.budget)?.ok_or_else(broken)?);
        out.push(b'\n');
    }
    Ok(out)
}

/// The data of one filter, for the tests of the layer.
#[cfg(test)]
pub(super) fn unpacked_for_tests(filter: &str, data: &[u8]) -> Option<Vec<u8>> {
    let filters = [filter.as_bytes().to_vec()];
    filters::unpack(&filters, false, data, &mut Budget::default()).ok()?
}
