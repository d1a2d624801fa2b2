//! What is written otherwise for Python 2: texts, numbers, `print` and `exec`, parameters that are tuples.

use super::Printer;
use super::constant::{byte_string, constant, docstring, escaped, index};
use super::precedence::Precedence as P;
use crate::ast::{Body, ExprId, Stmt};
use crate::constant::{Constant, Name};
use crate::unit::{CodeId, Unit};

impl<'p> Printer<'p> {
    pub(super) fn is_python2(&self) -> bool {
        !self.units.since(3, 0)
    }

    /// A constant as source.
    pub(super) fn constant(&self, value: &Constant) -> String {
        if self.is_python2() { self.old_constant(value) } else { constant(value).0 }
    }

    /// A tuple as the index between brackets.
    pub(super) fn index(&self, items: &[Constant]) -> String {
        if !self.is_python2() {
            return index(items);
        }
        let items: Vec<String> = items.iter().map(|item| self.old_constant(item)).collect();
        let comma = if items.len() == 1 { "," } else { "" };
        format!("{}{comma}", items.join(", "))
    }

    /// A docstring: in three quotes over its lines.
    pub(super) fn docstring(&self, text: &Constant) -> String {
        let (bytes, prefix) = match text {
            Constant::Str(bytes) => (bytes, self.prefix()),
            Constant::Unicode(bytes) => (bytes, "u"),
            other => return self.constant(other),
        };
        if !self.is_python2() {
            return docstring(bytes);
        }
        let is_plain = bytes.iter().all(|&byte| byte == b'\n' || (b' '..=b'~').contains(&byte));
        if is_plain { format!("{prefix}{}", docstring(bytes)) } else { self.old_constant(text) }
    }

    /// What stands before the quotes of a text that is bytes.
    fn prefix(&self) -> &'static str {
        let is_unicode = self.units.units.first().is_some_and(|module| module.has(Unit::FUTURE_UNICODE_LITERALS));
        if is_unicode { "b" } else { "" }
    }

    /// Recursion is bounded: [`Constant::DEPTH`].
    fn old_constant(&self, value: &Constant) -> String {
        match value {
            // No file has them: they stand where nothing is asked.
            Constant::Bool(value) => if *value { "1" } else { "0" }.to_owned(),
            Constant::BigInt { .. } => format!("{}L", constant(value).0),
            Constant::Str(bytes) => {
                let mut out = String::new();
                byte_string(&mut out, self.prefix(), bytes);
                out
            }
            Constant::Unicode(text) => {
                let quote = if text.contains(&b'\'') && !text.contains(&b'"') { '"' } else { '\'' };
                let mut letters = String::new();
                escaped(&mut letters, text, Some(quote), false);
                let mut out = format!("u{quote}");
                for letter in letters.chars() {
                    match u32::from(letter) {
                        0..=0x7f => out.push(letter),
                        code @ ..=0xffff => out.push_str(&format!("\\u{code:04x}")),
                        code => out.push_str(&format!("\\U{code:08x}")),
                    }
                }
                out.push(quote);
                out
            }
            Constant::Tuple(items) => match &items[..] {
                [only] => format!("({},)", self.old_constant(only)),
                items => {
                    let items: Vec<String> = items.iter().map(|item| self.old_constant(item)).collect();
                    format!("({})", items.join(", "))
                }
            },
            Constant::Slice(parts) => {
                let part = |part: &Constant| match part {
                    Constant::None => String::new(),
                    part => self.old_constant(part),
                };
                parts.iter().map(part).collect::<Vec<_>>().join(":")
            }
            other => constant(other).0,
        }
    }

    pub(super) fn print_statement(&mut self, code: CodeId, dest: Option<ExprId>, values: &[ExprId], newline: bool) {
        self.push("print");
        if let Some(dest) = dest {
            self.push(" >>");
            self.expr(code, dest, P::Test);
            self.push(if values.is_empty() { "" } else { "," });
        }
        for (at, &value) in values.iter().enumerate() {
            self.push(if at > 0 { ", " } else { " " });
            self.expr(code, value, P::Test);
        }
        self.push(if newline || values.is_empty() { "" } else { "," });
    }

    pub(super) fn exec_statement(&mut self, code: CodeId, text: ExprId, names: Option<(ExprId, Option<ExprId>)>) {
        self.push("exec ");
        self.expr(code, text, P::BitOr);
        if let Some((globals, locals)) = names {
            self.push(" in ");
            self.expr(code, globals, P::Test);
            if let Some(locals) = locals {
                self.push(", ");
                self.expr(code, locals, P::Test);
            }
        }
    }

    /// The tuple that a parameter is written as, if it is taken apart.
    pub(super) fn parameter_taken_apart(&self, code: CodeId, name: &Name) -> Option<ExprId> {
        let body = self.body(code)?;
        let mut apart = body.stmts.iter().map_while(|&stmt| body.parameter_taken_apart(stmt));
        apart.find(|(known, _)| *known == name).map(|(_, target)| target)
    }

    /// The value of a lambda some of whose parameters are taken apart.
    pub(super) fn value_behind_parameters(&mut self, code: CodeId, body: &Body) {
        let mut behind = body.stmts.iter().skip_while(|&&stmt| body.parameter_taken_apart(stmt).is_some());
        match (behind.next().map(|&stmt| body.get_stmt(stmt)), behind.next()) {
            (Some(Stmt::Return(Some(value))), None) => self.expr(code, *value, P::Test),
            (Some(Stmt::Return(None)), None) => self.push("None"),
            _ => self.push_unwritten(code),
        }
    }
}
