//! Statements.

use super::Printer;
use super::precedence::Precedence as P;
use crate::ast::{Body, ExceptHandler, Expr, ExprId, Stmt, StmtId, WithItem};
use crate::constant::Constant;
use crate::unit::{CodeId, UnitKind};

/// How deep blocks are indented at the most: Python's own limit (`MAXINDENT`, `Parser/tokenizer.h`).
const MOST_INDENTS: usize = 98;

/// Up to which line statements are kept on their original ones: line tables may name any.
const MOST_LINES: u32 = 100_000;

impl<'p> Printer<'p> {
    /// A block, one step further in. An empty one is `pass`.
    pub(super) fn block(&mut self, code: CodeId, body: &Body, stmts: &[StmtId]) {
        self.indent += 1;
        if self.indent > MOST_INDENTS {
            self.not_reconstructed("It nests deeper than Python reads.");
            self.out.unwritten.push(code);
        } else if stmts.is_empty() {
            self.simple("pass");
        } else {
            self.statements(code, body, stmts);
        }
        self.indent -= 1;
    }

    pub(super) fn statements(&mut self, code: CodeId, body: &Body, stmts: &[StmtId]) {
        let mut before: Option<bool> = None;
        for (at, &stmt) in stmts.iter().enumerate() {
            let is_definition = matches!(body.get_stmt(stmt), Stmt::FunctionDef { .. } | Stmt::ClassDef { .. });
            self.blank_lines(body.origin(stmt.0).line(), before, is_definition);
            before = Some(is_definition);
            let start = self.out.text.len();
            self.item_line = body.origin(stmt.0).line().filter(|_| is_definition);
            match body.get_stmt(stmt) {
                Stmt::Expr(text) if at == 0 && self.starts_with_docstring(code, body, *text) => {
                    if let Expr::Constant(text) = body.get_expr(*text) {
                        let text = self.docstring(text);
                        self.simple(&text);
                    }
                }
                _ => self.statement(code, body, stmt),
            }
            self.note(code, stmt.0, start);
        }
    }

    /// Whether text at the start of a code object is its docstring.
    pub(super) fn starts_with_docstring(&self, code: CodeId, body: &Body, value: ExprId) -> bool {
        matches!(self.unit(code).kind, UnitKind::Module | UnitKind::Class)
            && matches!(body.get_expr(value), Expr::Constant(Constant::Str(_) | Constant::Unicode(_)))
    }

    /// Blank lines before a statement: around definitions, and where the original had some.
    pub(super) fn blank_lines(&mut self, line: Option<u32>, before: Option<bool>, is_definition: bool) {
        if self.layout.keep_lines {
            while line.is_some_and(|line| self.lines + 1 < line.min(MOST_LINES)) {
                self.end_line();
            }
        } else if let Some(was_definition) = before {
            let gap = match (line, self.last_line) {
                (Some(line), Some(last)) if line > last + 1 => 1,
                _ => 0,
            };
            let wanted = if is_definition || was_definition { if self.indent == 0 { 2 } else { 1 } } else { gap };
            for _ in 0..wanted {
                self.end_line();
            }
        }
        self.last_line = line.or(self.last_line);
    }

    /// What stands in the place of what has no shape: it says so when it is run.
    fn not_reconstructed(&mut self, reason: &str) {
        for line in reason.lines() {
            // No name of the file may end the comment.
            // Python 2 reads no other letters than those of ASCII unless it is told of an encoding.
            let is_kept = |letter: char| !letter.is_control() && (letter.is_ascii() || !self.is_python2());
            let line: String = line.chars().map(|letter| if is_kept(letter) { letter } else { '?' }).collect();
            self.simple(&format!("# {}", super::without_encoding(&line)));
        }
        self.simple("raise NotImplementedError('not reconstructed')");
    }

