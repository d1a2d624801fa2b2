//! Where each name leads, and whether the code objects agree.

use std::collections::HashSet;

use super::{CLASS_DICT, Kind, REACHED, Scope};
use crate::constant::Name;
use crate::unit::{Unit, UnitKind, Units};

/// What the compiler would make of the names of a code object.
#[derive(Clone, Debug, Default)]
struct Names {
    cells: HashSet<Name>,
    free: HashSet<Name>,
    local: HashSet<Name>,
    global: HashSet<Name>,
    /// May be shared or not.
    uncertain: HashSet<Name>,
    problem: Option<String>,
}

/// How deep scopes may nest for names to be looked for in them: more than any compiler allows.
const DEPTH: usize = 1_000;

/// Where a name leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    /// To a variable of this scope.
    To(usize),
    /// To the names of the module, or of a class that it is used in.
    Outside,
}

/// For each code object, which name is not what the code object has it for.
pub(super) fn check(units: &Units, scopes: &[Scope]) -> Vec<Option<String>> {
    let mut names = vec![Names::default(); units.units.len()];
    let resolver = Resolver { scopes, shared_by_classes: shared_by_classes(units) };
    for (index, scope) in scopes.iter().enumerate() {
        names[scope.code.0 as usize].cells.extend(scope.shared.iter().cloned());
        for name in scope.bound.iter().chain(&scope.used).chain(&scope.globals).chain(&scope.nonlocals) {
            resolver.note(&mut names, index, name);
        }
        for name in &scope.in_texts {
            let around = resolver.around(index).take(DEPTH);
            around.for_each(|at| _ = names[scopes[at].code.0 as usize].uncertain.insert(name.clone()));
        }
    }
    let mut problems: Vec<Option<String>> = units
        .units
        .iter()
        .zip(&names)
        .map(|(unit, names)| names.problem.clone().or_else(|| differs(unit, names)))
        .collect();
    for (unit, names) in units.units.iter().zip(&names) {
        let Some(around) = unit.parent.and_then(|around| problems.get_mut(around.0 as usize)) else { continue };
        if let (None, Some(taken)) = (&around, differs_in(&unit.freevars, &names.free, "taken from around", names)) {
            *around = Some(format!("in {}, which it makes, {taken}", unit.name));
        }
    }
    problems
}

/// What functions in a class find in the class, though it binds no such names itself (`analyze_block` in CPython's `symtable.c`).
fn shared_by_classes(units: &Units) -> &'static [&'static str] {
    const ALL: [&str; 3] = ["__class__", CLASS_DICT, REACHED];
    match () {
        () if units.since(3, 14) => &ALL,
        () if units.since(3, 12) => &ALL[..2],
        () => &ALL[..1],
    }
}

/// Finds where names lead.
struct Resolver<'s> {
    scopes: &'s [Scope],
    shared_by_classes: &'static [&'static str],
}

