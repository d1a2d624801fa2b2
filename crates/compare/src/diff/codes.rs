//! What differs in the code objects of two files, one by one.

use pycxray::Field;

use super::change::{Change, Side};
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

    /// Qualified names that differ, and not because what is around the code objects is named otherwise. Only from 3.11 on has a
    /// code object one of its own.
    fn qualname_change(&self, units: &[Vec<Unit>; 2], positions: [usize; 2]) -> Option<Change> {
        let code = |side: usize, position: usize| self.objects[side].pyc.code(units[side][position].id);
        let name = |side: usize, position: usize| code(side, position)?.text(Field::Qualname);
        let own = [name(0, positions[0])?, name(1, positions[1])?];
        let within = [0, 1].map(|side: usize| {
            let around = units[side][positions[side]].parent.and_then(|parent| name(side, parent));
            around.and_then(|around| own[side].strip_prefix(around))
        });
        if own[0] == own[1] || (within[0].is_some() && within[0] == within[1]) {
            return None;
        }
        let side = |side: usize| {
            let object = code(side, positions[side])?.object(Field::Qualname)?;
            Some(Side::object(self.objects[side].pyc, object))
        };
        Some(Change::one(Class::Program, "co_qualname", side(0), side(1)))
    }

    /// A code object that both have, if something differs.
    fn both(&mut self, units: &[Vec<Unit>; 2], matches: &Matches, positions: [usize; 2]) -> Option<CodeDifference> {
        let [before, after] = [0, 1].map(|side: usize| &units[side][positions[side]]);
        let codes = [self.objects[0].pyc.code(before.id)?, self.objects[1].pyc.code(after.id)?];
        let is_equal = before.content == after.content && matches.are_in_order(&before.children, &after.children);
        let is_equal = is_equal && !self.by_meaning;
        let mut changes = self.changes([&codes[0], &codes[1]], is_equal);
        let is_within_another = before.parent.map(|parent| matches.after[parent]) != after.parent.map(Some);
        let is_renamed = before.name != after.name || is_within_another;
        if let Some(changes) = changes.as_mut().filter(|_| !is_renamed) {
            changes.extend(self.qualname_change(units, positions));
        }
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
