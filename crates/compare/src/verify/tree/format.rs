//! F-strings and t-strings.

use std::rc::Rc;

use pycxray_source::ast::{Expr, ExprId, FormatPart};
use pycxray_source::graph::Conversion;
use ruff_python_ast as ast;

use super::{Converter, Made};
use crate::verify::interpolation;

/// The parts of an f-string: texts that follow each other are one.
#[derive(Default)]
pub(super) struct Parts {
    parts: Vec<FormatPart>,
    text: String,
}

impl Parts {
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn field(&mut self, field: FormatPart) {
        self.end_text();
        self.parts.push(field);
    }

    pub(super) fn done(mut self) -> Vec<FormatPart> {
        self.end_text();
        self.parts
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text).into_bytes();
            self.parts.push(FormatPart::Text(text.into()));
        }
    }
}

impl<'s> Converter<'s> {
    pub(super) fn f_string(&mut self, node: &'s ast::ExprFString) -> Made<Expr> {
        let mut parts = Parts::default();
        for part in &node.value {
            match part {
                ast::FStringPart::Literal(text) => {
                    self.check_text(&text.value, text)?;
                    parts.text(&text.value);
                }
                ast::FStringPart::FString(string) => self.elements(&string.elements, &mut parts)?,
            }
        }
        Ok(Expr::JoinedStr(parts.done()))
    }

    /// A t-string, whose fields keep the text of their expressions (PEP 750, 3.14+).
    pub(super) fn t_string(&mut self, node: &'s ast::ExprTString) -> Made<Expr> {
        let mut parts = Parts::default();
        for string in &node.value {
            for element in &string.elements {
                match element {
                    ast::InterpolatedStringElement::Literal(text) => {
                        self.check_text(&text.value, text)?;
                        parts.text(&text.value);
                    }
                    ast::InterpolatedStringElement::Interpolation(field) => {
                        let text = interpolation::text(self.text, field);
                        self.field(field, Some(text.into_bytes().into()), &mut parts)?;
                    }
                }
            }
        }
        Ok(Expr::TemplateStr(parts.done()))
    }

    fn elements(&mut self, elements: &'s ast::InterpolatedStringElements, parts: &mut Parts) -> Made<()> {
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(text) => {
                    self.check_text(&text.value, text)?;
                    parts.text(&text.value);
                }
                ast::InterpolatedStringElement::Interpolation(field) => self.field(field, None, parts)?,
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &'s ast::InterpolatedElement, text: Option<Rc<[u8]>>, parts: &mut Parts) -> Made<()> {
        // `{value=}` shows its own text before, and the value as `repr` does.
        if let Some(shown) = &field.debug_text {
            parts.text(&interpolation::shown(shown.as_str()));
        }
        let conversion = match field.conversion {
            ast::ConversionFlag::Str => Some(Conversion::Str),
            ast::ConversionFlag::Repr => Some(Conversion::Repr),
            ast::ConversionFlag::Ascii => Some(Conversion::Ascii),
            ast::ConversionFlag::None if field.debug_text.is_some() && field.format_spec.is_none() => {
                Some(Conversion::Repr)
            }
            ast::ConversionFlag::None => None,
        };
        let value = self.expr(&field.expression)?;
        let spec = field.format_spec.as_ref().map(|spec| self.spec(spec)).transpose()?;
        parts.field(FormatPart::Field { value, conversion, spec, text });
        Ok(())
    }

    fn spec(&mut self, spec: &'s ast::InterpolatedStringFormatSpec) -> Made<ExprId> {
        let mut parts = Parts::default();
        self.elements(&spec.elements, &mut parts)?;
        Ok(self.add(Expr::JoinedStr(parts.done())))
    }
}
