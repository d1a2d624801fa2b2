//! What differs in two files as a whole: besides what is in their code objects.

use std::collections::HashSet;

use pycxray::{Field, Pyc, SectionKind, counted};

use super::change::{Change, Side};
use super::class::Class;
use super::matching::Matches;
use super::pair::Comparer;
use super::unit::Unit;
use super::{header, writing};

impl<'p> Comparer<'p> {
    /// What differs in the files as a whole.
    pub(super) fn whole(&mut self, units: &[Vec<Unit>; 2], matches: &Matches) -> Vec<Change> {
        let files = [0, 1].map(|side: usize| self.objects[side].pyc);
        let mut changes = header::changes(files);
        if !self.by_meaning {
            changes.extend(writing::references(files));
        }
        let [before, after] = &self.objects;
        changes.extend(writing::set_order(&before.sets, &after.sets));
        changes.extend(self.filenames(units, matches));
        changes.extend(self.sections(files));
        let outermost = [0, 1].map(|side: usize| -> Vec<usize> {
            (0..units[side].len()).filter(|&unit| units[side][unit].parent.is_none()).collect()
        });
        if outermost[0].len() == outermost[1].len() && !matches.are_in_order(&outermost[0], &outermost[1]) {
            changes.push(Change::one(Class::Program, "order of code objects", None, None));
        }
        changes
    }

    /// File names that differ, each pair once.
    fn filenames(&mut self, units: &[Vec<Unit>; 2], matches: &Matches) -> Vec<Change> {
        let mut seen = HashSet::new();
        let mut changes = Vec::new();
        for (before, after) in matches.pairs() {
            let ids = [units[0][before].id, units[1][after].id];
            let filename = |side: usize| self.objects[side].pyc.code(ids[side])?.object(Field::Filename);
            let [Some(before), Some(after)] = [filename(0), filename(1)] else { continue };
            let values = [self.value(0, before), self.value(1, after)];
            if values[0] != values[1] && seen.insert(values) {
                let [before, after] = [(0, before), (1, after)]
                    .map(|(side, id): (usize, _)| Some(Side::object(self.objects[side].pyc, id)));
                changes.push(Change::one(Class::Filename, "co_filename", before, after));
            }
        }
        changes
    }

    /// What the files hold besides code objects: another object, bytes behind it.
    fn sections(&mut self, files: [&'p Pyc; 2]) -> Vec<Change> {
        let root = |pyc: &Pyc| {
            pyc.sections().iter().find_map(|section| match section.kind {
                SectionKind::Root(id) => Some(id),
                _ => None,
            })
        };
        let mut changes = Vec::new();
        let roots = files.map(root);
        let is_code = |side: usize| roots[side].is_some_and(|id| files[side].tree().node(id).kind.is_code());
        if !(is_code(0) && is_code(1)) {
            let values = [0, 1].map(|side: usize| roots[side].map(|id| self.value(side, id)));
            if values[0] != values[1] {
                let [before, after] = [0, 1].map(|side: usize| roots[side].map(|id| Side::object(files[side], id)));
                changes.push(Change::one(Class::Program, "object", before, after));
            }
        }
        let rest = |side: usize| {
            let pyc: &'p Pyc = files[side];
            let is_rest = |kind| matches!(kind, SectionKind::Trailing | SectionKind::Undecoded);
            let spans = pyc.sections().iter().filter(move |section| is_rest(section.kind)).map(|section| section.span);
            spans.filter_map(|span| pyc.bytes().get(span.start as usize..span.end as usize))
        };
        if !rest(0).eq(rest(1)) {
            let [before, after] = [rest(0), rest(1)].map(|rest| {
                let size: usize = rest.map(<[u8]>::len).sum();
                Some(Side::of(counted(size, "byte").to_string()))
            });
            changes.push(Change::one(Class::Program, "bytes that belong to no object", before, after));
        }
        changes
    }
}
