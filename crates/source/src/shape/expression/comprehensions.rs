//! Comprehensions and generator expressions: loops that fill a container or yield.

use super::Expressions;
use crate::ast::{Comprehension, Expr, ExprId};
use crate::graph::{BlockId, BuildKind, OpKind, Origin, Terminator, ValueId};
use crate::shape::flow::OpId;
use crate::shape::trouble::Shaped;
use crate::unit::UnitKind;

/// What a comprehension makes in each turn.
enum Element {
    Item(ExprId),
    /// A key, or none for all entries of another dict, and a value.
    Entry(Option<ExprId>, ExprId),
}

impl Expressions<'_, '_> {
    /// The comprehension that fills a container, which is inlined.
    pub(in crate::shape) fn inlined_comprehension(&mut self, container: ValueId, head: BlockId) -> Shaped<ExprId> {
        let kind = match self.flow.maker(container).map(|(op, _)| &op.kind) {
            Some(OpKind::Build(BuildKind::List, _)) => UnitKind::ListComp,
            Some(OpKind::Build(BuildKind::Set, _)) => UnitKind::SetComp,
            _ => UnitKind::DictComp,
        };
        self.comprehension(head, Some(container), kind)
    }

    pub(in crate::shape) fn comprehension(
        &mut self,
        head: BlockId,
        container: Option<ValueId>,
        kind: UnitKind,
    ) -> Shaped<ExprId> {
        let (generators, element) = self.generators(head, container)?;
        let expr = match (kind, element) {
            (UnitKind::ListComp, Element::Item(elt)) => Expr::ListComp { elt, generators },
            (UnitKind::SetComp, Element::Item(elt)) => Expr::SetComp { elt, generators },
            (UnitKind::GeneratorExp, Element::Item(elt)) => Expr::GeneratorExp { elt, generators },
            (UnitKind::DictComp, Element::Entry(key, value)) => Expr::DictComp { key, value, generators },
            _ => return Err("a comprehension makes what it does not hold".to_owned()),
        };
        Ok(self.body.expr(expr, self.flow.node(head).origin))
    }

    /// The loops of a comprehension from the outermost on, and what the innermost makes.
    fn generators(&mut self, head: BlockId, container: Option<ValueId>) -> Shaped<(Vec<Comprehension>, Element)> {
        let mut generators: Vec<Comprehension> = Vec::new();
        let (mut at, mut from) = self.generator(head, &mut generators)?;
        let mut head = head;
        let mut element = None;
        for _ in 0..self.flow.nodes.len() {
            self.turn(at, from, container, &mut generators, &mut element)?;
            match self.flow.node(at).end.clone() {
                Terminator::Branch { condition, on_true, on_false } if element.is_none() => {
                    let (condition, next) = if on_true.target == head {
                        (self.flow.negate(condition), on_false.target)
                    } else if on_false.target == head {
                        (condition, on_true.target)
                    } else {
                        return Err("a condition of a comprehension leads elsewhere".to_owned());
                    };
                    let condition = self.expr(condition)?;
                    if let Some(last) = generators.last_mut() {
                        last.ifs.push(condition);
                    }
                    (at, from) = (next, 0);
                }
                Terminator::Jump(edge) => match element {
                    Some(element) => return Ok((generators, element)),
                    None if matches!(self.flow.node(edge.target).end, Terminator::ForIter { .. })
                        && edge.target != head =>
                    {
                        if let Some(iterable) = self.yielded_each(edge.target).filter(|_| container.is_none()) {
                            return Ok((generators, self.starred(iterable)?));
                        }
                        head = edge.target;
                        (at, from) = self.generator(head, &mut generators)?;
                    }
                    None => (at, from) = (edge.target, 0),
                },
                _ => break,
            }
        }
        Err("a loop of a comprehension is none".to_owned())
    }

    /// All items of a value.
    fn starred(&mut self, value: ValueId) -> Shaped<Element> {
        let value = self.expr(value)?;
        Ok(Element::Item(self.body.expr(Expr::Starred(value), Origin::None)))
    }

