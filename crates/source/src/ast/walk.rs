//! Which nodes of a body its statements hold: the arena may have others, which shaping left behind.

use super::{Annotation, Body, Comprehension, Expr, ExprId, FormatPart, Function, Keyword, Node, Pattern, Stmt};
use crate::unit::CodeId;

impl Body {
    /// The numbers of all nodes that its statements hold, each before those in it, in the order of the text where the tree has it.
    #[must_use]
    pub fn held(&self) -> Vec<u32> {
        let mut held = Vec::new();
        let mut seen = vec![false; self.nodes().len()];
        let mut waiting: Vec<u32> = self.stmts.iter().rev().map(|stmt| stmt.0).collect();
        let mut children = Vec::new();
        while let Some(node) = waiting.pop() {
            // No tree is meant to hold a node twice; one that does is not walked twice.
            if seen.get_mut(node as usize).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            held.push(node);
            self.children(node, &mut children);
            waiting.extend(children.drain(..).rev());
        }
        held
    }

    /// Whether the compiler of 3.14 and later counts which annotations are reached: in modules any, in classes those in other
    /// statements (`symtable_visit_annotation` in CPython's `symtable.c`).
    pub(crate) fn counts_annotations(&self, is_class: bool) -> bool {
        let annotates = |node: u32| matches!(self.nodes()[node as usize], Node::Stmt(Stmt::AnnAssign { .. }));
        let all = self.held().into_iter().filter(|&node| annotates(node)).count();
        let outermost = self.stmts.iter().filter(|stmt| annotates(stmt.0)).count();
        all > if is_class { outermost } else { 0 }
    }

    /// The numbers of all nodes in a comprehension that adds `items`. Its first iterable is not in it.
    pub(crate) fn inside(&self, items: impl IntoIterator<Item = ExprId>, generators: &[Comprehension]) -> Vec<u32> {
        let mut inside: Vec<u32> = items.into_iter().map(|item| item.0).collect();
        for (index, generator) in generators.iter().enumerate() {
            inside.push(generator.target.0);
            inside.extend(generator.iter.iter().filter(|_| index > 0).chain(&generator.ifs).map(|expr| expr.0));
        }
        // Each is gone through once: a tree has no node twice.
        let mut next = 0;
        while let Some(&node) = inside.get(next) {
            self.children(node, &mut inside);
            next += 1;
        }
        inside
    }

    /// The code object that the expression of this number makes.
    pub(crate) fn made_by(&self, node: u32) -> Option<CodeId> {
        match &self.nodes()[node as usize] {
            Node::Expr(Expr::Lambda(function)) => Some(function.code),
            Node::Expr(Expr::OwnComp { code, .. }) => Some(*code),
            _ => None,
        }
    }

    /// Adds the nodes that a node holds.
    pub(crate) fn children(&self, node: u32, out: &mut Vec<u32>) {
        match &self.nodes()[node as usize] {
            Node::Stmt(stmt) => of_stmt(stmt, out),
            Node::Expr(expr) => of_expr(expr, out),
            Node::Pattern(pattern) => of_pattern(pattern, out),
        }
    }
}

fn of_function(function: &Function, out: &mut Vec<u32>) {
    out.extend(function.defaults.iter().map(|expr| expr.0));
    out.extend(function.kw_defaults.iter().chain(&function.annotations).map(|(_, expr)| expr.0));
}

fn of_keywords(keywords: &[Keyword], out: &mut Vec<u32>) {
    out.extend(keywords.iter().map(|keyword| keyword.value.0));
}

fn of_stmt(stmt: &Stmt, out: &mut Vec<u32>) {
    match stmt {
        Stmt::FunctionDef { function, decorators, .. } => {
            out.extend(decorators.iter().map(|expr| expr.0));
            of_function(function, out);
        }
        Stmt::ClassDef { bases, keywords, decorators, .. } => {
            out.extend(decorators.iter().chain(bases).map(|expr| expr.0));
            of_keywords(keywords, out);
        }
        Stmt::Return(value) => out.extend(value.map(|expr| expr.0)),
        Stmt::Delete(targets) => out.extend(targets.iter().map(|expr| expr.0)),
        Stmt::Assign { targets, value } => out.extend(targets.iter().chain([value]).map(|expr| expr.0)),
        Stmt::AugAssign { target, value, .. } => out.extend([target.0, value.0]),
        Stmt::AnnAssign { target, annotation, value, .. } => {
            out.push(target.0);
            if let Annotation::Here(annotation) = annotation {
                out.push(annotation.0);
            }
            out.extend(value.map(|expr| expr.0));
        }
        Stmt::Match { subject, cases } => {
            out.push(subject.0);
            for case in cases {
                out.push(case.pattern.0);
                out.extend(case.guard.map(|expr| expr.0));
                out.extend(case.body.iter().map(|stmt| stmt.0));
            }
        }
        Stmt::Raise { exc, cause, tback } => out.extend(exc.iter().chain(cause).chain(tback).map(|expr| expr.0)),
        Stmt::Print { dest, values, .. } => out.extend(dest.iter().chain(values).map(|expr| expr.0)),
        Stmt::Exec { code, names } => {
            out.push(code.0);
            out.extend(
                names.iter().flat_map(|&(globals, locals)| [Some(globals), locals]).flatten().map(|expr| expr.0),
            );
        }
        Stmt::Assert { test, msg } => out.extend([Some(*test), *msg].into_iter().flatten().map(|expr| expr.0)),
        Stmt::Expr(value) => out.push(value.0),
        _ => of_block(stmt, out),
    }
}

