//! `with`.

use super::place::{Guarded, Place, Step};
use super::shaper::{Entering, Shaper};
use crate::ast::{Stmt, StmtId, WithItem};
use crate::graph::{BlockId, OpKind, Terminator, ValueId};
use crate::shape::contexts::ends_handling;
use crate::shape::trouble::Shaped;

impl Shaper<'_> {
    /// The `with` whose body begins with a node.
    pub(super) fn with_statement(&mut self, guarded: Guarded, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        let Guarded { body: id, handler, context, place } = guarded;
        let Some(entering) = self.entering.pop() else { return Err("a with is entered elsewhere".to_owned()) };
        let forgotten = self.forgotten(handler);
        let main = self.main_exit(guarded, forgotten).or_else(|| self.loop_around(guarded));
        let follow = forgotten.or(main);
        let inner = Place { context, ..place.inner(follow)? };
        let (item, behind) = self.with_item(&entering, id)?;
        let mut body = Vec::new();
        if behind == 0 {
            body = self.sequence(id, inner).stmts;
        } else {
            self.done[id.0 as usize] = true;
            self.fresh = self.fresh.filter(|&fresh| fresh != id);
            self.straight(id, behind, &mut body)?;
            let step = self.leave(id, inner, &mut body)?;
            body = self.rest(step, inner, body)?;
        }
        let body = self.or_pass(body);
        let stmt = Stmt::With { items: vec![item], body, is_async: entering.is_async };
        let stmt = self.stmt(stmt, entering.origin);
        stmts.push(stmt);
        Ok(follow.map_or(Step::End, Step::To))
    }

    /// What is entered, with its target, and where the body begins behind that in its first node.
    fn with_item(&mut self, entering: &Entering, id: BlockId) -> Shaped<(WithItem, usize)> {
        let context_expr = self.expr(entering.manager)?;
        let bound = self.flow.times_bound(entering.entered) > 0;
        let (optional_vars, behind) = if bound {
            let (target, behind) = self.expressions().target_of(id, entering.entered)?;
            (Some(target), behind)
        } else {
            (None, 0)
        };
        Ok((WithItem { context_expr, optional_vars }, behind))
    }

    /// Where the handler of a `with` leads if `__exit__` says to forget the exception.
    fn forgotten(&self, handler: BlockId) -> Option<BlockId> {
        let mut at = handler;
        for _ in 0..4 {
            let node = self.flow.node(at);
            match &node.end {
                Terminator::Branch { on_true, .. } => at = on_true.target,
                Terminator::Jump(edge) if ends_handling(&self.flow, at) => return Some(edge.target),
                _ => return None,
            }
        }
        None
    }

    /// A `with` whose body does nothing: `__exit__` is called right behind `__enter__`.
    pub(super) fn empty_with(&mut self, exit: ValueId, stmts: &mut Vec<StmtId>) -> Shaped<()> {
        let exit = self.flow.resolve(exit);
        let Some(entering) = self.entering.pop() else { return Err("a with is left elsewhere".to_owned()) };
        if self.flow.resolve(entering.exit) != exit {
            return Err("a with is left that is not the innermost".to_owned());
        }
        let context_expr = self.expr(entering.manager)?;
        let body = self.or_pass(Vec::new());
        let items = vec![WithItem { context_expr, optional_vars: None }];
        let stmt = self.stmt(Stmt::With { items, body, is_async: entering.is_async }, entering.origin);
        stmts.push(stmt);
        Ok(())
    }

    /// Remembers what an operation enters.
    pub(super) fn enter(&mut self, op: crate::shape::flow::OpId) {
        let op = self.flow.op(op);
        if let OpKind::WithEnter { is_async } = op.kind {
            let results: Vec<ValueId> = op.results().collect();
            let entering = Entering {
                manager: op.operands[0],
                is_async,
                exit: results[0],
                entered: results[1],
                origin: op.origin,
            };
            self.entering.push(entering);
        }
    }
}
