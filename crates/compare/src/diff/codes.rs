//! What differs in the code objects of two files, one by one.

use super::matching::Matches;
use super::pair::Comparer;
use super::unit::{Sort, Unit, qualname};
use super::{Class, CodeDifference, Fate};

impl Comparer<'_> {
    /// The code objects in which something differs.
    pub(super) fn codes(&mut self, units: &[Vec<Unit>; 2], matches: &Matches) -> Vec<CodeDifference> {
        let mut codes = Vec::new();
        for after in 0..units[1].len() {
            match matches.before[after] {
                Some(before) => codes.extend(self.both(units, matches, [before, after])),
                None => codes.extend(self.lone(units, 1, after)),
            }
        }
        for before in (0..units[0].len()).filter(|&before| matches.after[before].is_none()) {
            codes.extend(self.lone(units, 0, before));
        }
        codes
    }

    fn lone(&mut self, units: &[Vec<Unit>; 2], side: usize, position: usize) -> Option<CodeDifference> {
        let (pyc, id) = (self.objects[side].pyc, units[side][position].id);
        let object = pyc.code(id)?;
        let mut code = CodeDifference {
            ids: [None; 2],
            names: [None, None],
            sort: Sort::of(&object),
            fate: if side == 0 { Fate::Removed } else { Fate::Added },
            is_renamed: false,
            changes: Vec::new(),
            is_compared: self.spend(&[&object]).is_some(),
        };
        code.ids[side] = Some(id);
        code.names[side] = Some(qualname(pyc, &units[side], position));
        Some(code)
    }

    /// A code object that both have, if something differs.
    fn both(&mut self, units: &[Vec<Unit>; 2], matches: &Matches, positions: [usize; 2]) -> Option<CodeDifference> {
        let [before, after] = [0, 1].map(|side: usize| &units[side][positions[side]]);
        let codes = [self.objects[0].pyc.code(before.id)?, self.objects[1].pyc.code(after.id)?];
        let is_equal = before.content == after.content && matches.are_in_order(&before.children, &after.children);
        let is_equal = is_equal && !self.by_meaning;
        let changes = self.changes([&codes[0], &codes[1]], is_equal);
        let is_within_another = before.parent.map(|parent| matches.after[parent]) != after.parent.map(Some);
        let is_renamed = before.name != after.name || is_within_another;
        if !is_renamed && changes.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        let is_compared = changes.is_some();
        let changes = changes.unwrap_or_default();
        let is_changed = !is_compared || changes.iter().any(|change| change.class == Class::Program);
        let name = |side: usize| Some(qualname(self.objects[side].pyc, &units[side], positions[side]));
        Some(CodeDifference {
            ids: [Some(before.id), Some(after.id)],
            names: [name(0), name(1)],
            sort: Sort::of(&codes[1]),
            fate: if is_changed { Fate::Changed } else { Fate::Kept },
            is_renamed,
            changes,
            is_compared,
        })
    }
}
