//! Building containers and text.

use pycxray::python::{Container, Meaning};

use super::stack::Slot;
use super::{Lifter, Next, Stop};
use crate::constant::Constant;
use crate::graph::{BuildKind, Conversion, OpKind, ValueId};

impl Lifter<'_> {
    pub(super) fn build(&mut self, meaning: Meaning, arg: u32) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::Build(container) => self.build_of(container, arg),
            Meaning::BuildListBelow => self.pop_slot().and_then(|top| {
                self.many(OpKind::Build(BuildKind::List, 0), 0)?;
                self.stack.push(top);
                Ok(Next::Instruction)
            }),
            Meaning::BuildConstKeyMap => self.build_const_key_map(arg),
            Meaning::BuildUnpack(container) => self.many(OpKind::BuildUnpack(kind(container), arg), arg),
            Meaning::BuildUnpackWithCall(container) => {
                self.many(OpKind::BuildUnpackWithCall(kind(container), arg & 0xff), arg & 0xff)
            }
            Meaning::ListAppend => self.add(OpKind::ListAppend, 1, arg),
            Meaning::SetAdd => self.add(OpKind::SetAdd, 1, arg),
            Meaning::MapAdd => self.add(OpKind::MapAdd, 2, arg),
            Meaning::MapAddKeyLast => self.pop_many(2).and_then(|entry| {
                self.stack.extend(entry.into_iter().rev().map(Slot::value));
                self.add(OpKind::MapAdd, 2, arg)
            }),
            Meaning::ListExtend => self.extend(OpKind::ListExtend, arg),
            Meaning::SetUpdate => self.extend(OpKind::SetUpdate, arg),
            Meaning::DictUpdate => self.add(OpKind::DictUpdate, 1, arg),
            Meaning::DictMerge => self.add(OpKind::DictMerge, 1, arg),
            Meaning::DictUpdateBelow => self.add(OpKind::DictUpdate, 1, 1),
            Meaning::DictMergeBelow => self.add(OpKind::DictMerge, 1, 1),
            Meaning::ListToTuple => self.one(OpKind::ListToTuple),
            Meaning::FormatValue => self.format_value(arg),
            Meaning::Convert => match conversion(arg) {
                Some(conversion) => self.one(OpKind::Convert(conversion)),
                None => Err(format!("There is no conversion {arg}.")),
            },
            Meaning::FormatSimple => self.one(OpKind::Format { spec: false }),
            Meaning::FormatWithSpec => self.two(OpKind::Format { spec: true }),
            Meaning::BuildInterpolation => {
                let (conversion, spec) = (conversion(arg >> 2), arg & 1 != 0);
                self.many(OpKind::Interpolation { conversion, spec }, 2 + u32::from(spec))
            }
            Meaning::BuildTemplate => self.two(OpKind::Template),
            _ => return None,
        })
    }

    /// An operation on the top values, which are so many, with one result.
    pub(super) fn many(&mut self, kind: OpKind, count: u32) -> Result<Next, Stop> {
        let operands = self.pop_many(count as usize)?;
        self.push_op(kind, operands)
    }

    fn build_of(&mut self, container: Container, arg: u32) -> Result<Next, Stop> {
        let count = if container == Container::Map { arg.saturating_mul(2) } else { arg };
        self.many(OpKind::Build(kind(container), arg), count)
    }

    fn build_const_key_map(&mut self, arg: u32) -> Result<Next, Stop> {
        let keys = self.pop()?;
        let keys = match self.graph.as_constant(keys) {
            Some(Constant::Tuple(keys)) if keys.len() == arg as usize => keys.clone(),
            _ => return Err("The keys of a dict are no tuple of constants.".to_owned()),
        };
        let values = self.pop_many(arg as usize)?;
        let pairs = keys.iter().zip(values).flat_map(|(key, value)| [self.graph.constant(key.clone()), value]);
        let pairs: Vec<ValueId> = pairs.collect();
        self.push_op(OpKind::Build(BuildKind::Dict, arg), pairs)
    }

    /// Adds the top values to the container `n` places below them.
    fn add(&mut self, kind: OpKind, count: usize, n: u32) -> Result<Next, Stop> {
        let values = self.pop_many(count)?;
        let mut operands = vec![self.peek_value(n as usize)?];
        operands.extend(values);
        self.op(kind, operands);
        Ok(Next::Instruction)
    }

    /// The same with the items of one. A list or set that is filled from a constant right after it was made is a display of
    /// constants.
    fn extend(&mut self, kind: OpKind, n: u32) -> Result<Next, Stop> {
        let items = match self.graph.as_constant(self.peek_value(1)?) {
            Some(Constant::Tuple(items)) if kind == OpKind::ListExtend => items.clone(),
            Some(Constant::FrozenSet(items)) if kind == OpKind::SetUpdate => items.clone(),
            _ => return self.add(kind, 1, n),
        };
        let container = self.peek_value(n.saturating_add(1) as usize)?;
        let ops = &self.graph.block(self.current).ops;
        let is_new = ops.last().is_some_and(|op| {
            op.first == container && matches!(op.kind, OpKind::Build(BuildKind::List | BuildKind::Set, 0))
        });
        if !is_new {
            return self.add(kind, 1, n);
        }
        self.pop()?;
        let values = items.iter().map(|item| self.graph.constant(item.clone())).collect();
        if let Some(op) = self.graph.block_mut(self.current).ops.last_mut() {
            let kind = if kind == OpKind::ListExtend { BuildKind::List } else { BuildKind::Set };
            (op.kind, op.operands) = (OpKind::Build(kind, items.len() as u32), values);
        }
        Ok(Next::Instruction)
    }

    fn format_value(&mut self, arg: u32) -> Result<Next, Stop> {
        let spec = if arg & 4 != 0 { Some(self.pop()?) } else { None };
        let mut value = self.pop()?;
        if let Some(conversion) = conversion(arg & 3) {
            value = self.op(OpKind::Convert(conversion), vec![value]);
        }
        let operands = [value].into_iter().chain(spec).collect();
        self.push_op(OpKind::Format { spec: spec.is_some() }, operands)
    }
}

fn kind(container: Container) -> BuildKind {
    match container {
        Container::Tuple => BuildKind::Tuple,
        Container::List => BuildKind::List,
        Container::Set => BuildKind::Set,
        Container::Map => BuildKind::Dict,
        Container::String => BuildKind::String,
        Container::Slice => BuildKind::Slice,
    }
}

fn conversion(arg: u32) -> Option<Conversion> {
    Some(match arg {
        1 => Conversion::Str,
        2 => Conversion::Repr,
        3 => Conversion::Ascii,
        _ => return None,
    })
}
