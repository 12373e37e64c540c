//! A text as blocks of whole lines, in bytes: what several threads can read side by side. A line
//! without end never fills the memory.

use super::fill;
use super::lines::LONGEST;
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read};

/// How much of a line that is too long is kept, in bytes: more than its first 200 characters.
const KEPT: usize = 1 << 12;

/// What was read (块).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// Whole lines; only the last of a text may lack its end.
    Lines,
    /// The beginning of one line that is too long; its rest was skipped.
    Long,
    /// Nothing: the text is over.
    End,
}

/// Blocks of a reader (块流). A line ends at LF.
pub(crate) struct Blocks<'l> {
    reader: Box<dyn Read + 'l>,
    /// How much is read at a time.
    size: usize,
    /// What was read beyond the last cut.
    rest: Vec<u8>,
    ended: bool,
}

impl<'l> Blocks<'l> {
    /// `size`: how large a block is about to be, in bytes.
    pub(crate) fn new(reader: Box<dyn Read + 'l>, size: usize) -> Self {
        Self { reader, size: size.max(1), rest: Vec::new(), ended: false }
    }

    /// Skips what stands before the rows: the mark of the encoding, and lines.
    pub(crate) fn skip(&mut self, mark: &[u8], lines: u64) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.more(&mut bytes)?;
        if bytes.starts_with(mark) {
            bytes.drain(..mark.len());
        }
        let mut left = lines;
        while left > 0 {
            match memchr(b'\n', &bytes) {
                Some(at) => {
                    bytes.drain(..=at);
                    left -= 1;
                }
                None if self.ended => return Ok(()),
                None => {
                    bytes.clear();
                    self.more(&mut bytes)?;
                }
            }
        }
        self.rest = bytes;
        Ok(())
    }

    /// Whether no block follows.
    pub(crate) fn is_over(&self) -> bool {
        self.ended && self.rest.is_empty()
    }

    /// Reads the next block into `block`, which is emptied first.
    pub(crate) fn next(&mut self, block: &mut Vec<u8>) -> io::Result<Block> {
        block.clear();
        block.append(&mut self.rest);
        loop {
            if block.len() < self.size && !self.ended {
                self.more(block)?;
            }
            if self.ended {
                return Ok(if block.is_empty() { Block::End } else { Block::Lines });
            }
            if let Some(end) = cut_of(block) {
                self.rest.extend_from_slice(block.get(end..).unwrap_or_default());
                block.truncate(end);
                return Ok(Block::Lines);
            }
            if block.len() > LONGEST {
                block.truncate(KEPT);
                self.skip_line()?;
                return Ok(Block::Long);
            }
            self.more(block)?;
        }
    }

    fn more(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        let old = into.len();
        into.resize(old + self.size, 0);
        let size = fill(&mut *self.reader, into.get_mut(old..).unwrap_or_default())?;
        into.truncate(old + size);
        self.ended = size < self.size;
        Ok(())
    }

    fn skip_line(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        while !self.ended {
            bytes.clear();
            self.more(&mut bytes)?;
            if let Some(at) = memchr(b'\n', &bytes) {
                self.rest.extend_from_slice(bytes.get(at + 1..).unwrap_or_default());
                break;
            }
        }
        Ok(())
    }
}

/// Where a block may end: after the last line that closes as many quotes as were opened, or else
/// after the last line. Whoever reads the block finds out whether a cell goes on behind it.
fn cut_of(block: &[u8]) -> Option<usize> {
    let last = memrchr(b'\n', block)? + 1;
    let quotes =
        |from: usize, to: usize| memchr_iter(b'"', block.get(from..to).unwrap_or_default()).count();
    let mut open = quotes(0, last);
    let mut end = last;
    while open % 2 == 1 {
        let Some(at) = memrchr(b'\n', block.get(..end - 1).unwrap_or_default()) else {
            return Some(last);
        };
        open -= quotes(at + 1, end);
        end = at + 1;
    }
    // A stray quote at the beginning must not make blocks of a single line.
    Some(if end * 4 < last { last } else { end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(bytes: &[u8], size: usize) -> Vec<(Block, String)> {
        let mut blocks = Blocks::new(Box::new(bytes), size);
        let (mut out, mut block) = (Vec::new(), Vec::new());
        loop {
            let kind = blocks.next(&mut block).expect("bytes");
            if kind == Block::End {
                return out;
            }
            out.push((kind, String::from_utf8_lossy(&block).into_owned()));
        }
    }

    #[test]
    fn blocks_hold_whole_lines_and_lose_nothing() {
        let text = "a,b\nc,\"d\ne\"\nf\n\ng,h";
        for size in 1..40 {
            let blocks = blocks(text.as_bytes(), size);
            let (last, before) = blocks.split_last().expect("blocks");
            assert!(before.iter().all(|(_, block)| block.ends_with('\n')), "{size}");
            assert!(last.1.ends_with('h'));
            assert_eq!(blocks.iter().map(|(_, block)| block.as_str()).collect::<String>(), text);
        }
        // The quoted cell stays whole where there is room for it.
        assert_eq!(blocks(text.as_bytes(), 9).first().map(|b| b.1.as_str()), Some("a,b\n"));
    }

    #[test]
    fn what_stands_before_the_rows_is_skipped() {
        for size in 4..20 {
            let mut blocks = Blocks::new(Box::new(&b"\xef\xbb\xbfx\nhead\nrow\n"[..]), size);
            blocks.skip(b"\xef\xbb\xbf", 2).expect("bytes");
            let mut block = Vec::new();
            assert_eq!(blocks.next(&mut block).expect("bytes"), Block::Lines);
            assert_eq!(block, b"row\n", "{size}");
        }
    }

    /// A gigabyte without an end of line is one bad row; no buffer grows with it.
    #[test]
    fn a_line_without_end_takes_no_memory() {
        let long = io::repeat(b'x').take(1 << 30);
        let reader = (&b"a\n"[..]).chain(long).chain(&b"\nb\n"[..]);
        let mut blocks = Blocks::new(Box::new(reader), 1 << 19);
        let mut block = Vec::new();
        let mut seen = Vec::new();
        loop {
            let kind = blocks.next(&mut block).expect("bytes");
            assert!(block.capacity() <= 4 * LONGEST && blocks.rest.capacity() <= 4 * LONGEST);
            seen.push((kind, block.len()));
            if kind == Block::End {
                break;
            }
        }
        assert_eq!(
            seen,
            [(Block::Lines, 2), (Block::Long, KEPT), (Block::Lines, 2), (Block::End, 0)]
        );
    }
}
