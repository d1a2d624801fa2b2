//! `text % (values)`, of which compilers make an f-string since 3.11 (`optimize_format` in CPython's `ast_opt.c`).

use pycxray_source::ast::{Expr, ExprId, FormatPart};
use pycxray_source::constant::Constant;
use pycxray_source::graph::{BinaryOp, Conversion};

use super::Converter;
use super::format::Parts;

/// A width or precision has fewer digits (`MAXDIGITS`).
const DIGITS: usize = 3;

impl Converter<'_> {
    /// The f-string that an operation is, if it is one.
    pub(super) fn percent(&mut self, left: ExprId, op: BinaryOp, right: ExprId) -> Option<Expr> {
        if op != BinaryOp::Mod || !self.since(11) {
            return None;
        }
        let Some(Constant::Str(text)) = self.as_constant(left) else { return None };
        let Expr::Tuple(items) = self.body.get_expr(right) else { return None };
        let (text, items) = (text.clone(), items.clone());
        if items.iter().any(|&item| matches!(self.body.get_expr(item), Expr::Starred(_))) {
            return None;
        }
        let fields = fields(std::str::from_utf8(&text).ok()?)?;
        let asked = fields.iter().filter(|field| matches!(field, Field::Value { .. })).count();
        if asked != items.len() {
            return None;
        }
        let (mut parts, mut values) = (Parts::default(), items.into_iter());
        for field in fields {
            match field {
                Field::Text(text) => parts.text(text),
                Field::Value { conversion, spec } => {
                    let spec = spec.map(|spec| self.add(Expr::Constant(Constant::text(&spec))));
                    let value = values.next()?;
                    parts.field(FormatPart::Field { value, conversion: Some(conversion), spec, text: None });
                }
            }
        }
        Some(Expr::JoinedStr(parts.done()))
    }
}

/// A part of a text before `%`.
#[derive(Debug, PartialEq)]
enum Field<'t> {
    Text(&'t str),
    Value { conversion: Conversion, spec: Option<String> },
}

/// The parts of a text, if it asks for values as text alone: by `%s`, `%r`, `%a`.
fn fields(text: &str) -> Option<Vec<Field<'_>>> {
    let mut fields = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        fields.push(Field::Text(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix('%') {
            fields.push(Field::Text("%"));
            rest = behind;
            continue;
        }
        let flags = rest.len() - rest.trim_start_matches(['-', '+', ' ', '#', '0']).len();
        let is_left = rest[..flags].contains('-');
        let (width, behind) = number(&rest[flags..])?;
        let (precision, behind) = match behind.strip_prefix('.') {
            Some(behind) => {
                let (digits, behind) = number(behind)?;
                (Some(digits.unwrap_or(0)), behind)
            }
            None => (None, behind),
        };
        let conversion = match behind.bytes().next()? {
            b's' => Conversion::Str,
            b'r' => Conversion::Repr,
            b'a' => Conversion::Ascii,
            _ => return None,
        };
        rest = &behind[1..];
        let mut spec = String::new();
        if let Some(width) = width {
            spec.push_str(if !is_left && width > 0 { ">" } else { "" });
            spec.push_str(&width.to_string());
        }
        if let Some(precision) = precision {
            spec.push_str(&format!(".{precision}"));
        }
        fields.push(Field::Value { conversion, spec: Some(spec).filter(|spec| !spec.is_empty()) });
    }
    fields.push(Field::Text(rest));
    Some(fields)
}

/// The number at the start of a text, if it has one, and what is behind it.
fn number(text: &str) -> Option<(Option<u32>, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= DIGITS {
        return None;
    }
    Some((text[..digits].parse().ok(), &text[digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specs(text: &str) -> Option<Vec<Option<String>>> {
        let fields = fields(text)?.into_iter();
        let spec = |field| match field {
            Field::Value { spec, .. } => Some(spec),
            Field::Text(_) => None,
        };
        Some(fields.filter_map(spec).collect())
    }

    #[test]
    fn widths_become_specs() {
        let spec = |text: &str| specs(text).map(|specs| specs[0].clone().unwrap_or_default());
        assert_eq!(spec("%s").as_deref(), Some(""));
        assert_eq!(spec("%5s").as_deref(), Some(">5"));
        assert_eq!(spec("%-5.3s").as_deref(), Some("5.3"));
        assert_eq!(spec("%.s").as_deref(), Some(".0"));
        assert_eq!(specs("100%% %r %a").map(|specs| specs.len()), Some(2));
    }

    #[test]
    fn other_conversions_are_left() {
        for text in ["%d", "%(a)s", "%*s", "%123s", "%", "%s %"] {
            assert_eq!(specs(text), None, "{text}");
        }
    }
}
