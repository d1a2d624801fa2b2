//! Which code object a part of the source has.

use std::collections::{BTreeSet, HashMap};

use pycxray_source::constant::Name;
use pycxray_source::unit::{CodeId, UnitKind, Units};
use ruff_python_ast as ast;
use ruff_python_ast::comparable::{ComparableExpr, ComparableStmt};

use super::{Converter, Part, Place};

/// A part of the source that has a code object.
#[derive(Clone, Copy, Debug)]
pub(super) enum Claimed<'s> {
    /// A function or class.
    Stmt(&'s ast::Stmt),
    /// A lambda, a comprehension.
    Expr(&'s ast::Expr),
    /// Something else, which there is but once.
    Once,
}

impl Claimed<'_> {
    /// Whether compilers make one code object of both, if they stand on one line.
    fn is_alike(self, other: Self) -> bool {
        match (self, other) {
            (Self::Stmt(a), Self::Stmt(b)) => ComparableStmt::from(a) == ComparableStmt::from(b),
            (Self::Expr(a), Self::Expr(b)) => ComparableExpr::from(a) == ComparableExpr::from(b),
            _ => false,
        }
    }
}

/// Where a code object stands: the one around it, its name, its first line.
type Key = (CodeId, Name, u32);

/// The code objects of one place.
#[derive(Debug, Default)]
struct Alike<'s> {
    /// Those that no part of the source has yet, the first one last.
    free: Vec<CodeId>,
    /// Those that one has.
    claimed: Vec<(CodeId, Claimed<'s>)>,
}

/// How many parts of the source that have a code object already are looked at: so many alike on one line are rare.
const LOOKED_AT: usize = 8;

/// All code objects, by where they stand.
#[derive(Debug)]
pub(super) struct Claims<'s> {
    places: HashMap<Key, Alike<'s>>,
    moved: Moved,
}

impl Claims<'_> {
    /// Those in `moved` may be of another line of the source than they say, the others are of theirs.
    pub(super) fn new(units: &Units, moved: &[CodeId]) -> Self {
        let mut places: HashMap<Key, Alike<'_>> = HashMap::new();
        let mut elsewhere = Moved::default();
        for unit in units.units.iter().rev().filter(|unit| !unit.is_left_out) {
            let Some(parent) = unit.parent else { continue };
            let (name, line) = (unit.name.clone(), unit.firstlineno);
            if moved.binary_search(&unit.id).is_ok() {
                elsewhere.free.entry((parent, name)).or_default().insert((i64::from(line), unit.id));
            } else {
                places.entry((parent, name, line)).or_default().free.push(unit.id);
            }
        }
        Self { places, moved: elsewhere }
    }
}

/// Code objects that no part of the source on their line has: lines were added or removed above them.
#[derive(Debug, Default)]
struct Moved {
    /// By the code object around them and their name: their lines.
    free: HashMap<(CodeId, Name), BTreeSet<(i64, CodeId)>>,
    /// By the code object around: how many lines further down than in the source the last one of it stood.
    shifts: HashMap<CodeId, i64>,
}

impl Moved {
    /// The code object of this name that stands nearest to where a line of the source has moved.
    fn take(&mut self, around: CodeId, name: &str, line: u32) -> Option<CodeId> {
        let free = self.free.get_mut(&(around, Name::from(name)))?;
        let line = i64::from(line);
        let expected = line + self.shifts.get(&around).copied().unwrap_or(0);
        let here = (expected, CodeId(0));
        let near = [free.range(..here).next_back(), free.range(here..).next()];
        let nearest = near.into_iter().flatten().copied().min_by_key(|(at, _)| at.abs_diff(expected))?;
        free.remove(&nearest);
        let (at, code) = nearest;
        self.shifts.insert(around, at - line);
        self.shifts.insert(code, at - line);
        Some(code)
    }

    /// The code object of this name that begins first, and of those on that line the last: that of the whole module or class, where
    /// what stands in it has some of the same name.
    fn take_outermost(&mut self, around: CodeId, name: &str) -> Option<CodeId> {
        let free = self.free.get_mut(&(around, Name::from(name)))?;
        let &(first, _) = free.first()?;
        let outermost = *free.range(..(first + 1, CodeId(0))).next_back()?;
        free.remove(&outermost);
        let (_, code) = outermost;
        if let Some(&shift) = self.shifts.get(&around) {
            self.shifts.insert(code, shift);
        }
        Some(code)
    }
}

impl<'s> Converter<'s> {
    /// The code object inside the one at hand that has this name and begins on one of these lines, or may have moved from there, and
    /// was not given to another part of the source. It waits to be converted from `part`.
    pub(super) fn claim(&mut self, name: &str, lines: &[u32], claimed: Claimed<'s>, part: Part<'s>) -> Option<CodeId> {
        let around = self.at.code;
        let keys = || lines.iter().map(|&line| (around, Name::from(name), line));
        let class = match part {
            Part::Class(class) => Some(&*class.name),
            _ => None,
        };
        if let Some(place) = self.claim_place(name, lines, claimed, class) {
            let code = place.code;
            self.waiting.push((place, part));
            return Some(code);
        }
        let taken = keys().filter_map(|key| self.claims.places.get(&key));
        let mut taken = taken.flat_map(|alike| alike.claimed.iter().take(LOOKED_AT));
        taken.find(|(_, other)| other.is_alike(claimed)).map(|(code, _)| *code)
    }

    /// The same, to be converted at once: where that is. `class` is the name of the class that it is the body of.
    pub(super) fn claim_place(
        &mut self,
        name: &str,
        lines: &[u32],
        claimed: Claimed<'s>,
        class: Option<&str>,
    ) -> Option<Place> {
        let around = self.at.code;
        let Claims { places, moved } = &mut self.claims;
        let on_its_line = lines.iter().find_map(|&line| {
            let key = (around, Name::from(name), line);
            Some((places.get_mut(&key)?.free.pop()?, key))
        });
        let (code, key) = on_its_line.or_else(|| {
            let line = *lines.first()?;
            Some((moved.take(around, name, line)?, (around, Name::from(name), line)))
        })?;
        places.entry(key).or_default().claimed.push((code, claimed));
        let class = class.map(super::name::plain).or_else(|| self.at.class.clone());
        Some(self.place_of(code, class))
    }

    /// The code object of the annotations of the module or class at hand, which begins on one of these lines: the last one there, or
    /// where it has moved to.
    pub(super) fn claim_annotations(&mut self, lines: [u32; 2]) -> Option<Place> {
        let (around, name) = (self.at.code, "__annotate__");
        let Claims { places, moved } = &mut self.claims;
        let on_its_line = lines.into_iter().find_map(|line| {
            let free = &mut places.get_mut(&(around, Name::from(name), line))?.free;
            (!free.is_empty()).then(|| free.remove(0))
        });
        let code = on_its_line.or_else(|| moved.take_outermost(around, name))?;
        Some(self.place_of(code, self.at.class.clone()))
    }

    fn place_of(&self, code: CodeId, class: Option<Name>) -> Place {
        let around = self.at.code;
        let is_in_class = self.units.get(around).kind == UnitKind::Class;
        let class_around = if is_in_class { Some(around) } else { self.at.class_around };
        Place { code, class, class_around }
    }
}
