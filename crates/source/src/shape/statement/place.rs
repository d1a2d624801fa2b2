//! Where statements are being made, and what comes of that.

use crate::ast::{ExprId, StmtId};
use crate::graph::{BlockId, Origin};
use crate::shape::contexts::ContextId;
use crate::shape::trouble::Shaped;

/// A loop that is being shaped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loop {
    /// Where `continue` leads.
    pub head: BlockId,
    /// Where `break` leads, if anything does.
    pub follow: Option<BlockId>,
    /// Where what follows the loop begins in the bytecode, as far as that is known.
    pub behind: Option<u32>,
}

/// Where statements are being made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The context that they stand in.
    pub context: ContextId,
    /// What comes behind the last of them.
    pub next: Option<BlockId>,
    /// The innermost loop around them.
    pub around: Option<Loop>,
    /// How deep in other statements.
    pub depth: u32,
}

/// A `try` or `with` that is being shaped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guarded {
    /// The node that its body begins with.
    pub body: BlockId,
    /// The handler that guards the body.
    pub handler: BlockId,
    /// The context of the body.
    pub context: ContextId,
    /// Where the statement stands.
    pub place: Place,
}

impl Place {
    /// How deep statements nest at most. CPython's tokenizer allows 100 indents (`MAXINDENT`).
    const MAX_DEPTH: u32 = 110;

    /// A place one deeper, which leads on to `next`.
    pub(super) fn inner(self, next: Option<BlockId>) -> Shaped<Self> {
        if self.depth >= Self::MAX_DEPTH {
            return Err("statements nest too deep".to_owned());
        }
        Ok(Self { next, depth: self.depth + 1, ..self })
    }
}

/// Statements, and whether control goes on behind the last of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    pub stmts: Vec<StmtId>,
    pub falls: bool,
}

/// An `if` whose `else` is being made: what stands before it, its condition, its body.
pub(super) struct OpenIf {
    pub before: Vec<StmtId>,
    pub test: ExprId,
    pub body: Vec<StmtId>,
    /// Whether control goes on behind the body.
    pub falls: bool,
    pub origin: Origin,
}

/// Where control is.
pub(super) enum Step {
    /// It goes on in this node.
    To(BlockId),
    /// It goes on in this node, and all that follows is the `else` of this `if`.
    Else(OpenIf, BlockId),
    /// Nothing follows.
    End,
    /// It goes on behind the sequence.
    Falls,
}