/// Of statements with others in them.
fn of_block(stmt: &Stmt, out: &mut Vec<u32>) {
    match stmt {
        Stmt::For { target, iter, body, orelse, .. } => {
            out.extend([target.0, iter.0]);
            out.extend(body.iter().chain(orelse).map(|stmt| stmt.0));
        }
        Stmt::While { test, body, orelse } | Stmt::If { test, body, orelse } => {
            out.push(test.0);
            out.extend(body.iter().chain(orelse).map(|stmt| stmt.0));
        }
        Stmt::With { items, body, .. } => {
            out.extend(
                items
                    .iter()
                    .flat_map(|item| [Some(item.context_expr), item.optional_vars])
                    .flatten()
                    .map(|expr| expr.0),
            );
            out.extend(body.iter().map(|stmt| stmt.0));
        }
        Stmt::Try { body, handlers, orelse, finalbody, .. } => {
            out.extend(body.iter().map(|stmt| stmt.0));
            for handler in handlers {
                out.extend(handler.typ.iter().chain(&handler.target).map(|expr| expr.0));
                out.extend(handler.body.iter().map(|stmt| stmt.0));
            }
            out.extend(orelse.iter().chain(finalbody).map(|stmt| stmt.0));
        }
        _ => {}
    }
}

fn of_expr(expr: &Expr, out: &mut Vec<u32>) {
    match expr {
        Expr::Constant(_) | Expr::Name(_) => {}
        Expr::BoolOp { values: items, .. } | Expr::Set(items) | Expr::List(items) | Expr::Tuple(items) => {
            out.extend(items.iter().map(|expr| expr.0));
        }
        Expr::NamedExpr { value: one, .. }
        | Expr::UnaryOp { operand: one, .. }
        | Expr::OwnComp { iter: one, .. }
        | Expr::Await(one)
        | Expr::Repr(one)
        | Expr::YieldFrom(one)
        | Expr::Attribute { value: one, .. }
        | Expr::Starred(one) => out.push(one.0),
        Expr::BinOp { left: first, right: second, .. } | Expr::Subscript { value: first, slice: second } => {
            out.extend([first.0, second.0]);
        }
        Expr::Lambda(function) => of_function(function, out),
        Expr::IfExp { test, body, orelse } => out.extend([body.0, test.0, orelse.0]),
        Expr::Dict(items) => {
            out.extend(items.iter().flat_map(|(key, value)| [*key, Some(*value)]).flatten().map(|expr| expr.0));
        }
        Expr::Yield(value) => out.extend(value.map(|expr| expr.0)),
        Expr::Compare { left, rest } => {
            out.push(left.0);
            out.extend(rest.iter().map(|(_, expr)| expr.0));
        }
        Expr::Call { func, args, keywords } => {
            out.push(func.0);
            out.extend(args.iter().map(|expr| expr.0));
            of_keywords(keywords, out);
        }
        Expr::JoinedStr(parts) | Expr::TemplateStr(parts) => of_parts(parts, out),
        Expr::Slice { lower, upper, step } => {
            out.extend([lower, upper, step].into_iter().flatten().map(|expr| expr.0));
        }
        Expr::ListComp { .. } | Expr::SetComp { .. } | Expr::DictComp { .. } | Expr::GeneratorExp { .. } => {
            of_comprehension(expr, out);
        }
    }
}

fn of_comprehension(expr: &Expr, out: &mut Vec<u32>) {
    let Some((items, generators)) = expr.as_comprehension() else { return };
    out.extend(items.into_iter().flatten().map(|expr| expr.0));
    for generator in generators {
        out.push(generator.target.0);
        out.extend(generator.iter.iter().chain(&generator.ifs).map(|expr| expr.0));
    }
}

fn of_parts(parts: &[FormatPart], out: &mut Vec<u32>) {
    for part in parts {
        if let FormatPart::Field { value, spec, .. } = part {
            out.push(value.0);
            out.extend(spec.map(|expr| expr.0));
        }
    }
}

fn of_pattern(pattern: &Pattern, out: &mut Vec<u32>) {
    match pattern {
        Pattern::Value(value) => out.push(value.0),
        Pattern::Sequence(patterns) | Pattern::Or(patterns) => out.extend(patterns.iter().map(|pattern| pattern.0)),
        Pattern::Mapping { items, .. } => items.iter().for_each(|(key, pattern)| out.extend([key.0, pattern.0])),
        Pattern::Class { cls, patterns, keywords } => {
            out.push(cls.0);
            out.extend(patterns.iter().map(|pattern| pattern.0));
            out.extend(keywords.iter().map(|(_, pattern)| pattern.0));
        }
        Pattern::As { pattern, .. } => out.extend(pattern.map(|pattern| pattern.0)),
        Pattern::Singleton(_) | Pattern::Star(_) => {}
    }
}