impl Resolver<'_> {
    /// The scope and all around it.
    fn around(&self, scope: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(scope), |&at| self.scopes[at].around)
    }

    /// Notes what a name of a scope is for its code object, and for those around it that it passes.
    fn note(&self, names: &mut [Names], scope: usize, name: &Name) {
        let code = |at: usize| self.scopes[at].code;
        let here = code(scope);
        match self.leads(scope, name) {
            Err(problem) => names[here.0 as usize].problem = Some(problem),
            // One that is declared is no local variable, whatever else is called so.
            Ok(Leads::Outside) if self.scopes[scope].globals.contains(name) => {}
            Ok(Leads::Outside) => _ = names[here.0 as usize].global.insert(name.clone()),
            Ok(Leads::To(owner)) if code(owner) == here => {
                // What a comprehension borrows is no variable of the code around.
                if self.scopes[owner].is_seen_from_inside() && self.scopes[owner].kind != Kind::Inlined {
                    names[here.0 as usize].local.insert(name.clone());
                }
            }
            Ok(Leads::To(owner)) => {
                let owner = code(owner);
                names[owner.0 as usize].cells.insert(name.clone());
                for passed in self.around(scope).map(code).take_while(|&passed| passed != owner) {
                    names[passed.0 as usize].free.insert(name.clone());
                }
            }
        }
    }

    fn leads(&self, scope: usize, name: &Name) -> Result<Leads, String> {
        let own = &self.scopes[scope];
        let (is_global, is_nonlocal) = (own.globals.contains(name), own.nonlocals.contains(name));
        if is_global && is_nonlocal {
            return Err(format!("{name} is declared global and nonlocal"));
        }
        if is_global {
            return Ok(Leads::Outside);
        }
        if own.bound.contains(name) && !is_nonlocal {
            return Ok(if own.is_module() { Leads::Outside } else { Leads::To(scope) });
        }
        if self.class_seen(scope).is_some_and(|class| class.keeps(name)) {
            return Ok(Leads::Outside);
        }
        for (depth, at) in self.around(scope).enumerate().skip(1) {
            if depth > DEPTH {
                return Err("functions nest too deep".to_owned());
            }
            let outer = &self.scopes[at];
            if outer.is_class() && self.shared_by_classes.contains(&&**name) {
                return Ok(Leads::To(at));
            }
            if !outer.is_seen_from_inside() || outer.nonlocals.contains(name) {
                continue;
            }
            if outer.globals.contains(name) {
                break;
            }
            if outer.bound.contains(name) {
                return Ok(Leads::To(at));
            }
        }
        if is_nonlocal {
            return Err(format!("no function around binds {name}, which is nonlocal"));
        }
        Ok(Leads::Outside)
    }

    /// The class whose names a scope looks for first.
    fn class_seen(&self, scope: usize) -> Option<&Scope> {
        let mut around = self.around(scope).take(DEPTH).map(|at| &self.scopes[at]);
        self.scopes[scope].sees_class.then(|| around.find(|scope| !scope.sees_class)).flatten()
    }
}

/// What stands for the type parameters of a class, which no text names.
fn is_compilers(name: &Name) -> bool {
    name.starts_with('.')
}

fn differs(unit: &Unit, names: &Names) -> Option<String> {
    let shared = differs_in(&unit.cellvars, &names.cells, "shared with inner functions", names);
    let problem = shared.or_else(|| differs_in(&unit.freevars, &names.free, "taken from around", names));
    if problem.is_some() {
        return problem;
    }
    if unit.kind.is_module() || unit.kind == UnitKind::Class {
        return None;
    }
    let is_local = |name: &&Name| unit.varnames.contains(name) || unit.cellvars.contains(name);
    let is_no_local = |name: &&Name| !is_compilers(name) && !names.local.contains(*name);
    // What is bound in code that was dropped, or only annotated, is no variable of the code object.
    let is_elsewhere = |name: &&Name| unit.names.contains(name) || unit.freevars.contains(name);
    if let Some(name) = names.local.iter().filter(is_elsewhere).find(|name| !is_local(name)) {
        return Some(format!("{name} is local in the source alone"));
    }
    let global = names.global.iter().filter(is_no_local).find(is_local);
    global.map(|name| format!("{name} is local, not so in the source"))
}

/// A variable that is a cell in one of file and tree alone.
fn differs_in(file: &[Name], tree: &HashSet<Name>, what: &str, names: &Names) -> Option<String> {
    let file: HashSet<&Name> = file.iter().collect();
    let is_certain = |name: &&Name| !is_compilers(name) && !names.uncertain.contains(*name);
    if let Some(name) = tree.iter().filter(is_certain).find(|name| !file.contains(name)) {
        return Some(format!("{name} is {what} in the source alone"));
    }
    let name = file.into_iter().filter(is_certain).find(|name| !tree.contains(*name))?;
    Some(format!("{name} is {what}, not so in the source"))
}
