//! Fonts of a PDF: which character each code of a shown string is, and how far it moves the pen.
//! A font says so by its `ToUnicode`, by a known encoding, or not at all; then nothing is guessed.

use super::glyphs;
use super::lexer::{Dict, Object};
use super::objects::{Objects, name};
use crate::layer::LayerError;
use crate::layer::budget::Budget;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A map of codes is no longer than this, packed out.
const MOST_MAP: usize = 2 << 20;
/// How many maps one map may be built upon.
const MOST_BASES: u32 = 8;
/// Ranges of widths that are kept of a font.
const MOST_WIDTHS: usize = 65_536;

/// Font (字体): how its codes are read.
pub(super) struct Font {
    split: Split,
    unicode: Option<CMap>,
    /// What the numbers of its characters mean, where it uses a published collection.
    collection: Option<Rc<CMap>>,
    simple: BTreeMap<u8, String>,
    base: Option<Vec<u8>>,
    symbols: bool,
    widths: BTreeMap<u32, f64>,
    width: f64,
    pub(super) vertical: bool,
}

/// How a string is cut into codes.
enum Split {
    One,
    Two,
    Utf16,
    Charset(&'static Encoding),
    Map(Box<CMap>),
}

/// A character that is drawn.
pub(super) struct Glyph {
    /// What it is; `None` where the file does not say.
    pub(super) text: Option<String>,
    /// How far it moves the pen, in sizes of the font.
    pub(super) width: f64,
    /// Whether it is the one-byte space, which word spacing widens.
    pub(super) space: bool,
}

/// Published collections of characters that were asked for (字符集).
#[derive(Default)]
pub(super) struct Collections(BTreeMap<&'static str, Option<Rc<CMap>>>);

impl Collections {
    fn of(&mut self, ordering: &[u8]) -> Option<Rc<CMap>> {
        let (key, map) = match ordering {
            b"GB1" => ("GB1", CMapName::AdobeGb1Ucs2),
            b"CNS1" => ("CNS1", CMapName::AdobeCns1Ucs2),
            b"Japan1" => ("Japan1", CMapName::AdobeJapan1Ucs2),
            b"Korea1" => ("Korea1", CMapName::AdobeKorea1Ucs2),
            _ => return None,
        };
        let load = || parse_map(load_embedded(map)?).map(Rc::new);
        self.0.entry(key).or_insert_with(load).clone()
    }
}

/// Parses a map of codes; one that builds upon too many others is none.
fn parse_map(data: &[u8]) -> Option<CMap> {
    if data.len() > MOST_MAP {
        return None;
    }
    let left = Rc::new(Cell::new(MOST_BASES));
    CMap::parse(data, move |name| {
        left.set(left.get().checked_sub(1)?);
        load_embedded(name)
    })
}

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    /// [`LayerError::TooMuch`].
    pub(super) fn read(
        file: &Objects,
        dict: &Dict,
        collections: &mut Collections,
        budget: &mut Budget,
    ) -> Result<Self, LayerError> {
        let unicode = match dict.get(&b"ToUnicode"[..]).and_then(|one| file.stream(one)) {
            Some(stream) => file.data(&stream, budget)?.and_then(|data| parse_map(&data)),
            None => None,
        };
        let mut font = Self {
            split: Split::One,
            unicode,
            collection: None,
            simple: BTreeMap::new(),
            base: None,
            symbols: false,
            widths: BTreeMap::new(),
            width: 0.5,
            vertical: false,
        };
        if name(dict, b"Subtype") == Some(b"Type0") {
            font.composite(file, dict, collections, budget)?;
        } else {
            font.plain(file, dict);
        }
        Ok(font)
    }

    fn plain(&mut self, file: &Objects, dict: &Dict) {
        match file.get(dict, b"Encoding") {
            Some(Object::Name(name)) => self.base = Some(name),
            Some(Object::Dict(encoding)) => {
                self.base = name(&encoding, b"BaseEncoding").map(<[u8]>::to_vec);
                self.differences(&file.get_array(&encoding, b"Differences").unwrap_or_default());
            }
            _ => {
                // A font of symbols without an encoding: its codes mean what its glyphs show.
                let about = file.get_dict(dict, b"FontDescriptor").unwrap_or_default();
                let flags = file.get_number(&about, b"Flags").unwrap_or(0.0);
                self.symbols = (flags / 4.0).rem_euclid(2.0) >= 1.0;
            }
        }
        let first = whole(file.get_number(dict, b"FirstChar"));
        let widths = file.get_array(dict, b"Widths").unwrap_or_default();
        for (code, width) in (first..).zip(widths.iter().take(256)) {
            if let Object::Number(width) = file.resolve(width) {
                self.widths.insert(code, width / 1000.0);
            }
        }
    }

    fn differences(&mut self, list: &[Object]) {
        let mut code = 0_u32;
        for item in list {
            match item {
                Object::Number(number) => code = whole(Some(*number)),
                Object::Name(name) => {
                    let text = glyphs::of_name(std::str::from_utf8(name).unwrap_or_default());
                    if let (Ok(code), Some(text)) = (u8::try_from(code), text) {
                        self.simple.insert(code, text);
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }

    fn composite(
        &mut self,
        file: &Objects,
        dict: &Dict,
        collections: &mut Collections,
        budget: &mut Budget,
    ) -> Result<(), LayerError> {
        let below = file.get_array(dict, b"DescendantFonts").unwrap_or_default();
        let below = below.first().and_then(|one| file.dict(one)).unwrap_or_default();
        let system = file.get_dict(&below, b"CIDSystemInfo").unwrap_or_default();
        if let Some(Object::Text(ordering)) = file.get(&system, b"Ordering") {
            self.collection = collections.of(&ordering);
        }
        let encoding = dict.get(&b"Encoding"[..]);
        self.split = match encoding.map(|one| file.resolve(one)) {
            Some(Object::Name(name)) => {
                self.vertical = name.ends_with(b"-V");
                split_of(&name)
            }
            _ => match encoding.and_then(|one| file.stream(one)) {
                Some(stream) => {
                    let data = file.data(&stream, budget)?;
                    data.and_then(|data| parse_map(&data))
                        .map_or(Split::Two, |map| Split::Map(Box::new(map)))
                }
                None => Split::Two,
            },
        };
        self.width = file.get_number(&below, b"DW").unwrap_or(1000.0) / 1000.0;
        let widths = file.get_array(&below, b"W").unwrap_or_default();
        self.ranges(file, &widths, budget)
    }

    /// Widths by the numbers of characters: `c [w w …]` or `from to w`.
    fn ranges(
        &mut self,
        file: &Objects,
        list: &[Object],
        budget: &mut Budget,
    ) -> Result<(), LayerError> {
        let mut rest = list.iter().map(|one| file.resolve(one));
        while let (Some(Object::Number(first)), Some(second)) = (rest.next(), rest.next()) {
            budget.step()?;
            let first = whole(Some(first));
            match second {
                Object::Array(widths) => {
                    for (code, width) in (first..).zip(widths) {
                        budget.step()?;
                        self.set_width(code, &width);
                    }
                }
                Object::Number(last) => {
                    let Some(width) = rest.next() else { break };
                    for code in first..=whole(Some(last)).min(first.saturating_add(0xffff)) {
                        budget.step()?;
                        self.set_width(code, &width);
                    }
                }
                _ => break,
            }
        }
        Ok(())
    }

    fn set_width(&mut self, code: u32, width: &Object) {
        if let Object::Number(width) = width
            && self.widths.len() < MOST_WIDTHS
        {
            self.widths.insert(code, width / 1000.0);
        }
    }

    /// The characters of a shown string.
    pub(super) fn glyphs(&self, bytes: &[u8]) -> Vec<Glyph> {
        let mut out = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let size = self.next_code(rest).clamp(1, rest.len());
            let (code, after) = rest.split_at(size);
            out.push(self.glyph(code));
            rest = after;
        }
        out
    }

    /// How many bytes the next code has.
    fn next_code(&self, rest: &[u8]) -> usize {
        let first = rest.first().copied().unwrap_or_default();
        match &self.split {
            Split::One => 1,
            Split::Two => 2,
            Split::Utf16 if (0xd8..0xdc).contains(&first) => 4,
            Split::Utf16 => 2,
            Split::Charset(_) if first < 0x80 => 1,
            Split::Charset(charset) => {
                let four = *charset == GB18030
                    && rest.get(1).is_some_and(u8::is_ascii_digit)
                    && rest.get(3).is_some_and(u8::is_ascii_digit);
                if four { 4 } else { 2 }
            }
            Split::Map(map) => {
                let fits = |size: &usize| {
                    let code = rest.get(..*size).map(number);
                    let size = u8::try_from(*size).unwrap_or_default();
                    code.is_some_and(|code| map.lookup_cid_code(code, size).is_some())
                };
                (1..=4).find(fits).unwrap_or(2)
            }
        }
    }

    fn glyph(&self, bytes: &[u8]) -> Glyph {
        let code = number(bytes);
        let size = u8::try_from(bytes.len()).unwrap_or_default();
        let cid = match &self.split {
            Split::One | Split::Two => Some(code),
            Split::Utf16 | Split::Charset(_) => None,
            Split::Map(map) => map.lookup_cid_code(code, size),
        };
        let text = self.mapped(code).or_else(|| self.known(bytes, cid));
        let width = match cid {
            Some(cid) => self.widths.get(&cid).copied().unwrap_or(self.width),
            // Codes of a character set: the wide ones are as wide as the font, the rest half.
            None if code < 0x80 => self.width / 2.0,
            None => self.width,
        };
        Glyph { text, width, space: bytes == b" " }
    }

    fn mapped(&self, code: u32) -> Option<String> {
        let text = match self.unicode.as_ref()?.lookup_bf_string(code)? {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        };
        let said = !text.chars().all(|c| matches!(c, '\0' | '\u{fffd}'));
        said.then(|| glyphs::without_radicals(&text))
    }

    fn known(&self, bytes: &[u8], cid: Option<u32>) -> Option<String> {
        match &self.split {
            Split::One => {
                let code = *bytes.first()?;
                let named = self.simple.get(&code).cloned();
                if self.symbols { named } else { named.or_else(|| self.of_base(code)) }
            }
            Split::Utf16 => {
                let units = bytes.chunks(2).map(|two| u16::try_from(number(two)).unwrap_or(0xfffd));
                let text: Result<String, _> = char::decode_utf16(units).collect();
                text.ok()
            }
            Split::Charset(charset) => {
                let (text, bad) = charset.decode_without_bom_handling(bytes);
                (!bad).then(|| text.into_owned())
            }
            Split::Two | Split::Map(_) => match self.collection.as_ref()?.lookup_bf_string(cid?)? {
                BfString::Char(c) => Some(c.to_string()),
                BfString::String(text) => Some(text),
            },
        }
    }

    fn of_base(&self, code: u8) -> Option<String> {
        glyphs::of_code(self.base.as_deref(), code)
    }
}

/// How the strings of a predefined map are cut.
fn split_of(name: &[u8]) -> Split {
    let text = std::str::from_utf8(name).unwrap_or_default();
    let has = |part: &str| text.contains(part);
    if has("UCS2") || has("UTF16") {
        Split::Utf16
    } else if text.starts_with("GB") {
        Split::Charset(GB18030)
    } else if has("B5") {
        Split::Charset(BIG5)
    } else if has("RKSJ") {
        Split::Charset(SHIFT_JIS)
    } else if text.starts_with("KSC") {
        Split::Charset(EUC_KR)
    } else if text.starts_with("EUC-") {
        Split::Charset(EUC_JP)
    } else {
        Split::Two
    }
}

/// Up to four bytes as a number.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// A number as a code; what is none counts as 0.
fn whole(number: Option<f64>) -> u32 {
    let number = number.unwrap_or(0.0);
    if (0.0..1e9).contains(&number) { format!("{number:.0}").parse().unwrap_or(0) } else { 0 }
}
