//! `import` and `from … import`.

use super::shaper::Shaper;
use crate::ast::{Alias, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{ImportTime, OpKind, ValueId};
use crate::shape::flow::OpId;
use crate::shape::trouble::Shaped;

impl Shaper<'_> {
    /// The import that begins with an operation; the place behind it.
    pub(super) fn import(&mut self, ops: &[OpId], at: usize, stmts: &mut Vec<StmtId>) -> Shaped<usize> {
        let op = self.flow.op(ops[at]).clone();
        let OpKind::ImportName(module, time) = &op.kind else { return Err("no import".to_owned()) };
        let level = match self.flow.constant(op.operands[0]) {
            // Python 2 looks in the package first, unless it is told not to.
            Some(Constant::Int(-1)) if !self.units.since(3, 0) => 0,
            Some(Constant::Int(level)) => u32::try_from(*level).map_err(|_| "an import of a level that is none")?,
            _ => return Err("an import of a level that is none".to_owned()),
        };
        let count = match self.flow.constant(op.operands[1]) {
            Some(Constant::Tuple(names)) => Some(names.len()),
            Some(Constant::None) => None,
            _ => return Err("an import of names that are none".to_owned()),
        };
        match count {
            Some(count) => self.import_from(ops, at, (module, level, count), (op.first, *time), stmts),
            None => self.import_module(ops, at, module, (op.first, *time), stmts),
        }
    }

    fn import_from(
        &mut self,
        ops: &[OpId],
        at: usize,
        (module, level, count): (&Name, u32, usize),
        (value, time): (ValueId, ImportTime),
        stmts: &mut Vec<StmtId>,
    ) -> Shaped<usize> {
        let origin = self.flow.op(ops[at]).origin;
        let mut names = Vec::new();
        let mut next = at + 1;
        while names.len() < count {
            let Some(&id) = ops.get(next) else { return Err("an import does not end".to_owned()) };
            let op = self.flow.op(id);
            if op.operands.first() != Some(&value) {
                return Err("an import is amid others".to_owned());
            }
            match &op.kind {
                OpKind::ImportStar => {
                    names.push(Alias { name: "*".into(), asname: None });
                    next += 1;
                }
                OpKind::ImportFrom(name) => {
                    let (name, imported) = (name.clone(), op.first);
                    let bound = self.bound_name(ops, next + 1, imported)?;
                    names.push(Alias { asname: (bound != name).then_some(bound), name });
                    next += 2;
                }
                _ => return Err("an import is amid others".to_owned()),
            }
        }
        let is_lazy = time == ImportTime::Lazy;
        self.push(Stmt::ImportFrom { module: module.clone(), names, level, is_lazy }, origin, stmts);
        Ok(next)
    }

    /// `import a.b`, which binds `a`, or `import a.b as c`, which asks each module for the next.
    fn import_module(
        &mut self,
        ops: &[OpId],
        at: usize,
        module: &Name,
        (value, time): (ValueId, ImportTime),
        stmts: &mut Vec<StmtId>,
    ) -> Shaped<usize> {
        let origin = self.flow.op(ops[at]).origin;
        let (mut value, mut next, mut asked) = (value, at + 1, false);
        while let Some(&id) = ops.get(next) {
            let op = self.flow.op(id);
            if !matches!(op.kind, OpKind::ImportFrom(_) | OpKind::LoadAttr(_)) || op.operands[0] != value {
                break;
            }
            (value, next, asked) = (op.first, next + 1, true);
        }
        let bound = self.bound_name(ops, next, value)?;
        let first = module.split('.').next().unwrap_or(module);
        let asname = (asked || *bound != *first).then_some(bound);
        let names = vec![Alias { name: module.clone(), asname }];
        self.push(Stmt::Import { names, is_lazy: time == ImportTime::Lazy }, origin, stmts);
        Ok(next + 1)
    }

    fn bound_name(&self, ops: &[OpId], at: usize, value: ValueId) -> Shaped<Name> {
        let op = ops.get(at).map(|&id| self.flow.op(id));
        match op.map(|op| (&op.kind, &op.operands[..])) {
            Some((OpKind::Store(_, name), &[stored])) if stored == value => Ok(name.clone()),
            _ => Err("what is imported is bound to no name".to_owned()),
        }
    }
}
