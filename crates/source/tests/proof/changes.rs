//! Changed trees: what is proved is no longer proved when a statement or an expression is another, whatever the version.

use std::collections::HashMap;

use pycxray_source::ast::{Alias, Body, BoolOp, CmpOp, Expr, ExprId, Function, Node, Stmt, StmtId};
use pycxray_source::constant::{Constant, Name};
use pycxray_source::graph::{BinaryOp, CompareOp, UnaryOp};
use pycxray_source::unit::CodeId;
use pycxray_source::{Judge, Verdict};

use crate::read::{File, VERSIONS, fixtures};

/// Changes a node of a body, if it is one that this changes.
type Change = fn(&mut Body, u32) -> bool;

/// How many nodes of a code object each change is tried on.
const TRIED: usize = 2;

fn stmt(body: &mut Body, node: u32) -> Option<&mut Stmt> {
    matches!(body.nodes()[node as usize], Node::Stmt(_)).then(|| body.get_stmt_mut(StmtId(node)))
}

fn expr(body: &mut Body, node: u32) -> Option<&mut Expr> {
    matches!(body.nodes()[node as usize], Node::Expr(_)).then(|| body.get_expr_mut(ExprId(node)))
}

/// Whether two expressions are the same: then swapping them changes nothing.
fn is_same(body: &Body, first: ExprId, second: ExprId) -> bool {
    match (body.get_expr(first), body.get_expr(second)) {
        (Expr::Name(first), Expr::Name(second)) => first == second,
        (Expr::Constant(first), Expr::Constant(second)) => first == second,
        (Expr::Attribute { value, attr }, Expr::Attribute { value: other, attr: another }) => {
            attr == another && is_same(body, *value, *other)
        }
        _ => false,
    }
}

fn another_name(name: &mut Name) {
    *name = format!("{name}_another").into();
}

fn function(body: &mut Body, node: u32) -> Option<&mut Function> {
    match body.nodes()[node as usize] {
        Node::Stmt(_) => match stmt(body, node)? {
            Stmt::FunctionDef { function, .. } => Some(function),
            _ => None,
        },
        _ => match expr(body, node)? {
            Expr::Lambda(function) => Some(function),
            _ => None,
        },
    }
}

/// `if not test`
fn flip_branch(body: &mut Body, node: u32) -> bool {
    let test = match stmt(body, node) {
        Some(Stmt::If { test, .. } | Stmt::While { test, .. } | Stmt::Assert { test, .. }) => *test,
        _ => match expr(body, node) {
            Some(Expr::IfExp { test, .. }) => *test,
            _ => return false,
        },
    };
    // `while True` has nothing to ask for.
    if matches!(body.get_expr(test), Expr::Constant(_)) {
        return false;
    }
    let copy = body.get_expr(test).clone();
    let operand = body.expr(copy, Default::default());
    *body.get_expr_mut(test) = Expr::UnaryOp { op: UnaryOp::Not, operand };
    true
}

fn swap_operands(body: &mut Body, node: u32) -> bool {
    let (left, right) = match expr(body, node) {
        Some(Expr::BinOp { left, right, .. } | Expr::Subscript { value: left, slice: right }) => (*left, *right),
        Some(Expr::Compare { left, rest }) if rest.len() == 1 => (*left, rest[0].1),
        _ => return false,
    };
    if is_same(body, left, right) {
        return false;
    }
    let (first, second) = (body.get_expr(left).clone(), body.get_expr(right).clone());
    (*body.get_expr_mut(left), *body.get_expr_mut(right)) = (second, first);
    true
}

fn other_operator(body: &mut Body, node: u32) -> bool {
    match expr(body, node) {
        Some(Expr::BinOp { op, .. }) => *op = if *op == BinaryOp::Sub { BinaryOp::Add } else { BinaryOp::Sub },
        Some(Expr::UnaryOp { op, .. }) => *op = if *op == UnaryOp::UAdd { UnaryOp::Invert } else { UnaryOp::UAdd },
        Some(Expr::BoolOp { op, .. }) => *op = if *op == BoolOp::And { BoolOp::Or } else { BoolOp::And },
        Some(Expr::Compare { rest, .. }) => match &mut rest[0].0 {
            CmpOp::Compare(op) => *op = if *op == CompareOp::Lt { CompareOp::Gt } else { CompareOp::Lt },
            CmpOp::In { negated } | CmpOp::Is { negated } => *negated = !*negated,
        },
        _ => match stmt(body, node) {
            Some(Stmt::AugAssign { op, .. }) => *op = if *op == BinaryOp::Sub { BinaryOp::Add } else { BinaryOp::Sub },
            _ => return false,
        },
    }
    true
}

