//! f-strings and t-strings.

use super::Expressions;
use crate::ast::{Expr, ExprId, FormatPart};
use crate::constant::Constant;
use crate::graph::{BuildKind, Op, OpKind, Origin, ValueId};
use crate::shape::trouble::Shaped;

impl Expressions<'_, '_> {
    /// A field of an f-string that stands alone.
    pub(in crate::shape) fn formatted(&mut self, op: &Op) -> Shaped<ExprId> {
        let part = self.field(op)?;
        Ok(self.body.expr(Expr::JoinedStr(vec![part]), op.origin))
    }

    fn field(&mut self, op: &Op) -> Shaped<FormatPart> {
        let mut value = op.operands[0];
        let mut conversion = None;
        if !self.flow.named.contains_key(&self.flow.resolve(value)) {
            if let Some((Op { kind: OpKind::Convert(by), operands, .. }, _)) = self.flow.maker(value) {
                (conversion, value) = (Some(*by), operands[0]);
            }
        }
        let value = self.expr(value)?;
        let spec = match op.operands.get(1) {
            Some(&spec) => Some(self.spec(spec)?),
            None => None,
        };
        Ok(FormatPart::Field { value, conversion, spec, text: None })
    }

    /// A spec: parts of its own.
    fn spec(&mut self, value: ValueId) -> Shaped<ExprId> {
        if let Some(Constant::Str(text)) = self.flow.constant(value) {
            let parts = vec![FormatPart::Text(text.clone())];
            return Ok(self.body.expr(Expr::JoinedStr(parts), Origin::None));
        }
        self.expr(value)
    }

    pub(super) fn format_parts(&mut self, values: &[ValueId]) -> Shaped<Vec<FormatPart>> {
        let mut parts = Vec::new();
        for &value in values {
            if let Some(Constant::Str(text)) = self.flow.constant(value) {
                parts.push(FormatPart::Text(text.clone()));
                continue;
            }
            let Some((op, _)) = self.flow.maker(value) else {
                return Err("a part of an f-string is no field".to_owned());
            };
            let op = op.clone();
            match op.kind {
                OpKind::Format { .. } => parts.push(self.field(&op)?),
                _ => return Err("a part of an f-string is no field".to_owned()),
            }
        }
        Ok(parts)
    }

    /// A t-string: texts and interpolations in turn, a text first and last.
    pub(in crate::shape) fn template(&mut self, op: &Op) -> Shaped<ExprId> {
        let texts = match self.flow.constant(op.operands[0]) {
            Some(Constant::Tuple(texts)) => texts.clone(),
            _ => return Err("the texts of a t-string are no constants".to_owned()),
        };
        let fields = match self.flow.maker(op.operands[1]) {
            Some((Op { kind: OpKind::Build(BuildKind::Tuple, _), operands, .. }, _)) => operands.clone(),
            _ => Vec::new(),
        };
        let mut parts = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            if let Constant::Str(text) = text {
                if !text.is_empty() {
                    parts.push(FormatPart::Text(text.clone()));
                }
            }
            if let Some(&field) = fields.get(index) {
                parts.push(self.interpolation(field)?);
            }
        }
        Ok(self.body.expr(Expr::TemplateStr(parts), op.origin))
    }

    fn interpolation(&mut self, value: ValueId) -> Shaped<FormatPart> {
        let Some((op, _)) = self.flow.maker(value) else { return Err("a field of a t-string is none".to_owned()) };
        let op = op.clone();
        let OpKind::Interpolation { conversion, .. } = op.kind else {
            return Err("a field of a t-string is none".to_owned());
        };
        let text = match op.operands.get(1).and_then(|&text| self.flow.constant(text)) {
            Some(Constant::Str(text)) => Some(text.clone()),
            _ => None,
        };
        let value = self.expr(op.operands[0])?;
        let spec = op.operands.get(2).map(|&spec| self.spec(spec)).transpose()?;
        Ok(FormatPart::Field { value, conversion, spec, text })
    }
}
