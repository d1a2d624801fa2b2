//! Expressions.

use super::Printer;
use super::operator::{binary_binding, binary_text, binding, comparison_text};
use super::precedence::Precedence as P;
use crate::ast::{Body, BoolOp, Comprehension, Expr, ExprId, Stmt};
use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, UnaryOp};
use crate::unit::CodeId;

/// From which length on a line ends at the next comma, in bytes, where lines end.
const LONG: usize = 72;

/// More items of a tuple than these stand in parentheses, where lines end.
const MANY: usize = 20;

/// Something that is still to be written.
enum Task {
    Text(&'static str),
    /// `, `, or the end of a line, before an item.
    Comma(CodeId, ExprId),
    /// The end of a line before the first item in brackets, if that stood on a later one.
    First(CodeId, ExprId),
    Word(Name),
    /// An expression in a place that asks for this much.
    Expr(CodeId, ExprId, P),
    /// The closing parenthesis, if there was an opening one, and the range of the node.
    End {
        code: CodeId,
        expr: ExprId,
        start: usize,
        closes: bool,
    },
}

impl Printer<'_> {
    /// Writes an expression in a place that asks for `place`.
    pub(super) fn expr(&mut self, code: CodeId, expr: ExprId, place: P) {
        let mut tasks = vec![Task::Expr(code, expr, place)];
        let mut brackets = 0_usize;
        while let Some(task) = tasks.pop() {
            match task {
                Task::Text(text) => {
                    brackets += usize::from(text.ends_with(['(', '[', '{']));
                    brackets = brackets.saturating_sub(usize::from(matches!(text, ")" | "]" | "}")));
                    self.push(text);
                }
                Task::Comma(code, item) => {
                    let is_long = self.ends_lines() && self.column() > LONG;
                    if brackets > 0 && (is_long || self.stood_lower(code, item)) {
                        self.push(",");
                        self.end_line_amid();
                    } else {
                        self.push(", ");
                    }
                }
                Task::First(code, item) if self.stood_lower(code, item) => self.end_line_amid(),
                Task::First(..) => {}
                Task::Word(word) => self.push(&word),
                Task::End { code, expr, start, closes } => {
                    if closes {
                        brackets = brackets.saturating_sub(1);
                        self.push(")");
                    }
                    self.note(code, expr.0, start);
                }
                Task::Expr(code, expr, place) => {
                    let Some(body) = self.body(code) else { continue };
                    if let Expr::Name(_) | Expr::Lambda(_) | Expr::Constant(_) = body.get_expr(expr) {
                        self.pass_line(body.origin(expr.0).line());
                    }
                    let start = self.out.text.len();
                    let closes = binding(body.get_expr(expr)) < place;
                    if closes {
                        brackets += 1;
                        self.push("(");
                    }
                    tasks.push(Task::End { code, expr, start, closes });
                    let first = tasks.len();
                    self.parts(&mut tasks, code, body, expr);
                    tasks[first..].reverse();
                }
            }
        }
    }