fn other_constant(body: &mut Body, node: u32) -> bool {
    let Some(Expr::Constant(constant)) = expr(body, node) else { return false };
    *constant = match constant {
        Constant::Int(1) => Constant::Bool(true),
        Constant::Bool(true) => Constant::float(1.0),
        Constant::Float(0) => Constant::float(-0.0),
        Constant::Str(_) => Constant::text("another text"),
        Constant::None => Constant::Bool(false),
        _ => Constant::None,
    };
    true
}

fn other_name(body: &mut Body, node: u32) -> bool {
    match expr(body, node) {
        Some(Expr::Name(name) | Expr::Attribute { attr: name, .. }) => another_name(name),
        Some(Expr::NamedExpr { target, .. }) => another_name(target),
        Some(Expr::Call { keywords, .. }) => match keywords.iter_mut().find_map(|keyword| keyword.arg.as_mut()) {
            Some(name) => another_name(name),
            None => return false,
        },
        _ => return other_bound_name(body, node),
    }
    true
}

fn other_bound_name(body: &mut Body, node: u32) -> bool {
    let name = match stmt(body, node) {
        Some(Stmt::FunctionDef { name, .. } | Stmt::ClassDef { name, .. } | Stmt::TypeAlias { name, .. }) => Some(name),
        Some(Stmt::Import { names, .. }) => names.first_mut().map(|Alias { name, .. }| name),
        Some(Stmt::ImportFrom { module, .. }) => Some(module),
        Some(Stmt::Try { handlers, .. }) => handlers.iter_mut().find_map(|handler| handler.name.as_mut()),
        _ => None,
    };
    name.map(another_name).is_some()
}

fn other_import(body: &mut Body, node: u32) -> bool {
    match stmt(body, node) {
        Some(Stmt::ImportFrom { level, .. }) => *level += 1,
        Some(Stmt::Import { names, .. }) => match names.first_mut() {
            Some(Alias { asname, .. }) => *asname = Some("another".into()),
            None => return false,
        },
        _ => return false,
    }
    true
}

fn drop_default(body: &mut Body, node: u32) -> bool {
    let Some(function) = function(body, node) else { return false };
    function.defaults.pop().is_some() || function.kw_defaults.pop().is_some()
}

fn drop_annotation(body: &mut Body, node: u32) -> bool {
    let Some(function) = function(body, node) else { return false };
    function.annotations.pop().is_some() || function.annotate.take().is_some()
}

fn drop_decorator(body: &mut Body, node: u32) -> bool {
    let Some(Stmt::FunctionDef { decorators, .. } | Stmt::ClassDef { decorators, .. }) = stmt(body, node) else {
        return false;
    };
    decorators.pop().is_some()
}

fn drop_base(body: &mut Body, node: u32) -> bool {
    let Some(Stmt::ClassDef { bases, keywords, .. }) = stmt(body, node) else { return false };
    keywords.pop().is_some() || bases.pop().is_some()
}

fn drop_argument(body: &mut Body, node: u32) -> bool {
    let Some(Expr::Call { args, keywords, .. }) = expr(body, node) else { return false };
    keywords.pop().is_some() || args.pop().is_some()
}

fn drop_item(body: &mut Body, node: u32) -> bool {
    match expr(body, node) {
        Some(Expr::Tuple(items) | Expr::List(items) | Expr::Set(items)) if items.len() > 1 => items.pop().is_some(),
        Some(Expr::Dict(items)) => items.pop().is_some(),
        Some(Expr::JoinedStr(parts)) => parts.pop().is_some(),
        _ => false,
    }
}

fn drop_handler(body: &mut Body, node: u32) -> bool {
    match stmt(body, node) {
        Some(Stmt::Try { handlers, finalbody, .. }) if handlers.len() > 1 || !finalbody.is_empty() => {
            handlers.pop().is_some()
        }
        _ => false,
    }
}

