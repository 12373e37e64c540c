//! A quick print of a row: equal for rows of the same cells, and seldom for others. It only says
//! which rows deserve a closer look.

/// What stands between the cells.
pub(crate) const MARK: u8 = b',';

const K: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0xc2b2_ae3d_27d4_eb4f];

/// The print of cells.
pub(crate) fn of_cells<'c>(cells: impl Iterator<Item = &'c str>, joined: &mut String) -> u64 {
    joined.clear();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            joined.push(char::from(MARK));
        }
        joined.push_str(cell);
    }
    of_joined(joined)
}

/// The print of cells that stand joined by [`MARK`].
pub(crate) fn of_joined(text: &str) -> u64 {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let [a, b, c] = K;
    let mut print = (text.len() as u64).wrapping_mul(a);
    let mut pairs = words.chunks_exact(2);
    for pair in &mut pairs {
        if let [one, two] = pair {
            print = fold(u64::from_le_bytes(*one) ^ print, u64::from_le_bytes(*two) ^ b);
        }
    }
    for one in pairs.remainder() {
        print = fold(u64::from_le_bytes(*one) ^ print, b);
    }
    let last = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    fold(last ^ print, c)
}

/// A print that lies near those of rows of the same time, so that the memory of a filter is used
/// piece by piece as the log goes on. Rows of the same cells have the same time.
pub(crate) fn near(print: u64, ms: Option<i64>) -> u64 {
    let Some(ms) = ms else { return print };
    let (second, own) = ((ms >> 10).cast_unsigned(), print >> 60);
    (second << 4 | own) << 32 | (print & 0xffff_ffff)
}

fn fold(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (wide as u64, (wide >> 64) as u64);
    low ^ high ^ a.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn prints_differ_and_agree() {
        let mut joined = String::new();
        let whole = of_joined("a,b\"c,");
        assert_eq!(of_cells(["a", "b\"c", ""].into_iter(), &mut joined), whole);
        let prints: BTreeSet<u64> =
            (0..100_000).map(|n| of_joined(&format!("2026-05-01 08:00:00,{n},x"))).collect();
        assert_eq!(prints.len(), 100_000);
    }
}
