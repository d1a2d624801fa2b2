//! What an argument means, in the words of that version's own `dis`.

use crate::bytecode::{Instruction, Labels};
use crate::marshal::{Field, NodeId};
use crate::python::{Form, Operand, Python};
use crate::text::buffer::Text;
use crate::text::repr::Reprs;
use crate::text::sink::{Sink, Token, TokenKind};
use crate::text::visible::{CUT, NameStyle};
use crate::{Code, Item, Pyc, Version};

mod table;

use table::Table;

/// What the argument of an instruction means. What it refers to is `None` where that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// There is no argument.
    Nothing,
    /// It is a number, and no more is to be said.
    Number(u32),
    /// A constant.
    Const {
        /// Its index in `co_consts`.
        index: u32,
        /// The constant.
        value: Option<NodeId>,
    },
    /// The name of a global or attribute.
    Name {
        /// Its index in `co_names`.
        index: u32,
        /// The name.
        name: Option<NodeId>,
        /// The bits of the argument below the index. What they say is the opcode's.
        bits: u32,
    },
    /// A variable: local, or a cell.
    Variable {
        /// Its index among the variables of its sort.
        index: u32,
        /// Its name.
        name: Option<NodeId>,
    },
    /// Two local variables.
    Variables {
        /// Their indexes.
        indexes: [u32; 2],
        /// Their names.
        names: [Option<NodeId>; 2],
    },
    /// An offset in the bytecode: where it jumps to, or what `dis` gives as such.
    Target(Option<u32>),
    /// An operator, an intrinsic function or the like, as `dis` calls it; `None` where the version has none of this index.
    Word(Option<&'static str>),
    /// Flags, or two numbers in one. `dis` has words for them.
    Packed(u32),
}

/// Says what the arguments of one code object's instructions mean.
#[derive(Clone, Debug)]
pub struct Operands {
    /// The code object, for saying where jumps lead.
    code: Option<NodeId>,
    consts: Table,
    names: Table,
    locals: Table,
    cells: Table,
    frees: Table,
    forms: &'static [Form; 256],
    reprs: Reprs,
    /// How many bytes the text of a constant or name may have.
    limit: usize,
    names_style: NameStyle,
}

impl Operands {
    /// For the instructions of `code`. Constants are cut at `limit` bytes ([`Limits::text`](crate::Limits)).
    #[must_use]
    pub fn new(code: &Code<'_>, limit: usize) -> Self {
        let mut operands = Self::idle(code.python(), limit);
        operands.turn_to(code);
        operands
    }

    /// For no code object yet.
    pub(crate) fn idle(python: &'static Python, limit: usize) -> Self {
        let table = Table::default;
        let (consts, names, locals, cells, frees) = (table(), table(), table(), table(), table());
        let (forms, reprs) = (python.forms(), Reprs::new(python.version));
        Self { code: None, consts, names, locals, cells, frees, forms, reprs, limit, names_style: NameStyle::default() }
    }

    /// From now on for another code object of the same file.
    pub fn turn_to(&mut self, code: &Code<'_>) {
        self.code = Some(code.id());
        self.consts.turn_to(code, Field::Consts);
        self.names.turn_to(code, Field::Names);
        let locals = if code.has_localsplus() { Field::Localsplusnames } else { Field::Varnames };
        self.locals.turn_to(code, locals);
        self.cells.turn_to(code, Field::Cellvars);
        self.frees.turn_to(code, Field::Freevars);
    }

    /// From now on for no code object.
    pub(crate) fn turn_to_nothing(&mut self) {
        for table in [&mut self.consts, &mut self.names, &mut self.locals, &mut self.cells, &mut self.frees] {
            table.turn_to_nothing();
        }
    }

    /// From now on constants and names are cut at so many bytes.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// From now on names are written like this; those of code objects, which stand among other text, are not.
    pub(crate) fn write_names_in(&mut self, style: NameStyle) {
        self.names_style = style;
    }

    /// How many bytes the text of a constant or name may have.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// What writes the constants.
    pub(crate) fn reprs(&mut self) -> &mut Reprs {
        &mut self.reprs
    }

