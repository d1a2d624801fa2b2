//! One code object's bytecode, with what is needed to show any of its instructions at once.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use pycxray::python::Operand;
use pycxray::tables::{LineEntry, LineIndex, SourcePosition};
use pycxray::{BytecodeIndex, Code, Field, Instruction, Item, Meaning, NodeId, Operands, Pyc};

use crate::constant::constant;
use crate::safe::displayable;
use crate::values::Meant;
use crate::{Document, Ink, InstructionCells, Styled, labels, values};

/// One code object's bytecode, with what is needed to show any of its instructions at once.
#[derive(Debug)]
pub(crate) struct Bytecode {
    pub(crate) code: NodeId,
    pub(crate) index: Arc<BytecodeIndex>,
    operands: RefCell<Operands>,
    lines: LineIndex,
    /// Where exception handlers begin, sorted.
    handlers: Vec<u32>,
    /// Where what entries of the exception table guard begins, sorted, and where it ends, sorted.
    guards: [Vec<u32>; 2],
    jumps: OnceCell<Vec<Jump>>,
}

/// A jump that leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Jump {
    /// The offset in the bytecode that it leads to.
    pub(crate) to: u32,
    /// That of the instruction that jumps.
    pub(crate) from: u32,
}

impl Jump {
    /// That of an instruction, if it leads somewhere.
    pub(crate) fn of(pyc: &Pyc, instruction: &Instruction) -> Option<Self> {
        Some(Self { to: instruction.target(pyc.python())?, from: instruction.offset })
    }

    /// Whether it leads backward, or to itself.
    pub(crate) fn is_backward(&self) -> bool {
        self.from >= self.to
    }
}

/// How many are kept.
const KEPT: usize = 8;

/// The bytecodes that were shown last, and those that were made in slices.
#[derive(Debug, Default)]
pub(crate) struct Bytecodes {
    last: RefCell<Vec<Rc<Bytecode>>>,
    prepared: RefCell<HashMap<NodeId, Rc<Bytecode>>>,
}

impl Bytecodes {
    /// Keeps one that was made in slices, for as long as the file is open.
    pub(crate) fn keep(&self, bytecode: Rc<Bytecode>) {
        self.prepared.borrow_mut().insert(bytecode.code, bytecode);
    }

    /// That of a code object; `None` for what is none.
    pub(crate) fn get(&self, pyc: &Pyc, code: NodeId) -> Option<Rc<Bytecode>> {
        if let Some(prepared) = self.prepared.borrow().get(&code) {
            return Some(Rc::clone(prepared));
        }
        let mut kept = self.last.borrow_mut();
        match kept.iter().position(|known| known.code == code) {
            Some(at) => kept[..=at].rotate_right(1),
            None => {
                let new = Bytecode::new(pyc.code(code)?);
                kept.truncate(KEPT - 1);
                kept.insert(0, Rc::new(new));
            }
        }
        kept.first().cloned()
    }
}

impl Document {
    /// What an item's row says, in about `limit` characters at most.
    pub(crate) fn meant(&self, item: Item, limit: usize) -> Meant {
        match item {
            Item::Line(code, offset) => {
                let entry = self.bytecodes.get(&self.pyc, code).and_then(|code| code.line_entry(&self.pyc, offset));
                entry.map_or(Meant::default(), |entry| values::line_entry(&entry))
            }
            _ => values::of(&self.pyc, item, limit),
        }
    }
}

impl Bytecode {
    fn new(code: Code<'_>) -> Self {
        Self::with(code, LineIndex::new(&code), OnceCell::new())
    }

    /// One of which the lines and jumps are known.
    pub(crate) fn with(code: Code<'_>, lines: LineIndex, jumps: OnceCell<Vec<Jump>>) -> Self {
        let mut handlers: Vec<u32> = code.exception_entries().map(|entry| entry.target).collect();
        handlers.sort_unstable();
        handlers.dedup();
        Self {
            code: code.id(),
            index: code.pyc().bytecode_index(code.id()),
            operands: RefCell::new(Operands::new(&code, values::ROW)),
            lines,
            handlers,
            guards: guards(&code),
            jumps,
        }
    }

    /// All jumps of the code object, by where they lead to.
    pub(crate) fn jumps(&self, pyc: &Pyc) -> &[Jump] {
        self.jumps.get_or_init(|| {
            let jumps = self.from(pyc, 0).filter_map(|instruction| Jump::of(pyc, &instruction));
            let mut jumps: Vec<Jump> = jumps.collect();
            jumps.sort_unstable();
            jumps
        })
    }

    /// The jumps that lead to an offset.
    pub(crate) fn jumps_to(&self, pyc: &Pyc, offset: u32) -> &[Jump] {
        let jumps = self.jumps(pyc);
        let start = jumps.partition_point(|jump| jump.to < offset);
        let count = jumps[start..].partition_point(|jump| jump.to == offset);
        &jumps[start..start + count]
    }

    /// How many entries of the exception table guard an offset.
    pub(crate) fn guards_at(&self, offset: u32) -> u32 {
        let [begun, ended] = self.guards.each_ref().map(|bounds| bounds.partition_point(|&bound| bound <= offset));
        (begun - ended) as u32
    }

    /// The instruction that has the byte at `offset` of the bytecode, and its position.
    pub(crate) fn at(&self, pyc: &Pyc, offset: u32) -> Option<(usize, Instruction)> {
        self.index.at(pyc.code(self.code)?.bytecode(), pyc.python(), offset)
    }

