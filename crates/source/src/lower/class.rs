//! Classes and modules: what the compiler adds to their bodies.

use super::{Lowered, Lowerer};
use crate::ast::{Expr, ExprId, Keyword, Node, Stmt};
use crate::constant::{Constant, Name};
use crate::graph::{OpKind, Scope, Terminator};
use crate::unit::{CodeId, UnitKind};

impl Lowerer<'_> {
    pub(super) fn class_def(
        &mut self,
        code: CodeId,
        name: &Name,
        (bases, keywords): (&[ExprId], &[Keyword]),
        decorators: &[ExprId],
    ) -> Lowered {
        self.exprs(decorators)?;
        if self.is_python2() {
            self.old_class(code, bases)?;
            self.decorate(decorators.len());
            self.store_name(name);
            return Ok(());
        }
        self.push_op(OpKind::LoadBuildClass, 0);
        let made = self.make_function(code, Vec::new(), Vec::new());
        self.push(made);
        self.push_constant(Constant::text(&self.units.get(code).name));
        self.call_with((2, false), bases, keywords)?;
        self.decorate(decorators.len());
        self.store_name(name);
        Ok(())
    }

    pub(super) fn module_body(&mut self) -> Lowered {
        if let Some(annotate) = self.annotate_code() {
            self.bind_annotate(annotate, "__annotate__")?;
        }
        self.body_with_annotations()?;
        self.return_none()
    }

    /// The statements of a module or class: what keeps annotations and the docstring first.
    pub(super) fn body_with_annotations(&mut self) -> Lowered {
        let body = self.body;
        self.bind_reached();
        let annotates = body.nodes().iter().any(|node| matches!(node, Node::Stmt(Stmt::AnnAssign { .. })));
        if annotates && self.binds_annotations() {
            self.op(OpKind::SetupAnnotations, vec![]);
        }
        let first = body.stmts.first().map(|&stmt| body.get_stmt(stmt));
        if let Some(Stmt::Expr(value)) = first.filter(|_| self.unit.kind != UnitKind::Interactive) {
            if let Expr::Constant(doc @ (Constant::Str(_) | Constant::Unicode(_))) = body.get_expr(*value) {
                self.push_constant(doc.clone());
                self.do_op(OpKind::Store(Scope::Name, "__doc__".into()), 1);
            }
        }
        self.stmts(&body.stmts)
    }

    pub(super) fn class_body(&mut self) -> Lowered {
        let unit = self.unit;
        let has_cell = |name: &str| unit.cellvars.iter().any(|cell| &**cell == name);
        self.push_op(OpKind::Load(Scope::Name, "__name__".into()), 0);
        self.keep("__module__");
        if self.is_python2() {
            return self.old_class_body();
        }
        self.push_constant(Constant::text(&unit.qualname));
        self.keep("__qualname__");
        if self.since(13) {
            self.push_constant(Constant::Int(unit.firstlineno.into()));
            self.keep("__firstlineno__");
        }
        if self.has_type_parameters() {
            self.push_op(OpKind::LoadLocals, 0);
            self.push_op(OpKind::LoadFromDictOrDeref(".type_params".into()), 1);
            self.keep("__type_params__");
        }
        if has_cell("__classdict__") {
            self.push_op(OpKind::LoadLocals, 0);
            self.do_op(OpKind::Store(Scope::Deref, "__classdict__".into()), 1);
        }
        self.body_with_annotations()?;
        if let Some(annotate) = self.annotate_code() {
            self.bind_annotate(annotate, "__annotate_func__")?;
        }
        if self.since(13) {
            self.push_constant(unit.static_attributes.clone().unwrap_or_else(|| Constant::Tuple([].into())));
            self.keep("__static_attributes__");
        }
        if has_cell("__classdict__") {
            self.push_op(OpKind::LoadClosure("__classdict__".into()), 0);
            self.keep("__classdictcell__");
        }
        if !has_cell("__class__") {
            return self.return_none();
        }
        self.push_op(OpKind::LoadClosure("__class__".into()), 0);
        let cell = self.peek(1);
        self.keep("__classcell__");
        self.terminate(Terminator::Return(cell));
        Ok(())
    }

    fn has_type_parameters(&self) -> bool {
        self.unit.parent.is_some_and(|parent| self.units.get(parent).kind == UnitKind::TypeParameters)
    }

    fn keep(&mut self, name: &str) {
        self.do_op(OpKind::Store(Scope::Name, name.into()), 1);
    }
}
