//! Annotations of variables: bound in `__annotations__` up to 3.13, made by a code object of their own since (PEP 649, 3.14+).

use super::{Lowered, Lowerer};
use crate::ast::{Annotation, Expr, ExprId, Node, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, CompareOp, OpKind, Scope, Terminator};
use crate::unit::{CodeId, Unit, UnitKind};

impl<'a> Lowerer<'a> {
    /// `target: annotation = value`
    pub(super) fn ann_assign(
        &mut self,
        target: ExprId,
        annotation: Annotation,
        value: Option<ExprId>,
        simple: bool,
    ) -> Lowered {
        if let Some(value) = value {
            self.expr(value)?;
            self.store(target)?;
        }
        let body = self.body;
        let (Expr::Name(name), true) = (body.get_expr(target), simple) else {
            return self.evaluated_annotation(target, annotation, value);
        };
        match annotation {
            Annotation::Here(annotation) if self.unit.kind == UnitKind::Annotate => {
                self.expr(annotation)?;
                let (value, dict, key) = (self.pop(), self.peek(1), self.graph.constant(Constant::text(name)));
                self.op(OpKind::SetItem, vec![value, dict, key]);
            }
            Annotation::Here(annotation) if !self.is_function() && self.binds_annotations() => {
                self.expr(annotation)?;
                self.load_name(&"__annotations__".into());
                self.push_constant(Constant::text(name));
                self.do_op(OpKind::SetItem, 3);
            }
            Annotation::Here(_) if self.is_function() => {}
            Annotation::Here(_) => return Err("an annotation is of another version".to_owned()),
            Annotation::Asked { code, index } => {
                let Some((asked, number)) = self.asked(code, index) else {
                    return Err("an annotation of nothing".to_owned());
                };
                if asked != name || self.annotate_code() != Some(code) {
                    return Err("an annotation of something else".to_owned());
                }
                if let Some(number) = number {
                    self.load_name(&"__conditional_annotations__".into());
                    self.push_constant(Constant::Int(number));
                    self.do_op(OpKind::SetAdd, 2);
                }
            }
        }
        Ok(())
    }

    /// Whether modules and classes bind annotations where they stand: up to 3.13, and as texts (PEP 563) in later versions too.
    pub(super) fn binds_annotations(&self) -> bool {
        !self.since(14) || self.unit.has(Unit::FUTURE_ANNOTATIONS)
    }

    /// The annotation of what is no simple name: up to 3.13 modules and classes evaluate it, and all evaluate the parts of a target
    /// that nothing is assigned to (`compiler_annassign` in CPython's `compile.c`).
    fn evaluated_annotation(&mut self, target: ExprId, annotation: Annotation, value: Option<ExprId>) -> Lowered {
        let Annotation::Here(annotation) = annotation else {
            return Err("an annotation of what is no name is asked for".to_owned());
        };
        if value.is_none() {
            self.evaluate_parts(target)?;
        }
        if !self.is_function() && self.binds_annotations() {
            self.expr(annotation)?;
            self.pop();
        }
        Ok(())
    }

    fn evaluate_parts(&mut self, target: ExprId) -> Lowered {
        let body = self.body;
        let parts: Vec<ExprId> = match body.get_expr(target) {
            Expr::Attribute { value, .. } => vec![*value],
            Expr::Subscript { value, slice } => match body.get_expr(*slice) {
                Expr::Slice { .. } | Expr::Tuple(_) => {
                    return Err("an annotation of several items is not followed".to_owned());
                }
                _ => vec![*value, *slice],
            },
            _ => Vec::new(),
        };
        for part in parts.into_iter().filter(|&part| !matches!(body.get_expr(part), Expr::Constant(_))) {
            self.expr(part)?;
            self.pop();
        }
        Ok(())
    }

    /// The annotation of this number in a code object: its name, and the number that tells whether it was reached.
    fn asked(&self, code: CodeId, index: u32) -> Option<(&'a Name, Option<i64>)> {
        let body = self.bodies.get(code.0 as usize)?;
        let &stmt = body.stmts.get(index as usize)?;
        let name_of = |stmt: StmtId| match body.get_stmt(stmt) {
            Stmt::AnnAssign { target, .. } => match body.get_expr(*target) {
                Expr::Name(name) => Some(name),
                _ => None,
            },
            _ => None,
        };
        match body.get_stmt(stmt) {
            Stmt::If { test, body: inner, .. } => {
                let Expr::Compare { left, .. } = body.get_expr(*test) else { return None };
                let Expr::Constant(Constant::Int(number)) = body.get_expr(*left) else { return None };
                let &[inner] = &inner[..] else { return None };
                Some((name_of(inner)?, Some(*number)))
            }
            _ => Some((name_of(stmt)?, None)),
        }
    }