    /// Adds what an expression is made of, in order.
    fn parts(&mut self, tasks: &mut Vec<Task>, code: CodeId, body: &Body, expr: ExprId) {
        let sub = |expr: ExprId, place: P| Task::Expr(code, expr, place);
        match body.get_expr(expr) {
            Expr::Constant(value) => {
                let text = self.constant(value);
                self.push(&text);
            }
            Expr::Repr(value) => {
                tasks.extend([Task::Text("`"), sub(*value, self.plain_tuple(body, *value)), Task::Text("`")]);
            }
            Expr::Name(name) => {
                let name = self.written(code, name);
                self.push(&name);
            }
            Expr::BoolOp { op, values } => {
                let (word, place) = match op {
                    BoolOp::And => (" and ", P::And.tighter()),
                    BoolOp::Or => (" or ", P::Or.tighter()),
                };
                separated(tasks, word, values.iter().map(|&value| sub(value, place)));
            }
            Expr::NamedExpr { target, value } => {
                tasks.extend([Task::Word(self.written(code, target)), Task::Text(" := "), sub(*value, P::Test)]);
            }
            Expr::BinOp { left, op, right } => {
                let own = binary_binding(*op);
                let (left_place, right_place) =
                    if *op == BinaryOp::Pow { (own.tighter(), P::Factor) } else { (own, own.tighter()) };
                tasks.extend([sub(*left, left_place), Task::Text(binary_text(*op)), sub(*right, right_place)]);
            }
            Expr::UnaryOp { op, operand } => {
                let (text, place) = match op {
                    UnaryOp::Not => ("not ", P::Not),
                    UnaryOp::USub => ("-", P::Factor),
                    UnaryOp::UAdd => ("+", P::Factor),
                    UnaryOp::Invert => ("~", P::Factor),
                };
                tasks.extend([Task::Text(text), sub(*operand, place)]);
            }
            Expr::Lambda(function) => self.lambda(code, function),
            Expr::IfExp { test, body, orelse } => tasks.extend([
                sub(*body, P::Or),
                Task::Text(" if "),
                sub(*test, P::Or),
                Task::Text(" else "),
                sub(*orelse, P::Test),
            ]),
            Expr::Dict(items) => {
                tasks.push(Task::Text("{"));
                for (at, (key, value)) in items.iter().enumerate() {
                    comma(tasks, at, (code, key.unwrap_or(*value)));
                    match key {
                        Some(key) => tasks.extend([sub(*key, P::Test), Task::Text(": "), sub(*value, P::Test)]),
                        None => tasks.extend([Task::Text("**"), sub(*value, P::BitOr)]),
                    }
                }
                tasks.push(Task::Text("}"));
            }
            Expr::Set(items) if items.is_empty() => tasks.push(Task::Text("{*()}")),
            Expr::Set(items) => self.display(tasks, code, ["{", "}"], items),
            Expr::List(items) => self.display(tasks, code, ["[", "]"], items),
            Expr::Tuple(items) => {
                // Only between brackets may an item be a slice.
                let place = |item| if is_slice(body.get_expr(item)) { P::Slice } else { P::Named };
                for (at, &item) in items.iter().enumerate() {
                    if at > 0 {
                        tasks.push(Task::Comma(code, item));
                    }
                    tasks.push(sub(item, place(item)));
                }
                match items.len() {
                    0 => tasks.push(Task::Text("()")),
                    1 => tasks.push(Task::Text(",")),
                    _ => {}
                }
            }
            Expr::ListComp { elt, generators } => {
                self.comprehension(tasks, code, ["[", "]"], item(code, *elt), (generators, None));
            }
            Expr::SetComp { elt, generators } => {
                self.comprehension(tasks, code, ["{", "}"], item(code, *elt), (generators, None));
            }
            Expr::DictComp { key, value, generators } => {
                self.comprehension(tasks, code, ["{", "}"], entry(code, *key, *value), (generators, None));
            }
            Expr::GeneratorExp { elt, generators } => {
                self.comprehension(tasks, code, ["(", ")"], item(code, *elt), (generators, None));
            }
            Expr::OwnComp { code: inner, iter } => self.own_comprehension(tasks, *inner, (code, *iter), true),
            Expr::Await(value) => tasks.extend([Task::Text("await "), sub(*value, P::Atom)]),
            Expr::Yield(None) => tasks.push(Task::Text("yield")),
            Expr::Yield(Some(value)) => {
                tasks.extend([Task::Text("yield "), sub(*value, self.plain_tuple(body, *value))])
            }
            Expr::YieldFrom(value) => tasks.extend([Task::Text("yield from "), sub(*value, P::Test)]),
            Expr::Compare { left, rest } => {
                tasks.push(sub(*left, P::Compare.tighter()));
                for (op, right) in rest {
                    tasks.extend([Task::Text(comparison_text(*op)), sub(*right, P::Compare.tighter())]);
                }
            }
            Expr::Call { func, args, keywords } => {
                tasks.extend([sub(*func, P::Atom), Task::Text("(")]);
                if let ([only], true) = (&args[..], keywords.is_empty())
                    && let Expr::OwnComp { code: inner, iter } = body.get_expr(*only)
                    && self.is_generator(*inner)
                {
                    self.own_comprehension(tasks, *inner, (code, *iter), false);
                } else {
                    for (at, &arg) in args.iter().enumerate() {
                        comma(tasks, at, (code, arg));
                        tasks.push(sub(arg, P::Named));
                    }
                    for (at, keyword) in keywords.iter().enumerate() {
                        comma(tasks, args.len() + at, (code, keyword.value));
                        match &keyword.arg {
                            // Alone of all names those of arguments are not mangled.
                            Some(name) => {
                                tasks.extend([Task::Word(super::spelled(name, self.grammar)), Task::Text("=")])
                            }
                            None => tasks.push(Task::Text("**")),
                        }
                        tasks.push(sub(keyword.value, P::Test));
                    }
                }
                tasks.push(Task::Text(")"));
            }
            Expr::JoinedStr(parts) => {
                let text = self.formatted(code, "f", parts);
                self.push(&text);
            }
            Expr::TemplateStr(parts) => {
                let text = self.formatted(code, "t", parts);
                self.push(&text);
            }
            Expr::Attribute { value, attr } => {
                tasks.extend([sub(*value, P::Atom), Task::Text("."), Task::Word(self.written(code, attr))]);
            }
            Expr::Subscript { value, slice } => {
                tasks.extend([sub(*value, P::Number), Task::Text("[")]);
                tasks.push(match body.get_expr(*slice) {
                    Expr::Constant(Constant::Tuple(items)) if !items.is_empty() => Task::Word(self.index(items).into()),
                    _ => sub(*slice, self.index_place(body, *slice)),
                });
                tasks.push(Task::Text("]"));
            }
            Expr::Starred(value) => tasks.extend([Task::Text("*"), sub(*value, P::BitOr)]),
            Expr::Slice { lower, upper, step } => {
                tasks.extend(lower.map(|lower| sub(lower, P::Test)));
                tasks.push(Task::Text(":"));
                tasks.extend(upper.map(|upper| sub(upper, P::Test)));
                if let Some(step) = step {
                    tasks.extend([Task::Text(":"), sub(*step, P::Test)]);
                }
            }
        }
    }

