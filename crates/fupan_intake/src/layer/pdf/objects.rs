//! The objects of a PDF file, found by reading it from end to end rather than by its tables: a
//! table that lies changes nothing, and each byte is looked at a bounded number of times. The last
//! object of a number wins, as in a file that was saved again and again.

use super::filters;
use super::lexer::{Dict, Lexer, Object};
use crate::layer::LayerError;
use crate::layer::budget::Budget;
use std::cell::Cell;
use std::collections::BTreeMap;

/// How many bytes are looked at again when references are followed.
const MOST_LOOKED: u64 = 512 << 20;
/// Steps that one object costs: its place is kept.
const OBJECT: u64 = 8;
/// References that lead to references.
const MOST_HOPS: usize = 16;

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    /// In the file, right after `obj`.
    File(usize),
    /// In an unpacked object stream.
    Packed(usize, usize),
}

/// The objects of a file (对象库).
pub(super) struct Objects {
    bytes: Vec<u8>,
    packed: Vec<Vec<u8>>,
    places: BTreeMap<u32, Place>,
    trailer: Dict,
    catalog: Option<u32>,
    /// Bytes looked at since the first reading: a file may refer to one large object a million times.
    looked: Cell<u64>,
}

/// A stream: its dictionary, and its data as they stand in the file.
pub(super) struct Stream<'b> {
    pub(super) dict: Dict,
    raw: &'b [u8],
}

impl Objects {
    /// Reads through a file.
    ///
    /// # Errors
    /// [`LayerError`]: it is no PDF, cut off, locked, or too much.
    pub(super) fn read(bytes: Vec<u8>, budget: &mut Budget) -> Result<Self, LayerError> {
        let tail = bytes.get(bytes.len().saturating_sub(4096)..).unwrap_or_default();
        if find(tail, b"%%EOF", 0).is_none() {
            return Err(LayerError::CutOff);
        }
        let mut found = Self {
            bytes: Vec::new(),
            packed: Vec::new(),
            places: BTreeMap::new(),
            trailer: Dict::new(),
            catalog: None,
            looked: Cell::new(0),
        };
        found.scan(&bytes, budget)?;
        found.bytes = bytes;
        if found.trailer.get(&b"Encrypt"[..]).is_some_and(|one| *one != Object::Null) {
            return Err(LayerError::Locked);
        }
        Ok(found)
    }

