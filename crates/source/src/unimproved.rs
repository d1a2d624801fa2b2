//! What Python 2 compiles otherwise because of where lines end. Its compiler improves no code whose line table has an entry of 255
//! (`PyCode_Optimize` in CPython's `peephole.c`), and only where it improves code is `None` a constant: elsewhere it is a name that
//! is looked up. So code that has the constant is not proved if lines of the text are that long, or that far from each other.

use std::collections::HashMap;

use crate::ast::{Body, Expr, Node};
use crate::constant::Constant;
use crate::graph::{Graph, OpKind, Origin, Terminator, ValueId};
use crate::print::Printed;
use crate::unit::{Unit, UnitKind, Units};

/// How many bytes of bytecode one line may surely have: fewer than 255, since what is improved was longer.
const BYTES: u32 = 180;

/// How many lines may surely lie between two that have bytecode.
const LINES: usize = 240;

/// For each code object, whether its `None` may become a name.
pub(crate) fn check(units: &Units, bodies: &[Body], graphs: &[Graph], printed: &Printed) -> Vec<bool> {
    let mut places: Vec<Vec<(u32, usize)>> = vec![Vec::new(); units.units.len()];
    let ends: Vec<usize> =
        printed.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let mut folded: Vec<HashMap<usize, u32>> = vec![HashMap::new(); units.units.len()];
    for range in &printed.ranges {
        let at = range.code.0 as usize;
        let Some(body) = bodies.get(at) else { continue };
        let line = ends.partition_point(|&end| end < range.range.start);
        if let Origin::Bytecode { start, .. } = body.origin(range.node) {
            places[at].push((start, line));
        }
        if let Some(Node::Expr(Expr::Constant(constant))) = body.nodes().get(range.node as usize) {
            let size = folded[at].entry(line).or_default();
            *size = size.saturating_add(size_before(constant));
        }
    }
    let codes = units.units.iter().zip(graphs).zip(places.into_iter().zip(folded));
    codes.map(|((unit, graph), (places, folded))| loads_none(unit, graph) && is_far(unit, places, &folded)).collect()
}

/// Whether None is written in the text of a code object. Where it is left out it is no name.
fn loads_none(unit: &Unit, graph: &Graph) -> bool {
    let is_none = |value: &ValueId| graph.as_constant(*value).is_some_and(has_none);
    graph.blocks.iter().any(|block| {
        let mut written = block.ops.iter().filter(|op| !matches!(op.kind, OpKind::ImportName(..)));
        let returned = unit.kind == UnitKind::Lambda || !matches!(block.terminator, Terminator::Return(_));
        written.any(|op| op.operands.iter().any(is_none))
            || returned && block.terminator.operands().any(|value| is_none(&value))
            || block.terminator.edges().any(|edge| edge.args.iter().any(is_none))
    })
}

/// Whether None is in a constant: a tuple is made of its items. Recursion is bounded: [`Constant::DEPTH`].
fn has_none(constant: &Constant) -> bool {
    match constant {
        Constant::None => true,
        Constant::Tuple(items) => items.iter().any(has_none),
        _ => false,
    }
}

/// How many bytes make a constant before the compiler makes one of its parts, besides those that load it.
fn size_before(constant: &Constant) -> u32 {
    match constant {
        Constant::Tuple(items) => {
            items.iter().map(|item| size_before(item).saturating_add(3)).fold(0, u32::saturating_add)
        }
        _ => 0,
    }
}

/// Whether a line has too much bytecode, or is too far from the one before.
fn is_far(unit: &Unit, mut places: Vec<(u32, usize)>, folded: &HashMap<usize, u32>) -> bool {
    if let Some(Some(Constant::Str(text) | Constant::Unicode(text))) = unit.consts.first() {
        if text.iter().filter(|&&byte| byte == b'\n').count() > LINES {
            return true;
        }
    }
    places.sort_unstable();
    if folded.values().any(|&size| size > BYTES) {
        return true;
    }
    let before = |line: usize| folded.get(&line).copied().unwrap_or(0);
    let mut began = places.first().map(|&(_, line)| (0, line));
    for (start, line) in places {
        match began {
            Some((from, last)) if line > last => {
                if (start - from).saturating_add(before(last)) > BYTES || line - last > LINES {
                    return true;
                }
                began = Some((start, line));
            }
            _ => {}
        }
    }
    false
}