fn drop_finally(body: &mut Body, node: u32) -> bool {
    match stmt(body, node) {
        Some(Stmt::Try { finalbody, handlers, .. }) if !finalbody.is_empty() && !handlers.is_empty() => {
            finalbody.clear();
            true
        }
        _ => false,
    }
}

fn drop_else(body: &mut Body, node: u32) -> bool {
    let orelse = match stmt(body, node) {
        Some(
            Stmt::For { orelse, .. } | Stmt::While { orelse, .. } | Stmt::If { orelse, .. } | Stmt::Try { orelse, .. },
        ) => std::mem::take(orelse),
        _ => return false,
    };
    // At the end of a loop or function, these are what happens anyway.
    orelse.iter().any(|&stmt| !matches!(body.get_stmt(stmt), Stmt::Pass | Stmt::Continue | Stmt::Return(None)))
}

fn drop_manager(body: &mut Body, node: u32) -> bool {
    match stmt(body, node) {
        Some(Stmt::With { items, .. }) => {
            items[0].optional_vars.take().is_some() || items.len() > 1 && items.pop().is_some()
        }
        _ => false,
    }
}

fn drop_condition(body: &mut Body, node: u32) -> bool {
    match expr(body, node) {
        Some(
            Expr::ListComp { generators, .. }
            | Expr::SetComp { generators, .. }
            | Expr::DictComp { generators, .. }
            | Expr::GeneratorExp { generators, .. },
        ) => generators[0].ifs.pop().is_some() || generators.len() > 1 && generators.pop().is_some(),
        _ => false,
    }
}

/// A statement that does nothing in the place of one that does something.
fn drop_statement(body: &mut Body, node: u32) -> bool {
    let dropped = match stmt(body, node) {
        Some(stmt @ (Stmt::Assign { .. } | Stmt::AugAssign { .. } | Stmt::Delete(_) | Stmt::Raise { .. })) => stmt,
        Some(
            stmt @ (Stmt::Import { .. } | Stmt::ImportFrom { .. } | Stmt::FunctionDef { .. } | Stmt::ClassDef { .. }),
        ) => stmt,
        Some(stmt @ (Stmt::Break | Stmt::Assert { .. } | Stmt::Return(Some(_)))) => stmt,
        _ => return drop_call(body, node),
    };
    *dropped = Stmt::Pass;
    true
}

fn drop_call(body: &mut Body, node: u32) -> bool {
    let Some(Stmt::Expr(value)) = stmt(body, node) else { return false };
    let value = *value;
    // A docstring is one, other constants are nothing at all.
    let is_text = matches!(body.get_expr(value), Expr::Constant(Constant::Str(_)));
    if !is_text && matches!(body.get_expr(value), Expr::Constant(_)) {
        return false;
    }
    *body.get_stmt_mut(StmtId(node)) = Stmt::Pass;
    true
}

fn swap_statements(body: &mut Body, node: u32) -> bool {
    let around = body.stmts.iter().position(|stmt| stmt.0 == node).map(|at| body.stmts[at..].to_vec());
    let inner = match stmt(body, node) {
        Some(
            Stmt::If { body, .. }
            | Stmt::For { body, .. }
            | Stmt::While { body, .. }
            | Stmt::With { body, .. }
            | Stmt::Try { body, .. },
        ) => Some(body.clone()),
        _ => around,
    };
    let Some([first, second]) = inner.and_then(|stmts| stmts.first_chunk().copied()) else { return false };
    let calls = |expr: ExprId| matches!(body.get_expr(expr), Expr::Call { .. });
    let has_effect = |stmt| match body.get_stmt(stmt) {
        Stmt::Expr(value) | Stmt::Assign { value, .. } => calls(*value),
        stmt => matches!(stmt, Stmt::AugAssign { .. } | Stmt::Import { .. } | Stmt::With { .. } | Stmt::For { .. }),
    };
    if !has_effect(first) || !has_effect(second) {
        return false;
    }
    let (one, other) = (body.get_stmt(first).clone(), body.get_stmt(second).clone());
    (*body.get_stmt_mut(first), *body.get_stmt_mut(second)) = (other, one);
    true
}