    fn scan(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<(), LayerError> {
        let mut at = 0;
        while let Some((word, start)) = next_mark(bytes, at) {
            budget.steps(OBJECT)?;
            at = start + word.len();
            if word == b"trailer" {
                if let Some(Object::Dict(dict)) = Lexer::new(bytes, at).object() {
                    self.take_trailer(dict);
                }
                continue;
            }
            let Some(number) = number_before(bytes, start) else { continue };
            self.places.insert(number, Place::File(at));
            let mut lexer = Lexer::new(bytes, at);
            let Some(Object::Dict(dict)) = lexer.object() else { continue };
            at = lexer.at();
            let kind = name(&dict, b"Type").unwrap_or_default().to_vec();
            if kind == b"Catalog" {
                self.catalog = Some(number);
            }
            let Some((from, to)) = data_of(bytes, at, &dict) else { continue };
            at = to;
            match kind.as_slice() {
                b"XRef" => self.take_trailer(dict),
                b"ObjStm" => {
                    let raw = bytes.get(from..to).unwrap_or_default();
                    self.take_packed(&dict, raw, budget)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What any trailer says holds: a file may have several.
    fn take_trailer(&mut self, dict: Dict) {
        let kept =
            dict.into_iter().filter(|(key, _)| matches!(key.as_slice(), b"Root" | b"Encrypt"));
        self.trailer.extend(kept);
    }

    fn take_packed(
        &mut self,
        dict: &Dict,
        raw: &[u8],
        budget: &mut Budget,
    ) -> Result<(), LayerError> {
        let names = filters::names(dict, Object::clone);
        // In a locked file these data are noise, which gives no objects.
        let Some(data) = filters::unpack(&names, predicted(dict), raw, budget)? else {
            return Ok(());
        };
        let (Some(count), Some(first)) =
            (whole(dict.get(&b"N"[..])), whole(dict.get(&b"First"[..])))
        else {
            return Ok(());
        };
        let mut head = Lexer::new(&data, 0);
        for _ in 0..count {
            let (Some(number), Some(offset)) = (head.whole(), head.whole()) else { break };
            budget.steps(OBJECT)?;
            let offset = first.saturating_add(usize::try_from(offset).unwrap_or(usize::MAX));
            self.places.insert(number, Place::Packed(self.packed.len(), offset));
        }
        self.packed.push(data);
        Ok(())
    }

    /// The root of the document.
    pub(super) fn root(&self) -> Option<Dict> {
        let root = self.trailer.get(&b"Root"[..]).and_then(|root| self.dict(root));
        root.or_else(|| self.dict(&Object::Ref(self.catalog?)))
    }

    /// The object itself, whatever references lead to it.
    pub(super) fn resolve(&self, object: &Object) -> Object {
        let mut found = object.clone();
        for _ in 0..MOST_HOPS {
            let Object::Ref(number) = found else { return found };
            let Some(mut lexer) = self.lexer(number) else { return Object::Null };
            let from = lexer.at();
            found = lexer.object().unwrap_or(Object::Null);
            self.look(lexer.at() - from);
        }
        Object::Null
    }

    fn look(&self, bytes: usize) {
        self.looked.set(self.looked.get().saturating_add(bytes as u64 + 64));
    }

    /// # Errors
    /// [`LayerError::TooMuch`] when references made this reader look at far more than there is.
    pub(super) fn check(&self) -> Result<(), LayerError> {
        if self.looked.get() > MOST_LOOKED {
            return Err(LayerError::TooMuch { limit: MOST_LOOKED, what: "steps" });
        }
        Ok(())
    }

    fn lexer(&self, number: u32) -> Option<Lexer<'_>> {
        if self.looked.get() > MOST_LOOKED {
            return None;
        }
        match *self.places.get(&number)? {
            Place::File(at) => Some(Lexer::new(&self.bytes, at)),
            Place::Packed(at, offset) => Some(Lexer::new(self.packed.get(at)?, offset)),
        }
    }

    pub(super) fn dict(&self, object: &Object) -> Option<Dict> {
        match self.resolve(object) {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// What a key of a dictionary means.
    pub(super) fn get(&self, dict: &Dict, key: &[u8]) -> Option<Object> {
        dict.get(key).map(|object| self.resolve(object)).filter(|object| *object != Object::Null)
    }

    pub(super) fn get_dict(&self, dict: &Dict, key: &[u8]) -> Option<Dict> {
        self.dict(dict.get(key)?)
    }

    pub(super) fn get_array(&self, dict: &Dict, key: &[u8]) -> Option<Vec<Object>> {
        match self.get(dict, key)? {
            Object::Array(list) => Some(list),
            _ => None,
        }
    }

    pub(super) fn get_number(&self, dict: &Dict, key: &[u8]) -> Option<f64> {
        match self.get(dict, key)? {
            Object::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The stream that a reference means.
    pub(super) fn stream(&self, object: &Object) -> Option<Stream<'_>> {
        let mut object = object.clone();
        for _ in 0..MOST_HOPS {
            let Object::Ref(number) = object else { return None };
            let Place::File(start) = *self.places.get(&number)? else { return None };
            let mut lexer = self.lexer(number)?;
            match lexer.object()? {
                Object::Dict(dict) => {
                    let (from, to) = data_of(&self.bytes, lexer.at(), &dict)?;
                    self.look(to - start);
                    return Some(Stream { dict, raw: self.bytes.get(from..to)? });
                }
                next => object = next,
            }
        }
        None
    }

    /// The data of a stream, unpacked.
    ///
    /// # Errors
    /// [`LayerError::TooMuch`].
    pub(super) fn data(
        &self,
        stream: &Stream<'_>,
        budget: &mut Budget,
    ) -> Result<Option<Vec<u8>>, LayerError> {
        let names = filters::names(&stream.dict, |object| self.resolve(object));
        filters::unpack(&names, predicted(&stream.dict), stream.raw, budget)
    }
}

/// The name a key of a dictionary states directly.
pub(super) fn name<'d>(dict: &'d Dict, key: &[u8]) -> Option<&'d [u8]> {
    match dict.get(key)? {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

fn predicted(dict: &Dict) -> bool {
    let one = |object: &Object| match object {
        Object::Dict(dict) => whole(dict.get(&b"Predictor"[..])).is_some_and(|kind| kind > 1),
        _ => false,
    };
    match dict.get(&b"DecodeParms"[..]) {
        Some(Object::Array(list)) => list.iter().any(one),
        other => other.is_some_and(one),
    }
}

fn whole(object: Option<&Object>) -> Option<usize> {
    match object? {
        // Whole numbers of this size are exact.
        Object::Number(number) if (0.0..4e9).contains(number) => {
            format!("{number:.0}").parse().ok()
        }
        _ => None,
    }
}

/// The next `obj` or `trailer`.
fn next_mark(bytes: &[u8], from: usize) -> Option<(&'static [u8], usize)> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let next = rest.iter().position(|byte| matches!(byte, b'o' | b't'))?;
        for word in [&b"obj"[..], b"trailer"] {
            if rest.get(next..)?.starts_with(word) {
                return Some((word, at + next));
            }
        }
        at += next + 1;
    }
}

/// The number of an object, read backwards from its `obj`: `12 0 obj`.
fn number_before(bytes: &[u8], obj: usize) -> Option<u32> {
    let back = |mut at: usize, class: fn(&u8) -> bool| {
        let start = at;
        // Numbers are short: what is longer is none.
        while start - at < 20 && at > 0 && bytes.get(at - 1).is_some_and(class) {
            at -= 1;
        }
        (at < start).then_some(at)
    };
    let space = |byte: &u8| matches!(byte, 0 | 9 | 10 | 12 | 13 | 32);
    let generation = back(back(obj, space)?, u8::is_ascii_digit)?;
    let end = back(generation, space)?;
    let start = back(end, u8::is_ascii_digit)?;
    std::str::from_utf8(bytes.get(start..end)?).ok()?.parse().ok()
}

/// Where the data of a stream begin and end, if a stream stands after its dictionary.
fn data_of(bytes: &[u8], after: usize, dict: &Dict) -> Option<(usize, usize)> {
    let mut lexer = Lexer::new(bytes, after);
    lexer.skip_space();
    if !lexer.take(b"stream") {
        return None;
    }
    if !lexer.take(b"\r\n") && !lexer.take(b"\n") {
        lexer.take(b"\r");
    }
    let from = lexer.at();
    if let Some(length) = whole(dict.get(&b"Length"[..])) {
        let to = from.saturating_add(length);
        let mut end = Lexer::new(bytes, to);
        end.skip_space();
        if end.starts(b"endstream") {
            return Some((from, to));
        }
    }
    Some((from, find(bytes, b"endstream", from).unwrap_or(bytes.len())))
}

/// The first place of a word at or after `from`.
pub(super) fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let first = *word.first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let next = rest.iter().position(|byte| *byte == first)?;
        if rest.get(next..)?.starts_with(word) {
            return Some(at + next);
        }
        at += next + 1;
    }
}
