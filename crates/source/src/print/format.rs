//! f-strings and t-strings.

use super::constant::escaped;
use super::precedence::Precedence as P;
use super::{Layout, Printed, Printer};
use crate::ast::{Body, Expr, ExprId, FormatPart, Node};
use crate::constant::Constant;
use crate::graph::Conversion;
use crate::unit::{CodeId, Units};

/// How deep f-strings stand inside each other at the most: Python's own limit (`MAXFSTRINGLEVEL`, `Parser/lexer/state.h`, 3.12) is 150, and up to
/// 3.11 quotes end it at four.
const DEPTH: usize = 20;

/// A part, as far as it can be written before the quotes are known.
enum Piece {
    /// Literal text.
    Text(std::rc::Rc<[u8]>),
    /// Source between braces, the braces among it.
    Field(String),
}

impl Printer<'_> {
    /// An f-string or t-string with its quotes.
    pub(super) fn formatted(&mut self, code: CodeId, prefix: &str, parts: &[FormatPart]) -> String {
        let mut pieces = Vec::new();
        self.pieces(code, parts, &mut pieces);
        let is_backslashed = |piece: &Piece| matches!(piece, Piece::Field(field) if field.contains('\\'));
        if !self.units.since(3, 12) && pieces.iter().any(is_backslashed) {
            if let Some(text) = self.by_percent(code, parts) {
                return text;
            }
        }
        let quote = self.quote(&pieces);
        let mut out = format!("{prefix}{quote}");
        let single = quote.chars().next();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let mut letters = String::new();
                    escaped(&mut letters, &text, single, false);
                    out.push_str(&doubled(&letters));
                }
                Piece::Field(field) => out.push_str(&field),
            }
        }
        out.push_str(quote);
        out
    }

    /// `'text %s' % (value,)`, of which 3.11 makes the same as of an f-string (`optimize_format` in CPython's `ast_opt.c`): up to 3.11 no
    /// field of an f-string may have a backslash. `None` if that can not be what was written.
    fn by_percent(&mut self, code: CodeId, parts: &[FormatPart]) -> Option<String> {
        let (mut text, mut values) = (Vec::new(), String::new());
        for part in parts {
            match part {
                FormatPart::Text(part) => {
                    for &byte in part.iter() {
                        text.push(byte);
                        text.extend((byte == b'%').then_some(b'%'));
                    }
                }
                FormatPart::Field { value, conversion, spec: None, .. } => {
                    text.extend(match conversion {
                        Some(Conversion::Str) => b"%s",
                        Some(Conversion::Repr) => b"%r",
                        Some(Conversion::Ascii) => b"%a",
                        None => return None,
                    });
                    values.push_str(&self.apart(code, *value, P::Test));
                    values.push_str(", ");
                }
                FormatPart::Field { .. } => return None,
            }
        }
        let text = super::constant::constant(&Constant::Str(text.into())).0;
        Some(format!("({text} % ({}))", values.trim_end()))
    }

    fn pieces(&mut self, code: CodeId, parts: &[FormatPart], pieces: &mut Vec<Piece>) {
        for part in parts {
            match part {
                FormatPart::Text(text) => pieces.push(Piece::Text(text.clone())),
                FormatPart::Field { value, conversion, spec, text } => {
                    let mut field = String::from("{");
                    let value = self.field(code, *value, text.as_deref());
                    if value.starts_with('{') {
                        field.push(' ');
                    }
                    field.push_str(&value);
                    field.push_str(match conversion {
                        None => "",
                        Some(Conversion::Str) => "!s",
                        Some(Conversion::Repr) => "!r",
                        Some(Conversion::Ascii) => "!a",
                    });
                    if let Some(spec) = spec {
                        field.push(':');
                        field.push_str(&self.spec(code, *spec));
                    }
                    field.push('}');
                    pieces.push(Piece::Field(field));
                }
            }
        }
    }

    /// The expression of a field; in a t-string as it was written, if that differs in spaces alone.
    fn field(&mut self, code: CodeId, value: ExprId, text: Option<&[u8]>) -> String {
        let printed = self.apart(code, value, P::Or);
        match text.and_then(|text| std::str::from_utf8(text).ok()) {
            Some(text) if is_same_but_for_spaces(text, &printed) => text.to_owned(),
            _ => printed,
        }
    }

    /// A format spec: text and fields without quotes around them.
    fn spec(&mut self, code: CodeId, spec: ExprId) -> String {
        let Some(body) = self.body(code) else { return String::new() };
        let parts = match body.get_expr(spec) {
            Expr::JoinedStr(parts) => parts.clone(),
            Expr::Constant(Constant::Str(text)) => vec![FormatPart::Text(text.clone())],
            _ => vec![FormatPart::Field { value: spec, conversion: None, spec: None, text: None }],
        };
        let mut pieces = Vec::new();
        self.pieces(code, &parts, &mut pieces);
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => escaped(&mut out, &text, None, false),
                Piece::Field(field) => out.push_str(&field),
            }
        }
        out
    }

    /// An expression as text of its own. The ranges of its nodes are that of the whole string.
    fn apart(&mut self, code: CodeId, expr: ExprId, place: P) -> String {
        if self.format_depth >= DEPTH {
            self.out.unwritten.push(code);
            return "__not_reconstructed__".into();
        }
        let mut inner = Printer {
            units: self.units,
            bodies: self.bodies,
            layout: self.layout,
            listing: self.listing,
            out: Printed::default(),
            indent: 0,
            lines: 0,
            last_line: None,
            item_line: None,
            format_depth: self.format_depth + 1,
            tries: 0,
            grammar: self.grammar,
        };
        inner.expr(code, expr, place);
        self.out.unwritten.append(&mut inner.out.unwritten);
        inner.out.text
    }

    /// The quotes around. Up to 3.11 no field may contain them; since 3.12 (PEP 701) any may.
    fn quote(&self, pieces: &[Piece]) -> &'static str {
        let has = |quote: &str| {
            pieces.iter().any(|piece| match piece {
                Piece::Text(_) => false,
                Piece::Field(field) => field.contains(quote),
            })
        };
        let in_text =
            |quote: u8| pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if text.contains(&quote)));
        let double_is_nicer = in_text(b'\'') && !in_text(b'"');
        let order = if double_is_nicer { ["\"", "'", "'''", "\"\"\""] } else { ["'", "\"", "\"\"\"", "'''"] };
        order.into_iter().find(|quote| !has(quote)).unwrap_or(order[0])
    }
}

