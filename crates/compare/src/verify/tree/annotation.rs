//! Annotations: evaluated where they stand (up to 3.13), when they are asked for by a code object of their own (PEP 649, 3.14+), or texts
//! (PEP 563).

use std::collections::HashMap;
use std::rc::Rc;

use pycxray_source::ast::{Annotation, CmpOp, Expr, ExprId, Stmt, StmtId};
use pycxray_source::constant::{Constant, Name};
use pycxray_source::unit::{CodeId, UnitKind};
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use super::claim::Claimed;
use super::{Converter, Made, Part, Place};
use crate::verify::facts::annotation_tree;

/// Longer texts are no annotations, in bytes.
const LONGEST: usize = 10_000;

/// Texts, by the tree that they parse to.
pub(super) type Texts = HashMap<String, Rc<[u8]>>;

/// The annotations that a function is given when it is made, and the code object that makes them when they are asked for.
pub(super) type Annotations = (Vec<(Name, ExprId)>, Option<CodeId>);

/// The annotations of the variables of a module or class that its code object of annotations makes, in order (3.14+).
#[derive(Clone, Debug)]
pub(super) struct Deferred<'s> {
    pub(super) place: Place,
    annotations: Vec<DeferredAnnotation<'s>>,
}

#[derive(Clone, Copy, Debug)]
struct DeferredAnnotation<'s> {
    name: &'s str,
    annotation: &'s ast::Expr,
    /// Whether it may not be reached: it is made only if it was.
    is_conditional: bool,
}

impl<'s> Converter<'s> {
    /// Whether annotations are made by a code object of their own.
    pub(super) fn defers_annotations(&self) -> bool {
        self.since(14) && !self.has_text_annotations
    }

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
        let text = texts.and_then(|texts| texts.get(&annotation_tree(annotation))).cloned();
        text.ok_or_else(|| "the source has an annotation that the file has not".to_owned())
    }

    pub(super) fn ann_assign(&mut self, node: &'s ast::StmtAnnAssign) -> Made<Stmt> {
        let value = self.optional(node.value.as_deref())?;
        let target = self.expr(&node.target)?;
        let is_evaluated = !matches!(self.units.get(self.at.code).kind, UnitKind::Function | UnitKind::Lambda);
        if self.defers_annotations() {
            let annotation = match &*node.target {
                ast::Expr::Name(name) if node.simple && is_evaluated => self.deferred(&name.id, &node.annotation)?,
                // Of all else nothing is made, and no name in it counts as used.
                _ => Annotation::Here(self.add(Expr::Constant(Constant::None))),
            };
            return Ok(Stmt::AnnAssign { target, annotation, value, simple: node.simple });
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

    /// The annotation of a variable of this module or class, left to its code object of annotations.
    fn deferred(&mut self, name: &'s str, annotation: &'s ast::Expr) -> Made<Annotation> {
        let is_module = self.units.get(self.at.code).kind.is_module();
        // In a class, one that stands in another statement: of a module it may be that it was not run to its end.
        let is_conditional = is_module || self.depth > 1;
        if self.deferred.is_none() {
            let begins = if is_module { self.begins } else { [self.units.get(self.at.code).firstlineno; 2] };
            let place = self.claim_annotations(begins);
            let place = place.ok_or("the source has annotations, for which the file has no code object")?;
            self.deferred = Some(Deferred { place, annotations: Vec::new() });
        }
        let deferred = self.deferred.as_mut().ok_or("the source has annotations that are not followed")?;
        let index = deferred.annotations.len() as u32;
        deferred.annotations.push(DeferredAnnotation { name, annotation, is_conditional });
        Ok(Annotation::Asked { code: deferred.place.code, index })
    }

    /// The body of a code object that makes the annotations of variables.
    pub(super) fn deferred_body(&mut self, deferred: &Deferred<'s>) -> Vec<StmtId> {
        let mut next = 0;
        let mut stmts = Vec::with_capacity(deferred.annotations.len());
        for &DeferredAnnotation { name, annotation, is_conditional } in &deferred.annotations {
            let stmt = match self.expr(annotation) {
                Ok(annotation) => self.made_annotation(name, annotation),
                Err(reason) => self.unshaped(reason),
            };
            stmts.push(match is_conditional {
                true => self.if_reached(next, stmt),
                false => stmt,
            });
            next += i64::from(is_conditional);
        }
        stmts
    }

    fn made_annotation(&mut self, name: &str, annotation: ExprId) -> StmtId {
        let name = self.name(name);
        let target = self.add(Expr::Name(name));
        let annotation = Annotation::Here(annotation);
        self.add_stmt(Stmt::AnnAssign { target, annotation, value: None, simple: true })
    }

    /// `if number in __conditional_annotations__: …`
    fn if_reached(&mut self, number: i64, stmt: StmtId) -> StmtId {
        let left = self.add(Expr::Constant(Constant::Int(number)));
        let reached = self.add(Expr::Name("__conditional_annotations__".into()));
        let test = self.add(Expr::Compare { left, rest: vec![(CmpOp::In { negated: false }, reached)] });
        self.add_stmt(Stmt::If { test, body: vec![stmt], orelse: Vec::new() })
    }

    /// The annotations of a function: the values that it is given when it is made, or the code object that makes them (3.14+). `None` if
    /// the file has no such code object.
    pub(super) fn annotations_of(
        &mut self,
        stmt: &'s ast::Stmt,
        node: &'s ast::StmtFunctionDef,
    ) -> Made<Option<Annotations>> {
        if !self.since(14) {
            return Ok(Some((self.annotations(node)?, None)));
        }
        let is_annotated = node.parameters.iter().any(|parameter| parameter.annotation().is_some());
        if !is_annotated && node.returns.is_none() {
            return Ok(Some((Vec::new(), None)));
        }
        let line = self.line(&node.name);
        let code = self.claim("__annotate__", &[line], Claimed::Stmt(stmt), Part::Annotations(node));
        Ok(code.map(|code| (Vec::new(), Some(code))))
    }

    /// The body of such a code object.
    pub(super) fn annotate_body(&mut self, node: &'s ast::StmtFunctionDef) -> Vec<StmtId> {
        let stmt = match self.annotations(node) {
            Ok(annotations) => {
                let mut key = |name: &Name| Some(self.add(Expr::Constant(Constant::text(name))));
                let items = annotations.iter().map(|(name, value)| (key(name), *value)).collect();
                let dict = self.add(Expr::Dict(items));
                self.add_stmt(Stmt::Return(Some(dict)))
            }
            Err(reason) => self.unshaped(reason),
        };
        vec![stmt]
    }
}

/// Where compilers have a statement begin: behind its decorators.
pub(super) fn begin(stmt: &ast::Stmt) -> u32 {
    match stmt {
        ast::Stmt::FunctionDef(node) => node.name.start().to_u32(),
        ast::Stmt::ClassDef(node) => node.name.start().to_u32(),
        _ => stmt.start().to_u32(),
    }
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
                texts.entry(annotation_tree(parsed.expr())).or_insert_with(|| bytes.clone());
            }
        }
        _ => {}
    }
}
