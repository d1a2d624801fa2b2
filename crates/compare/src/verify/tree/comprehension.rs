//! Comprehensions: with a code object of their own, or in the code around (3.12+, PEP 709). Which, the file tells.

use pycxray_source::ast::{Comprehension, Expr, ExprId, Stmt, StmtId};
use ruff_python_ast as ast;

use super::claim::Claimed;
use super::{Converter, Made, Part};

/// What a comprehension is of.
struct Parts<'s> {
    name: &'static str,
    /// The item, or the key and its value.
    items: [Option<&'s ast::Expr>; 2],
    generators: &'s [ast::Comprehension],
}

fn parts(expr: &ast::Expr) -> Option<Parts<'_>> {
    Some(match expr {
        ast::Expr::ListComp(node) => {
            Parts { name: "<listcomp>", items: [Some(&*node.elt), None], generators: &node.generators }
        }
        ast::Expr::SetComp(node) => {
            Parts { name: "<setcomp>", items: [Some(&*node.elt), None], generators: &node.generators }
        }
        ast::Expr::Generator(node) => {
            Parts { name: "<genexpr>", items: [Some(&*node.elt), None], generators: &node.generators }
        }
        ast::Expr::DictComp(node) => {
            Parts { name: "<dictcomp>", items: [node.key.as_deref(), Some(&*node.value)], generators: &node.generators }
        }
        _ => return None,
    })
}

impl<'s> Converter<'s> {
    pub(super) fn comprehension(&mut self, expr: &'s ast::Expr) -> Made<ExprId> {
        let Some(Parts { name, items, generators }) = parts(expr) else { return Err("no comprehension".to_owned()) };
        let Some(first) = generators.first() else { return Err("a comprehension without a loop".to_owned()) };
        let mut lines = vec![self.line(expr)];
        lines.extend(self.parentheses.take());
        // Up to 3.7 it begins where its item does.
        lines.extend(items.into_iter().flatten().take(1).map(|item| self.line(item)));
        let Some(code) = self.claim(name, &lines, Claimed::Expr(expr), Part::Comprehension(expr)) else {
            if name == "<genexpr>" || !self.since(12) {
                return Ok(self.missing(expr));
            }
            let made = self.loops_and_items((name, items), generators, true)?;
            return Ok(self.add(made));
        };
        let iter = self.searched_by_loop(first, true)?;
        Ok(self.add(Expr::OwnComp { code, iter }))
    }

    /// The body of one that has a code object of its own.
    pub(super) fn comprehension_body(&mut self, expr: &'s ast::Expr) -> Vec<StmtId> {
        let made = match parts(expr) {
            Some(Parts { name, items, generators }) => self.loops_and_items((name, items), generators, false),
            None => Err("no comprehension".to_owned()),
        };
        let stmt = match made {
            Ok(made) => {
                let value = self.add(made);
                self.add_stmt(Stmt::Return(Some(value)))
            }
            Err(reason) => self.unshaped(reason),
        };
        vec![stmt]
    }

    /// A comprehension, by the name of its code object, of an item or a key and its value.
    fn loops_and_items(
        &mut self,
        (name, items): (&str, [Option<&'s ast::Expr>; 2]),
        generators: &'s [ast::Comprehension],
        has_first: bool,
    ) -> Made<Expr> {
        let mut loops = Vec::with_capacity(generators.len());
        for (at, generator) in generators.iter().enumerate() {
            let iter = if at > 0 || has_first { Some(self.searched_by_loop(generator, at == 0)?) } else { None };
            let target = self.expr(&generator.target)?;
            let ifs = self.exprs(&generator.ifs)?;
            loops.push(Comprehension { target, iter, ifs, is_async: generator.is_async });
        }
        let [first, second] = items;
        let first = first.map(|first| self.expr(first)).transpose()?;
        let second = second.map(|second| self.expr(second)).transpose()?;
        Ok(match (name, first, second) {
            ("<dictcomp>", key, Some(value)) => Expr::DictComp { key, value, generators: loops },
            ("<listcomp>", Some(elt), _) => Expr::ListComp { elt, generators: loops },
            ("<setcomp>", Some(elt), _) => Expr::SetComp { elt, generators: loops },
            ("<genexpr>", Some(elt), _) => Expr::GeneratorExp { elt, generators: loops },
            _ => return Err("a comprehension of nothing".to_owned()),
        })
    }

    /// What a loop goes through. From 3.15 on the first one does not ask for its iterator right there, and what it is of stays as it is.
    fn searched_by_loop(&mut self, generator: &'s ast::Comprehension, is_first: bool) -> Made<ExprId> {
        let is_as_written = generator.is_async && (!self.since(7) || self.since(14)) || is_first && self.since(15);
        if is_as_written { self.expr(&generator.iter) } else { self.searched(&generator.iter) }
    }
}
