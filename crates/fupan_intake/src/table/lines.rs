//! A text as lines, decoded piece by piece: a log larger than memory works.

use super::fill;
use crate::mapping::Charset;
use encoding_rs::{CoderResult, Decoder};
use std::collections::VecDeque;
use std::io::{self, Read};

/// How much is read at a time.
const CHUNK: usize = 1 << 16;
/// A line longer than this is no line of a log; it is named and its rest skipped.
pub(super) const LONGEST: usize = 1 << 24;

/// A line (文本行).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its text, without what ends it.
    pub(super) text: String,
    /// Whether its rest was skipped because it is too long.
    pub(super) cut: bool,
}

/// Lines of a reader (行流). A line ends at LF or CRLF; in a text that has no LF, at CR. The last
/// line may lack an end. Broken bytes become U+FFFD.
pub(super) struct Lines<'l> {
    reader: Box<dyn Read + 'l>,
    decoder: Decoder,
    chunk: Vec<u8>,
    text: String,
    start: usize,
    ended: bool,
    end: Option<char>,
    number: u64,
    back: VecDeque<Line>,
}

impl<'l> Lines<'l> {
    pub(super) fn new(reader: Box<dyn Read + 'l>, charset: Charset) -> Self {
        Self {
            reader,
            decoder: charset.encoding().new_decoder_with_bom_removal(),
            chunk: vec![0; CHUNK],
            text: String::new(),
            start: 0,
            ended: false,
            end: None,
            number: 0,
            back: VecDeque::new(),
        }
    }

    /// Whether its lines end at LF, as far as was read.
    pub(super) fn end_in_lf(&self) -> bool {
        self.end == Some('\n')
    }

    /// How many lines were taken and not given back.
    pub(super) fn used(&self) -> u64 {
        self.number - self.back.len() as u64
    }

    /// Gives lines back, to be read again in this order.
    pub(super) fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.back.push_front(line);
        }
    }

    /// The next line; `None` after the last.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.back.pop_front() {
            return Ok(Some(line));
        }
        let mut cut: Option<String> = None;
        let mut searched = self.start;
        loop {
            let end = self.end.unwrap_or('\n');
            let open = self.text.get(searched..).unwrap_or_default();
            if self.end.is_some()
                && let Some(at) = open.find(end)
            {
                let stop = searched + at;
                let line = self.text.get(self.start..stop).unwrap_or_default().to_owned();
                self.start = stop + 1;
                return Ok(Some(self.line(line, cut)));
            }
            if self.ended {
                let rest = self.text.get(self.start..).unwrap_or_default().to_owned();
                self.start = self.text.len();
                let over = rest.is_empty() && cut.is_none();
                return Ok((!over).then(|| self.line(rest, cut)));
            }
            self.text.drain(..self.start);
            self.start = 0;
            if self.text.len() > LONGEST {
                cut.get_or_insert_with(|| self.text.chars().take(200).collect());
                self.text.clear();
            }
            searched = self.text.len();
            self.more()?;
        }
    }

    fn line(&mut self, text: String, cut: Option<String>) -> Line {
        self.number += 1;
        let long = || (text.len() > LONGEST).then(|| text.chars().take(200).collect());
        let cut: Option<String> = cut.or_else(long);
        let is_cut = cut.is_some();
        let mut text = cut.unwrap_or(text);
        if text.ends_with('\r') {
            text.pop();
        }
        Line { number: self.number, text, cut: is_cut }
    }

    /// Decodes the next chunk behind what is there.
    fn more(&mut self) -> io::Result<()> {
        let size = fill(&mut *self.reader, &mut self.chunk)?;
        let last = size < CHUNK;
        let mut rest = self.chunk.get(..size).unwrap_or_default();
        loop {
            self.text.reserve(self.decoder.max_utf8_buffer_length(rest.len()).unwrap_or(4 * CHUNK));
            let (result, read, _) = self.decoder.decode_to_string(rest, &mut self.text, last);
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        self.ended = last;
        if self.end.is_none() {
            let old = self.text.contains('\r') && !self.text.contains('\n');
            self.end = Some(if old { '\r' } else { '\n' });
        }
        Ok(())
    }
}
