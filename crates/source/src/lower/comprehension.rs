//! Comprehensions: with a code object of their own, and inlined (3.12+).

use std::collections::{HashMap, HashSet};

use super::{Label, Lowered, Lowerer};
use crate::ast::{Body, Comprehension, Expr, ExprId, Stmt};
use crate::constant::Name;
use crate::graph::{BlockId, BuildKind, OpKind, Scope, Terminator};

/// What a comprehension adds.
#[derive(Clone, Copy)]
pub(super) enum Added {
    /// An item; of a starred one, its items (3.15+).
    Item(ExprId),
    /// A key and its value.
    Entry(ExprId, ExprId),
    /// All entries of a mapping (3.15+).
    Entries(ExprId),
}

impl Added {
    /// What a dict comprehension adds.
    pub(super) fn entry(key: Option<ExprId>, value: ExprId) -> Self {
        key.map_or(Self::Entries(value), |key| Self::Entry(key, value))
    }

    fn exprs(self) -> impl Iterator<Item = ExprId> {
        let (first, second) = match self {
            Self::Item(item) | Self::Entries(item) => (item, None),
            Self::Entry(key, value) => (key, Some(value)),
        };
        [first].into_iter().chain(second)
    }
}

impl<'a> Lowerer<'a> {
    /// The body of a comprehension that has a code object of its own.
    pub(super) fn own_comprehension(&mut self) -> Lowered {
        let body = self.body;
        let Some(Stmt::Return(Some(value))) = body.stmts.first().map(|&stmt| body.get_stmt(stmt)) else {
            return Err(match body.stmts.first().map(|&stmt| body.get_stmt(stmt)) {
                Some(Stmt::Unshaped { reason, .. }) => reason.clone(),
                _ => "it is no comprehension".to_owned(),
            });
        };
        let (kind, item, generators) = match body.get_expr(*value) {
            Expr::ListComp { elt, generators } => (Some(BuildKind::List), Added::Item(*elt), generators),
            Expr::SetComp { elt, generators } => (Some(BuildKind::Set), Added::Item(*elt), generators),
            Expr::DictComp { key, value, generators } => {
                (Some(BuildKind::Dict), Added::entry(*key, *value), generators)
            }
            Expr::GeneratorExp { elt, generators } => (None, Added::Item(*elt), generators),
            _ => return Err("it is no comprehension".to_owned()),
        };
        let is_plain = matches!(&generators[..], [only] if only.ifs.is_empty());
        let is_list_last = self.units.compiler.makes_list_last && is_plain && kind == Some(BuildKind::List);
        let early = kind.filter(|_| !is_list_last);
        early.iter().for_each(|&kind| self.push_op(OpKind::Build(kind, 0), 0));
        self.push_op(OpKind::Load(Scope::Fast, ".0".into()), 0);
        if is_list_last {
            let iterator = self.pop();
            self.push_op(OpKind::Build(BuildKind::List, 0), 0);
            self.push(iterator);
        }
        if self.since(15) {
            self.iterator_of(generators.first().is_some_and(|first| first.is_async));
        }
        self.generators(kind, item, generators)?;
        if kind.is_none() {
            return self.return_none();
        }
        let value = self.pop();
        self.terminate(Terminator::Return(value));
        Ok(())
    }

    /// Loops inside loops. The first iterator is on the stack, below it what grows.
    pub(super) fn generators(
        &mut self,
        kind: Option<BuildKind>,
        item: Added,
        generators: &'a [Comprehension],
    ) -> Lowered {
        let mut loops: Vec<(Label, Option<Label>)> = Vec::new();
        let mut depth = 0;
        for (index, generator) in generators.iter().enumerate() {
            if index > 0 {
                let Some(iter) = generator.iter else { return Err("a loop has no iterable".to_owned()) };
                if self.is_assignment(iter) {
                    self.assign_only(iter, generator.target)?;
                    let mut skip = Label::default();
                    self.conditions(&generator.ifs, &mut skip)?;
                    loops.push((skip, None));
                    continue;
                }
                self.looped(iter, generator.is_async, false)?;
                self.iterator_of(generator.is_async);
            }
            let mut start = Label::default();
            self.place(&mut start);
            let exhausted = self.for_iter(generator.is_async);
            self.store(generator.target)?;
            self.conditions(&generator.ifs, &mut start)?;
            loops.push((start, Some(exhausted)));
            depth += 1;
        }
        self.add_item(kind, item, depth)?;
        for (mut start, exhausted) in loops.into_iter().rev() {
            match exhausted {
                Some(exhausted) => {
                    self.jump(&mut start);
                    self.place_only(exhausted);
                }
                None => self.place(&mut start),
            }
        }
        Ok(())
    }

