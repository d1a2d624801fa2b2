//! The instructions of a code object as steps that can be held against those of another.

use pycxray::python::{Meaning as Means, Operand, Variable};
use pycxray::{Code, Instruction, Meaning, NodeId, Operands};

use super::values::{Key, Objects, ValueId, Values};

/// An instruction, or a part of one that does two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The instruction.
    pub(super) instruction: Instruction,
    /// Where it begins in the bytecode.
    pub(super) offset: u32,
    /// Where it jumps to, in bytes of bytecode.
    pub(super) target: Option<u32>,
    /// What it does, but for where it jumps to.
    pub(super) act: Act,
    /// Which part of the instruction it is.
    pub(super) part: Part,
}

/// A part of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it, or the part that its argument is about.
    Whole,
    /// What is done to one of its two names.
    Name(usize),
    /// What it does besides, to which its argument is nothing.
    Rest,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Act {
    pub(super) word: Word,
    pub(super) operand: Operation,
}

/// Which instruction it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Word {
    /// By the name of its opcode.
    Name(&'static str),
    /// By the meaning of its opcode, across versions.
    Means(Means),
    /// By the number of an opcode that the version does not have.
    Unknown(u8),
}

/// What it is done with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Operation {
    /// Nothing, or where a jump leads.
    Nothing,
    /// A number.
    Number(u32),
    /// A constant or name, and bits beside it.
    Value(ValueId, u32),
    /// A code object: the same number in both files if it is the same one.
    Code(Option<u32>),
    /// A constant or name that does not exist: its index.
    Missing(u32),
    /// Two names.
    Pair([Option<ValueId>; 2]),
    /// An operator, or the like.
    Word(String),
}

/// Makes steps of instructions.
pub(super) struct Stepper<'a, 'p> {
    pub(super) values: &'a mut Values<'p>,
    /// Whether the other file is of another version: then by meaning.
    pub(super) by_meaning: bool,
}

