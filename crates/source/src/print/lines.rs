//! Where lines end inside of brackets: where the original's did, as far as it is known. Compilers ask for lines: what stands on one is
//! joined (`LOAD_FAST_LOAD_FAST`, 3.13+), and what does nothing stays where it has a line of its own (`NOP`, 3.10+).

use super::Printer;
use crate::ast::{Body, Expr, ExprId};
use crate::unit::CodeId;

impl Printer<'_> {
    /// Remembers the line of what is written now.
    pub(super) fn pass_line(&mut self, line: Option<u32>) {
        self.item_line = self.item_line.max(line);
    }

    /// Whether an item between brackets stood on a later line than what is written already: its line is passed then.
    pub(super) fn stood_lower(&mut self, code: CodeId, item: ExprId) -> bool {
        let keeps = self.units.since(3, 10) && !self.layout.keep_lines && self.format_depth == 0;
        let line = self.body(code).filter(|_| keeps).and_then(|body| first_line(body, item));
        let is_lower = line.zip(self.item_line).is_some_and(|(own, before)| own > before);
        if is_lower {
            self.pass_line(line);
        }
        is_lower
    }

    /// Ends the line inside of brackets.
    pub(super) fn end_line_amid(&mut self) {
        self.end_line();
        self.begin_line();
        self.push("    ");
    }
}

/// The line of what an expression begins with, where it is known.
fn first_line(body: &Body, mut expr: ExprId) -> Option<u32> {
    /// How deep that is looked for.
    const DEPTH: usize = 100;
    for _ in 0..DEPTH {
        expr = match body.get_expr(expr) {
            Expr::Attribute { value, .. } | Expr::Subscript { value, .. } | Expr::Starred(value) => *value,
            Expr::Call { func, .. } => *func,
            Expr::BinOp { left, .. } | Expr::Compare { left, .. } => *left,
            Expr::UnaryOp { operand, .. } => *operand,
            Expr::BoolOp { values, .. } => *values.first()?,
            Expr::List(items) | Expr::Set(items) | Expr::Tuple(items) if !items.is_empty() => items[0],
            Expr::IfExp { body, .. } => *body,
            _ => break,
        };
    }
    body.origin(expr.0).line()
}
