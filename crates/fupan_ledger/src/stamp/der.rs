//! DER (ITU-T X.690): a reader that is strict about lengths and tolerant about the order of sets,
//! which OpenSSL 3.0 writes unsorted; and a writer of the few types that a request needs.

use super::StampError;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// Tag of a constructed context-specific element.
pub(super) const fn context(number: u8) -> u8 {
    0xa0 | number
}

/// Tag of a primitive context-specific element.
pub(super) const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) body: &'a [u8],
    /// Tag, length and body.
    pub(super) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// What stands inside.
    pub(super) fn inside(self) -> Reader<'a> {
        Reader { rest: self.body }
    }
}

/// What is still to be read of a run of elements.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub(super) fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    /// The next element, whatever it is.
    pub(super) fn any(&mut self) -> Result<Element<'a>, StampError> {
        let (element, rest) = split(self.rest).ok_or(StampError::Malformed)?;
        self.rest = rest;
        Ok(element)
    }

    /// The next element, which must have this tag.
    pub(super) fn read(&mut self, tag: u8) -> Result<Element<'a>, StampError> {
        self.optional(tag)?.ok_or(StampError::Malformed)
    }

    /// The next element if it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, StampError> {
        if self.rest.first() == Some(&tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// Nothing may follow.
    pub(super) fn end(self) -> Result<(), StampError> {
        if self.is_empty() { Ok(()) } else { Err(StampError::Malformed) }
    }

    /// A sequence, of which everything must be read.
    pub(super) fn sequence(&mut self) -> Result<Self, StampError> {
        Ok(self.read(SEQUENCE)?.inside())
    }

    /// Bytes of an integer, in their shortest form.
    pub(super) fn integer(&mut self) -> Result<&'a [u8], StampError> {
        shortest(self.read(INTEGER)?.body)
    }

    /// A small whole number.
    pub(super) fn number(&mut self) -> Result<u64, StampError> {
        number(self.integer()?)
    }

    /// An object identifier, and the parameters behind it as they are.
    pub(super) fn algorithm(&mut self) -> Result<(&'a [u8], &'a [u8]), StampError> {
        let mut inside = self.sequence()?;
        Ok((inside.read(OID)?.body, inside.rest))
    }

    /// A bit string of whole bytes.
    pub(super) fn bits(&mut self) -> Result<&'a [u8], StampError> {
        let (unused, bytes) =
            self.read(BIT_STRING)?.body.split_first().ok_or(StampError::Malformed)?;
        if *unused == 0 { Ok(bytes) } else { Err(StampError::Malformed) }
    }
}

/// Integer bytes without a needless first byte.
pub(super) fn shortest(body: &[u8]) -> Result<&[u8], StampError> {
    match body {
        [] => Err(StampError::Malformed),
        [0, next, ..] if next & 0x80 == 0 => Err(StampError::Malformed),
        [0xff, next, ..] if next & 0x80 != 0 => Err(StampError::Malformed),
        _ => Ok(body),
    }
}

/// A non-negative integer that fits 63 bits.
pub(super) fn number(body: &[u8]) -> Result<u64, StampError> {
    let body = shortest(body)?;
    if body.len() > 8 || body.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(StampError::Malformed);
    }
    Ok(body.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn split(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (tag, after_tag) = bytes.split_first()?;
    // Tags of several bytes occur in nothing that is read here.
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (first, after_first) = after_tag.split_first()?;
    let (length, content) = if *first < 0x80 {
        (usize::from(*first), after_first)
    } else {
        let count = usize::from(first & 0x7f);
        let (digits, content) = after_first.split_at_checked(count)?;
        if count == 0 || count > 4 || digits.first() == Some(&0) {
            return None;
        }
        let length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
        if length < 0x80 {
            return None;
        }
        (length, content)
    };
    let (body, rest) = content.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len() - rest.len())?;
    Some((Element { tag: *tag, body, whole }, rest))
}

/// Writes an element.
pub(super) fn write(tag: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u8::try_from(body.len()) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            let length = body.len().to_be_bytes();
            let digits: Vec<u8> = length.into_iter().skip_while(|digit| *digit == 0).collect();
            bytes.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
            bytes.extend(digits);
        }
    }
    bytes.extend_from_slice(body);
    bytes
}

/// Writes bytes as a non-negative integer.
pub(super) fn write_unsigned(bytes: &[u8]) -> Vec<u8> {
    write(INTEGER, &unsigned(bytes))
}

/// The body of a non-negative integer.
pub(super) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let mut body: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
    if body.first().is_none_or(|first| first & 0x80 != 0) {
        body.insert(0, 0);
    }
    body
}
