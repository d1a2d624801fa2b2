//! What a tree is printed as: parentheses where the grammar wants them, and nowhere else.

use pycxray::Version;
use pycxray_source::ast::{Body, Expr, ExprId, Stmt};
use pycxray_source::constant::Constant;
use pycxray_source::graph::{BinaryOp, Origin, UnaryOp};
use pycxray_source::print::{Layout, print};
use pycxray_source::unit::{CodeId, Compiler, Unit, UnitKind, Units};

/// A module and nothing in it.
fn module(minor: u8) -> Units {
    let unit = Unit {
        id: CodeId(0),
        kind: UnitKind::Module,
        parent: None,
        class: None,
        mangled_alone: None,
        name: "<module>".into(),
        qualname: "<module>".into(),
        argcount: 0,
        posonlyargcount: 0,
        kwonlyargcount: 0,
        flags: 0,
        code_size: 0,
        firstlineno: 1,
        varnames: Vec::new(),
        cellvars: Vec::new(),
        freevars: Vec::new(),
        names: Vec::new(),
        static_attributes: None,
        seen_inside: Default::default(),
        consts: Vec::new(),
        damage: None,
        is_left_out: false,
    };
    Units { version: Version::new(3, minor), compiler: Compiler::CPYTHON, units: vec![unit] }
}

/// The text of a module with one statement, in Python 3.`minor`.
fn printed(minor: u8, stmt: impl FnOnce(&mut Body) -> Stmt) -> String {
    let mut body = Body::default();
    let stmt = stmt(&mut body);
    let stmt = body.stmt(stmt, Origin::None);
    body.stmts.push(stmt);
    print(&module(minor), &[body], Layout::default(), &|_, _, _| String::new()).text
}

fn add(body: &mut Body, expr: Expr) -> ExprId {
    body.expr(expr, Origin::None)
}

fn name(body: &mut Body, text: &str) -> ExprId {
    add(body, Expr::Name(text.into()))
}

/// `x[…]`
fn item(body: &mut Body, slice: Expr) -> Stmt {
    let (value, slice) = (name(body, "x"), add(body, slice));
    Stmt::Expr(add(body, Expr::Subscript { value, slice }))
}

#[test]
fn slices_stand_in_brackets_without_parentheses() {
    let slices = |body: &mut Body| {
        let (a, b) = (name(body, "a"), name(body, "b"));
        let first = add(body, Expr::Slice { lower: Some(a), upper: None, step: Some(b) });
        let tuple = Expr::Tuple(vec![first, a]);
        item(body, tuple)
    };
    assert_eq!(printed(12, slices), "x[a::b, a]\n");
    let constants = |body: &mut Body| {
        let slice = Constant::Slice([Constant::Int(1), Constant::None].into());
        item(body, Expr::Constant(Constant::Tuple([slice.clone(), slice].into())))
    };
    assert_eq!(printed(14, constants), "x[1:, 1:]\n");
}

#[test]
fn starred_and_named_indices_follow_the_grammar_of_the_version() {
    let starred = |body: &mut Body| {
        let a = name(body, "a");
        let star = add(body, Expr::Starred(a));
        let tuple = Expr::Tuple(vec![star]);
        item(body, tuple)
    };
    assert_eq!(printed(10, starred), "x[(*a,)]\n");
    assert_eq!(printed(11, starred), "x[*a,]\n");
    let named = |body: &mut Body| {
        let value = name(body, "b");
        item(body, Expr::NamedExpr { target: "a".into(), value })
    };
    assert_eq!(printed(9, named), "x[(a := b)]\n");
    assert_eq!(printed(10, named), "x[a := b]\n");
}

#[test]
fn a_yield_stands_alone_only_as_a_statement_or_behind_an_equals_sign() {
    let yields = |body: &mut Body| {
        let value = name(body, "a");
        add(body, Expr::YieldFrom(value))
    };
    assert_eq!(printed(8, |body| Stmt::Expr(yields(body))), "yield from a\n");
    assert_eq!(printed(8, |body| Stmt::Return(Some(yields(body)))), "return (yield from a)\n");
    let assigned = |body: &mut Body| {
        let (target, value) = (name(body, "x"), yields(body));
        Stmt::Assign { targets: vec![target], value }
    };
    assert_eq!(printed(8, assigned), "x = yield from a\n");
    let awaited = |body: &mut Body| {
        let value = yields(body);
        Stmt::Expr(add(body, Expr::Await(value)))
    };
    assert_eq!(printed(8, awaited), "await (yield from a)\n");
}

#[test]
fn a_named_expression_is_no_statement() {
    let named = |body: &mut Body| {
        let value = name(body, "b");
        Stmt::Expr(add(body, Expr::NamedExpr { target: "a".into(), value }))
    };
    assert_eq!(printed(8, named), "(a := b)\n");
}

#[test]
fn operators_keep_their_order() {
    let power = |body: &mut Body| {
        let (a, b) = (name(body, "a"), name(body, "b"));
        let minus = add(body, Expr::UnaryOp { op: UnaryOp::USub, operand: a });
        let power = add(body, Expr::BinOp { left: minus, op: BinaryOp::Pow, right: b });
        Stmt::Expr(add(body, Expr::UnaryOp { op: UnaryOp::USub, operand: power }))
    };
    assert_eq!(printed(8, power), "-(-a) ** b\n");
    let difference = |body: &mut Body| {
        let (a, b) = (name(body, "a"), name(body, "b"));
        let right = add(body, Expr::BinOp { left: a, op: BinaryOp::Sub, right: b });
        Stmt::Expr(add(body, Expr::BinOp { left: a, op: BinaryOp::Sub, right }))
    };
    assert_eq!(printed(8, difference), "a - (a - b)\n");
}

#[test]
fn what_nests_deep_is_printed_all_the_same() {
    let nested = |body: &mut Body| {
        let mut value = name(body, "a");
        for _ in 0..100_000 {
            value = add(body, Expr::UnaryOp { op: UnaryOp::Invert, operand: value });
        }
        Stmt::Expr(value)
    };
    assert_eq!(printed(8, nested), format!("{}a\n", "~".repeat(100_000)));
}
