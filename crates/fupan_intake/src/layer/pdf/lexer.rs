//! Tokens and objects of PDF syntax, out of any bytes. What cannot be read is passed over; nesting
//! beyond a bound ends the object.

use std::collections::BTreeMap;

/// Arrays and dictionaries stand in one another no deeper than this.
const DEEPEST: u32 = 64;
/// One reading gives no more objects than this inside arrays and dictionaries.
const MOST_ITEMS: u32 = 1_000_000;

/// A dictionary.
pub(super) type Dict = BTreeMap<Vec<u8>, Object>;

/// An object that is no stream.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Bool,
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Self>),
    Dict(Dict),
    /// An object of the file, by its number.
    Ref(u32),
}

/// What stands next.
pub(super) enum Token<'b> {
    Object(Object),
    Keyword(&'b [u8]),
}

/// Reader of tokens (词法读取).
pub(super) struct Lexer<'b> {
    bytes: &'b [u8],
    at: usize,
    items: u32,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at, items: MOST_ITEMS }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next_byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn starts(&self, word: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word))
    }

    /// Passes a word that stands here.
    pub(super) fn take(&mut self, word: &[u8]) -> bool {
        let there = self.starts(word);
        if there {
            self.at += word.len();
        }
        there
    }

    /// Passes white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Passes the data of an inline image, which ends at `EI` between white space.
    pub(super) fn skip_image(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let ends = rest.windows(4).position(|window| match window {
            [before, b'E', b'I', after] => is_space(*before) && is_space(*after),
            _ => false,
        });
        self.at = ends.map_or(self.bytes.len(), |end| self.at + end + 3);
    }

    /// The next token; `None` at the end. References are read where `refs` allows them.
    pub(super) fn token(&mut self, refs: bool) -> Option<Token<'b>> {
        self.items = MOST_ITEMS;
        self.nested(refs, 0)
    }

    /// The next object, where one stands here.
    pub(super) fn object(&mut self) -> Option<Object> {
        match self.token(true)? {
            Token::Object(object) => Some(object),
            Token::Keyword(_) => None,
        }
    }

    /// An unsigned whole number that stands here.
    pub(super) fn whole(&mut self) -> Option<u32> {
        self.skip_space();
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?.parse().ok()
    }

    fn nested(&mut self, refs: bool, depth: u32) -> Option<Token<'b>> {
        if depth > 0 {
            self.items = self.items.checked_sub(1)?;
        }
        self.skip_space();
        let object = match self.peek()? {
            b'/' => Object::Name(self.name()),
            b'(' => Object::Text(self.literal()),
            b'<' if self.starts(b"<<") => Object::Dict(self.dict(refs, depth)?),
            b'<' => Object::Text(self.hexadecimal()),
            b'[' => Object::Array(self.array(refs, depth)?),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(refs),
            byte if is_delimiter(byte) => {
                let width = if self.starts(b">>") { 2 } else { 1 };
                let word = self.bytes.get(self.at..self.at + width)?;
                self.at += width;
                return Some(Token::Keyword(word));
            }
            _ => {
                let start = self.at;
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                match self.bytes.get(start..self.at)? {
                    b"null" => Object::Null,
                    b"true" | b"false" => Object::Bool,
                    word => return Some(Token::Keyword(word)),
                }
            }
        };
        Some(Token::Object(object))
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let ahead = |by: usize| self.bytes.get(self.at + by).copied().and_then(hex);
            match (byte, ahead(0), ahead(1)) {
                (b'#', Some(high), Some(low)) => {
                    self.at += 2;
                    out.push(high << 4 | low);
                }
                _ => out.push(byte),
            }
        }
        out
    }

    fn number(&mut self, refs: bool) -> Object {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        if refs && word.iter().all(u8::is_ascii_digit) {
            let after = self.at;
            let text = std::str::from_utf8(word).unwrap_or_default();
            if let Ok(number) = text.parse()
                && self.whole().is_some_and(|generation| generation < 65_536)
            {
                self.skip_space();
                let ends = self.bytes.get(self.at + 1).is_none_or(|byte| !is_regular(*byte));
                if self.starts(b"R") && ends {
                    self.at += 1;
                    return Object::Ref(number);
                }
            }
            self.at = after;
        }
        Object::Number(number_of(word))
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut open) = (Vec::new(), 1_u32);
        while let Some(byte) = self.next_byte() {
            match byte {
                b'\\' => self.escaped(&mut out),
                b'(' => {
                    open += 1;
                    out.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    out.push(byte);
                }
                _ => out.push(byte),
            }
        }
        out
    }

    fn escaped(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.next_byte() else { return };
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => {
                self.take(b"\n");
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    self.at += 1;
                    value = value * 8 + u32::from(digit - b'0');
                }
                out.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => out.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut half) = (Vec::new(), None);
        while let Some(byte) = self.next_byte() {
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match half.take() {
                Some(high) => out.push(high << 4 | digit),
                None => half = Some(digit),
            }
        }
        out.extend(half.map(|high| high << 4));
        out
    }

    fn array(&mut self, refs: bool, depth: u32) -> Option<Vec<Object>> {
        self.at += 1;
        let mut out = Vec::new();
        if depth >= DEEPEST {
            return None;
        }
        while let Some(token) = self.nested(refs, depth + 1) {
            match token {
                Token::Object(object) => out.push(object),
                Token::Keyword(b"]" | b"endobj" | b"stream") => break,
                Token::Keyword(_) => {}
            }
        }
        Some(out)
    }

    fn dict(&mut self, refs: bool, depth: u32) -> Option<Dict> {
        self.at += 2;
        let mut out = Dict::new();
        if depth >= DEEPEST {
            return None;
        }
        let mut key = None;
        while let Some(token) = self.nested(refs, depth + 1) {
            match token {
                Token::Keyword(b">>" | b"endobj" | b"stream") => break,
                Token::Keyword(_) => {}
                Token::Object(object) => match (key.take(), object) {
                    (Some(name), value) => {
                        out.insert(name, value);
                    }
                    (None, Object::Name(name)) => key = Some(name),
                    (None, _) => {}
                },
            }
        }
        Some(out)
    }
}

/// A number as people and programs write them: `12`, `-.5`, `+3.`, `--4`; what is none counts as 0.
fn number_of(word: &[u8]) -> f64 {
    let text = std::str::from_utf8(word).unwrap_or_default();
    let digits = text.trim_start_matches(['+', '-']);
    let digits: &str = digits.split(['-', '+', 'e', 'E', 'n', 'i']).next().unwrap_or_default();
    let value: f64 = digits.trim_end_matches('.').parse().unwrap_or(0.0);
    if text.starts_with('-') { -value } else { value }
}
