//! Calls, functions, imports, what the interpreter calls itself.

use pycxray::python::{Meaning, Operand};

use super::stack::Place;
use super::{Lifter, Next, Stop};
use crate::constant::{Constant, Name};
use crate::graph::{FunctionPart, ImportTime, OpKind, TypeParamKind, ValueId};

impl Lifter<'_> {
    pub(super) fn call(&mut self, meaning: Meaning, arg: u32, operand: Operand) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::CallFunction => self.call_function(arg as usize, Vec::new()),
            Meaning::CallFunctionNamed => self.pop_names().and_then(|names| self.call_function(arg as usize, names)),
            Meaning::CallMethod => self.call_pair(arg as usize, Vec::new()),
            Meaning::Call => {
                let names = self.keyword_names.take().unwrap_or_default();
                self.call_pair(arg as usize, names)
            }
            Meaning::CallNamed => self.pop_names().and_then(|names| self.call_pair(arg as usize, names)),
            Meaning::KeywordNames => self.constant(arg).and_then(|names| names_of(&names)).map(|names| {
                self.keyword_names = Some(names);
                Next::Instruction
            }),
            Meaning::CallEx => self.call_with_tuple(arg & 1 != 0, false),
            Meaning::CallExNull => self.call_with_tuple(arg & 1 != 0, true),
            Meaning::CallExAlways => self.peek(1).and_then(|slot| {
                let keywords = slot.place != Place::Null;
                if !keywords {
                    self.pop_slot()?;
                }
                self.call_with_tuple(keywords, true)
            }),
            Meaning::MakeFunctionNamed => self.pop().and_then(|name| {
                let code = self.peek_value(1)?;
                match (self.graph.as_constant(code), self.graph.as_constant(name)) {
                    (Some(&Constant::Code(code)), Some(name)) => {
                        let name = name.clone();
                        self.graph.named.push((code, name));
                        self.make_function(arg)
                    }
                    _ => Err("It makes a function of what is not one's code and name.".to_owned()),
                }
            }),
            Meaning::MakeFunctionFlagged => self.make_function(arg),
            Meaning::MakeFunction => self.make_function(0),
            Meaning::SetFunctionAttribute => self.set_function_attribute(arg),
            Meaning::Intrinsic1 => self.intrinsic_1(arg),
            Meaning::Intrinsic2 => self.intrinsic_2(arg),
            Meaning::ImportName if operand == Operand::ImportName => self.import(arg >> 2, import_time(arg)),
            Meaning::ImportName => self.import(arg, Some(ImportTime::Any)),
            Meaning::ImportFrom => self.name(arg).and_then(|name| {
                let module = self.peek_value(1)?;
                self.push_op(OpKind::ImportFrom(name), vec![module])
            }),
            Meaning::ImportStar => self.none(OpKind::ImportStar, 1),
            _ => return None,
        })
    }

    /// A tuple of names on top.
    fn pop_names(&mut self) -> Result<Vec<Name>, Stop> {
        let names = self.pop()?;
        self.graph.as_constant(names).ok_or("The names of arguments are no constant.".to_owned()).and_then(names_of)
    }

    /// The function lies below its arguments.
    fn call_function(&mut self, count: usize, keywords: Vec<Name>) -> Result<Next, Stop> {
        let arguments = self.pop_many(count)?;
        let callee = self.pop_slot()?;
        match (callee.place, callee.value) {
            (Place::Exit, Some(exit)) => self.exit(exit, &arguments),
            _ => self.push_call(super::as_value(&callee)?, arguments, keywords),
        }
    }

    /// Two places lie below the arguments: a function and a NULL in either order, or a function and its first argument.
    fn call_pair(&mut self, count: usize, keywords: Vec<Name>) -> Result<Next, Stop> {
        let mut arguments = self.pop_many(count)?;
        let (upper, lower) = (self.pop_slot()?, self.pop_slot()?);
        match (lower.place, lower.value, upper.place, upper.value) {
            (Place::Exit, Some(exit), _, first) => {
                first.into_iter().for_each(|first| arguments.insert(0, first));
                self.exit(exit, &arguments)
            }
            (Place::Entered, Some(entered), _, None) if arguments.is_empty() => self.push(entered),
            (Place::Value, Some(callee), Place::Value, Some(first)) => {
                arguments.insert(0, first);
                self.push_call(callee, arguments, keywords)
            }
            (Place::Value | Place::Callee, Some(callee), Place::Null, None)
            | (Place::Null, None, Place::Value | Place::Callee, Some(callee)) => {
                self.push_call(callee, arguments, keywords)
            }
            _ => Err("It calls what is no value.".to_owned()),
        }
    }

    fn push_call(&mut self, callee: ValueId, arguments: Vec<ValueId>, keywords: Vec<Name>) -> Result<Next, Stop> {
        let positional = arguments.len().checked_sub(keywords.len()).ok_or("It names more arguments than it has.")?;
        let mut operands = vec![callee];
        operands.extend(arguments);
        self.push_op(OpKind::Call { positional: positional as u32, keywords }, operands)
    }

    /// The way out of a `with`: `__exit__(None, None, None)`.
    fn exit(&mut self, exit: ValueId, arguments: &[ValueId]) -> Result<Next, Stop> {
        let is_none = |&value: &ValueId| self.graph.as_constant(value) == Some(&Constant::None);
        if arguments.len() != 3 || !arguments.iter().all(is_none) {
            return Err("It calls __exit__ with other arguments than a with statement does.".to_owned());
        }
        self.push_op(OpKind::WithExit, vec![exit])
    }

    fn call_with_tuple(&mut self, keywords: bool, has_null: bool) -> Result<Next, Stop> {
        let arguments = self.pop_many(1 + usize::from(keywords))?;
        let mut callee = self.pop_slot()?;
        if has_null {
            let other = self.pop_slot()?;
            callee = if callee.place == Place::Null { other } else { callee };
        }
        let callee = callee.value.filter(|_| matches!(callee.place, Place::Value | Place::Callee));
        let mut operands = vec![callee.ok_or("It calls what is no value.")?];
        operands.extend(arguments);
        self.push_op(OpKind::CallEx { keywords }, operands)
    }

    /// Code is on top; below it what the flags tell, that of the highest flag on top (`MAKE_FUNCTION`).
    fn make_function(&mut self, flags: u32) -> Result<Next, Stop> {
        let mut operands = vec![self.pop()?];
        let parts: Vec<FunctionPart> =
            PARTS.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, part)| *part).collect();
        operands.extend(self.pop_many(parts.len())?);
        self.push_op(OpKind::MakeFunction(parts), operands)
    }

    /// Adds a part to the function on top, which was just made.
    fn set_function_attribute(&mut self, flag: u32) -> Result<Next, Stop> {
        let (value, function) = {
            let operands = self.pop_many(2)?;
            (operands[0], operands[1])
        };
        let part = PARTS.iter().find(|(known, _)| *known == flag).map(|(_, part)| *part);
        let part = part.ok_or_else(|| format!("A function has no attribute {flag}."))?;
        let last = self.graph.block_mut(self.current).ops.last_mut().filter(|op| op.first == function);
        match last.map(|op| (&mut op.kind, &mut op.operands)) {
            Some((OpKind::MakeFunction(parts), operands)) => {
                let order = |part: FunctionPart| PARTS.iter().position(|(_, known)| *known == part);
                let at = parts.iter().take_while(|known| order(**known) < order(part)).count();
                parts.insert(at, part);
                operands.insert(at + 1, value);
                self.push(function)
            }
            _ => Err("It gives a part to a function that was not just made.".to_owned()),
        }
    }

    fn import(&mut self, name: u32, time: Option<ImportTime>) -> Result<Next, Stop> {
        let time = time.ok_or("It imports lazily and at once.")?;
        self.name(name).and_then(|name| self.two(OpKind::ImportName(name, time)))
    }

    fn intrinsic_1(&mut self, arg: u32) -> Result<Next, Stop> {
        let name = self.python.format.intrinsics_1.get(arg as usize).copied().unwrap_or("?");
        match name {
            "INTRINSIC_PRINT" => self.none(OpKind::PrintExpr, 1).and_then(|_| self.push_constant(Constant::None)),
            "INTRINSIC_IMPORT_STAR" => {
                self.none(OpKind::ImportStar, 1).and_then(|_| self.push_constant(Constant::None))
            }
            "INTRINSIC_ASYNC_GEN_WRAP" => Ok(Next::Instruction),
            "INTRINSIC_UNARY_POSITIVE" => self.one(OpKind::Unary(crate::graph::UnaryOp::UAdd)),
            "INTRINSIC_LIST_TO_TUPLE" => self.one(OpKind::ListToTuple),
            "INTRINSIC_TYPEVAR" => self.one(OpKind::TypeParam(TypeParamKind::TypeVar)),
            "INTRINSIC_PARAMSPEC" => self.one(OpKind::TypeParam(TypeParamKind::ParamSpec)),
            "INTRINSIC_TYPEVARTUPLE" => self.one(OpKind::TypeParam(TypeParamKind::TypeVarTuple)),
            "INTRINSIC_SUBSCRIPT_GENERIC" => self.one(OpKind::SubscriptGeneric),
            "INTRINSIC_TYPEALIAS" => self.one(OpKind::TypeAlias),
            _ => Err(format!("There is no source for {name}.")),
        }
    }

    fn intrinsic_2(&mut self, arg: u32) -> Result<Next, Stop> {
        let name = self.python.format.intrinsics_2.get(arg as usize).copied().unwrap_or("?");
        match name {
            "INTRINSIC_PREP_RERAISE_STAR" => self.two(OpKind::PrepReraiseStar),
            "INTRINSIC_TYPEVAR_WITH_BOUND" => self.two(OpKind::TypeParam(TypeParamKind::TypeVarWithBound)),
            "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS" => self.two(OpKind::TypeParam(TypeParamKind::TypeVarWithConstraints)),
            "INTRINSIC_SET_FUNCTION_TYPE_PARAMS" => self.two(OpKind::SetTypeParams),
            "INTRINSIC_SET_TYPEPARAM_DEFAULT" => self.two(OpKind::SetTypeParamDefault),
            _ => Err(format!("There is no source for {name}.")),
        }
    }
}

/// The flags of `MAKE_FUNCTION` and `SET_FUNCTION_ATTRIBUTE`.
const PARTS: [(u32, FunctionPart); 5] = [
    (0x01, FunctionPart::Defaults),
    (0x02, FunctionPart::KwDefaults),
    (0x04, FunctionPart::Annotations),
    (0x08, FunctionPart::Closure),
    (0x10, FunctionPart::Annotate),
];

/// What the low bits of `IMPORT_NAME` say (3.15+).
fn import_time(arg: u32) -> Option<ImportTime> {
    match arg & 3 {
        0 => Some(ImportTime::Any),
        1 => Some(ImportTime::Lazy),
        2 => Some(ImportTime::Eager),
        _ => None,
    }
}

fn names_of(names: &Constant) -> Result<Vec<Name>, Stop> {
    let Constant::Tuple(names) = names else { return Err("The names of arguments are no tuple.".to_owned()) };
    let name = |name: &Constant| match name {
        Constant::Str(text) => Ok(String::from_utf8_lossy(text).into()),
        _ => Err("The name of an argument is no text.".to_owned()),
    };
    names.iter().map(name).collect()
}
