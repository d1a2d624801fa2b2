//! Statements.

use super::Printer;
use super::expr::augmented_text;
use super::precedence::Precedence as P;
use crate::ast::{Alias, Body, ExceptHandler, Expr, ExprId, Function, Keyword, Stmt, StmtId, WithItem};
use crate::constant::{Constant, Name};
use crate::unit::{CodeId, Unit, UnitKind};

/// How deep blocks are indented at the most: Python's own limit (`MAXINDENT`, `Parser/tokenizer.h`).
const MOST_INDENTS: usize = 98;

/// Up to which line statements are kept on their original ones: line tables may name any.
const MOST_LINES: u32 = 100_000;

impl<'p> Printer<'p> {
    /// The whole module.
    pub(super) fn module(&mut self, code: CodeId) {
        let Some(body) = self.body(code) else { return };
        let is_simple = |&stmt: &StmtId| is_simple(body.get_stmt(stmt));
        match (self.unit(code).kind, &body.stmts[..]) {
            (UnitKind::Expression, [only]) => match body.get_stmt(*only) {
                Stmt::Return(Some(value)) => {
                    self.expr(code, *value, P::Named);
                    self.end_line();
                }
                _ => self.statements(code, body, &body.stmts),
            },
            // What is typed at the prompt is one line, or one compound statement.
            (UnitKind::Interactive, stmts) if stmts.iter().all(is_simple) => {
                for (at, &stmt) in stmts.iter().enumerate() {
                    self.push(if at > 0 { "; " } else { "" });
                    let start = self.out.text.len();
                    self.simple_statement(code, body, body.get_stmt(stmt));
                    self.note(code, stmt.0, start);
                }
                self.end_line();
            }
            (_, stmts) => self.statements(code, body, stmts),
        }
    }

    /// One code object by itself.
    pub(super) fn alone(&mut self, code: CodeId) {
        let function =
            Function { code, defaults: Vec::new(), kw_defaults: Vec::new(), annotations: Vec::new(), annotate: None };
        let name = self.unit(code).name.clone();
        match self.unit(code).kind {
            UnitKind::Function => self.function(code, &function, &name, &[], None),
            UnitKind::Class => self.class(code, (code, &name), (&[], &[]), &[], None),
            UnitKind::Lambda => {
                self.lambda(code, &function);
                self.end_line();
            }
            _ => self.module(code),
        }
    }

    /// A block, one step further in. An empty one is `pass`.
    fn block(&mut self, code: CodeId, body: &Body, stmts: &[StmtId]) {
        self.indent += 1;
        if self.indent > MOST_INDENTS {
            self.not_reconstructed("It nests deeper than Python reads.");
        } else if stmts.is_empty() {
            self.simple("pass");
        } else {
            self.statements(code, body, stmts);
        }
        self.indent -= 1;
    }