    /// The instructions from a position on.
    pub(crate) fn from<'p>(&self, pyc: &'p Pyc, position: usize) -> pycxray::Instructions<'p> {
        let bytecode = pyc.code(self.code).map_or(&[][..], |code| code.bytecode());
        self.index.from(bytecode, pyc.python(), position)
    }

    /// Where an instruction stands in the source.
    pub(crate) fn position(&self, pyc: &Pyc, offset: u32) -> SourcePosition {
        pyc.code(self.code).map_or(SourcePosition::default(), |code| self.lines.position(&code.line_entries(), offset))
    }

    /// The entry of the line table at this offset of the table.
    pub(crate) fn line_entry(&self, pyc: &Pyc, offset: u32) -> Option<LineEntry> {
        let entries = pyc.code(self.code)?.line_entries();
        let at = |number| self.lines.from(&entries, number);
        let (mut low, mut high) = (0, self.lines.count());
        // Entries are found fast from every 64th on.
        while high - low > 64 {
            let middle = (low + (high - low) / 2) / 64 * 64;
            if middle == low {
                break;
            }
            if at(middle).next()?.offset <= offset { low = middle } else { high = middle }
        }
        at(low).find(|entry| entry.offset >= offset).filter(|entry| entry.offset == offset)
    }

    /// The source line that begins with an instruction; `before` is the offset of the instruction before it.
    pub(crate) fn line_start(&self, pyc: &Pyc, instruction: &Instruction, before: Option<u32>) -> Option<u32> {
        let sets_line =
            pyc.python().opcode(instruction.opcode).is_some_and(|known| known.operand == Operand::LineNumber);
        if sets_line {
            return instruction.arg;
        }
        let line = self.position(pyc, instruction.offset).line?;
        let same = before.is_some_and(|before| self.position(pyc, before).line == Some(line));
        if same { None } else { u32::try_from(line).ok() }
    }

    /// Whether a jump or an exception handler leads to an offset.
    pub(crate) fn is_target(&self, offset: u32) -> bool {
        self.index.targets().binary_search(&offset).is_ok() || self.handlers.binary_search(&offset).is_ok()
    }

    /// What an instruction's argument means.
    pub(crate) fn meaning(&self, pyc: &Pyc, instruction: &Instruction) -> Meaning {
        self.operands.borrow().meaning(pyc, instruction)
    }

    /// Whether the code object has names for its variables: before 1.3 they had none.
    pub(crate) fn names_variables(&self, pyc: &Pyc) -> bool {
        let has = |field| pyc.code(self.code).is_some_and(|code| code.object(field).is_some());
        has(Field::Varnames) || has(Field::Localsplusnames)
    }

    /// What an instruction's argument means, as that version's `dis` writes it.
    pub(crate) fn operand_text(&self, pyc: &Pyc, instruction: &Instruction) -> String {
        let mut text = String::new();
        self.operands.borrow_mut().write(&mut text, pyc, instruction, &self.index);
        displayable(&text).into_owned()
    }

    /// The same in inks, with links to what it is about.
    pub(crate) fn operand(&self, pyc: &Pyc, instruction: &Instruction) -> Styled {
        let text = self.operand_text(pyc, instruction);
        match self.meaning(pyc, instruction) {
            Meaning::Const { value: Some(value), .. } => {
                let constant = constant(pyc, pyc.tree().resolve(value), values::ROW);
                match constant.0.as_slice() {
                    [piece] => Styled::default().with_link(piece.ink, text, Item::Object(value)),
                    _ => constant,
                }
            }
            Meaning::Name { name: Some(name), .. } | Meaning::Variable { name: Some(name), .. } => {
                Styled::default().with_link(Ink::Name, text, Item::Object(name))
            }
            Meaning::Variables { .. } => Styled::of(Ink::Name, text),
            Meaning::Target(Some(target)) if !text.is_empty() => match self.at(pyc, target) {
                Some((_, there)) if there.offset == target => {
                    Styled::default().with_link(Ink::Jump, text, Item::Instruction(self.code, target))
                }
                _ => Styled::of(Ink::Damage, text),
            },
            Meaning::Variable { name: None, .. } if !self.names_variables(pyc) => Styled::default(),
            Meaning::Const { value: None, .. }
            | Meaning::Name { name: None, .. }
            | Meaning::Variable { name: None, .. }
            | Meaning::Word(None) => Styled::of(Ink::Damage, "not there"),
            _ => Styled::plain(text),
        }
    }

    /// The offset of the instruction before the one at this position.
    pub(crate) fn offset_before(&self, pyc: &Pyc, position: usize) -> Option<u32> {
        let before = self.from(pyc, position.checked_sub(1)?).next()?;
        Some(before.offset)
    }

    /// The columns of an instruction; `before` is the offset of the instruction before it.
    pub(crate) fn cells(&self, pyc: &Pyc, instruction: &Instruction, before: Option<u32>) -> InstructionCells {
        let label = self.index.label(instruction.offset).filter(|_| pyc.python().format.dis.labels);
        InstructionCells {
            line: self.line_start(pyc, instruction, before),
            offset: instruction.offset,
            label: label.map(|number| format!("L{number}")),
            is_target: self.is_target(instruction.offset),
            opname: labels::opname(pyc, instruction.opcode),
            arg: instruction.arg,
            operand: self.operand(pyc, instruction),
            size: instruction.end() - instruction.offset,
        }
    }
}

/// Where what entries of the exception table guard begins, and where it ends.
fn guards(code: &Code<'_>) -> [Vec<u32>; 2] {
    let bounds = code.exception_entries().filter(|entry| entry.start < entry.end).map(|entry| (entry.start, entry.end));
    let (mut starts, mut ends): (Vec<u32>, Vec<u32>) = bounds.unzip();
    starts.sort_unstable();
    ends.sort_unstable();
    [starts, ends]
}
