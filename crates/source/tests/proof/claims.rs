//! What code objects say of themselves is not believed: nothing is proved whose text the compiler would take for something else.

use pycxray_source::ast::{Expr, ExprId, Node, Stmt, StmtId};
use pycxray_source::constant::Name;
use pycxray_source::graph::{OpKind, Scope};
use pycxray_source::lower::{Budget, lower};
use pycxray_source::print::{Layout, print};
use pycxray_source::unit::{CodeId, Unit, UnitKind};
use pycxray_source::{Judge, Verdict};

use crate::read::{File, VERSIONS, fixtures};

fn is_proved(file: &File, id: CodeId) -> bool {
    Judge::new(&file.units, &file.bodies, &file.graphs).verdict(id) == Verdict::Proved
}

/// Makes each proved code object claim something, one at a time. `claim` tells whether it did.
fn no_claim_is_believed(claim: impl Fn(&mut File, usize) -> bool) {
    let count = claims_made(claim);
    assert!(count > 30, "tried {count} times");
}

/// The same: how many did.
fn claims_made(claim: impl Fn(&mut File, usize) -> bool) -> usize {
    let mut count = 0;
    for mut file in VERSIONS.into_iter().flat_map(fixtures) {
        for index in 0..file.units.units.len() {
            let id = CodeId(index as u32);
            if !is_proved(&file, id) {
                continue;
            }
            let before = (file.units.clone(), file.graphs[index].clone(), file.bodies[index].clone());
            if claim(&mut file, index) {
                let unit = &file.units.units[index];
                assert!(!is_proved(&file, id), "{}: {} {unit:?}", file.name, unit.qualname);
                count += 1;
            }
            (file.units, file.graphs[index], file.bodies[index]) = before;
        }
    }
    count
}

fn is_function(unit: &Unit) -> bool {
    unit.kind == UnitKind::Function
}

#[test]
fn a_generator_that_does_not_yield() {
    no_claim_is_believed(|file, index| {
        let unit = &mut file.units.units[index];
        unit.flags ^= Unit::GENERATOR;
        is_function(unit)
    });
}

#[test]
fn flags_that_no_source_gives() {
    for flag in [0x10, 0x100, 0x100_0000, 0x2000_0000] {
        no_claim_is_believed(|file, index| {
            file.units.units[index].flags ^= flag;
            is_function(&file.units.units[index])
        });
    }
}

#[test]
fn a_name_that_is_not_what_it_is_bound_to() {
    no_claim_is_believed(|file, index| {
        file.units.units[index].name = "another".into();
        is_function(&file.units.units[index])
    });
}

#[test]
fn a_qualified_name_of_elsewhere() {
    no_claim_is_believed(|file, index| {
        file.units.units[index].qualname = "elsewhere.another".into();
        is_function(&file.units.units[index]) && file.units.since(3, 11)
    });
}

#[test]
fn cells_of_variables_that_nobody_shares() {
    no_claim_is_believed(|file, index| {
        let unit = &mut file.units.units[index];
        let Some(name) = unit.varnames.first().filter(|name| !unit.cellvars.contains(name)).cloned() else {
            return false;
        };
        unit.cellvars.push(name.clone());
        in_graph(file, index, |kind| match kind {
            OpKind::Load(scope, found) | OpKind::Store(scope, found) if *found == name => *scope = Scope::Deref,
            _ => {}
        });
        is_function(&file.units.units[index])
    });
}

#[test]
fn a_variable_around_that_is_not_there() {
    no_claim_is_believed(|file, index| {
        let unit = &mut file.units.units[index];
        unit.freevars.push("around".into());
        !unit.kind.is_module() && unit.kind != UnitKind::Class
    });
}

#[test]
fn a_function_around_what_takes_a_variable_that_is_not_there() {
    no_claim_is_believed(|file, index| {
        let is_made = |unit: &&Unit| unit.parent == Some(CodeId(index as u32)) && is_function(unit);
        let Some(made) = file.units.units.iter().find(is_made).map(|unit| unit.id.0 as usize) else { return false };
        file.units.units[made].freevars.push("around".into());
        relower(file, index);
        true
    });
}

#[test]
fn a_dict_of_a_class_that_nothing_in_it_looks_into() {
    no_claim_is_believed(|file, index| {
        let unit = &mut file.units.units[index];
        if unit.kind != UnitKind::Class || unit.cellvars.iter().any(|name| &**name == "__classdict__") {
            return false;
        }
        unit.cellvars.push("__classdict__".into());
        relower(file, index);
        true
    });
}

#[test]
fn annotations_that_are_asked_for_in_another_order() {
    let count = claims_made(|file, index| {
        let body = &mut file.bodies[index];
        let returned = body.stmts.iter().find_map(|&stmt| match body.get_stmt(stmt) {
            Stmt::Return(value) => *value,
            _ => None,
        });
        let Some(value) = returned.filter(|_| file.units.units[index].kind == UnitKind::Annotate) else { return false };
        match body.get_expr_mut(value) {
            Expr::Dict(items) if items.len() > 1 => items.swap(0, 1),
            _ => return false,
        }
        relower(file, index);
        true
    });
    assert!(count > 5, "tried {count} times");
}