    /// Replaces what is iterated over by its iterator.
    pub(super) fn iterator_of(&mut self, is_async: bool) {
        self.push_op(if is_async { OpKind::GetAiter } else { OpKind::GetIter }, 1);
    }

    fn conditions(&mut self, ifs: &[ExprId], next: &mut Label) -> Lowered {
        ifs.iter().try_for_each(|&test| self.jump_if(test, false, next))
    }

    /// `for y in [f(x)]` is an assignment (3.9+).
    fn is_assignment(&self, iter: ExprId) -> bool {
        let body = self.body;
        let (since, tuples) = self.units.compiler.assigns_lone_item;
        let items = match body.get_expr(iter) {
            Expr::List(items) => items,
            Expr::Tuple(items) if tuples => items,
            _ => return false,
        };
        self.units.since(3, since) && items.len() == 1 && !matches!(body.get_expr(items[0]), Expr::Starred(_))
    }

    fn assign_only(&mut self, iter: ExprId, target: ExprId) -> Lowered {
        let body = self.body;
        if let Expr::List(items) | Expr::Tuple(items) = body.get_expr(iter) {
            self.exprs(items)?;
        }
        self.store(target)
    }

    /// Adds an item to what lies below the iterators, which are so many; a generator yields it.
    fn add_item(&mut self, kind: Option<BuildKind>, item: Added, depth: usize) -> Lowered {
        let (item, is_starred) = self.unstarred(item);
        let count = match item {
            // Up to 3.7 the value comes before its key (PEP 572).
            Added::Entry(key, value) if !self.since(8) => {
                self.exprs(&[value, key])?;
                let (key, value) = (self.pop(), self.pop());
                self.stack.extend([key, value]);
                2
            }
            _ => item.exprs().try_fold(0, |count, expr| self.expr(expr).map(|()| count + 1))?,
        };
        if is_starred && !self.since(15) {
            return Err("a comprehension has a starred item".to_owned());
        }
        let kind = match (kind, item) {
            (None, _) if is_starred => return self.yield_each(),
            (None, _) => {
                self.push_op(OpKind::Yield, 1);
                self.pop();
                return Ok(());
            }
            (Some(BuildKind::Dict), Added::Entries(_)) => OpKind::DictUpdate,
            (Some(BuildKind::Dict), _) => OpKind::MapAdd,
            (Some(BuildKind::Set), _) if is_starred => OpKind::SetUpdate,
            (Some(BuildKind::Set), _) => OpKind::SetAdd,
            (Some(_), _) if is_starred => OpKind::ListExtend,
            (Some(_), _) => OpKind::ListAppend,
        };
        let values = self.pop_many(count);
        let mut operands = vec![self.peek(depth + 1)];
        operands.extend(values);
        self.op(kind, operands);
        Ok(())
    }

    /// An item without its star, and whether it had one. Of entries it is said already.
    fn unstarred(&self, item: Added) -> (Added, bool) {
        let body = self.body;
        match item {
            Added::Item(item) => match body.get_expr(item) {
                Expr::Starred(item) => (Added::Item(*item), true),
                _ => (Added::Item(item), false),
            },
            Added::Entry(..) => (item, false),
            Added::Entries(_) => (item, true),
        }
    }

    /// Yields each item of what is on top, never waiting for one.
    fn yield_each(&mut self) -> Lowered {
        self.iterator_of(false);
        let mut start = Label::default();
        self.place(&mut start);
        let exhausted = self.for_iter(false);
        self.push_op(OpKind::Yield, 1);
        self.pop();
        self.jump(&mut start);
        self.place_only(exhausted);
        Ok(())
    }