    /// What the argument of an instruction means. `pyc` is the file of the code object.
    #[must_use]
    pub fn meaning(&self, pyc: &Pyc, instruction: &Instruction) -> Meaning {
        let python = pyc.python();
        let (Some(arg), Some(opcode)) = (instruction.arg, python.opcode(instruction.opcode)) else {
            return instruction.arg.map_or(Meaning::Nothing, Meaning::Number);
        };
        let format = &python.format;
        let name = |bits: u32| {
            let index = arg >> bits;
            Meaning::Name { index, name: self.names.get(pyc, index), bits: arg & ((1 << bits) - 1) }
        };
        match opcode.operand {
            Operand::Unused => Meaning::Nothing,
            Operand::Number | Operand::LineNumber | Operand::Extended => Meaning::Number(arg),
            Operand::Const => Meaning::Const { index: arg, value: self.consts.get(pyc, arg) },
            Operand::Name => name(0),
            Operand::GlobalName | Operand::AttributeName => name(1),
            Operand::SuperAttributeName | Operand::ImportName => name(2),
            Operand::Local => Meaning::Variable { index: arg, name: self.locals.get(pyc, arg) },
            Operand::LocalPair => {
                let indexes = [arg >> 4, arg & 15];
                Meaning::Variables { indexes, names: indexes.map(|index| self.locals.get(pyc, index)) }
            }
            Operand::Cell => {
                let name = if format.cells_in_localsplus { self.locals.get(pyc, arg) } else { self.cell(pyc, arg) };
                Meaning::Variable { index: arg, name }
            }
            Operand::JumpForward | Operand::JumpBackward | Operand::JumpAbsolute | Operand::AsyncForStart => {
                Meaning::Target(instruction.target(python))
            }
            Operand::Compare => Meaning::Word(get(format.compare, arg >> format.compare_shift)),
            Operand::BinaryOperator => Meaning::Word(get(format.binary, arg)),
            Operand::Intrinsic1 => Meaning::Word(get(format.intrinsics_1, arg)),
            Operand::Intrinsic2 => Meaning::Word(get(format.intrinsics_2, arg)),
            Operand::SpecialMethod => Meaning::Word(get(format.special_methods, arg)),
            Operand::CommonConstant => Meaning::Word(get(format.common_constants, arg)),
            Operand::Conversion => Meaning::Word(get(&CONVERSIONS, arg)),
            Operand::Inverted => Meaning::Word(Some(inverted(opcode.name, arg))),
            Operand::FormatValue | Operand::FunctionFlags | Operand::FunctionAttribute | Operand::CallCounts => {
                Meaning::Packed(arg)
            }
        }
    }

    /// Writes what that version's `dis` gives as `argrepr`, or puts in parentheses: nothing where the number says it all, and
    /// where what is referred to does not exist. With the [`Labels`] of [`BytecodeIndex::labels`](crate::BytecodeIndex::labels) it
    /// is what `dis.get_instructions` says, with those of [`Code::labels`] what `dis.dis` prints.
    pub fn write(&mut self, out: &mut dyn Sink, pyc: &Pyc, instruction: &Instruction, labels: &Labels) {
        let mut text = Text::for_sink(out);
        self.write_text(&mut text, pyc, instruction, labels);
        text.hand_to(out);
    }

    /// The same into a [`Text`].
    #[inline]
    pub(crate) fn write_text(&mut self, out: &mut Text, pyc: &Pyc, instruction: &Instruction, labels: &Labels) {
        let Some(arg) = instruction.arg else { return };
        let (table, bits) = match self.form(instruction.opcode) {
            Form::Nothing => return,
            Form::Name => (&mut self.names, 0),
            Form::Local => (&mut self.locals, 0),
            Form::GlobalName | Form::AttributeName if arg & 1 == 0 => (&mut self.names, 1),
            _ => return self.write_other(out, pyc, *instruction, labels),
        };
        if !table.write_word(out, pyc, arg >> bits, self.limit) {
            self.write_other(out, pyc, *instruction, labels);
        }
    }

