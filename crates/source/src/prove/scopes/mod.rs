//! Which names of a tree are local, shared with inner functions, or global: by the rules of the language, from the tree alone.
//!
//! The bytecode says where it looks for each name; the text has to say the same by where it binds them. So the code objects'
//! `co_cellvars` and `co_freevars` are not believed: what the compiler would make of the tree is found as its `symtable.c` does
//! it, and compared.

mod collect;
mod resolve;

use std::collections::HashSet;

use crate::ast::Body;
use crate::constant::Name;
use crate::unit::{CodeId, UnitKind, Units};

/// The dict of the names of a class, as a variable (3.12+).
const CLASS_DICT: &str = "__classdict__";
/// The set of the annotations that were reached (3.14+).
const REACHED: &str = "__conditional_annotations__";

/// What a scope is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A code object.
    Unit(UnitKind),
    /// A comprehension that is inlined (3.12+).
    Inlined,
}

/// A scope, with what its text says of names.
#[derive(Debug)]
struct Scope {
    kind: Kind,
    /// The code object that it is compiled into.
    code: CodeId,
    around: Option<usize>,
    bound: HashSet<Name>,
    used: HashSet<Name>,
    globals: HashSet<Name>,
    nonlocals: HashSet<Name>,
    /// Names in annotations that are texts (`from __future__ import annotations`): up to 3.9 those count as used.
    in_texts: HashSet<Name>,
    /// What the compiler shares with inner functions of its own, whether or not any of them is kept.
    shared: HashSet<Name>,
    /// Whether the names of the class around are looked for first: in what belongs to a class but has a code object of its own
    /// (`ste_can_see_class_scope` in CPython's `symtable.c`, 3.12+).
    sees_class: bool,
}

impl Scope {
    fn new(kind: Kind, code: CodeId, around: Option<usize>) -> Self {
        let none = HashSet::new;
        let (bound, used, globals, nonlocals, in_texts, shared) = (none(), none(), none(), none(), none(), none());
        Self { kind, code, around, bound, used, globals, nonlocals, in_texts, shared, sees_class: false }
    }

    fn is_class(&self) -> bool {
        self.kind == Kind::Unit(UnitKind::Class)
    }

    fn is_module(&self) -> bool {
        matches!(self.kind, Kind::Unit(kind) if kind.is_module())
    }

    fn is_comprehension(&self) -> bool {
        use UnitKind::{DictComp, GeneratorExp, ListComp, SetComp};
        matches!(self.kind, Kind::Inlined | Kind::Unit(ListComp | SetComp | DictComp | GeneratorExp))
    }

    /// Whether what a class binds is its own, or the module's: what sees the class looks for such names in no function around.
    fn keeps(&self, name: &Name) -> bool {
        self.globals.contains(name) || self.bound.contains(name) && !self.nonlocals.contains(name)
    }

    /// Whether inner functions see what it binds.
    fn is_seen_from_inside(&self) -> bool {
        !self.is_class() && !self.is_module()
    }
}

/// For each code object, in which way the names of the tree are not those of the bytecode, if they are not.
pub(crate) fn check(units: &Units, bodies: &[Body]) -> Vec<Option<String>> {
    let (scopes, is_placed) = collect::scopes(units, bodies);
    let mut problems = resolve::check(units, &scopes);
    for (problem, is_placed) in problems.iter_mut().zip(is_placed) {
        if !is_placed {
            *problem = Some("it stands nowhere in the source".to_owned());
        }
    }
    problems
}