impl<'p> Stepper<'_, 'p> {
    /// The steps of a code object.
    pub(super) fn steps(&mut self, objects: &mut Objects<'p>, code: &Code<'p>) -> Vec<Step> {
        let operands = Operands::new(code, 0);
        let mut steps = Vec::new();
        let mut is_end_of_loop = false;
        for instruction in code.instructions() {
            let opcode = code.python().opcode(instruction.opcode);
            // What it says is part of the argument behind it.
            if opcode.is_some_and(|opcode| opcode.operand == Operand::Extended) {
                continue;
            }
            // `END_FOR` drops the iterator too up to 3.12; later a `POP_TOP` behind it does.
            let was_end_of_loop =
                std::mem::replace(&mut is_end_of_loop, opcode.is_some_and(|opcode| opcode.meaning == Means::EndFor));
            if self.by_meaning && was_end_of_loop && opcode.is_some_and(|opcode| opcode.meaning == Means::Pop) {
                continue;
            }
            let meaning = operands.meaning(objects.pyc, &instruction);
            if self.by_meaning && is_text_of_class(objects, opcode.map(|opcode| opcode.meaning), meaning) {
                // The constant before it is what it binds.
                steps.pop_if(|step: &mut Step| step.act.word == Word::Means(Means::Const));
                continue;
            }
            if self.by_meaning {
                self.add_by_meaning(&mut steps, objects, &instruction, meaning);
            } else {
                let word = opcode.map_or(Word::Unknown(instruction.opcode), |opcode| Word::Name(opcode.name));
                let operand = self.operation(objects, meaning);
                steps.push(step(objects, &instruction, word, operand));
            }
        }
        steps
    }

    fn value(&mut self, objects: &mut Objects<'p>, id: NodeId) -> ValueId {
        objects.value(self.values, id)
    }

    fn operation(&mut self, objects: &mut Objects<'p>, meaning: Meaning) -> Operation {
        match meaning {
            Meaning::Const { value: Some(id), .. } if objects.is_code(id) => Operation::Code(objects.number(id)),
            Meaning::Const { value: Some(id), .. } | Meaning::Variable { name: Some(id), .. } => {
                Operation::Value(self.value(objects, id), 0)
            }
            Meaning::Name { name: Some(id), bits, .. } => Operation::Value(self.value(objects, id), bits),
            Meaning::Const { index, .. } | Meaning::Variable { index, .. } | Meaning::Name { index, .. } => {
                Operation::Missing(index)
            }
            Meaning::Variables { names, .. } => {
                Operation::Pair(names.map(|name| name.map(|id| self.value(objects, id))))
            }
            Meaning::Word(Some(word)) => Operation::Word(word.to_owned()),
            Meaning::Number(number) | Meaning::Packed(number) => Operation::Number(number),
            // A line that 2.2 and before have among the instructions is told by itself.
            _ => Operation::Nothing,
        }
    }

    /// Adds what an instruction does in words that all versions share: what does two things becomes two steps, what does nothing
    /// none.
    fn add_by_meaning(
        &mut self,
        steps: &mut Vec<Step>,
        objects: &mut Objects<'p>,
        instruction: &Instruction,
        meaning: Meaning,
    ) {
        let means = objects.pyc.python().opcode(instruction.opcode).map_or(Means::Unknown, |opcode| opcode.meaning);
        let operand = self.operation(objects, meaning);
        let mut add_part = |means, operand, part| {
            steps.push(Step { part, ..step(objects, instruction, Word::Means(means), operand) });
        };
        let mut add_pair = |words: [Means; 2]| {
            let Operation::Pair(names) = &operand else { return };
            for (which, (word, name)) in words.into_iter().zip(names).enumerate() {
                add_part(word, name.map_or(Operation::Nothing, |name| Operation::Value(name, 0)), Part::Name(which));
            }
        };
        let (load, store) = (Means::Load(Variable::Fast), Means::Store(Variable::Fast));
        match means {
            // How calls begin differs from version to version, and so does what tidies up behind a loop.
            Means::Nothing | Means::PushNull | Means::EndFor | Means::PopIter => {}
            Means::LoadPair => add_pair([load, load]),
            Means::StorePair => add_pair([store, store]),
            Means::StoreAndLoad => add_pair([store, load]),
            Means::ReturnConst => {
                add_part(Means::Const, operand, Part::Whole);
                add_part(Means::Return, Operation::Nothing, Part::Rest);
            }
            Means::SmallInt => {
                let number = instruction.arg.unwrap_or(0);
                let value = self.values.id(Key::Int(number.into()));
                steps.push(step(objects, instruction, Word::Means(Means::Const), Operation::Value(value, 0)));
            }
            Means::Binary(word) => add_part(Means::BinaryN, Operation::Word(word.to_owned()), Part::Whole),
            Means::Inplace(word) => add_part(Means::BinaryN, Operation::Word(format!("{word}=")), Part::Whole),
            Means::KeywordNames => add_part(Means::Const, operand, Part::Whole),
            Means::CallMethod | Means::CallFunction | Means::CallFunctionNamed | Means::CallNamed => {
                add_part(Means::Call, operand, Part::Whole)
            }
            Means::MakeFunctionNamed | Means::MakeFunctionFlagged => {
                add_part(Means::MakeFunction, Operation::Nothing, Part::Whole);
                // Each has an instruction of its own from 3.13 on, in this order.
                let parts = [8, 4, 2, 1].into_iter().filter(|part| instruction.arg.unwrap_or(0) & part != 0);
                parts.for_each(|part| add_part(Means::SetFunctionAttribute, Operation::Number(part), Part::Rest));
            }
            Means::LoadMethod => add_part(Means::LoadAttr, operand.without_bits(), Part::Whole),
            means => add_part(means, operand.without_bits(), Part::Whole),
        }
    }
}

/// Whether an instruction binds what only some versions keep of the text of a class (3.13+).
fn is_text_of_class(objects: &Objects<'_>, means: Option<Means>, meaning: Meaning) -> bool {
    let Meaning::Name { name: Some(name), .. } = meaning else { return false };
    means == Some(Means::Store(Variable::Name))
        && objects.pyc.text(name).is_some_and(|name| matches!(name, b"__firstlineno__" | b"__static_attributes__"))
}

impl Operation {
    /// The same without the bits beside a name, which say how it is pushed.
    fn without_bits(self) -> Self {
        match self {
            Self::Value(value, _) => Self::Value(value, 0),
            other => other,
        }
    }
}

fn step(objects: &Objects<'_>, instruction: &Instruction, word: Word, operand: Operation) -> Step {
    Step {
        instruction: *instruction,
        offset: instruction.offset,
        target: instruction.target(objects.pyc.python()),
        act: Act { word, operand },
        part: Part::Whole,
    }
}
