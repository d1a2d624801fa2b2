//! How much text the source of a file comes to: code objects may be made over and over, each time with those that they make in
//! turn, and one name may be loaded by each instruction.

use crate::ast::{Body, Expr, Function, Node, Stmt};
use crate::prove::spelling::NamesOf;
use crate::unit::{CodeId, Unit, Units};

/// How many bytes of text each byte of a file may come to, and what files of any size may.
const FACTOR: usize = 16;
const SMALL: usize = 4_000_000;

/// What a node takes besides names and constants, in bytes.
const NODE: usize = 8;

/// How deep code objects nest in expressions at the most. CPython's parsers allow 200 parentheses (`MAXLEVEL`).
const DEPTH: u32 = 50;

/// Leaves out what the code objects do with which the text would be too long, or nest too deep in expressions.
pub(crate) fn limit(units: &Units, bodies: &mut [Body], file_size: usize) {
    let mut left = file_size.saturating_mul(FACTOR).saturating_add(SMALL);
    // How often each is written, and how deep in expressions. One that nothing makes is written when it is asked for.
    let mut times = vec![0_usize; bodies.len()];
    let mut depths = vec![0_u32; bodies.len()];
    for (at, unit) in units.units.iter().enumerate() {
        let (body, own_times) = (&bodies[at], times[at].max(1));
        let size = size(unit, body).saturating_mul(own_times);
        let made = made(body);
        let reason = if made.iter().any(|made| made.code.0 as usize <= at) {
            "It makes a code object that it is part of."
        } else if depths[at] > DEPTH {
            "It nests too deep in expressions."
        } else if size > left {
            "The text of this file would be too long."
        } else {
            left -= size;
            for Made { code, in_expression } in made {
                let inner = code.0 as usize;
                let Some(inner_times) = times.get_mut(inner) else { continue };
                *inner_times = inner_times.saturating_add(own_times);
                let depth = if in_expression { depths[at] + 1 } else { 0 };
                depths[inner] = depths[inner].max(depth);
            }
            continue;
        };
        bodies[at] = Body::of_one(Stmt::Unshaped { start: 0, end: unit.code_size, reason: reason.to_owned() });
    }
}

/// How long the text of a body is at the most, indentation left aside.
fn size(unit: &Unit, body: &Body) -> usize {
    let mut found = NamesOf::default();
    found.names.extend(unit.varnames.iter().take(unit.parameter_count()));
    let mut size = 0_usize;
    for node in body.held() {
        let node = &body.nodes()[node as usize];
        found.add(node);
        size = size.saturating_add(NODE);
        if let Node::Expr(Expr::Constant(constant)) = node {
            size = size.saturating_add(constant.size());
        }
    }
    let NamesOf { names, arguments, modules } = found;
    names.iter().chain(&arguments).chain(&modules).fold(size, |sum, name| sum.saturating_add(name.len()))
}

/// A code object that a node makes.
struct Made {
    code: CodeId,
    /// Whether it stands inside of an expression.
    in_expression: bool,
}

fn made(body: &Body) -> Vec<Made> {
    let mut found = Vec::new();
    for node in body.held() {
        let node = &body.nodes()[node as usize];
        let in_expression = matches!(node, Node::Expr(_));
        codes_of(node, &mut |code| found.push(Made { code, in_expression }));
    }
    found
}

fn codes_of(node: &Node, found: &mut dyn FnMut(CodeId)) {
    let mut function = |made: &Function| {
        found(made.code);
        made.annotate.into_iter().for_each(&mut *found);
    };
    match node {
        Node::Stmt(Stmt::FunctionDef { function: made, type_params, .. }) => {
            function(made);
            type_params.iter().copied().for_each(found);
        }
        Node::Expr(Expr::Lambda(made)) => function(made),
        Node::Stmt(Stmt::ClassDef { code, type_params, .. }) => {
            [*code].into_iter().chain(*type_params).for_each(found);
        }
        Node::Stmt(Stmt::TypeAlias { code, .. }) | Node::Expr(Expr::OwnComp { code, .. }) => found(*code),
        // Annotations that are asked for are each written once, whatever code object makes them.
        _ => {}
    }
}