#[test]
fn a_lambda_that_does_more_than_return_cannot_be_written() {
    let mut count = 0;
    for mut file in VERSIONS.into_iter().flat_map(fixtures) {
        let unwritten = |file: &File| {
            let listing = |_, _, _| String::new();
            print(&file.units, &file.bodies, Layout::default(), &listing).unwritten
        };
        for index in 0..file.units.units.len() {
            let id = CodeId(index as u32);
            if file.units.units[index].kind != UnitKind::Lambda || unwritten(&file).contains(&id) {
                continue;
            }
            let before = file.bodies[index].clone();
            let pass = file.bodies[index].stmt(Stmt::Pass, Default::default());
            file.bodies[index].stmts.push(pass);
            assert!(unwritten(&file).contains(&id), "{}: {}", file.name, file.units.units[index].qualname);
            file.bodies[index] = before;
            count += 1;
        }
    }
    assert!(count > 20, "tried {count} times");
}

/// Gives a code object the bytecode that its tree would have.
fn relower(file: &mut File, index: usize) {
    let mut graph = lower(&file.units, &file.bodies, CodeId(index as u32), &Budget::new(&file.bodies));
    graph.normalize();
    file.graphs[index] = graph;
}

/// `LOAD_FAST` of a name that nothing binds: source would look for it in the module.
#[test]
fn a_local_variable_that_nothing_binds() {
    no_claim_is_believed(|file, index| {
        let mut global = None;
        in_graph(file, index, |kind| {
            if let OpKind::Load(Scope::Global, name) = kind {
                global.get_or_insert_with(|| name.clone());
            }
        });
        let Some(name) = global else { return false };
        in_graph(file, index, |kind| match kind {
            OpKind::Load(scope @ Scope::Global, found) if *found == name => *scope = Scope::Fast,
            _ => {}
        });
        file.units.units[index].varnames.push(name);
        is_function(&file.units.units[index])
    });
}

fn in_graph(file: &mut File, index: usize, mut change: impl FnMut(&mut OpKind)) {
    for block in &mut file.graphs[index].blocks {
        block.ops.iter_mut().for_each(|op| change(&mut op.kind));
    }
}

/// Calls all that has the name of the first variable something else, in bytecode and tree alike.
fn rename(file: &mut File, index: usize, to: &str) -> bool {
    let mut first: Option<Name> = None;
    in_graph(file, index, |kind| {
        if let OpKind::Load(_, name) = kind {
            first.get_or_insert_with(|| name.clone());
        }
    });
    let Some(from) = first else { return false };
    in_graph(file, index, |kind| match kind {
        OpKind::Load(_, name) | OpKind::Store(_, name) | OpKind::Delete(_, name) if *name == from => *name = to.into(),
        _ => {}
    });
    let unit = &mut file.units.units[index];
    unit.varnames.iter_mut().filter(|name| **name == from).for_each(|name| *name = to.into());
    let body = &mut file.bodies[index];
    for node in 0..body.nodes().len() as u32 {
        if matches!(&body.nodes()[node as usize], Node::Expr(Expr::Name(name)) if *name == from) {
            *body.get_expr_mut(ExprId(node)) = Expr::Name(to.into());
        }
    }
    is_function(unit)
}

/// The bytecode makes it twice; the text would have two that are alike.
#[test]
fn a_function_that_is_written_twice() {
    no_claim_is_believed(|file, index| {
        let body = &mut file.bodies[index];
        let is_def = |stmt: &&StmtId| matches!(body.get_stmt(**stmt), Stmt::FunctionDef { type_params: None, .. });
        let Some(&first) = body.stmts.iter().find(is_def) else { return false };
        let copy = body.get_stmt(first).clone();
        let copy = body.stmt(copy, Default::default());
        body.stmts.insert(0, copy);
        relower(file, index);
        true
    });
}

#[test]
fn names_that_are_no_names() {
    let names = ["", "a b", "1x", "class", "None", "x\nimport os", "x#", "\u{fb01}", "__debug__"];
    no_claim_is_believed(|file, index| rename(file, index, names[index % names.len()]));
}

#[test]
fn another_name_alone_changes_nothing() {
    let mut count = 0;
    for mut file in fixtures("cpython-3.12") {
        for index in 0..file.units.units.len() {
            let id = CodeId(index as u32);
            if is_proved(&file, id)
                && file.units.units[index].cellvars.is_empty()
                && rename(&mut file, index, "another")
            {
                count += usize::from(is_proved(&file, id));
            }
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn private_names_that_source_would_mangle() {
    no_claim_is_believed(|file, index| {
        file.units.units[index].class = Some("C".into());
        rename(file, index, "__private")
    });
}