    /// The code object that makes the annotations of this module or class (3.14+).
    pub(super) fn annotate_code(&self) -> Option<CodeId> {
        let stmts = self.body.nodes().iter();
        stmts
            .filter_map(|node| match node {
                Node::Stmt(Stmt::AnnAssign { annotation: Annotation::Asked { code, .. }, .. }) => Some(*code),
                _ => None,
            })
            .next()
    }

    /// Whether all annotations that a code object makes are written here, each once and in order, as are the numbers that tell which
    /// of them were reached.
    fn has_all_asked(&self, code: CodeId) -> bool {
        let held = self.body.held().into_iter();
        let written = held.filter_map(|node| match &self.body.nodes()[node as usize] {
            Node::Stmt(Stmt::AnnAssign { annotation: Annotation::Asked { index, .. }, .. }) => Some(*index),
            _ => None,
        });
        let count = self.bodies.get(code.0 as usize).map_or(0, |body| body.stmts.len());
        let numbers = (0..count as u32).filter_map(|index| self.asked(code, index)?.1);
        written.eq(0..count as u32) && numbers.zip(0..).all(|(number, expected)| number == expected)
    }

    /// Makes the function that makes annotations, and binds it.
    pub(super) fn bind_annotate(&mut self, code: CodeId, name: &str) -> Lowered {
        if !self.has_all_asked(code) {
            return Err("some annotations are not in the source".to_owned());
        }
        let made = self.make_function(code, Vec::new(), Vec::new());
        self.op(OpKind::Store(Scope::Name, name.into()), vec![made]);
        Ok(())
    }

    /// Binds an empty set for the annotations that are reached, if the compiler counts them.
    pub(super) fn bind_reached(&mut self) {
        if self.since(14) && self.body.counts_annotations(self.unit.kind == UnitKind::Class) {
            self.push_op(OpKind::Build(BuildKind::Set, 0), 0);
            self.store_name(&"__conditional_annotations__".into());
        }
    }

    /// The body of a code object that makes annotations, or another value that is asked for: it refuses formats that it does not know
    /// (3.14+).
    pub(super) fn evaluator_body(&mut self) -> Lowered {
        if self.since(14) {
            self.check_format()?;
        }
        let body = self.body;
        if self.unit.kind == UnitKind::Annotate
            && !matches!(body.stmts.last().map(|&stmt| body.get_stmt(stmt)), Some(Stmt::Return(_)))
        {
            self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
            self.stmts(&body.stmts)?;
            let dict = self.pop();
            self.end(Terminator::Return(dict));
            return Ok(());
        }
        if let (UnitKind::Annotate, Some(items)) = (self.unit.kind, self.returned_pairs()) {
            return self.annotations_at_once(items);
        }
        self.stmts(&body.stmts)?;
        self.return_none()
    }

    /// The dict that the body returns and does no more, if it has pairs alone.
    fn returned_pairs(&self) -> Option<&'a [(Option<ExprId>, ExprId)]> {
        let &[only] = &self.body.stmts[..] else { return None };
        let Stmt::Return(Some(value)) = self.body.get_stmt(only) else { return None };
        match self.body.get_expr(*value) {
            Expr::Dict(items) if items.iter().all(|(key, _)| key.is_some()) => Some(items),
            _ => None,
        }
    }

    /// The annotations of a function are one dict, however many they are (`codegen_function_annotations` in CPython's `codegen.c`).
    fn annotations_at_once(&mut self, items: &[(Option<ExprId>, ExprId)]) -> Lowered {
        for &(key, value) in items {
            key.map_or(Ok(()), |key| self.expr(key))?;
            self.expr(value)?;
        }
        self.push_op(OpKind::Build(BuildKind::Dict, items.len() as u32), items.len() * 2);
        let dict = self.pop();
        self.end(Terminator::Return(dict));
        Ok(())
    }

    fn check_format(&mut self) -> Lowered {
        let format = self.unit.varnames.first().ok_or("there is no format")?.clone();
        let mut next = super::Label::default();
        self.push_op(OpKind::Load(Scope::Fast, format), 0);
        self.push_constant(Constant::Int(2));
        self.push_op(OpKind::Compare(CompareOp::Gt), 2);
        self.branch(false, &mut next);
        let exception = self.op(OpKind::CommonConstant("NotImplementedError".into()), vec![]);
        self.end(Terminator::Raise { exception: Some(exception), cause: None });
        self.place_only(next);
        Ok(())
    }
}