    /// How what the argument of an opcode means is written.
    #[inline]
    pub(crate) fn form(&self, opcode: u8) -> Form {
        self.forms[usize::from(opcode)]
    }

    /// Writes what is not a mere word.
    #[inline(never)]
    fn write_other(&mut self, out: &mut Text, pyc: &Pyc, instruction: Instruction, labels: &Labels) {
        let Some(arg) = instruction.arg else { return };
        match self.form(instruction.opcode) {
            Form::Nothing => {}
            Form::Const => {
                if let Some(value) = self.consts.get(pyc, arg) {
                    self.reprs.write_text(out, pyc, value, self.limit);
                }
            }
            Form::Name => self.write_name(out, pyc, arg),
            Form::Local => self.write_local(out, pyc, arg),
            Form::GlobalName => self.write_marked_name(out, pyc, arg, 1, Mark::NULL),
            Form::AttributeName => self.write_marked_name(out, pyc, arg, 1, Mark::METHOD),
            Form::Jump => self.write_target(out, pyc, &instruction, labels, b"to "),
            Form::Rarer => self.write_rarer(out, pyc, &instruction, labels, arg),
        }
    }

    fn write_rarer(&mut self, out: &mut Text, pyc: &Pyc, instruction: &Instruction, labels: &Labels, arg: u32) {
        let Some(opcode) = pyc.python().opcode(instruction.opcode) else { return };
        match opcode.operand {
            Operand::AsyncForStart => self.write_target(out, pyc, instruction, labels, b"from "),
            Operand::SuperAttributeName => self.write_marked_name(out, pyc, arg, 2, Mark::METHOD),
            Operand::ImportName => {
                let start = out.len();
                self.write_name(out, pyc, arg >> 2);
                // `from . import x` has an empty name, of which dis says nothing.
                if out.len() > start {
                    out.push_str(["", " + lazy", " + eager", " + lazy"][(arg & 3) as usize]);
                }
            }
            Operand::LocalPair => {
                self.write_local(out, pyc, arg >> 4);
                out.push_str(", ");
                self.write_local(out, pyc, arg & 15);
            }
            _ => match self.meaning(pyc, instruction) {
                Meaning::Variable { name, .. } => self.write_text_of(out, pyc, name),
                meaning => {
                    let start = out.len();
                    write_words(out, pyc.python(), opcode.operand, meaning, arg);
                    out.kind(start, TokenKind::Operator);
                }
            },
        }
    }

    /// Writes where a jump leads.
    fn write_target<const N: usize>(
        &self,
        out: &mut Text,
        pyc: &Pyc,
        instruction: &Instruction,
        labels: &Labels,
        preposition: &[u8; N],
    ) {
        let python = pyc.python();
        let target = instruction.target(python);
        let start = out.len();
        if !python.format.dis.labels {
            let Some(place) = instruction.place_led_to(python) else { return };
            out.push_word(preposition);
            out.push_i64(place);
        } else {
            let Some(target) = target else { return };
            out.push_word(preposition);
            if let Some(label) = labels.number(target) {
                out.push('L');
                out.push_u64(label as u64);
            }
        }
        let item = self.code.zip(target).map(|(code, target)| Item::Instruction(code, target));
        out.token(start, Token { kind: TokenKind::Target, item });
    }

    /// The name of a cell or free variable: these are counted behind those.
    fn cell(&self, pyc: &Pyc, index: u32) -> Option<NodeId> {
        self.cells.get(pyc, index).or_else(|| self.frees.get(pyc, index.checked_sub(self.cells.len(pyc))?))
    }

    /// Writes the name of this index.
    fn write_name(&mut self, out: &mut Text, pyc: &Pyc, index: u32) {
        if !self.names.write_word(out, pyc, index, self.limit) {
            self.write_text_of(out, pyc, self.names.get(pyc, index));
        }
    }

    /// Writes the name of the local variable of this index.
    fn write_local(&mut self, out: &mut Text, pyc: &Pyc, index: u32) {
        if !self.locals.write_word(out, pyc, index, self.limit) {
            self.write_text_of(out, pyc, self.locals.get(pyc, index));
        }
    }

