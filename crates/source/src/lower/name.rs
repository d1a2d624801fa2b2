//! Where names are looked for.

use super::Lowerer;
use crate::ast::Stmt;
use crate::constant::Name;
use crate::graph::{OpKind, Scope};
use crate::unit::UnitKind;

/// The set of the annotations that were reached (3.14+).
const REACHED: &str = "__conditional_annotations__";

impl Lowerer<'_> {
    /// Notes what the body declares.
    pub(super) fn declarations(&mut self) {
        // A declaration in a function is one for the module as well (`symtable_add_def_helper` in CPython's `symtable.c`).
        if self.unit.kind.is_module() {
            for node in self.bodies.iter().flat_map(|body| body.nodes()) {
                if let crate::ast::Node::Stmt(Stmt::Global(names)) = node {
                    self.globals.extend(names.iter().cloned());
                }
            }
        }
        for node in self.body.nodes() {
            match node {
                crate::ast::Node::Stmt(Stmt::Global(names)) => self.globals.extend(names.iter().cloned()),
                crate::ast::Node::Stmt(Stmt::Nonlocal(names)) => self.nonlocals.extend(names.iter().cloned()),
                _ => {}
            }
        }
    }

    /// Whether local variables are numbered: in functions, not in modules and classes.
    pub(super) fn is_function(&self) -> bool {
        !self.unit.kind.is_module() && self.unit.kind != UnitKind::Class
    }

    /// Whether the body, or for the module any, declares a name `global`.
    pub(super) fn is_declared_global(&self, name: &Name) -> bool {
        self.globals.contains(name)
    }

    fn scope(&self, name: &Name) -> Scope {
        let unit = self.unit;
        // The compiler's own set of the annotations that were reached is shared with what makes them, by classes and not by modules.
        if unit.kind == UnitKind::Class && &**name == REACHED && unit.cellvars.contains(name) {
            return Scope::Deref;
        }
        // Whatever the name is around: in the comprehension it is its own.
        if let Some(&scope) = self.borrowed.iter().rev().find_map(|names| names.get(name)) {
            return scope;
        }
        let is_shared = unit.cellvars.contains(name) || unit.freevars.contains(name);
        // A comprehension that is inlined in the body of a class does not see the names of the class.
        if unit.kind == UnitKind::Class && !self.borrowed.is_empty() {
            return if is_shared { Scope::Deref } else { Scope::Global };
        }
        if self.is_function() {
            return if self.globals.contains(name) {
                Scope::Global
            } else if is_shared {
                Scope::Deref
            } else if unit.varnames.contains(name) {
                Scope::Fast
            } else if self.looks_everywhere() {
                Scope::Name
            } else {
                Scope::Global
            };
        }
        if self.globals.contains(name) {
            Scope::Global
        } else if self.nonlocals.contains(name) {
            Scope::Deref
        } else {
            Scope::Name
        }
    }

    pub(super) fn load_name(&mut self, name: &Name) {
        let scope = self.scope(name);
        // A class body looks among its own names before it looks in the cell.
        if scope == Scope::Name && self.unit.kind == UnitKind::Class && self.unit.freevars.contains(name) {
            if self.is_python2() {
                self.push_op(OpKind::Load(Scope::Deref, name.clone()), 0);
                return;
            }
            self.push_op(OpKind::LoadLocals, 0);
            self.push_op(OpKind::LoadFromDictOrDeref(name.clone()), 1);
            return;
        }
        // What a comprehension keeps in the place of a cell is loaded as the cell is.
        if scope == Scope::Fast && self.since(13) && self.unit.cellvars.contains(name) {
            self.push_op(OpKind::LoadClosure(name.clone()), 0);
            return;
        }
        // What is declared global in the class is looked for in the module alone.
        let is_looked_for = scope == Scope::Deref || scope == Scope::Global && !self.globals.contains(name);
        if self.sees_class() && &**name != REACHED && is_looked_for {
            self.push_op(OpKind::Load(Scope::Deref, "__classdict__".into()), 0);
            let kind = match scope {
                Scope::Deref => OpKind::LoadFromDictOrDeref(name.clone()),
                _ => OpKind::LoadFromDictOrGlobals(name.clone()),
            };
            self.push_op(kind, 1);
            return;
        }
        self.push_op(OpKind::Load(scope, name.clone()), 0);
    }

    /// Whether names are looked for in the class around first: in what belongs to a class but has a code object of its own (3.12+).
    fn sees_class(&self) -> bool {
        let has_own = matches!(self.unit.kind, UnitKind::TypeParameters | UnitKind::TypeValue | UnitKind::Annotate);
        has_own && self.unit.freevars.iter().any(|name| &**name == "__classdict__")
    }

    pub(super) fn store_name(&mut self, name: &Name) {
        let scope = self.scope(name);
        self.do_op(OpKind::Store(scope, name.clone()), 1);
    }

    pub(super) fn delete_name(&mut self, name: &Name) {
        let scope = self.scope(name);
        self.do_op(OpKind::Delete(scope, name.clone()), 0);
    }
}
