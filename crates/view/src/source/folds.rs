//! Functions and classes folded to the line on which they begin.

use std::collections::BTreeSet;
use std::ops::Range;

/// Which lines of the source are in sight.
#[derive(Debug, Default)]
pub(super) struct Folds {
    /// The lines that can be folded to their first, in order; one may lie in another.
    blocks: Vec<Range<usize>>,
    /// The first lines of those that are.
    folded: BTreeSet<usize>,
    /// The lines in sight, in order.
    shown: Vec<usize>,
    lines: usize,
}

impl Folds {
    /// Nothing folded: `indents` has how far each line is indented, `None` where it is empty or inside a string; `heads` says
    /// which lines something begins on that can be folded.
    pub(super) fn new(indents: &[Option<usize>], heads: impl Fn(usize) -> bool) -> Self {
        let mut blocks = Vec::new();
        // The heads around a line, outermost first, and how far they are indented.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut last = 0;
        for (line, indent) in indents.iter().enumerate() {
            let Some(indent) = *indent else { continue };
            while let Some((head, _)) = open.pop_if(|(_, outer)| *outer >= indent) {
                blocks.push(head..last + 1);
            }
            last = line;
            if heads(line) {
                open.push((line, indent));
            }
        }
        blocks.extend(open.into_iter().map(|(head, _)| head..last + 1));
        blocks.retain(|block| block.len() > 1);
        blocks.sort_by_key(|block| block.start);
        let mut folds = Self { blocks, lines: indents.len(), ..Self::default() };
        folds.show();
        folds
    }

    fn show(&mut self) {
        self.shown.clear();
        let mut blocks = self.blocks.iter().peekable();
        let mut line = 0;
        while line < self.lines {
            self.shown.push(line);
            let mut next = line + 1;
            while let Some(block) = blocks.next_if(|block| block.start <= line) {
                if block.start == line && self.folded.contains(&line) {
                    next = block.end;
                }
            }
            line = next;
        }
    }

    /// How many lines are in sight.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The lines in these rows.
    pub(super) fn lines(&self, rows: Range<usize>) -> &[usize] {
        let end = rows.end.min(self.shown.len());
        &self.shown[rows.start.min(end)..end]
    }

    /// The row of a line, or of that to which it is folded.
    pub(super) fn row_of(&self, line: usize) -> usize {
        self.shown.partition_point(|shown| *shown <= line).saturating_sub(1)
    }

    /// Whether the block that begins on a line is unfolded; `None` where none begins.
    pub(super) fn is_unfolded(&self, line: usize) -> Option<bool> {
        self.blocks.binary_search_by_key(&line, |block| block.start).ok().map(|_| !self.folded.contains(&line))
    }

    /// Folds the block that begins on a line, or unfolds it.
    pub(super) fn fold(&mut self, line: usize, folds: bool) {
        let changes = self.is_unfolded(line) == Some(folds);
        if changes && folds {
            self.folded.insert(line);
        } else if changes {
            self.folded.remove(&line);
        }
        if changes {
            self.show();
        }
    }

    /// Folds all outermost blocks, or unfolds everything.
    pub(super) fn fold_all(&mut self, folds: bool) {
        self.folded.clear();
        if folds {
            self.folded.extend(self.blocks.iter().map(|block| block.start));
        }
        self.show();
    }

    /// Whether anything can be folded, and whether anything is.
    pub(super) fn state(&self) -> Option<bool> {
        (!self.blocks.is_empty()).then_some(!self.folded.is_empty())
    }

    /// Unfolds what a line is in.
    pub(super) fn reveal(&mut self, line: usize) {
        let before = self.folded.len();
        let around = |block: &&Range<usize>| block.start < line && line < block.end;
        let around: Vec<usize> = self.blocks.iter().filter(around).map(|block| block.start).collect();
        self.folded.retain(|head| !around.contains(head));
        if self.folded.len() != before {
            self.show();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A class with two methods, and a function.
    fn folds() -> Folds {
        let indents = [0, 4, 8, 8, 4, 8, 0, 4].map(Some);
        Folds::new(&indents, |line| [0, 1, 4, 6].contains(&line))
    }

    #[test]
    fn a_block_goes_as_far_as_it_is_indented_more() {
        assert_eq!(folds().blocks, [0..6, 1..4, 4..6, 6..8]);
        let with_gaps = [Some(0), Some(4), None, None, Some(0)];
        assert_eq!(Folds::new(&with_gaps, |line| line == 0 || line == 4).blocks, Vec::from([0..2; 1]));
    }

    #[test]
    fn what_is_folded_shows_its_first_line() {
        let mut folds = folds();
        folds.fold(1, true);
        assert_eq!(folds.lines(0..9), [0, 1, 4, 5, 6, 7]);
        assert_eq!((folds.row_of(3), folds.row_of(4)), (1, 2));
        folds.fold(0, true);
        assert_eq!(folds.lines(0..9), [0, 6, 7]);
        folds.fold(0, false);
        assert_eq!(folds.lines(0..9), [0, 1, 4, 5, 6, 7], "what was folded in it still is");
    }

    #[test]
    fn what_is_looked_for_is_unfolded_and_no_more() {
        let mut folds = folds();
        folds.fold_all(true);
        assert_eq!(folds.lines(0..9), [0, 6]);
        folds.reveal(2);
        assert_eq!(folds.lines(0..9), [0, 1, 2, 3, 4, 6]);
        folds.fold_all(false);
        assert_eq!(folds.len(), 8);
    }
}
