//! What a code object's exception table guards, made in slices: it may have millions of entries.

use std::collections::BinaryHeap;

use pycxray::tables::{ExceptionEntries, ExceptionEntry};
use pycxray::{Code, PairSort};

/// What the exception table of a code object says of its bytecode.
#[derive(Debug, Default)]
pub(crate) struct Guards {
    /// Where handlers begin, and the offsets in the table of the entries that say so, in this order.
    handlers: Vec<(u32, u32)>,
    /// Each holds up to the next.
    regions: Vec<Guarded>,
    /// Where the entries begin in the table, in bytes.
    entries: Vec<u32>,
}

/// What guards the bytecode from an offset on.
#[derive(Clone, Copy, Debug, Default)]
struct Guarded {
    from: u32,
    /// How many entries do.
    depth: u32,
    /// The offset in the table of the last one, which is the innermost.
    innermost: Option<u32>,
}

impl Guards {
    pub(crate) fn of(code: &Code<'_>) -> Self {
        let mut indexer = GuardsIndexer::default();
        while !indexer.step(code.exception_entries(), usize::MAX) {}
        indexer.finish()
    }

    /// The entries whose handler begins at an offset, as their offsets in the table.
    pub(crate) fn handled_at(&self, offset: u32) -> impl Iterator<Item = u32> {
        let start = self.handlers.partition_point(|(target, _)| *target < offset);
        self.handlers[start..].iter().take_while(move |(target, _)| *target == offset).map(|(_, entry)| *entry)
    }

    /// How many entries guard an offset.
    pub(crate) fn depth_at(&self, offset: u32) -> u32 {
        self.at(offset).depth
    }

    /// The innermost entry that guards an offset, as its offset in the table.
    pub(crate) fn innermost_at(&self, offset: u32) -> Option<u32> {
        self.at(offset).innermost
    }

    fn at(&self, offset: u32) -> Guarded {
        let behind = self.regions.partition_point(|region| region.from <= offset);
        behind.checked_sub(1).map_or(Guarded::default(), |at| self.regions[at])
    }

    /// Where the entries begin in the table, in bytes.
    pub(crate) fn entries(&self) -> &[u32] {
        &self.entries
    }
}

/// Walks along an exception table, and puts what it finds in order.
#[derive(Debug, Default)]
pub(crate) struct GuardsIndexer {
    stage: Stage,
    /// The byte of the table that it has come to.
    at: u32,
    handlers: PairSort,
    /// Where an entry begins to guard, with its number, and where it ends, with [`END`].
    changes: PairSort,
    /// How many of them are passed.
    passed: usize,
    /// How many entries guard the bytecode there.
    depth: u32,
    /// Which ones, with where each ends; among them some that have ended.
    guarding: BinaryHeap<(u32, u32)>,
    made: Guards,
}

/// What it does with each entry.
#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    #[default]
    Walk,
    SortHandlers,
    SortChanges,
    Sweep,
    Done,
}

/// No entry has this number: each takes a byte at least.
const END: u32 = u32::MAX;

impl GuardsIndexer {
    /// Goes on for about `budget` of a table's entries. `true` when all is done.
    pub(crate) fn step(&mut self, entries: ExceptionEntries<'_>, budget: usize) -> bool {
        let budget = budget.max(1);
        let next = match self.stage {
            Stage::Walk => self.walk(entries, budget).then_some(Stage::SortHandlers),
            Stage::SortHandlers => self.handlers.step(budget).then_some(Stage::SortChanges),
            Stage::SortChanges => self.changes.step(budget).then_some(Stage::Sweep),
            Stage::Sweep => self.sweep(entries, budget).then_some(Stage::Done),
            Stage::Done => None,
        };
        self.stage = next.unwrap_or(self.stage);
        matches!(self.stage, Stage::Done)
    }

    fn walk(&mut self, entries: ExceptionEntries<'_>, budget: usize) -> bool {
        let mut entries = entries.from(self.at);
        for entry in entries.by_ref().take(budget) {
            let number = self.made.entries.len() as u32;
            self.made.entries.push(entry.offset);
            self.handlers.push(entry.target, entry.offset);
            if entry.start < entry.end {
                self.changes.push(entry.start, number);
                self.changes.push(entry.end, END);
            }
            self.at = entry.offset + entry.span.len();
        }
        entries.next().is_none()
    }

    /// Passes the changes in the order of the bytecode.
    fn sweep(&mut self, entries: ExceptionEntries<'_>, budget: usize) -> bool {
        let offset_of = |number: u32| self.made.entries.get(number as usize).copied();
        for _ in 0..budget {
            let Some(&(from, number)) = self.changes.pairs().get(self.passed) else { return true };
            if self.guarding.peek().is_some_and(|(_, end)| *end <= from) {
                self.guarding.pop();
                continue;
            }
            match offset_of(number).and_then(|offset| entries.from(offset).next()) {
                Some(ExceptionEntry { end, .. }) => {
                    self.depth = self.depth.wrapping_add(1);
                    self.guarding.push((number, end));
                }
                // It may be told before another that begins here: how many there are shows once all changes here are passed.
                None => self.depth = self.depth.wrapping_sub(1),
            }
            let innermost = self.guarding.peek().and_then(|(number, _)| offset_of(*number));
            let region = Guarded { from, depth: self.depth, innermost };
            match self.made.regions.last_mut().filter(|last| last.from == from) {
                Some(last) => *last = region,
                None => self.made.regions.push(region),
            }
            self.passed += 1;
        }
        false
    }

    pub(crate) fn finish(self) -> Guards {
        Guards { handlers: self.handlers.into_pairs(), ..self.made }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of small numbers (`Objects/exception_handling_notes.txt`): all entries of random places.
    fn table(count: usize) -> Vec<u8> {
        let mut state = 7_u32;
        let mut random = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as u8 % most as u8
        };
        (0..count).flat_map(|_| [0x80 | random(60), random(40), random(60), random(8)]).collect()
    }

    #[test]
    fn a_table_says_the_same_in_any_number_of_steps_as_entry_by_entry() {
        for count in [0, 1, 2, 40] {
            let table = table(count);
            let all: Vec<ExceptionEntry> = ExceptionEntries::new(&table, 0).collect();
            assert_eq!(all.len(), count);
            for budget in [1, 7, usize::MAX] {
                let mut indexer = GuardsIndexer::default();
                while !indexer.step(ExceptionEntries::new(&table, 0), budget) {}
                let guards = indexer.finish();
                assert_eq!(guards.entries(), all.iter().map(|entry| entry.offset).collect::<Vec<_>>());
                for offset in 0..300 {
                    let guarding = || all.iter().filter(|entry| (entry.start..entry.end).contains(&offset));
                    assert_eq!(guards.depth_at(offset) as usize, guarding().count(), "at {offset}");
                    assert_eq!(
                        guards.innermost_at(offset),
                        guarding().next_back().map(|entry| entry.offset),
                        "at {offset}"
                    );
                    let handled = all.iter().filter(|entry| entry.target == offset).map(|entry| entry.offset);
                    assert_eq!(guards.handled_at(offset).collect::<Vec<_>>(), handled.collect::<Vec<_>>());
                }
            }
        }
    }
}
