//! Annotations: evaluated where they stand (up to 3.13), or texts (PEP 563).

use std::collections::HashMap;
use std::rc::Rc;

use pycxray_source::ast::{Annotation, Expr, ExprId, Stmt};
use pycxray_source::constant::Constant;
use pycxray_source::unit::UnitKind;
use ruff_python_ast as ast;
use ruff_python_ast::comparable::ComparableExpr;
use ruff_text_size::Ranged;

use super::{Converter, Made};

/// Longer texts are no annotations, in bytes.
const LONGEST: usize = 10_000;

/// Texts, by the tree that they parse to.
pub(super) type Texts = HashMap<String, Rc<[u8]>>;

impl<'s> Converter<'s> {
    /// The value of an annotation.
    pub(super) fn annotation(&mut self, annotation: &'s ast::Expr) -> Made<ExprId> {
        if !self.has_text_annotations {
            return self.expr(annotation);
        }
        let text = self.annotation_text(annotation)?;
        Ok(self.add(Expr::Constant(Constant::Str(text))))
    }

    /// The text that an annotation became. How compilers lay it out is not worked out again: it is the text among the constants of the
    /// code object that says the same.
    fn annotation_text(&mut self, annotation: &ast::Expr) -> Made<Rc<[u8]>> {
        let code = self.at.code;
        if self.annotation_texts.as_ref().is_none_or(|(of, _)| *of != code) {
            let mut texts = HashMap::new();
            for constant in self.units.get(code).consts.iter().flatten() {
                add_texts(constant, &mut texts);
            }
            self.annotation_texts = Some((code, texts));
        }
        let texts = self.annotation_texts.as_ref().map(|(_, texts)| texts);
        let text = texts.and_then(|texts| texts.get(&tree(annotation))).cloned();
        text.ok_or_else(|| "the source has an annotation that the file has not".to_owned())
    }

    pub(super) fn ann_assign(&mut self, node: &'s ast::StmtAnnAssign) -> Made<Stmt> {
        let value = self.optional(node.value.as_deref())?;
        let target = self.expr(&node.target)?;
        let is_evaluated = !matches!(self.units.get(self.at.code).kind, UnitKind::Function | UnitKind::Lambda);
        if is_evaluated && self.since(14) && !self.has_text_annotations {
            return Err("annotations of this version are not followed".to_owned());
        }
        // In functions, and of what is no name where annotations are texts, it is read and forgotten.
        let is_dropped = self.has_text_annotations && (!is_evaluated || !node.simple);
        let annotation = match is_dropped {
            // Up to 3.9 the names in it count as used.
            true => {
                let written = self.text.get(node.annotation.range().to_std_range()).unwrap_or_default();
                self.add(Expr::Constant(Constant::text(written)))
            }
            false => self.annotation(&node.annotation)?,
        };
        if let (false, true, Some(value)) = (node.simple, is_dropped, value) {
            return Ok(Stmt::Assign { targets: vec![target], value });
        }
        Ok(Stmt::AnnAssign { target, annotation: Annotation::Here(annotation), value, simple: node.simple })
    }
}

/// The tree of an expression, to be compared.
fn tree(expr: &ast::Expr) -> String {
    format!("{:?}", ComparableExpr::from(expr))
}

/// Adds the texts of a constant that are expressions. Recursion is bounded: [`Constant::DEPTH`].
fn add_texts(constant: &Constant, texts: &mut Texts) {
    match constant {
        Constant::Tuple(items) => items.iter().for_each(|item| add_texts(item, texts)),
        Constant::Str(bytes) if bytes.len() <= LONGEST => {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            if crate::verify::nesting::check_depth(text).is_err() {
                return;
            }
            if let Ok(parsed) = ruff_python_parser::parse_expression(text) {
                texts.entry(tree(parsed.expr())).or_insert_with(|| bytes.clone());
            }
        }
        _ => {}
    }
}