    fn statement(&mut self, code: CodeId, body: &Body, stmt: StmtId) {
        match body.get_stmt(stmt) {
            Stmt::FunctionDef { function, name, decorators, type_params } => {
                self.function(code, function, name, decorators, *type_params);
            }
            Stmt::ClassDef { code: inner, name, bases, keywords, decorators, type_params } => {
                self.class(code, (*inner, name), (bases, keywords), decorators, *type_params);
            }
            Stmt::If { test, body: then, orelse } => self.choice(code, body, *test, then, orelse),
            Stmt::While { test, body: inner, orelse } => {
                self.header(code, "while ", &[(*test, P::Named)]);
                self.block(code, body, inner);
                self.alternative(code, body, "else:", orelse);
            }
            Stmt::For { target, iter, body: inner, orelse, is_async } => {
                self.begin_line();
                self.push(if *is_async { "async for " } else { "for " });
                self.expr(code, *target, P::Tuple);
                self.push(" in ");
                let starred_fits = self.units.since(3, 9);
                self.expr(code, *iter, if starred_fits { self.plain_tuple(body, *iter) } else { P::Test });
                self.push(":");
                self.end_line();
                self.block(code, body, inner);
                self.alternative(code, body, "else:", orelse);
            }
            Stmt::With { items, body: inner, is_async } => {
                self.with(code, body, items, *is_async);
                self.block(code, body, inner);
            }
            Stmt::Match { subject, cases } => {
                self.header(code, "match ", &[(*subject, self.plain_tuple(body, *subject).min(P::Named))]);
                self.indent += 1;
                for case in cases {
                    self.begin_line();
                    self.push("case ");
                    self.pattern(code, case.pattern);
                    if let Some(guard) = case.guard {
                        self.push(" if ");
                        self.expr(code, guard, P::Named);
                    }
                    self.push(":");
                    self.end_line();
                    self.block(code, body, &case.body);
                }
                self.indent -= 1;
            }
            Stmt::Try { body: tried, handlers, orelse, finalbody, is_star } => {
                self.simple("try:");
                self.tries += 1;
                self.block(code, body, tried);
                for handler in handlers {
                    self.handler(code, body, handler, *is_star);
                }
                self.alternative(code, body, "else:", orelse);
                self.alternative(code, body, "finally:", finalbody);
                self.tries -= 1;
            }
            Stmt::Unshaped { start, end, reason } => {
                let listing = (self.listing)(code, *start, *end);
                self.not_reconstructed(&format!("Not reconstructed, bytecode {start} to {end}: {reason}\n{listing}"));
            }
            simple => {
                self.begin_line();
                self.simple_statement(code, body, simple);
                self.end_line();
            }
        }
    }

    /// `WORD expression:`
    pub(super) fn header(&mut self, code: CodeId, word: &str, parts: &[(ExprId, P)]) {
        self.begin_line();
        self.push(word);
        for &(part, place) in parts {
            self.expr(code, part, place);
        }
        self.push(":");
        self.end_line();
    }

    /// `else:` or `finally:`, if there is anything in it.
    fn alternative(&mut self, code: CodeId, body: &Body, word: &str, stmts: &[StmtId]) {
        if !stmts.is_empty() {
            self.simple(word);
            self.block(code, body, stmts);
        }
    }

    /// `if`, with an `elif` for each `else` that is nothing but an `if`.
    fn choice(&mut self, code: CodeId, body: &Body, test: ExprId, then: &[StmtId], orelse: &[StmtId]) {
        self.header(code, "if ", &[(test, P::Named)]);
        self.block(code, body, then);
        let mut rest = orelse;
        while let [only] = rest
            && let Stmt::If { test, body: then, orelse } = body.get_stmt(*only)
        {
            let start = self.out.text.len();
            self.header(code, "elif ", &[(*test, P::Named)]);
            self.block(code, body, then);
            self.note(code, only.0, start);
            rest = orelse;
        }
        self.alternative(code, body, "else:", rest);
    }

    fn with(&mut self, code: CodeId, body: &Body, items: &[WithItem], is_async: bool) {
        self.begin_line();
        self.push(if is_async { "async with " } else { "with " });
        for (at, item) in items.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            // A tuple alone would be read as more than one manager.
            let is_tuple =
                matches!(body.get_expr(item.context_expr), Expr::Tuple(_) | Expr::Constant(Constant::Tuple(_)));
            let doubled = is_tuple && items.len() == 1 && item.optional_vars.is_none();
            self.push(if doubled { "(" } else { "" });
            self.expr(code, item.context_expr, P::Test);
            self.push(if doubled { ")" } else { "" });
            if let Some(target) = item.optional_vars {
                self.push(" as ");
                self.expr(code, target, P::Atom);
            }
        }
        self.push(":");
        self.end_line();
    }

    pub(super) fn handler(&mut self, code: CodeId, body: &Body, handler: &ExceptHandler, is_star: bool) {
        self.begin_line();
        self.push(if is_star { "except*" } else { "except" });
        if let Some(typ) = handler.typ {
            self.push(" ");
            self.expr(code, typ, P::Test);
        }
        if let Some(name) = &handler.name {
            self.push(" as ");
            let name = self.written(code, name);
            self.push(&name);
        }
        if let Some(target) = handler.target {
            self.push(" as ");
            self.expr(code, target, P::Atom);
        }
        self.push(":");
        self.end_line();
        self.block(code, body, &handler.body);
    }
}
