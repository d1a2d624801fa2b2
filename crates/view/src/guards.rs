//! What a code object's exception table guards: it may have millions of entries.

use std::collections::BinaryHeap;

use pycxray::tables::ExceptionEntries;

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
    /// Walks along an exception table, then along the bytecode that it guards.
    pub(crate) fn new(entries: ExceptionEntries<'_>) -> Self {
        let mut made = Self::default();
        // Where an entry begins to guard, with its number and its end; where it ends, with [`END`].
        let mut changes: Vec<(u32, u32, u32)> = Vec::new();
        for (number, entry) in entries.enumerate() {
            made.entries.push(entry.offset);
            made.handlers.push((entry.target, entry.offset));
            if entry.start < entry.end {
                changes.push((entry.start, number as u32, entry.end));
                changes.push((entry.end, END, 0));
            }
        }
        made.handlers.sort_unstable();
        changes.sort_unstable();
        let mut depth = 0_u32;
        // The entries that guard, with where each ends; among them some that have ended, below one that has not.
        let mut guarding: BinaryHeap<(u32, u32)> = BinaryHeap::new();
        for (from, number, end) in changes {
            while guarding.peek().is_some_and(|(_, end)| *end <= from) {
                guarding.pop();
            }
            if number == END {
                // It may be told before another that begins here: how many there are shows once all changes here are passed.
                depth = depth.wrapping_sub(1);
            } else {
                depth = depth.wrapping_add(1);
                guarding.push((number, end));
            }
            let innermost = guarding.peek().and_then(|(number, _)| made.entries.get(*number as usize).copied());
            let region = Guarded { from, depth, innermost };
            match made.regions.last_mut().filter(|last| last.from == from) {
                Some(last) => *last = region,
                None => made.regions.push(region),
            }
        }
        made
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

/// No entry has this number: each takes a byte at least.
const END: u32 = u32::MAX;

#[cfg(test)]
mod tests {
    use pycxray::tables::ExceptionEntry;

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
    fn a_table_says_the_same_as_entry_by_entry() {
        for count in [0, 1, 2, 40] {
            let table = table(count);
            let all: Vec<ExceptionEntry> = ExceptionEntries::new(&table, 0).collect();
            assert_eq!(all.len(), count);
            let guards = Guards::new(ExceptionEntries::new(&table, 0));
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
