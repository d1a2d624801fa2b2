//! What can stand in an expression.

use super::flow::{Flow, bound_operand};
use crate::graph::{BlockId, OpKind, ValueId};

/// Whether a node does nothing but evaluate these values, of its own operations alone.
pub(super) fn is_pure(flow: &Flow<'_>, id: BlockId, values: &[ValueId]) -> bool {
    is_pure_but(flow, id, values, None)
}

/// The same; `shared` may be used though it is made elsewhere.
pub(super) fn is_pure_but(flow: &Flow<'_>, id: BlockId, values: &[ValueId], shared: Option<ValueId>) -> bool {
    let node = flow.node(id);
    let values: Vec<ValueId> = values.iter().map(|&value| flow.resolve(value)).collect();
    let shared = shared.map(|value| flow.resolve(value));
    node.params.is_empty()
        && node.ops.iter().all(|&op| {
            let op = flow.op(op);
            let own = op.operands.iter().all(|&operand| {
                let operand = flow.resolve(operand);
                Some(operand) == shared || flow.constant(operand).is_some() || made_in(flow, operand, id)
            });
            own && is_expression(flow, &op.kind, &op.operands)
                && op
                    .results()
                    .all(|result| values.contains(&result) || flow.is_used(result) || !is_droppable(&op.kind))
        })
}

fn is_droppable(kind: &OpKind) -> bool {
    kind.result_count() > 0 && !matches!(kind, OpKind::SaveAndClear(_))
}

/// Whether a value is made by a node, or in an expression that was folded into it.
pub(super) fn made_in(flow: &Flow<'_>, value: ValueId, id: BlockId) -> bool {
    if flow.made(value).is_some() {
        return true;
    }
    flow.home(value) == Some(id)
}

/// Whether an operation can stand in an expression. A variable is bound there if its value is used as well.
pub(super) fn is_expression(flow: &Flow<'_>, kind: &OpKind, operands: &[ValueId]) -> bool {
    use OpKind::*;
    match kind {
        // A constant is one value wherever it stands: what is bound to it cannot be told from other uses of it.
        Store(..) => operands
            .first()
            .is_some_and(|&value| flow.is_saved(value) || flow.is_used(value) && flow.constant(value).is_none()),
        StoreAttr(_) | SetItem | DeleteAttr(_) | DelItem | Delete(..) | Unpack(_) | UnpackEx { .. } => false,
        SetBounds(_) | DelBounds(_) | PrintItem { .. } | PrintNewline { .. } | Exec | BuildClass => false,
        ImportName(..) | ImportFrom(_) | ImportStar | WithEnter { .. } | WithExit | WithExceptStart => false,
        CheckExcMatch | CheckEgMatch | PrepReraiseStar | PopExcept | PrintExpr | SetupAnnotations => false,
        GetLen | MatchMapping | MatchSequence | MatchKeys | MatchClass { .. } | CopyDictWithoutKeys => false,
        _ => bound_operand(kind).is_none(),
    }
}
