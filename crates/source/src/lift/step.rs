//! What each meaning does to the stack and the graph.

use pycxray::python::{Meaning, Operand};

use super::bytecode::Instruction;
use super::{Lifter, Next, Stop};
use crate::constant::Constant;
use crate::graph::{BinaryOp, CompareOp, OpKind, UnaryOp};

impl Lifter<'_> {
    /// Lifts one instruction.
    pub(super) fn step(&mut self, at: usize, instruction: &Instruction) -> Result<Next, Stop> {
        let arg = instruction.arg;
        match instruction.meaning() {
            Meaning::Unknown => Err(match instruction.opcode {
                Some(opcode) => format!("{} is not written by this version's compiler.", opcode.name),
                None => "There is no such opcode.".to_owned(),
            }),
            _ if instruction.opcode.is_some_and(|opcode| opcode.form_of.is_some()) => {
                Err("It has opcodes that exist only while a program runs.".to_owned())
            }
            Meaning::Nothing => self.check_nothing(at).map(|()| Next::Instruction),
            Meaning::Const => self.constant(arg).and_then(|constant| self.push_constant_or_sent(constant)),
            Meaning::SmallInt => self.push_constant(Constant::Int(arg.into())),
            Meaning::Unary(operator) => {
                if operator == "not" {
                    self.check_bool(at)?;
                }
                let value = self.pop()?;
                self.push_op(OpKind::Unary(unary(operator)?), vec![value])
            }
            Meaning::Binary(operator) => self.binary(operator, false),
            Meaning::Inplace(operator) => self.binary(operator, true),
            Meaning::BinaryN => self.binary_by_number(arg),
            Meaning::Divide => self.two(OpKind::Binary { op: BinaryOp::ClassicDiv, inplace: false }),
            Meaning::InplaceDivide => self.two(OpKind::Binary { op: BinaryOp::ClassicDiv, inplace: true }),
            Meaning::Compare => self.compare(at, arg),
            Meaning::Contains => self.two(OpKind::Contains { negated: arg & 1 != 0 }),
            Meaning::Is => self.two(OpKind::Is { negated: arg & 1 != 0 }),
            Meaning::PrintExpr => {
                self.pop().map(|value| self.op(OpKind::PrintExpr, vec![value])).map(|_| Next::Instruction)
            }
            meaning => self.step_by_family(at, meaning, arg, instruction),
        }
    }

    /// The families of meanings, each in a file of its own.
    fn step_by_family(
        &mut self,
        at: usize,
        meaning: Meaning,
        arg: u32,
        instruction: &Instruction,
    ) -> Result<Next, Stop> {
        if let Some(next) = self.shuffle(at, meaning, arg) {
            return next;
        }
        let operand = instruction.opcode.map_or(Operand::Unused, |opcode| opcode.operand);
        if let Some(next) = self.variable(at, meaning, arg, operand) {
            return next;
        }
        if let Some(next) = self.build(meaning, arg) {
            return next;
        }
        if let Some(next) = self.call(meaning, arg, operand) {
            return next;
        }
        if let Some(next) = self.python2(meaning, arg) {
            return next;
        }
        let target = instruction.target.and_then(|target| self.bytecode.at(target));
        if let Some(next) = self.iterate(at, meaning, arg, target) {
            return next;
        }
        if let Some(next) = self.control(at, meaning, arg, target) {
            return next;
        }
        self.exception(at, meaning, arg, target).unwrap_or_else(|| Err("This is not understood.".to_owned()))
    }

    /// An operation on the two top values.
    pub(super) fn two(&mut self, kind: OpKind) -> Result<Next, Stop> {
        let operands = self.pop_many(2)?;
        self.push_op(kind, operands)
    }

    fn binary(&mut self, operator: &str, inplace: bool) -> Result<Next, Stop> {
        self.two(OpKind::Binary { op: binary(operator)?, inplace })
    }

    fn binary_by_number(&mut self, arg: u32) -> Result<Next, Stop> {
        match self.python.format.binary.get(arg as usize) {
            Some(&"[]") => self.two(OpKind::GetItem),
            Some(operator) => match operator.strip_suffix('=') {
                Some(operator) => self.binary(operator, true),
                None => self.binary(operator, false),
            },
            None => Err(format!("There is no binary operator {arg}.")),
        }
    }

    fn compare(&mut self, at: usize, arg: u32) -> Result<Next, Stop> {
        let format = &self.python.format;
        let operator = format.compare.get((arg >> format.compare_shift) as usize).copied();
        match operator.ok_or_else(|| format!("There is no comparison {arg}."))? {
            "in" => self.two(OpKind::Contains { negated: false }),
            "not in" => self.two(OpKind::Contains { negated: true }),
            "is" => self.two(OpKind::Is { negated: false }),
            "is not" => self.two(OpKind::Is { negated: true }),
            "exception match" => {
                let matches = self.check_exception()?;
                self.push(matches)
            }
            operator => {
                self.check_comparison(at, operator, arg)?;
                self.two(OpKind::Compare(comparison(operator)?))
            }
        }
    }
}

fn unary(operator: &str) -> Result<UnaryOp, Stop> {
    Ok(match operator {
        "-" => UnaryOp::USub,
        "+" => UnaryOp::UAdd,
        "~" => UnaryOp::Invert,
        "not" => UnaryOp::Not,
        _ => return Err(format!("There is no unary operator {operator}.")),
    })
}

fn binary(operator: &str) -> Result<BinaryOp, Stop> {
    Ok(match operator {
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Sub,
        "*" => BinaryOp::Mult,
        "@" => BinaryOp::MatMult,
        "/" => BinaryOp::Div,
        "//" => BinaryOp::FloorDiv,
        "%" => BinaryOp::Mod,
        "**" => BinaryOp::Pow,
        "<<" => BinaryOp::LShift,
        ">>" => BinaryOp::RShift,
        "|" => BinaryOp::BitOr,
        "^" => BinaryOp::BitXor,
        "&" => BinaryOp::BitAnd,
        _ => return Err(format!("There is no binary operator {operator}.")),
    })
}

fn comparison(operator: &str) -> Result<CompareOp, Stop> {
    Ok(match operator {
        "<" => CompareOp::Lt,
        "<=" => CompareOp::LtE,
        "==" => CompareOp::Eq,
        "!=" => CompareOp::NotEq,
        ">" => CompareOp::Gt,
        ">=" => CompareOp::GtE,
        _ => return Err(format!("There is no comparison {operator}.")),
    })
}
