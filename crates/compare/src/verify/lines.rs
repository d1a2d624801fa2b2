//! The lines of a source, counted as Python counts them.

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<u32>,
    /// How many have something written on them, be it a newline alone.
    count: u32,
}

impl Lines {
    /// Those of `text`.
    pub(super) fn new(text: &str) -> Self {
        let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        let starts: Vec<u32> = std::iter::once(0).chain(behind).collect();
        // Behind the last newline there is none.
        let count = starts.len() as u32 - u32::from(text.is_empty() || text.ends_with('\n'));
        Self { starts, count }
    }

    /// The line, counted from 1, that has the byte at `offset`.
    pub(super) fn of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::new("a\nbc\n");
        assert_eq!([0, 1, 2, 4, 5].map(|offset| lines.of(offset)), [1, 1, 2, 2, 3]);
        assert_eq!(lines.count(), 2);
        assert_eq!(["", "a", "\n", "a\n\nb"].map(|text| Lines::new(text).count()), [0, 1, 1, 3]);
    }
}