    /// A comprehension in the code around it: its variables are saved before and restored behind it, also if it fails.
    pub(super) fn inlined(&mut self, kind: BuildKind, item: Added, generators: &'a [Comprehension]) -> Lowered {
        let Some(iter) = generators.first().and_then(|first| first.iter) else {
            return Err("a loop has no iterable".to_owned());
        };
        let is_async = generators.first().is_some_and(|first| first.is_async);
        self.first_iterable(iter, is_async)?;
        // From 3.15 on the iterator is asked for last, where its failure restores the variables, too.
        let is_asked_last = self.since(15);
        if !is_asked_last {
            self.iterator_of(is_async);
        }
        let iterated = self.pop();
        let names = self.bound_by(item, generators);
        let taken = self.taken_from(item, generators);
        let scope = |name: &Name| if taken.contains(name) { Scope::Deref } else { Scope::Fast };
        for name in &names {
            self.push_op(OpKind::SaveAndClear(name.clone()), 0);
            if scope(name) == Scope::Deref {
                self.op(OpKind::MakeCell(name.clone()), vec![]);
            }
        }
        self.push(iterated);
        let handler = if names.is_empty() { None } else { Some(self.guard()) };
        let iterated = self.pop();
        self.push_op(OpKind::Build(kind, 0), 0);
        self.push(iterated);
        if is_asked_last {
            self.iterator_of(is_async);
        }
        self.borrowed.push(names.iter().map(|name| (name.clone(), scope(name))).collect::<HashMap<Name, Scope>>());
        self.generators(Some(kind), item, generators)?;
        self.borrowed.pop();
        if let Some(handler) = handler {
            self.unguard();
            self.restore_if_it_fails(handler, &names);
        }
        let result = self.pop();
        self.restored = Some((self.block, self.graph.block(self.block).ops.len(), names.len()));
        self.restore(&names);
        self.push(result);
        Ok(())
    }

    /// An exception led to the handler: what was begun is below it.
    fn restore_if_it_fails(&mut self, handler: BlockId, names: &[Name]) {
        let mut end = Label::default();
        self.jump(&mut end);
        self.begin(handler);
        let exception = self.pop();
        self.pop();
        self.restore(names);
        self.end(Terminator::Reraise(exception));
        self.place_only(end);
    }

    /// Restores the variables whose saved values are on the stack.
    fn restore(&mut self, names: &[Name]) {
        names.iter().rev().for_each(|name| self.do_op(OpKind::Store(Scope::Fast, name.clone()), 1));
    }

    /// The names that the loops of a comprehension bind, in the order in which they are bound first; behind them those of the
    /// comprehensions inside that are inlined too (`inline_comprehension` in CPython's `symtable.c`).
    fn bound_by(&self, item: Added, generators: &[Comprehension]) -> Vec<Name> {
        let body = self.body;
        let mut names: Vec<Name> = Vec::new();
        let mut add = |name: &Name| {
            if !names.contains(name) {
                names.push(name.clone());
            }
        };
        let targets: Vec<ExprId> = generators.iter().map(|generator| generator.target).collect();
        targets_in(body, &targets, &mut add);
        let mut left: Vec<ExprId> = item.exprs().collect();
        for (index, generator) in generators.iter().enumerate().rev() {
            left.extend(generator.ifs.iter().rev());
            left.extend(generator.iter.filter(|_| index > 0));
        }
        // Each is gone through once: a tree has no node twice.
        while let Some(expr) = left.pop() {
            if let Expr::ListComp { generators, .. }
            | Expr::SetComp { generators, .. }
            | Expr::DictComp { generators, .. } = body.get_expr(expr)
            {
                let targets: Vec<ExprId> = generators.iter().map(|generator| generator.target).collect();
                targets_in(body, &targets, &mut add);
            }
            let from = left.len();
            body.get_expr(expr).for_each_child(|child| left.push(child));
            left[from..].reverse();
        }
        names
    }

    /// The names that code objects made in a comprehension take from around. Those of them that it binds are kept in cells, also
    /// if it is one inside that binds what is taken (`inlined_cells` in CPython's `symtable.c`).
    fn taken_from(&self, item: Added, generators: &[Comprehension]) -> HashSet<&'a Name> {
        let units = self.units;
        let inside = self.body.inside(item.exprs(), generators).into_iter();
        let made = inside.filter_map(|node| units.units.get(self.body.made_by(node)?.0 as usize));
        made.flat_map(|unit| &unit.freevars).collect()
    }
}

/// Calls `add` with each name that targets bind, in order.
fn targets_in(body: &Body, targets: &[ExprId], add: &mut impl FnMut(&Name)) {
    let mut left: Vec<ExprId> = targets.iter().rev().copied().collect();
    while let Some(target) = left.pop() {
        match body.get_expr(target) {
            Expr::Name(name) => add(name),
            Expr::Tuple(items) | Expr::List(items) => left.extend(items.iter().rev()),
            Expr::Starred(item) => left.push(*item),
            _ => {}
        }
    }
}