/// The first field of a t-string in the body of a code object that would be written otherwise than it was, if there is one: the file keeps
/// its text.
pub(crate) fn check_fields(units: &Units, bodies: &[Body], code: CodeId) -> Option<String> {
    let body = bodies.get(code.0 as usize)?;
    let is_template = |node: &Node| matches!(node, Node::Expr(Expr::TemplateStr(_)));
    if !body.nodes().iter().any(is_template) {
        return None;
    }
    let mut printer = Printer::new(units, bodies, Layout::default(), &|_, _, _| String::new());
    for &node in &body.held() {
        let Node::Expr(Expr::TemplateStr(parts)) = &body.nodes()[node as usize] else { continue };
        for part in parts {
            if let FormatPart::Field { value, text: Some(text), .. } = part
                && printer.field(code, *value, Some(text)).as_bytes() != &**text
            {
                return Some("a field of a t-string was written otherwise".to_owned());
            }
        }
    }
    None
}

/// Whether two texts have the same words and signs. Where there are quotes, spaces may matter.
fn is_same_but_for_spaces(first: &str, second: &str) -> bool {
    if first.contains(['\'', '"']) {
        return first == second;
    }
    let is_word = |letter: char| letter == '_' || letter.is_alphanumeric();
    let words = |text: &str| {
        let mut out = String::new();
        for part in text.split([' ', '\n', '\t']).filter(|part| !part.is_empty()) {
            // Only between words a space is needed.
            if out.ends_with(is_word) && part.starts_with(is_word) {
                out.push(' ');
            }
            out.push_str(part);
        }
        out
    };
    !first.contains('#') && words(first) == words(second)
}

/// Braces that are text are written twice.
fn doubled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        out.push(letter);
        if matches!(letter, '{' | '}') {
            out.push(letter);
        }
    }
    out
}
