//! Functions that are made.

use super::Expressions;
use crate::ast::{Expr, ExprId, Function};
use crate::constant::Constant;
use crate::graph::{FunctionPart, Op, ValueId};
use crate::shape::trouble::Shaped;
use crate::unit::UnitKind;

impl Expressions<'_, '_> {
    pub(super) fn lambda(&mut self, op: &Op, parts: &[FunctionPart]) -> Shaped<ExprId> {
        let function = self.function(op, parts)?;
        if self.units.get(function.code).kind != UnitKind::Lambda {
            return Err(format!("a function amid an expression: {}", self.units.get(function.code).name));
        }
        Ok(self.body.expr(Expr::Lambda(function), op.origin))
    }

    /// What is known here of a function that is made.
    pub(in crate::shape) fn function(&mut self, op: &Op, parts: &[FunctionPart]) -> Shaped<Function> {
        let Some(Constant::Code(code)) = self.flow.constant(op.operands[0]) else {
            return Err("a function is made of no code object".to_owned());
        };
        let mut function = Function {
            code: *code,
            defaults: Vec::new(),
            kw_defaults: Vec::new(),
            annotations: Vec::new(),
            annotate: None,
        };
        for (part, &value) in parts.iter().zip(&op.operands[1..]) {
            match part {
                // The code around type parameters has them, and passes them in.
                FunctionPart::Defaults if self.unit.kind == UnitKind::TypeParameters => {
                    function.defaults.push(self.expr(value)?);
                }
                FunctionPart::KwDefaults if self.unit.kind == UnitKind::TypeParameters => {
                    let unit = self.units.get(function.code);
                    let first = unit.varnames.get(unit.argcount as usize).cloned();
                    let first = first.ok_or("defaults of parameters that are not there")?;
                    function.kw_defaults.push((first, self.expr(value)?));
                }
                FunctionPart::Defaults => {
                    function.defaults = match self.constant_defaults(op, value) {
                        Some(defaults) => defaults,
                        None => self.items(value)?.ok_or("defaults are no tuple")?,
                    };
                }
                FunctionPart::KwDefaults => function.kw_defaults = self.named_values(value)?,
                FunctionPart::Annotations => function.annotations = self.named_values(value)?,
                FunctionPart::Closure => {}
                FunctionPart::Annotate => {
                    function.annotate =
                        Some(self.flow.function_code(value).ok_or("annotations are made by no function")?);
                }
            }
        }
        Ok(function)
    }

    /// Defaults that are one constant, each on the line that is left of it.
    fn constant_defaults(&mut self, op: &Op, value: ValueId) -> Option<Vec<ExprId>> {
        let Some(Constant::Tuple(items)) = self.flow.constant(value) else { return None };
        let lines = self.flow.graph.defaults.get(&op.origin.start()?).filter(|lines| lines.len() <= items.len())?;
        // Of those on one line one is left: where that line ends is not known, but behind the last one.
        let line = |at: usize| lines.get(at).or(lines.last()).copied().unwrap_or_default();
        let items: Vec<_> = items.iter().cloned().enumerate().map(|(at, item)| (item, line(at))).collect();
        Some(items.into_iter().map(|(item, origin)| self.body.expr(Expr::Constant(item), origin)).collect())
    }
}
