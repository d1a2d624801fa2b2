//! Annotations of functions, wherever the version keeps them.

use super::Printer;
use super::precedence::Precedence as P;
use crate::ast::{Annotation, Expr, ExprId, Function, Stmt};
use crate::constant::{Constant, Name};
use crate::unit::{CodeId, Unit};

impl Printer<'_> {
    /// The annotation of a parameter, or of `return`: whose body it is in, and where. From 3.14 on a function of its own makes a dict of them;
    /// before, the code around has them.
    pub(super) fn annotation_of(&self, code: CodeId, function: &Function, name: &Name) -> Option<(CodeId, ExprId)> {
        if let Some((_, annotation)) = function.annotations.iter().find(|(known, _)| known == name) {
            return Some((code, *annotation));
        }
        let annotate = function.annotate?;
        let body = self.body(annotate)?;
        let Stmt::Return(Some(value)) = body.get_stmt(*body.stmts.last()?) else { return None };
        let Expr::Dict(items) = body.get_expr(*value) else { return None };
        let is_it = |key: ExprId| match body.get_expr(key) {
            Expr::Constant(Constant::Str(text)) => &**text == name.as_bytes(),
            _ => false,
        };
        items.iter().find(|(key, _)| key.is_some_and(is_it)).map(|(_, annotation)| (annotate, *annotation))
    }

    /// Whose body the annotation of a variable is in, and where.
    pub(super) fn annotation_in(&self, code: CodeId, annotation: Annotation) -> Option<(CodeId, ExprId)> {
        let (owner, index) = match annotation {
            Annotation::Here(annotation) => return Some((code, annotation)),
            Annotation::Asked { code, index } => (code, index),
        };
        let body = self.body(owner)?;
        let mut stmt = *body.stmts.get(index as usize)?;
        if let Stmt::If { body: inner, .. } = body.get_stmt(stmt) {
            stmt = *inner.first()?;
        }
        match body.get_stmt(stmt) {
            Stmt::AnnAssign { annotation: Annotation::Here(annotation), .. } => Some((owner, *annotation)),
            _ => None,
        }
    }

    /// Writes an annotation. With `from __future__ import annotations` the file has its text (PEP 563), which is the source itself.
    pub(super) fn annotation(&mut self, owner: CodeId, annotation: ExprId, may_be_starred: bool) {
        let Some(body) = self.body(owner) else { return };
        let bits = Unit::FUTURE_ANNOTATIONS | if self.units.since(3, 9) { 0 } else { Unit::FUTURE_ANNOTATIONS_3_8 };
        if let Expr::Constant(Constant::Str(text)) = body.get_expr(annotation)
            && self.unit(owner).has(bits)
            && let Ok(text) = std::str::from_utf8(text)
            && is_expression(text)
        {
            let start = self.out.text.len();
            self.push(text);
            self.note(owner, annotation.0, start);
            return;
        }
        let may_be_starred = may_be_starred && self.units.since(3, 11);
        let place = if may_be_starred { P::Atom } else { P::Test };
        match body.get_expr(annotation) {
            Expr::Starred(_) if may_be_starred => self.expr(owner, annotation, place),
            // No compiler stars the annotation of another parameter than `*args`.
            Expr::Starred(inner) => self.expr(owner, *inner, P::Test),
            _ => self.expr(owner, annotation, P::Test),
        }
    }
}

/// Whether a text can be one expression that leaves the source around it alone: balanced, on one line, without a comment, a separator or an
/// assignment outside of brackets. What CPython writes there always is.
fn is_expression(text: &str) -> bool {
    let mut open = Vec::new();
    let mut letters = text.chars();
    let mut quote = None;
    while let Some(letter) = letters.next() {
        if let Some(mark) = quote {
            match letter {
                '\\' => {
                    letters.next();
                }
                '\n' => return false,
                _ if letter == mark => quote = None,
                _ => {}
            }
            continue;
        }
        match letter {
            '\'' | '"' => quote = Some(letter),
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(letter) => return false,
            ',' | ':' | '=' if open.is_empty() => return false,
            '#' | ';' | '\\' => return false,
            _ if letter.is_control() => return false,
            _ => {}
        }
    }
    quote.is_none() && open.is_empty() && !text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn what_could_change_the_source_around_it_is_no_annotation() {
        for text in ["int", "dict[str, 'a, b']", "Callable[[int], None] | None", "'x'"] {
            assert!(is_expression(text), "{text}");
        }
        for text in ["", "a\nb", "a): pass #", "a = 1", "a, b", "'a", "a; b", "(a]"] {
            assert!(!is_expression(text), "{text}");
        }
    }
}