    fn write_text_of(&self, out: &mut Text, pyc: &Pyc, name: Option<NodeId>) {
        let Some((id, text)) = name.and_then(|id| Some((id, pyc.text(id)?))) else { return };
        let start = out.len();
        self.names_style.write(out, &text[..text.len().min(self.limit)]);
        if text.len() > self.limit {
            out.push(CUT);
        }
        out.token(start, Token { kind: TokenKind::Name, item: Some(Item::Object(id)) });
    }

    /// Writes a name whose index has `bits` bits below it, the lowest of which says that something is pushed besides.
    fn write_marked_name(&mut self, out: &mut Text, pyc: &Pyc, arg: u32, bits: u32, mark: Mark) {
        if arg & 1 == 0 {
            return self.write_name(out, pyc, arg >> bits);
        }
        let mark_first = pyc.python().version < Version::new(3, 13);
        let start = out.len();
        if mark_first {
            out.push_str(mark.before);
        }
        let name_start = out.len();
        self.write_name(out, pyc, arg >> bits);
        // Of an empty name, or none, dis says nothing.
        if out.len() == name_start {
            out.truncate(start);
        } else if !mark_first {
            out.push_str(mark.behind);
        }
    }
}

/// What is pushed besides what a name stands for, before it (up to 3.12) or behind it.
#[derive(Clone, Copy)]
struct Mark {
    before: &'static str,
    behind: &'static str,
}

impl Mark {
    const NULL: Self = Self { before: "NULL + ", behind: " + NULL" };
    const METHOD: Self = Self { before: "NULL|self + ", behind: " + NULL|self" };
}

/// Writes what `dis` has words of its own for: operators, flags, counts.
fn write_words(out: &mut Text, python: &Python, operand: Operand, meaning: Meaning, arg: u32) {
    match operand {
        Operand::Compare => {
            // From 3.13 on a bit says that the result is made a bool.
            let (shift, operators) = (python.format.compare_shift, python.format.compare);
            let (before, behind) = if shift == 5 && arg & 16 != 0 { ("bool(", ")") } else { ("", "") };
            [before, get(operators, arg >> shift).unwrap_or_default(), behind]
                .iter()
                .for_each(|word| out.push_str(word));
        }
        Operand::FormatValue => {
            let conversion = CONVERSIONS[(arg & 3) as usize];
            out.push_str(conversion);
            if arg & 4 != 0 {
                out.push_str(if conversion.is_empty() { "with format" } else { ", with format" });
            }
        }
        Operand::FunctionFlags | Operand::FunctionAttribute => {
            let start = out.len();
            let known = if python.version < Version::new(3, 14) { 4 } else { 5 };
            for (bit, word) in FUNCTION_ATTRIBUTES[..known].iter().enumerate() {
                if arg & 1 << bit != 0 {
                    if out.len() > start {
                        out.push_str(", ");
                    }
                    out.push_str(word);
                }
            }
        }
        Operand::CallCounts => {
            out.push_u64((arg & 0xff).into());
            out.push_str(" positional, ");
            out.push_u64((arg >> 8 & 0xff).into());
            out.push_str(" keyword pair");
        }
        _ => {
            if let Meaning::Word(Some(word)) = meaning {
                out.push_str(word);
            }
        }
    }
}

/// What `CONVERT_VALUE` and `FORMAT_VALUE` do to the value first.
const CONVERSIONS: [&str; 4] = ["", "str", "repr", "ascii"];

/// What a function is given besides its code, by bit: the last from 3.14 on.
const FUNCTION_ATTRIBUTES: [&str; 5] = ["defaults", "kwdefaults", "annotations", "closure", "annotate"];

fn get<T: Copy>(list: &[T], index: u32) -> Option<T> {
    list.get(index as usize).copied()
}

fn inverted(opcode: &str, arg: u32) -> &'static str {
    match (opcode, arg) {
        ("IS_OP", 0) => "is",
        ("IS_OP", _) => "is not",
        (_, 0) => "in",
        _ => "not in",
    }
}
