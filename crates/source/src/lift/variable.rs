//! Variables, attributes, items.

use pycxray::python::{Meaning, Operand, Variable};

use super::stack::{Place, Slot};
use super::{Lifter, Next, Stop};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, OpKind, Scope, ValueId};

impl Lifter<'_> {
    pub(super) fn variable(
        &mut self,
        at: usize,
        meaning: Meaning,
        arg: u32,
        operand: Operand,
    ) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::Load(variable) => self.load(variable, arg, operand),
            Meaning::Store(variable) => self.store(variable, arg),
            Meaning::Delete(variable) => self.delete(variable, arg),
            Meaning::LoadPair => self
                .load(Variable::Fast, arg >> 4, Operand::Local)
                .and_then(|_| self.load(Variable::Fast, arg & 15, Operand::Local)),
            Meaning::StorePair => {
                self.store(Variable::Fast, arg >> 4).and_then(|_| self.store(Variable::Fast, arg & 15))
            }
            Meaning::StoreAndLoad => {
                self.store(Variable::Fast, arg >> 4).and_then(|_| self.load(Variable::Fast, arg & 15, Operand::Local))
            }
            Meaning::LoadAndClear => {
                self.written_local(arg).and_then(|name| self.push_op(OpKind::SaveAndClear(name), vec![]))
            }
            Meaning::LoadClosure => self.cell(arg).and_then(|name| self.push_op(OpKind::LoadClosure(name), vec![])),
            Meaning::MakeCell if at < self.prologue_end => Ok(Next::Instruction),
            Meaning::MakeCell => self.cell(arg).map(|name| {
                self.op(OpKind::MakeCell(name), vec![]);
                Next::Instruction
            }),
            Meaning::LoadClassCell => self.cell(arg).and_then(|name| {
                let locals = self.op(OpKind::LoadLocals, vec![]);
                self.push_op(OpKind::LoadFromDictOrDeref(name), vec![locals])
            }),
            Meaning::LoadLocals => self.push_op(OpKind::LoadLocals, vec![]),
            Meaning::LoadFromDictOrGlobals => {
                self.name(arg).and_then(|name| self.one(OpKind::LoadFromDictOrGlobals(name)))
            }
            Meaning::LoadFromDictOrCell => self.cell(arg).and_then(|name| self.one(OpKind::LoadFromDictOrDeref(name))),
            Meaning::LoadBuildClass => self.push_op(OpKind::LoadBuildClass, vec![]),
            Meaning::AssertionError => self.push_op(OpKind::CommonConstant("AssertionError".into()), vec![]),
            Meaning::CommonConstant => self.common_constant(arg),
            Meaning::SetupAnnotations => {
                self.op(OpKind::SetupAnnotations, vec![]);
                Ok(Next::Instruction)
            }
            Meaning::StoreAnnotation => self.name(arg).and_then(|name| {
                let annotation = self.pop()?;
                let all = self.op(OpKind::Load(Scope::Name, "__annotations__".into()), vec![]);
                let key = self.graph.constant(Constant::text(&name));
                self.op(OpKind::SetItem, vec![annotation, all, key]);
                Ok(Next::Instruction)
            }),
            _ => return self.member(meaning, arg, operand),
        })
    }

    fn member(&mut self, meaning: Meaning, arg: u32, operand: Operand) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::LoadAttr if operand == Operand::AttributeName => self.name(arg >> 1).and_then(|name| {
                let object = self.pop()?;
                let value = self.op(OpKind::LoadAttr(name), vec![object]);
                self.push_callee(value, arg & 1 != 0)
            }),
            Meaning::LoadAttr => self.name(arg).and_then(|name| self.one(OpKind::LoadAttr(name))),
            Meaning::LoadMethod => self.name(arg).and_then(|name| {
                let object = self.pop()?;
                let value = self.op(OpKind::LoadAttr(name), vec![object]);
                self.push_callee(value, true)
            }),
            Meaning::StoreAttr => self.name(arg).and_then(|name| self.none(OpKind::StoreAttr(name), 2)),
            Meaning::DeleteAttr => self.name(arg).and_then(|name| self.none(OpKind::DeleteAttr(name), 1)),
            Meaning::LoadSuperAttr => self.name(arg >> 2).and_then(|name| {
                let operands = self.pop_many(3)?;
                let value = self.op(OpKind::SuperAttr { name, two_arguments: arg & 2 != 0 }, operands);
                self.push_callee(value, arg & 1 != 0)
            }),
            Meaning::GetItem => self.two(OpKind::GetItem),
            Meaning::SetItem => self.none(OpKind::SetItem, 3),
            Meaning::DeleteItem => self.none(OpKind::DelItem, 2),
            Meaning::GetSlice => self.slice().and_then(|slice| {
                let object = self.pop()?;
                self.push_op(OpKind::GetItem, vec![object, slice])
            }),
            Meaning::SetSlice => self.slice().and_then(|slice| {
                let mut operands = self.pop_many(2)?;
                operands.push(slice);
                self.op(OpKind::SetItem, operands);
                Ok(Next::Instruction)
            }),
            _ => return None,
        })
    }

    /// An operation on the top value.
    pub(super) fn one(&mut self, kind: OpKind) -> Result<Next, Stop> {
        let value = self.pop()?;
        self.push_op(kind, vec![value])
    }

    /// An operation on the top values, which are so many, without a result.
    pub(super) fn none(&mut self, kind: OpKind, count: usize) -> Result<Next, Stop> {
        let operands = self.pop_many(count)?;
        self.op(kind, operands);
        Ok(Next::Instruction)
    }

    /// Pushes an attribute, as a method if it is going to be called.
    fn push_callee(&mut self, value: ValueId, is_called: bool) -> Result<Next, Stop> {
        let place = if is_called { Place::Callee } else { Place::Value };
        self.push_beside_null(Slot::of(place, value), is_called)
    }

    /// Pushes a value, with a NULL beside it if one is wanted: below it up to 3.12, since then above.
    fn push_beside_null(&mut self, slot: Slot, has_null: bool) -> Result<Next, Stop> {
        let is_below = self.python.version < pycxray::Version::new(3, 13);
        self.stack.extend((has_null && is_below).then_some(Slot::NULL));
        self.stack.push(slot);
        self.stack.extend((has_null && !is_below).then_some(Slot::NULL));
        Ok(Next::Instruction)
    }

    fn slice(&mut self) -> Result<ValueId, Stop> {
        let bounds = self.pop_many(2)?;
        Ok(self.op(OpKind::Build(BuildKind::Slice, 2), bounds))
    }

    fn common_constant(&mut self, arg: u32) -> Result<Next, Stop> {
        let name = self.python.format.common_constants.get(arg as usize);
        match name.copied().ok_or_else(|| format!("There is no common constant {arg}."))? {
            "None" => self.push_constant_or_sent(Constant::None),
            "True" => self.push_constant(Constant::Bool(true)),
            "False" => self.push_constant(Constant::Bool(false)),
            "-1" => self.push_constant(Constant::Int(-1)),
            "''" => self.push_constant(Constant::text("")),
            name => {
                // `<built-in function all>`
                let name = name.trim_end_matches('>').rsplit(' ').next().unwrap_or(name);
                self.push_op(OpKind::CommonConstant(name.into()), vec![])
            }
        }
    }

    fn local(&self, arg: u32) -> Result<(Name, bool), Stop> {
        self.locals.get(arg as usize).cloned().ok_or_else(|| format!("There is no local variable {arg}."))
    }

    /// The same, of one that is written to.
    fn written_local(&mut self, arg: u32) -> Result<Name, Stop> {
        let (name, is_cell) = self.local(arg)?;
        if is_cell {
            self.written_cells.insert(name.clone());
        }
        Ok(name)
    }

    fn cell(&self, arg: u32) -> Result<Name, Stop> {
        self.cells.get(arg as usize).cloned().ok_or_else(|| format!("There is no cell {arg}."))
    }

    fn load(&mut self, variable: Variable, arg: u32, operand: Operand) -> Result<Next, Stop> {
        match variable {
            Variable::Fast => {
                let (name, is_cell) = self.local(arg)?;
                // From 3.13 on a cell is loaded as what its place holds. Before, what is loaded is a variable that a comprehension
                // keeps in the place of the cell.
                let is_closure = is_cell && self.python.version >= pycxray::Version::new(3, 13);
                let kind = if is_closure { OpKind::LoadClosure(name) } else { OpKind::Load(Scope::Fast, name) };
                self.push_op(kind, vec![])
            }
            Variable::Global if operand == Operand::GlobalName => {
                let name = self.name(arg >> 1)?;
                let value = self.op(OpKind::Load(Scope::Global, name), vec![]);
                // Nothing but a NULL, ever: what is called may be an attribute of the global.
                self.push_beside_null(Slot::value(value), arg & 1 != 0)
            }
            _ => {
                let (scope, name) = self.scope(variable, arg)?;
                self.push_op(OpKind::Load(scope, name), vec![])
            }
        }
    }

    fn store(&mut self, variable: Variable, arg: u32) -> Result<Next, Stop> {
        let (scope, name) = self.scope(variable, arg)?;
        self.none(OpKind::Store(scope, name), 1)
    }

    fn delete(&mut self, variable: Variable, arg: u32) -> Result<Next, Stop> {
        let (scope, name) = self.scope(variable, arg)?;
        self.none(OpKind::Delete(scope, name), 0)
    }

    /// Where a variable is looked for that is written to.
    fn scope(&mut self, variable: Variable, arg: u32) -> Result<(Scope, Name), Stop> {
        Ok(match variable {
            Variable::Fast => (Scope::Fast, self.written_local(arg)?),
            Variable::Cell => (Scope::Deref, self.cell(arg)?),
            Variable::Global => (Scope::Global, self.name(arg)?),
            Variable::Name => (Scope::Name, self.name(arg)?),
        })
    }
}