    /// A list or set display. Its items may be starred.
    fn display(&self, tasks: &mut Vec<Task>, code: CodeId, [open, close]: [&'static str; 2], items: &[ExprId]) {
        tasks.push(Task::Text(open));
        for (at, &item) in items.iter().enumerate() {
            comma(tasks, at, (code, item));
            tasks.push(Task::Expr(code, item, P::Named));
        }
        tasks.push(Task::Text(close));
    }

    /// Whether long expressions are written on more than one line. Up to 3.6 compilers improve no code that has more than 255 bytes
    /// for one line (`PyCode_Optimize` in CPython's `peephole.c`); since 3.8 they ask for lines in ways of their own.
    fn ends_lines(&self) -> bool {
        !self.units.since(3, 7) && !self.layout.keep_lines && self.format_depth == 0
    }

    /// How long the line is by now, in bytes.
    fn column(&self) -> usize {
        self.out.text.bytes().rev().take_while(|&byte| byte != b'\n').count()
    }

    /// The place behind `return` and `yield`: a tuple may stand there without parentheses, unless the version's grammar wants them.
    pub(super) fn plain_tuple(&self, body: &Body, expr: ExprId) -> P {
        match body.get_expr(expr) {
            Expr::Tuple(items) => {
                let starred = items.iter().any(|&item| matches!(body.get_expr(item), Expr::Starred(_)));
                let is_long = self.ends_lines() && items.len() > MANY;
                if is_long || starred && !self.units.since(3, 8) { P::Test } else { P::Tuple }
            }
            _ => P::Test,
        }
    }

    /// The place behind `=`: `yield` may stand there, too.
    pub(super) fn plain_value(&self, body: &Body, expr: ExprId) -> P {
        match body.get_expr(expr) {
            Expr::Yield(_) | Expr::YieldFrom(_) => P::Yield,
            _ => self.plain_tuple(body, expr),
        }
    }

    /// What the place between brackets asks for. Starred items may stand there without parentheses from 3.11 on.
    fn index_place(&self, body: &Body, slice: ExprId) -> P {
        match body.get_expr(slice) {
            Expr::Tuple(items) => {
                let has = |test: fn(&Expr) -> bool| items.iter().any(|&item| test(body.get_expr(item)));
                let starred = has(|item| matches!(item, Expr::Starred(_)));
                let named = has(|item| matches!(item, Expr::NamedExpr { .. }));
                let plain =
                    (!starred || self.units.since(3, 11)) && (!named || self.units.since(3, 10)) || has(is_slice);
                if plain { P::Slice } else { P::Test }
            }
            slice if is_slice(slice) => P::Slice,
            Expr::NamedExpr { .. } if self.units.since(3, 10) => P::Named,
            _ => P::Test,
        }
    }

    /// Whether a code object is that of a generator expression.
    fn is_generator(&self, code: CodeId) -> bool {
        self.unit(code).kind == crate::unit::UnitKind::GeneratorExp
    }

    /// A comprehension that is a code object of its own, with its first iterable, which the code around has.
    fn own_comprehension(&self, tasks: &mut Vec<Task>, code: CodeId, iter: (CodeId, ExprId), parentheses: bool) {
        let value = self.body(code).and_then(|body| match body.stmts.first().map(|&stmt| body.get_stmt(stmt)) {
            Some(Stmt::Return(Some(value))) => Some((body, body.get_expr(*value))),
            _ => None,
        });
        let round = if parentheses { ["(", ")"] } else { ["", ""] };
        let (brackets, element, generators) = match value.map(|(_, value)| value) {
            Some(Expr::ListComp { elt, generators }) => (["[", "]"], item(code, *elt), generators),
            Some(Expr::SetComp { elt, generators }) => (["{", "}"], item(code, *elt), generators),
            Some(Expr::DictComp { key, value, generators }) => (["{", "}"], entry(code, *key, *value), generators),
            Some(Expr::GeneratorExp { elt, generators }) => (round, item(code, *elt), generators),
            _ => {
                // It has no shape: a call that says so when it is run, and keeps the iterable.
                tasks.extend([
                    Task::Text("__not_reconstructed__("),
                    Task::Expr(iter.0, iter.1, P::Test),
                    Task::Text(")"),
                ]);
                return;
            }
        };
        self.comprehension(tasks, code, brackets, element, (generators, Some(iter)));
    }

    fn comprehension(
        &self,
        tasks: &mut Vec<Task>,
        code: CodeId,
        [open, close]: [&'static str; 2],
        element: Vec<Task>,
        (generators, first): (&[Comprehension], Option<(CodeId, ExprId)>),
    ) {
        tasks.push(Task::Text(open));
        tasks.extend(element);
        for generator in generators {
            tasks.push(Task::Text(if generator.is_async { " async for " } else { " for " }));
            tasks.extend([Task::Expr(code, generator.target, P::Tuple), Task::Text(" in ")]);
            let (owner, iter) = generator.iter.map(|iter| (code, iter)).or(first).unwrap_or((code, generator.target));
            tasks.push(Task::Expr(owner, iter, P::Or));
            for &condition in &generator.ifs {
                tasks.extend([Task::Text(" if "), Task::Expr(code, condition, P::Or)]);
            }
        }
        tasks.push(Task::Text(close));
    }
}

/// What stands before an item in brackets.
fn comma(tasks: &mut Vec<Task>, at: usize, (code, item): (CodeId, ExprId)) {
    tasks.push(if at > 0 { Task::Comma(code, item) } else { Task::First(code, item) });
}

/// What a comprehension adds.
fn item(code: CodeId, item: ExprId) -> Vec<Task> {
    vec![Task::Expr(code, item, P::Named)]
}

/// An entry of a dict; without a key, all entries of another.
fn entry(code: CodeId, key: Option<ExprId>, value: ExprId) -> Vec<Task> {
    match key {
        Some(key) => vec![Task::Expr(code, key, P::Test), Task::Text(": "), Task::Expr(code, value, P::Test)],
        None => vec![Task::Text("**"), Task::Expr(code, value, P::BitOr)],
    }
}

fn separated(tasks: &mut Vec<Task>, separator: &'static str, items: impl Iterator<Item = Task>) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            tasks.push(Task::Text(separator));
        }
        tasks.push(item);
    }
}

/// Whether it may stand only between the brackets of an index.
fn is_slice(expr: &Expr) -> bool {
    matches!(expr, Expr::Slice { .. } | Expr::Constant(Constant::Slice(_)))
}
