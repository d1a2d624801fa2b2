//! One code object's bytecode, with what is needed to show any of its instructions at once.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use pycxray::python::Operand;
use pycxray::tables::{LineEntry, LineIndex, SourcePosition};
use pycxray::{BytecodeIndex, Code, ControlFlow, Field, Instruction, Item, Meaning, NodeId, Operands, Pyc};

use crate::constant::constant;
use crate::guards::Guards;
use crate::protocol::{InstructionCells, Style, Styled};
use crate::{labels, values};

/// One code object's bytecode, with what is needed to show any of its instructions at once.
#[derive(Debug)]
pub(crate) struct Bytecode {
    pub(crate) code: NodeId,
    pub(crate) index: Arc<BytecodeIndex>,
    operands: RefCell<Operands>,
    lines: LineIndex,
    pub(crate) guards: Guards,
    /// By where they lead to, then by where they stand.
    jumps: OnceCell<Vec<Jump>>,
    /// Where execution never comes, ascending.
    unreached: OnceCell<Vec<Range<u32>>>,
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
    /// Whether it leads backward, or to itself.
    pub(crate) fn is_backward(&self) -> bool {
        self.from >= self.to
    }
}

/// The constant or the names that an argument is about.
pub(crate) fn subjects(meaning: &Meaning) -> [Option<NodeId>; 2] {
    match *meaning {
        Meaning::Const { value: subject, .. }
        | Meaning::Name { name: subject, .. }
        | Meaning::Variable { name: subject, .. } => [subject, None],
        Meaning::Variables { names, .. } => names,
        _ => [None, None],
    }
}

impl Bytecode {
    pub(crate) fn new(code: Code<'_>) -> Self {
        Self {
            code: code.id(),
            index: code.pyc().bytecode_index(code.id()),
            operands: RefCell::new(Operands::new(&code, values::ROW)),
            lines: LineIndex::new(&code),
            guards: Guards::new(code.exception_entries()),
            jumps: OnceCell::new(),
            unreached: OnceCell::new(),
        }
    }

    /// The jumps of the code object, by where they lead to.
    pub(crate) fn jumps(&self, pyc: &Pyc) -> &[Jump] {
        self.jumps.get_or_init(|| {
            let mut jumps = Vec::new();
            for instruction in self.from(pyc, 0) {
                if let Some(to) = instruction.target(pyc.python()) {
                    jumps.push(Jump { to, from: instruction.offset });
                }
            }
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

    /// The instruction that has the byte at `offset` of the bytecode, and its position.
    pub(crate) fn at(&self, pyc: &Pyc, offset: u32) -> Option<(usize, Instruction)> {
        self.index.at(pyc.code(self.code)?.bytecode(), pyc.python(), offset)
    }

    /// Whether an instruction begins at an offset.
    pub(crate) fn begins_at(&self, pyc: &Pyc, offset: u32) -> bool {
        self.at(pyc, offset).is_some_and(|(_, there)| there.offset == offset)
    }

    /// The instruction at a position.
    pub(crate) fn instruction(&self, pyc: &Pyc, position: usize) -> Option<Instruction> {
        self.from(pyc, position).next()
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

    /// The columns of the source that an instruction stands in, the line before them where it is not one line alone: `17–20`,
    /// `4:17–6:20`.
    pub(crate) fn columns(&self, pyc: &Pyc, offset: u32) -> Option<String> {
        let SourcePosition { line, end_line, column, end_column, .. } = self.position(pyc, offset);
        let (column, end_column) = (column?, end_column?);
        Some(match (line, end_line) {
            (Some(line), Some(end_line)) if line != end_line => format!("{line}:{column}–{end_line}:{end_column}"),
            _ => format!("{column}–{end_column}"),
        })
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
        self.index.targets().binary_search(&offset).is_ok() || self.guards.handled_at(offset).next().is_some()
    }

    /// Whether execution never comes to an offset.
    pub(crate) fn is_unreached(&self, pyc: &Pyc, offset: u32) -> bool {
        let unreached = self.unreached.get_or_init(|| {
            let flow = pyc.code(self.code).map(|code| ControlFlow::of(&code)).unwrap_or_default();
            flow.blocks().iter().filter(|block| !block.is_reached).map(|block| block.start..block.end).collect()
        });
        let at = unreached.partition_point(|range| range.end <= offset);
        unreached.get(at).is_some_and(|range| range.contains(&offset))
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

    /// What an instruction's argument means, as that version's `dis` writes it, with links to what it is about.
    pub(crate) fn operand(&self, pyc: &Pyc, instruction: &Instruction) -> Styled {
        let mut text = Styled::default();
        self.operands.borrow_mut().write(&mut text, pyc, instruction, self.index.labels());
        match self.meaning(pyc, instruction) {
            Meaning::Const { value: Some(value), .. } => {
                let constant = constant(pyc, pyc.tree().resolve(value), values::ROW);
                // One word is a link; what is made of many would be as many.
                if constant.0.len() == 1 { constant.linked_to(Item::Object(value)) } else { constant }
            }
            Meaning::Target(Some(target)) if !self.begins_at(pyc, target) => {
                Styled::of(Style::Damage, &text.to_string())
            }
            Meaning::Variable { name: None, .. } if !self.names_variables(pyc) => Styled::default(),
            Meaning::Const { value: None, .. }
            | Meaning::Name { name: None, .. }
            | Meaning::Variable { name: None, .. }
            | Meaning::Word(None) => Styled::of(Style::Damage, "not there"),
            _ => text,
        }
    }

    /// The offset of the instruction before the one at this position.
    pub(crate) fn offset_before(&self, pyc: &Pyc, position: usize) -> Option<u32> {
        let before = self.instruction(pyc, position.checked_sub(1)?)?;
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
            is_unreached: self.is_unreached(pyc, instruction.offset),
            opname: labels::opname(pyc, instruction.opcode),
            arg: instruction.arg,
            operand: self.operand(pyc, instruction),
            size: instruction.end() - instruction.offset,
        }
    }
}