fn swap_targets(body: &mut Body, node: u32) -> bool {
    let Some(Stmt::Assign { targets, .. }) = stmt(body, node) else { return false };
    let [target] = targets[..] else { return false };
    let (Expr::Tuple(items) | Expr::List(items)) = body.get_expr_mut(target) else { return false };
    let Some([first, second]) = items.first_chunk().copied() else { return false };
    items.swap(0, 1);
    !is_same(body, first, second)
}

fn other_await(body: &mut Body, node: u32) -> bool {
    match expr(body, node) {
        Some(expr @ Expr::Await(_)) => {
            let Expr::Await(value) = *expr else { return false };
            *expr = Expr::YieldFrom(value);
        }
        Some(expr @ Expr::YieldFrom(_)) => {
            let Expr::YieldFrom(value) = *expr else { return false };
            *expr = Expr::Yield(Some(value));
        }
        Some(Expr::Yield(value)) => return value.take().is_some(),
        _ => match stmt(body, node) {
            Some(Stmt::For { is_async, .. } | Stmt::With { is_async, .. }) => *is_async = !*is_async,
            _ => return false,
        },
    }
    true
}

fn break_for_continue(body: &mut Body, node: u32) -> bool {
    match stmt(body, node) {
        Some(stmt @ Stmt::Break) => *stmt = Stmt::Continue,
        Some(stmt @ Stmt::Continue) => *stmt = Stmt::Break,
        _ => return false,
    }
    true
}

fn other_code(body: &mut Body, node: u32) -> bool {
    match expr(body, node) {
        Some(Expr::OwnComp { code, .. }) => *code = CodeId(0),
        _ => match (stmt(body, node).is_some(), function(body, node)) {
            (_, Some(function)) => function.code = CodeId(0),
            (true, None) => match stmt(body, node) {
                Some(Stmt::ClassDef { code, .. }) => *code = CodeId(0),
                _ => return false,
            },
            _ => return false,
        },
    }
    true
}

const CHANGES: [(&str, Change); 23] = [
    ("a flipped branch", flip_branch),
    ("swapped operands", swap_operands),
    ("another operator", other_operator),
    ("another constant", other_constant),
    ("another name", other_name),
    ("another import", other_import),
    ("a dropped default", drop_default),
    ("a dropped annotation", drop_annotation),
    ("a dropped decorator", drop_decorator),
    ("a dropped base", drop_base),
    ("a dropped argument", drop_argument),
    ("a dropped item", drop_item),
    ("a dropped handler", drop_handler),
    ("a dropped finally", drop_finally),
    ("a dropped else", drop_else),
    ("a dropped manager", drop_manager),
    ("a dropped condition", drop_condition),
    ("a dropped statement", drop_statement),
    ("swapped statements", swap_statements),
    ("swapped targets", swap_targets),
    ("another way to wait", other_await),
    ("break for continue", break_for_continue),
    ("another code object", other_code),
];

/// Tries each change on some nodes of each code object that is proved. Gives what is still proved.
fn try_changes(file: &mut File, tried: &mut HashMap<&'static str, usize>) -> Vec<String> {
    let mut missed = Vec::new();
    for index in 0..file.bodies.len() {
        let id = CodeId(index as u32);
        let is_proved =
            |file: &File| Judge::new(&file.units, &file.bodies, &file.graphs).verdict(id) == Verdict::Proved;
        if !is_proved(file) {
            continue;
        }
        let original = file.bodies[index].clone();
        let held = original.held();
        for (name, change) in CHANGES {
            let changed = held.iter().filter_map(|&node| {
                let mut body = original.clone();
                change(&mut body, node).then_some((node, body))
            });
            for (node, body) in changed.take(TRIED) {
                *tried.entry(name).or_default() += 1;
                file.bodies[index] = body;
                if is_proved(file) {
                    let (node, unit) = (&original.nodes()[node as usize], file.units.get(id));
                    missed.push(format!("{}, {}: {name} is not found: {node:?}", file.name, unit.qualname));
                }
            }
        }
        file.bodies[index] = original;
    }
    missed
}

#[test]
fn no_changed_tree_is_proved() {
    let (mut tried, mut missed) = (HashMap::new(), Vec::new());
    for mut file in VERSIONS.into_iter().flat_map(fixtures) {
        missed.extend(try_changes(&mut file, &mut tried));
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    for (name, _) in CHANGES {
        assert!(tried.get(name).is_some_and(|&count| count > 3), "{name} is tried too seldom: {tried:?}");
    }
}
