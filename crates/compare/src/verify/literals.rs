//! What literals of a source become: constants, folded values, docstrings, the parts of f-strings.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{self as ast, Expr, InterpolatedStringElement, Stmt};

use super::constant::Constant;
use super::facts::Walk;
use super::fold::Folded;
use super::interpolation;
use super::scope::{Must, Named, without_layout};

/// How many values compilers leave on the stack at once (`STACK_USE_GUIDELINE`).
const MOST_PARTS: usize = 30;

impl Walk<'_> {
    pub(super) fn constant(&mut self, constant: Constant, line: u32) {
        let is_live = self.is_live;
        let scope = self.scope();
        // Small integers and empty texts are often not constants of their own: `LOAD_SMALL_INT`, folded conditions.
        // The parser has U+FFFD for surrogates that stand alone.
        let is_plain = matches!(&constant, Constant::Text(text) if text.len() > 1 && !text.contains('\u{fffd}'));
        if is_live && is_plain {
            scope.live.push(Must { what: Named::Constant(constant.clone()), line });
        }
        scope.facts.constants.insert(constant);
    }

    pub(super) fn folded(&mut self, value: Folded) {
        // Not by recursion: tuples nest as deep as the source has them.
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            match value {
                Folded::Singleton(_) => {}
                Folded::Leaf(constant) => {
                    self.facts().constants.insert(constant);
                }
                Folded::Tuple(items) => left.extend(items),
                Folded::Unknown => self.facts().has_unknown = true,
            }
        }
    }

    pub(super) fn docstring(&mut self, body: &[Stmt]) {
        if let Some(Stmt::Expr(first)) = body.first()
            && let Expr::StringLiteral(text) = &*first.value
        {
            let facts = self.facts();
            facts.docstrings.insert(without_layout(text.value.to_str()));
            facts.constants.insert(Constant::Text(text.value.to_str().to_owned()));
        }
    }

    /// The constant parts of an f-string or t-string, joined where nothing stands between them.
    fn pieces<'e>(&mut self, elements: impl Iterator<Item = Piece<'e>>, line: u32) {
        let (mut held, mut count) = (String::new(), 1);
        let mut texts = Vec::new();
        for element in elements {
            match element {
                Piece::Text(text) => held.push_str(text),
                Piece::Field(field) => {
                    count += 1;
                    match &field.debug_text {
                        None => texts.push((std::mem::take(&mut held), true)),
                        // `f"{x = }"` writes its own text before the value.
                        Some(written) => {
                            let written = written.as_str();
                            let forms = [interpolation::shown(written), interpolation::shown_before(written)];
                            texts.extend(forms.map(|shown| (format!("{held}{shown}"), false)));
                            held.clear();
                            // Up to 3.13 its escapes may have been read.
                            self.facts().has_unknown |= written.contains('\\');
                        }
                    }
                    self.visit_expr(&field.expression);
                    if let Some(spec) = &field.format_spec {
                        self.pieces(spec.elements.iter().map(Piece::of), line);
                    }
                }
            }
        }
        texts.push((held, true));
        self.joined(count);
        for (text, exact) in texts.into_iter().filter(|(text, _)| !text.is_empty()) {
            let was_live = self.is_live;
            self.is_live &= exact;
            self.constant(Constant::Text(text), line);
            self.is_live = was_live;
        }
    }

    pub(super) fn f_string(&mut self, string: &ast::ExprFString) {
        let line = self.line(string);
        let around = self.f_string;
        self.f_string = around.or(Some((line, self.last_line(string))));
        let parts = string.value.iter().flat_map(|part| -> Box<dyn Iterator<Item = Piece<'_>>> {
            match part {
                ast::FStringPart::Literal(text) => Box::new(std::iter::once(Piece::Text(&text.value))),
                ast::FStringPart::FString(inner) => Box::new(inner.elements.iter().map(Piece::of)),
            }
        });
        self.pieces(parts, line);
        self.f_string = around;
    }

    pub(super) fn t_string(&mut self, string: &ast::ExprTString) {
        let line = self.line(string);
        // An interpolation keeps the text of its expression.
        self.facts().has_unknown = true;
        let parts = string.value.iter().flat_map(|part| part.elements.iter().map(Piece::of));
        self.pieces(parts, line);
    }

    /// An f-string of many parts is made by `''.join` (`codegen_joined_str` in CPython's `codegen.c`). Here are so many texts, each
    /// with a field between them.
    fn joined(&mut self, texts: usize) {
        if 2 * texts > MOST_PARTS {
            self.possible_name("join");
        }
    }

    /// `text % …`: taken apart from 3.11 on, and folded where all is constant.
    pub(super) fn format(&mut self, binary: &ast::ExprBinOp, text: &str) {
        self.facts().has_formats = true;
        self.joined(text.matches('%').count() + 1);
        self.maybe(|walk| walk.visit_expr(&binary.left));
        self.visit_expr(&binary.right);
    }
}

/// A part of an f-string.
enum Piece<'e> {
    Text(&'e str),
    Field(&'e ast::InterpolatedElement),
}

impl<'e> Piece<'e> {
    fn of(element: &'e InterpolatedStringElement) -> Self {
        match element {
            InterpolatedStringElement::Literal(text) => Self::Text(&text.value),
            InterpolatedStringElement::Interpolation(field) => Self::Field(field),
        }
    }
}
