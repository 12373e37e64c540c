//! What tests share: a seeded generator and the damage that every parser must survive.

/// SplitMix64 (Steele, Lea and Flood 2014): seeded, so that a failing run repeats.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit.max(1) as u64).unwrap()
    }
}

/// Runs `read` over `rounds` damaged copies of `whole`: flipped bits, cuts, doubled and dropped
/// stretches, bytes that mean something to a parser. Whatever comes, `read` must return.
pub(crate) fn damage(whole: &[u8], rounds: usize, mut read: impl FnMut(&[u8])) {
    let mut dice = Dice(0x0f0a_0e01 ^ whole.len() as u64);
    for _ in 0..rounds {
        let mut bytes = whole.to_vec();
        for _ in 0..=dice.below(3) {
            if bytes.is_empty() {
                break;
            }
            let at = dice.below(bytes.len());
            let end = at + dice.below(bytes.len() - at + 1);
            match dice.below(6) {
                0 => bytes[at] ^= 1 << dice.below(8),
                1 => bytes.truncate(at),
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let stretch = bytes[at..end].to_vec();
                    bytes.splice(at..at, stretch);
                }
                4 => bytes[at] = b"\n\r +%:=-0\x00\x30\x31\x80\x81\x84\xa0\xff"[dice.below(17)],
                _ => bytes[at] = dice.roll().to_le_bytes()[0],
            }
        }
        read(&bytes);
    }
}

/// Every copy of `whole` with one bit flipped.
pub(crate) fn flips(whole: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..whole.len() * 8).map(|bit| {
        let mut bytes = whole.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes
    })
}
