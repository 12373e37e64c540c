//! A text as characters, decoded piece by piece.

use super::fill;
use crate::mapping::Charset;
use encoding_rs::{CoderResult, Decoder};
use std::io::{self, Read};

/// How much is read at a time.
const CHUNK: usize = 1 << 16;

/// Characters of a reader (字符流). Broken bytes become U+FFFD.
pub(super) struct Decoded<'l> {
    reader: Box<dyn Read + 'l>,
    decoder: Decoder,
    chunk: Vec<u8>,
    text: String,
    at: usize,
    ended: bool,
}

impl<'l> Decoded<'l> {
    pub(super) fn new(reader: Box<dyn Read + 'l>, charset: Charset) -> Self {
        Self {
            reader,
            decoder: charset.encoding().new_decoder_with_bom_removal(),
            chunk: vec![0; CHUNK],
            text: String::new(),
            at: 0,
            ended: false,
        }
    }

    /// The next character, left where it is.
    pub(super) fn peek(&mut self) -> io::Result<Option<char>> {
        loop {
            if let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
                return Ok(Some(c));
            }
            if self.ended {
                return Ok(None);
            }
            self.more()?;
        }
    }

    /// The next character.
    pub(super) fn next_char(&mut self) -> io::Result<Option<char>> {
        let next = self.peek()?;
        self.at += next.map_or(0, char::len_utf8);
        Ok(next)
    }

    /// The next character that is no white space.
    pub(super) fn next_solid(&mut self) -> io::Result<Option<char>> {
        loop {
            match self.next_char()? {
                Some(c) if c.is_whitespace() => {}
                other => return Ok(other),
            }
        }
    }

    fn more(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        let size = fill(&mut *self.reader, &mut self.chunk)?;
        self.ended = size < CHUNK;
        let mut rest = self.chunk.get(..size).unwrap_or_default();
        loop {
            self.text.reserve(self.decoder.max_utf8_buffer_length(rest.len()).unwrap_or(4 * CHUNK));
            let (result, read, _) = self.decoder.decode_to_string(rest, &mut self.text, self.ended);
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}