    fn statements(&mut self, code: CodeId, body: &Body, stmts: &[StmtId]) {
        let mut before: Option<bool> = None;
        for (at, &stmt) in stmts.iter().enumerate() {
            let is_definition = matches!(body.get_stmt(stmt), Stmt::FunctionDef { .. } | Stmt::ClassDef { .. });
            self.blank_lines(body.origin(stmt.0).line(), before, is_definition);
            before = Some(is_definition);
            let start = self.out.text.len();
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
    fn starts_with_docstring(&self, code: CodeId, body: &Body, value: ExprId) -> bool {
        matches!(self.unit(code).kind, UnitKind::Module | UnitKind::Class)
            && matches!(body.get_expr(value), Expr::Constant(Constant::Str(_) | Constant::Unicode(_)))
    }

    /// Blank lines before a statement: around definitions, and where the original had some.
    fn blank_lines(&mut self, line: Option<u32>, before: Option<bool>, is_definition: bool) {
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

    /// A line of its own.
    fn simple(&mut self, text: &str) {
        self.begin_line();
        self.push(text);
        self.end_line();
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

    /// A statement on one line.
    fn simple_statement(&mut self, code: CodeId, body: &Body, stmt: &Stmt) {
        match stmt {
            Stmt::Return(None) => self.push("return"),
            Stmt::Return(Some(value)) => {
                self.push("return ");
                self.expr(code, *value, self.plain_tuple(body, *value));
            }
            Stmt::Delete(targets) => {
                self.push("del ");
                self.comma_separated(code, targets, P::Test);
            }
            Stmt::Assign { targets, value } => {
                for &target in targets {
                    self.expr(code, target, P::Tuple);
                    self.push(" = ");
                }
                self.expr(code, *value, self.plain_value(body, *value));
            }
            Stmt::AugAssign { target, op, value } => {
                self.expr(code, *target, P::Atom);
                self.push(augmented_text(*op));
                self.expr(code, *value, self.plain_value(body, *value));
            }
            Stmt::AnnAssign { target, annotation, value, simple } => {
                let in_parentheses = !*simple && matches!(body.get_expr(*target), Expr::Name(_));
                self.push(if in_parentheses { "(" } else { "" });
                self.expr(code, *target, P::Atom);
                self.push(if in_parentheses { "): " } else { ": " });
                match self.annotation_in(code, *annotation) {
                    Some((owner, annotation)) => self.annotation(owner, annotation, false),
                    None => self.push("__not_reconstructed__"),
                }
                if let Some(value) = value {
                    self.push(" = ");
                    self.expr(code, *value, self.plain_value(body, *value));
                }
            }
            Stmt::Raise { exc, cause, tback } => {
                self.push("raise");
                let from = if self.is_python2() { ", " } else { " from " };
                for (word, value) in [(" ", exc), (from, cause), (", ", tback)] {
                    if let Some(value) = value {
                        self.push(word);
                        self.expr(code, *value, P::Test);
                    }
                }
            }
            Stmt::Assert { test, msg } => {
                self.push("assert ");
                self.expr(code, *test, P::Test);
                if let Some(msg) = msg {
                    self.push(", ");
                    self.expr(code, *msg, P::Test);
                }
            }
            Stmt::Import { names, is_lazy } => {
                self.push(if *is_lazy && self.may_be_lazy(code) { "lazy import " } else { "import " });
                self.aliases(code, names, |printer, name| super::spelled_module(name, printer.grammar));
            }
            Stmt::ImportFrom { module, names, level, is_lazy } => {
                let fits = &**module != "__future__" && names.iter().all(|alias| &*alias.name != "*");
                self.push(if *is_lazy && fits && self.may_be_lazy(code) { "lazy from " } else { "from " });
                for _ in 0..*level {
                    self.push(".");
                }
                self.push(&super::spelled_module(module, self.grammar));
                self.push(" import ");
                self.aliases(code, names, |printer, name| match name {
                    "*" => "*".to_owned(),
                    name => printer.written(code, &name.into()).to_string(),
                });
            }
            Stmt::Print { dest, values, newline } => self.print_statement(code, *dest, values, *newline),
            Stmt::Exec { code: text, names } => self.exec_statement(code, *text, *names),
            Stmt::Global(names) => self.names(code, "global ", names),
            Stmt::Nonlocal(names) => self.names(code, "nonlocal ", names),
            Stmt::TypeAlias { name, code: inner } => self.type_alias(code, name, *inner),
            Stmt::Expr(value) => self.expr(code, *value, self.plain_value(body, *value)),
            Stmt::Pass => self.push("pass"),
            Stmt::Break => self.push("break"),
            Stmt::Continue => self.push("continue"),
            // Compound statements never come here.
            _ => self.push("pass"),
        }
    }

    /// Whether the grammar allows `lazy` here: in a module, and in no `try` of it. No compiler makes such an import elsewhere.
    fn may_be_lazy(&self, code: CodeId) -> bool {
        self.unit(code).kind.is_module() && self.tries == 0
    }

    /// `WORD expression:`
    fn header(&mut self, code: CodeId, word: &str, parts: &[(ExprId, P)]) {
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

    fn handler(&mut self, code: CodeId, body: &Body, handler: &ExceptHandler, is_star: bool) {
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

    pub(super) fn function(
        &mut self,
        code: CodeId,
        function: &Function,
        name: &Name,
        decorators: &[ExprId],
        type_params: Option<CodeId>,
    ) {
        self.decorators(code, decorators);
        self.begin_line();
        let unit = self.unit(function.code);
        let is_async = unit.has(Unit::COROUTINE) || unit.has(Unit::ASYNC_GENERATOR);
        self.push(if is_async { "async def " } else { "def " });
        let written = self.written(code, name);
        self.push(&written);
        if let Some(parameters) = type_params {
            self.type_parameters(parameters);
        }
        // The annotations of a function with type parameters stand in the code object of those.
        let annotated = match type_params.and_then(|inner| Some((inner, self.made_in(inner)?))) {
            Some((inner, Stmt::FunctionDef { function, .. })) => (inner, function),
            _ => (code, function),
        };
        self.push("(");
        self.parameters(code, function, annotated);
        self.push(")");
        self.returns(annotated);
        self.push(":");
        self.end_line();
        let text = self.function_docstring(function.code).map(|text| self.docstring(text));
        self.inner(function.code, text);
    }

    pub(super) fn class(
        &mut self,
        code: CodeId,
        (inner, name): (CodeId, &Name),
        (bases, keywords): (&[ExprId], &[Keyword]),
        decorators: &[ExprId],
        type_params: Option<CodeId>,
    ) {
        self.decorators(code, decorators);
        self.begin_line();
        self.push("class ");
        let written = self.written(code, name);
        self.push(&written);
        if let Some(parameters) = type_params {
            self.type_parameters(parameters);
        }
        let (owner, bases, keywords) = match type_params.and_then(|inner| Some((inner, self.made_in(inner)?))) {
            Some((inner, Stmt::ClassDef { bases, keywords, .. })) => {
                (inner, self.written_bases(inner, bases), &keywords[..])
            }
            _ => (code, bases, keywords),
        };
        if !bases.is_empty() || !keywords.is_empty() {
            self.push("(");
            self.comma_separated(owner, bases, P::Named);
            for (at, keyword) in keywords.iter().enumerate() {
                self.push(if at + bases.len() > 0 { ", " } else { "" });
                match &keyword.arg {
                    Some(name) => {
                        self.push(&super::spelled(name, self.grammar));
                        self.push("=");
                    }
                    None => self.push("**"),
                }
                self.expr(owner, keyword.value, P::Test);
            }
            self.push(")");
        }
        self.push(":");
        self.end_line();
        self.inner(inner, None);
    }

    /// What a code object of type parameters makes: its last statement.
    fn made_in(&self, code: CodeId) -> Option<&'p Stmt> {
        let body = self.body(code)?;
        body.stmts.last().map(|&stmt| body.get_stmt(stmt))
    }

    /// The bases of a class with type parameters, without the one that the compiler adds behind them.
    fn written_bases<'b>(&self, code: CodeId, bases: &'b [ExprId]) -> &'b [ExprId] {
        let is_added = |base: ExprId| {
            self.body(code)
                .is_some_and(|body| matches!(body.get_expr(base), Expr::Name(name) if &**name == ".generic_base"))
        };
        match bases {
            [written @ .., last] if is_added(*last) => written,
            _ => bases,
        }
    }

    /// The body of a function or class.
    fn inner(&mut self, code: CodeId, docstring: Option<String>) {
        let Some(body) = self.body(code) else { return };
        self.last_line = None;
        self.indent += 1;
        if let Some(text) = &docstring {
            self.simple(text);
        }
        self.indent -= 1;
        if docstring.is_none() || !body.stmts.is_empty() {
            let parameters = body.stmts.iter().take_while(|&&stmt| body.parameter_taken_apart(stmt).is_some()).count();
            self.block(code, body, &body.stmts[parameters..]);
        }
        self.last_line = None;
    }

    fn decorators(&mut self, code: CodeId, decorators: &[ExprId]) {
        for &decorator in decorators {
            self.begin_line();
            self.push("@");
            self.expr(code, decorator, P::Named);
            self.end_line();
        }
    }

    fn type_alias(&mut self, code: CodeId, name: &Name, inner: CodeId) {
        self.push("type ");
        let written = self.written(code, name);
        self.push(&written);
        if self.unit(inner).kind != UnitKind::TypeParameters {
            self.push(" = ");
            self.value_of(inner);
            return;
        }
        self.type_parameters(inner);
        self.push(" = ");
        let value = self.body(inner).and_then(|body| match body.stmts.last().map(|&stmt| body.get_stmt(stmt)) {
            Some(Stmt::Return(Some(value))) => match body.get_expr(*value) {
                Expr::Lambda(function) => Some(function.code),
                _ => None,
            },
            _ => None,
        });
        match value {
            Some(value) => self.value_of(value),
            None => self.push("__not_reconstructed__"),
        }
    }

    fn comma_separated(&mut self, code: CodeId, items: &[ExprId], place: P) {
        for (at, &item) in items.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.expr(code, item, place);
        }
    }

    /// `name as asname, …`; `spelled` tells how a name is written.
    fn aliases(&mut self, code: CodeId, names: &[Alias], spelled: impl Fn(&Self, &str) -> String) {
        for (at, alias) in names.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            let name = spelled(self, &alias.name);
            self.push(&name);
            if let Some(name) = &alias.asname {
                self.push(" as ");
                let name = self.written(code, name);
                self.push(&name);
            }
        }
    }

    fn names(&mut self, code: CodeId, word: &str, names: &[Name]) {
        self.push(word);
        for (at, name) in names.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            let name = self.written(code, name);
            self.push(&name);
        }
    }
}

/// Whether a statement stands on one line, which may have others.
fn is_simple(stmt: &Stmt) -> bool {
    !matches!(
        stmt,
        Stmt::FunctionDef { .. }
            | Stmt::ClassDef { .. }
            | Stmt::If { .. }
            | Stmt::While { .. }
            | Stmt::For { .. }
            | Stmt::With { .. }
            | Stmt::Match { .. }
            | Stmt::Try { .. }
            | Stmt::Unshaped { .. }
    )
}
