//! A set of prints in fixed memory that may take a print for one it holds, and never the reverse.

/// Odd factors, one for each word of a block.
const SALTS: [u32; 8] = [
    0x47b6_137b,
    0x4497_4d91,
    0x8824_ad5b,
    0xa2b7_289d,
    0x7054_95c7,
    0x2df1_424b,
    0x9efc_4947,
    0x5c6b_fb31,
];

/// Filter (筛): blocks of 512 bits; a print sets one bit in each word of one block.
pub(super) struct Filter {
    blocks: Vec<[u64; 8]>,
}

impl Filter {
    /// A filter of 2^`bits` blocks of 64 bytes.
    pub(super) fn new(bits: u32) -> Self {
        Self { blocks: vec![[0; 8]; 1 << bits.min(31)] }
    }

    /// Puts a print in; gives whether it may have been there.
    pub(super) fn put(&mut self, print: u64) -> bool {
        let (at, mask) = self.place(print);
        let Some(block) = self.blocks.get_mut(at) else { return true };
        let mut missing = 0;
        for (word, bit) in block.iter_mut().zip(mask) {
            missing |= bit & !*word;
            *word |= bit;
        }
        missing == 0
    }

    /// Whether a print may have been put in.
    pub(super) fn has(&self, print: u64) -> bool {
        let (at, mask) = self.place(print);
        let block = self.blocks.get(at).map(|block| block.iter().zip(mask));
        block.is_none_or(|mut words| words.all(|(word, bit)| word & bit != 0))
    }

    #[expect(clippy::cast_possible_truncation, reason = "halves of the print")]
    fn place(&self, print: u64) -> (usize, [u64; 8]) {
        let low = print as u32;
        let at = (print >> 32) as usize & (self.blocks.len() - 1);
        (at, SALTS.map(|salt| 1 << (low.wrapping_mul(salt) >> 26)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_forgets_nothing_and_seldom_errs() {
        let print = |n: u64| n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut filter = Filter::new(10);
        let wrong = (0..5000).filter(|n| filter.put(print(*n))).count();
        assert!(wrong < 5, "{wrong}");
        assert!((0..5000).all(|n| filter.has(print(n))));
        assert!((5000..10_000).filter(|n| filter.has(print(*n))).count() < 20);
    }
}
