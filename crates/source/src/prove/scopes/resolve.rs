//! Where each name leads, and whether the code objects agree.

use std::collections::HashSet;

use super::{Kind, Scope};
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
    for (index, scope) in scopes.iter().enumerate() {
        for name in scope.bound.iter().chain(&scope.used).chain(&scope.globals).chain(&scope.nonlocals) {
            note(scopes, &mut names, index, name);
        }
        for name in &scope.in_texts {
            around(scopes, index)
                .take(DEPTH)
                .for_each(|at| _ = names[scopes[at].code.0 as usize].uncertain.insert(name.clone()));
        }
    }
    units.units.iter().zip(names).map(|(unit, names)| names.problem.clone().or_else(|| differs(unit, &names))).collect()
}

/// The scope and all around it.
fn around(scopes: &[Scope], scope: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(scope), |&at| scopes[at].around)
}

/// Notes what a name of a scope is for its code object, and for those around it that it passes.
fn note(scopes: &[Scope], names: &mut [Names], scope: usize, name: &Name) {
    let code = |at: usize| scopes[at].code;
    let here = code(scope);
    match leads(scopes, scope, name) {
        Err(problem) => names[here.0 as usize].problem = Some(problem),
        // One that is declared is no local variable, whatever else is called so.
        Ok(Leads::Outside) if scopes[scope].globals.contains(name) => {}
        Ok(Leads::Outside) => _ = names[here.0 as usize].global.insert(name.clone()),
        Ok(Leads::To(owner)) if code(owner) == here => {
            // What a comprehension borrows is no variable of the code around.
            if scopes[owner].is_seen_from_inside() && scopes[owner].kind != Kind::Inlined {
                names[here.0 as usize].local.insert(name.clone());
            }
        }
        Ok(Leads::To(owner)) => {
            let owner = code(owner);
            names[owner.0 as usize].cells.insert(name.clone());
            for passed in around(scopes, scope).map(code).take_while(|&passed| passed != owner) {
                names[passed.0 as usize].free.insert(name.clone());
            }
        }
    }
}

fn leads(scopes: &[Scope], scope: usize, name: &Name) -> Result<Leads, String> {
    let own = &scopes[scope];
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
    for (depth, at) in around(scopes, scope).enumerate().skip(1) {
        if depth > DEPTH {
            return Err("functions nest too deep".to_owned());
        }
        let outer = &scopes[at];
        if outer.is_class() && &**name == "__class__" {
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

/// What the compilers of 3.12 and later share on their own, with what stands for the type parameters.
fn is_compilers(name: &Name) -> bool {
    matches!(&**name, "__classdict__" | "__conditional_annotations__") || name.starts_with('.')
}

fn differs(unit: &Unit, names: &Names) -> Option<String> {
    if matches!(unit.kind, UnitKind::TypeParameters | UnitKind::TypeValue | UnitKind::Annotate) {
        return None;
    }
    let kinds = [
        (&unit.cellvars, &names.cells, "shared with inner functions"),
        (&unit.freevars, &names.free, "taken from around"),
    ];
    for (file, tree, what) in kinds {
        let file: HashSet<&Name> = file.iter().collect();
        let is_certain = |name: &&Name| !is_compilers(name) && !names.uncertain.contains(*name);
        if let Some(name) = tree.iter().filter(is_certain).find(|name| !file.contains(name)) {
            return Some(format!("{name} is {what} in the source alone"));
        }
        if let Some(name) = file.into_iter().filter(is_certain).find(|name| !tree.contains(*name)) {
            return Some(format!("{name} is {what}, not so in the source"));
        }
    }
    if unit.kind.is_module() || unit.kind == UnitKind::Class {
        return None;
    }
    let is_local = |name: &&Name| unit.varnames.contains(name) || unit.cellvars.contains(name);
    // What is bound in code that was dropped, or only annotated, is no variable of the code object.
    let is_elsewhere = |name: &&Name| unit.names.contains(name) || unit.freevars.contains(name);
    if let Some(name) = names.local.iter().filter(is_elsewhere).find(|name| !is_local(name)) {
        return Some(format!("{name} is local in the source alone"));
    }
    let is_no_local = |name: &&Name| !names.local.contains(*name);
    let global = names.global.iter().filter(is_no_local).find(is_local);
    global.map(|name| format!("{name} is local, not so in the source"))
}
