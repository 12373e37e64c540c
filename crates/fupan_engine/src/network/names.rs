//! Names kept in one text, so that a million of them cost their letters and eight bytes each.

/// Names in order of first appearance, found by binary search.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    text: String,
    ends: Vec<u32>,
    sorted: Vec<u32>,
}

impl Names {
    /// Takes the names, which must differ from each other.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut made = Self::default();
        for name in names {
            made.text.push_str(name);
            made.ends.push(made.text.len() as u32);
        }
        made.text.shrink_to_fit();
        made.ends.shrink_to_fit();
        let mut sorted: Vec<u32> = (0..made.ends.len() as u32).collect();
        sorted.sort_unstable_by(|a, b| made.get(*a as usize).cmp(made.get(*b as usize)));
        made.sorted = sorted;
        made
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        let words = self.ends.capacity() + self.sorted.capacity();
        self.text.capacity() + words * size_of::<u32>()
    }

    pub(crate) fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[start..self.ends[i] as usize]
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let at = self.sorted.binary_search_by(|i| self.get(*i as usize).cmp(name)).ok()?;
        Some(self.sorted[at] as usize)
    }
}
