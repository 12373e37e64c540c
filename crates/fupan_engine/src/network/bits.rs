//! A plain set of small numbers.

/// A set of numbers below a fixed size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn new(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    pub(crate) fn has(&self, i: usize) -> bool {
        self.0[i >> 6] >> (i & 63) & 1 == 1
    }

    pub(crate) fn add(&mut self, i: usize) {
        self.0[i >> 6] |= 1 << (i & 63);
    }

    pub(crate) fn remove(&mut self, i: usize) {
        self.0[i >> 6] &= !(1 << (i & 63));
    }

    /// The members, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let set = |at: usize, word: u64| {
            (0..64).filter(move |i| word >> i & 1 == 1).map(move |i| at * 64 + i)
        };
        self.0
            .iter()
            .enumerate()
            .filter(|(_, word)| **word != 0)
            .flat_map(move |(at, word)| set(at, *word))
    }
}
