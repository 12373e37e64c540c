//! A quick print of a row: equal for rows of the same cells, and seldom for others. It only says
//! which rows deserve a closer look.

const K: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0xc2b2_ae3d_27d4_eb4f];

/// The print of a row of cells.
pub(crate) fn of_cells<'c>(cells: impl Iterator<Item = &'c str>) -> u64 {
    cells.fold(0, |row, cell| join(row, of_text(cell.as_bytes())))
}

/// The print of a row with one more cell.
#[inline]
pub(crate) fn join(row: u64, cell: u64) -> u64 {
    let [_, _, c] = K;
    fold(row ^ cell, c)
}

/// The print of a cell.
#[inline]
pub(crate) fn of_text(text: &[u8]) -> u64 {
    let [a, b, _] = K;
    let mut print = (text.len() as u64 + 1).wrapping_mul(a);
    let (most, _) = text.as_chunks::<16>();
    // The last 16 bytes may lie across the chunks before them.
    let whole =
        if text.len().is_multiple_of(16) { most.len().saturating_sub(1) } else { most.len() };
    for chunk in most.iter().take(whole) {
        let (one, two) = halves(chunk);
        print = fold(one ^ print, two ^ b);
    }
    let (one, two) = match text.last_chunk::<16>() {
        Some(last) => halves(last),
        None => ends(text),
    };
    fold(one ^ print, two ^ b)
}

fn halves(chunk: &[u8; 16]) -> (u64, u64) {
    let wide = u128::from_le_bytes(*chunk);
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    (wide as u64, (wide >> 64) as u64)
}

/// Both ends of fewer than 16 bytes: together they hold them all.
fn ends(text: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into());
    }
    (text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
}

/// A print that lies near those of rows of the same time, so that the memory of a filter is used
/// piece by piece as the log goes on. Rows of the same cells have the same time.
#[inline]
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
        let of = |cells: &[&str]| of_cells(cells.iter().copied());
        assert_eq!(of(&["a", "b\"c", ""]), of(&["a", "b\"c", ""]));
        let alike = [&["a", "b"][..], &["b", "a"], &["ab"], &["ab", ""], &["", "ab"], &["a,b"]];
        let prints: BTreeSet<u64> = alike.into_iter().map(of).collect();
        assert_eq!(prints.len(), alike.len());
        let row = |n: u32| of(&["2026-05-01 08:00:00", &n.to_string(), "x"]);
        assert_eq!((0..100_000).map(row).collect::<BTreeSet<u64>>().len(), 100_000);
    }

    /// Every byte counts, wherever it stands in a cell of whatever length.
    #[test]
    fn no_byte_is_left_out() {
        let mut prints = BTreeSet::new();
        for length in 0..70 {
            let text = vec![b'x'; length];
            assert!(prints.insert(of_text(&text)), "{length}");
            for at in 0..length {
                let mut other = text.clone();
                other[at] = b'y';
                assert!(prints.insert(of_text(&other)), "{length} {at}");
            }
        }
    }
}