    /// What a loop iterates over that yields each item as it is: a generator expression with a starred item (3.15+).
    fn yielded_each(&self, head: BlockId) -> Option<ValueId> {
        let Terminator::ForIter { iterator, is_async: false, item, .. } = &self.flow.node(head).end else {
            return None;
        };
        let turn = self.flow.node(item.target);
        let [only] = turn.ops[..] else { return None };
        let (op, item) = (self.flow.op(only), turn.params.last()?);
        let yields = op.kind == OpKind::Yield && op.operands.first() == Some(item) && !self.flow.is_used(op.first);
        let is_loop = matches!(&turn.end, Terminator::Jump(edge) if edge.target == head);
        self.flow.iterable(*iterator).filter(|_| yields && is_loop)
    }

    /// One `for`; where its turns begin.
    fn generator(&mut self, head: BlockId, generators: &mut Vec<Comprehension>) -> Shaped<(BlockId, usize)> {
        let node = self.flow.node(head);
        let Terminator::ForIter { iterator, is_async, item, .. } = node.end.clone() else {
            return Err("a comprehension has no loop".to_owned());
        };
        if !node.ops.is_empty() {
            return Err("a comprehension asks for items amid others".to_owned());
        }
        // From 3.15 on the iterator is asked for here.
        let iterable = if self.units.since(3, 15) { self.flow.iterable(iterator) } else { Some(iterator) };
        let made = iterable.and_then(|iterable| self.flow.maker(iterable));
        let is_own = matches!(made, Some((op, _)) if matches!(&op.kind, OpKind::Load(_, name) if &**name == ".0"));
        let iter = if is_own && generators.is_empty() { None } else { Some(self.iterated(iterator)?) };
        let Some(&value) = self.flow.node(item.target).params.last() else {
            return Err("a loop drops its items".to_owned());
        };
        let (target, behind) = self.target_of(item.target, value)?;
        generators.push(Comprehension { target, iter, ifs: Vec::new(), is_async });
        Ok((item.target, behind))
    }

    /// The operations of one node in a turn.
    fn turn(
        &mut self,
        id: BlockId,
        from: usize,
        container: Option<ValueId>,
        generators: &mut Vec<Comprehension>,
        element: &mut Option<Element>,
    ) -> Shaped<()> {
        let ops = self.flow.node(id).ops.clone();
        let mut at = from;
        while let Some(&id) = ops.get(at) {
            at += 1;
            let op = self.flow.op(id).clone();
            let fills = container.is_some() && op.operands.first().map(|&value| self.flow.resolve(value)) == container;
            match &op.kind {
                OpKind::ListAppend | OpKind::SetAdd if fills => {
                    *element = Some(Element::Item(self.expr(op.operands[1])?))
                }
                OpKind::ListExtend | OpKind::SetUpdate if fills => *element = Some(self.starred(op.operands[1])?),
                OpKind::MapAdd if fills => {
                    *element = Some(Element::Entry(Some(self.expr(op.operands[1])?), self.expr(op.operands[2])?));
                }
                OpKind::DictUpdate if fills => *element = Some(Element::Entry(None, self.expr(op.operands[1])?)),
                OpKind::Yield if container.is_none() && !self.flow.is_used(op.first) => {
                    *element = Some(Element::Item(self.expr(op.operands[0])?));
                }
                OpKind::Store(scope, name) => {
                    let value = self.flow.resolve(op.operands[0]);
                    if self.flow.is_amid(value) {
                        self.flow.named.entry(value).or_default().push((*scope, name.clone()));
                    } else if !self.flow.is_saved(value) {
                        at = self.single(&ops, at - 1, generators)?;
                    }
                }
                OpKind::Unpack(_) | OpKind::UnpackEx { .. } => at = self.single(&ops, at - 1, generators)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// `for target in [value]`, which is an assignment (3.9+).
    fn single(&mut self, ops: &[OpId], at: usize, generators: &mut Vec<Comprehension>) -> Shaped<usize> {
        let value = self.flow.op(ops[at]).operands[0];
        let (target, behind) = self.target_at(ops, at, value)?;
        let item = self.expr(value)?;
        let iter = Some(self.body.expr(Expr::List(vec![item]), Origin::None));
        generators.push(Comprehension { target, iter, ifs: Vec::new(), is_async: false });
        Ok(behind)
    }
}
