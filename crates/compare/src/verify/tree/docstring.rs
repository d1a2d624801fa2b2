//! Docstrings: which a code object has, and what compilers make of them.

use std::borrow::Cow;

use pycxray_source::ast::{Expr, Stmt, StmtId};
use pycxray_source::constant::Constant;
use pycxray_source::unit::{CodeId, Unit};
use ruff_python_ast as ast;

use super::{Converter, Level};

impl<'s> Converter<'s> {
    /// The docstring that a body has, as the file would have it, and the statements behind it.
    fn docstring(&self, stmts: &'s [ast::Stmt]) -> (Option<Constant>, &'s [ast::Stmt]) {
        let (Some(ast::Stmt::Expr(first)), Some(rest)) = (stmts.first(), stmts.get(1..)) else { return (None, stmts) };
        let ast::Expr::StringLiteral(text) = &*first.value else { return (None, stmts) };
        // One that cannot be read is none of the file's.
        let constant = match self.text_literal(text) {
            Ok(Constant::Str(bytes)) if self.since(13) => match std::str::from_utf8(&bytes) {
                Ok(text) => Constant::text(&cleaned(text)),
                Err(_) => Constant::Code(CodeId(u32::MAX)),
            },
            Ok(constant) => constant,
            Err(_) => Constant::Code(CodeId(u32::MAX)),
        };
        (Some(constant), rest)
    }

    /// The statements of a module or class, which bind their docstring.
    pub(super) fn module_body(&mut self, stmts: &'s [ast::Stmt]) -> Vec<StmtId> {
        let (docstring, rest) = self.docstring(stmts);
        let mut made = Vec::new();
        if let Some(docstring) = docstring {
            self.hints.docstrings += 1;
            // What stands behind one that was dropped is none.
            made.push(match self.level {
                Level::WithoutDocstrings => self.add_stmt(Stmt::Pass),
                _ => {
                    let value = self.add(Expr::Constant(docstring));
                    self.add_stmt(Stmt::Expr(value))
                }
            });
        }
        made.extend(self.suite(rest));
        made
    }

    /// The statements of a function, whose docstring is its first constant.
    pub(super) fn function_body(&mut self, function: &'s ast::StmtFunctionDef) -> Vec<StmtId> {
        let (docstring, rest) = self.docstring(&function.body);
        self.check_docstring(docstring);
        let mut made = vec![self.add_stmt(Stmt::Pass)];
        made.extend(self.suite(rest));
        made
    }

    fn check_docstring(&mut self, expected: Option<Constant>) {
        let unit = self.units.get(self.at.code);
        let may_have = !self.since(14) || unit.has(Unit::HAS_DOCSTRING);
        let found = match unit.consts.first() {
            Some(Some(text @ Constant::Str(_))) if may_have => Some(text.clone()),
            _ => None,
        };
        self.hints.docstrings += usize::from(expected.is_some());
        self.hints.of_functions += usize::from(expected.is_some());
        self.hints.kept += usize::from(expected.is_some() && found.is_some());
        if found != expected.filter(|_| self.level != Level::WithoutDocstrings) {
            self.note(self.at.code, "its docstring is another in the source");
        }
    }
}

/// What compilers make of a docstring since 3.13: tabs and the common indentation are gone (`_PyCompile_CleanDoc` in CPython's
/// `compile.c`).
fn cleaned(text: &str) -> Cow<'_, str> {
    let text = if text.contains('\t') { Cow::Owned(without_tabs(text)) } else { Cow::Borrowed(text) };
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let later = text.split('\n').skip(1).filter(|line| line.bytes().any(|byte| byte != b' '));
    let margin = later.map(indentation).min().unwrap_or(0);
    if margin == 0 && !text.starts_with(' ') {
        return text;
    }
    let mut lines = text.split('\n');
    let mut clean = lines.next().unwrap_or_default().trim_start_matches(' ').to_owned();
    for line in lines {
        clean.push('\n');
        clean.push_str(&line[indentation(line).min(margin)..]);
    }
    Cow::Owned(clean)
}

/// `str.expandtabs`
fn without_tabs(text: &str) -> String {
    let (mut out, mut column) = (String::with_capacity(text.len()), 0_usize);
    for letter in text.chars() {
        match letter {
            '\t' => {
                let blanks = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            _ => {
                out.push(letter);
                column = if matches!(letter, '\n' | '\r') { 0 } else { column + 1 };
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    /// What CPython 3.13 makes of them.
    #[test]
    fn common_indentation_goes() {
        let cases = [
            ("  One.\n\n    Two.\n      Three.\n    ", "One.\n\nTwo.\n  Three.\n"),
            ("One.\n  Two.\n Three.", "One.\n Two.\nThree."),
            ("One.\nTwo.", "One.\nTwo."),
            ("One.\n   ", "One.\n   "),
            ("One.\n\tTwo.", "One.\nTwo."),
            ("  ", ""),
        ];
        for (written, clean) in cases {
            assert_eq!(cleaned(written), clean, "{written:?}");
        }
    }
}
