//! Annotations that are made when they are asked for (3.14+).

use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, Graph, OpKind, Terminator};

/// An annotation that is made when it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub name: Name,
    pub line: Option<u32>,
    /// The number by which the code marks that it was reached.
    pub number: Option<i64>,
}

/// The annotations that a code object makes, in order.
pub(super) fn asked_by(graph: &Graph) -> Vec<Asked> {
    let mut blocks: Vec<_> = graph.blocks.iter().collect();
    blocks.sort_by_key(|block| block.offset);
    let (mut found, mut number) = (Vec::new(), None);
    for block in blocks {
        let mut line = None;
        for op in &block.ops {
            // The dict that they are entered into has the line of the class.
            if matches!(op.kind, OpKind::Build(BuildKind::Dict, 0)) {
                line = None;
                continue;
            }
            line = line.or_else(|| op.origin.line().filter(|_| op.origin.start().is_some()));
            let key = op.operands.get(2).and_then(|&key| graph.as_constant(key));
            if let (OpKind::SetItem, Some(Constant::Str(key))) = (&op.kind, key) {
                let name = String::from_utf8_lossy(key).as_ref().into();
                found.push(Asked { name, line: line.take(), number: number.take() });
            }
        }
        let Terminator::Branch { condition, .. } = block.terminator else { continue };
        let asks = block.ops.iter().find(|op| op.first == condition && matches!(op.kind, OpKind::Contains { .. }));
        if let Some(Constant::Int(value)) = asks.and_then(|op| graph.as_constant(op.operands[0])) {
            number = Some(*value);
        }
    }
    found
}
