//! Instructions, walked through without an allocation, and an index to find any of them in a long bytecode.

use crate::pair_sort::PairSort;
use crate::python::{InstructionLayout, Opcode, Operand, Python};
use crate::targets::Targets;

/// An instruction as it stands in the bytecode. Offsets and sizes are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Its offset in the bytecode.
    pub offset: u32,
    /// The byte that names it.
    pub opcode: u8,
    /// Whether the bytecode ends inside it.
    pub is_cut: bool,
    /// How many 2-byte cache entries follow it, as far as the bytecode has them.
    pub cache_units: u8,
    /// Its argument, with what `EXTENDED_ARG` put before it; `None` for an opcode without.
    pub arg: Option<u32>,
    /// Its size without inline caches: 1, 2 or 3.
    pub size: u32,
}

impl Instruction {
    /// The offset behind it, its inline caches included.
    #[must_use]
    pub const fn end(&self) -> u32 {
        self.offset + self.size + self.cache_units as u32 * 2
    }

    /// The offset in the bytecode that its argument leads to, for the jumps and whatever else `dis` gives a target. `None` for
    /// all others, and where that is before the start.
    #[must_use]
    pub fn target(&self, python: &Python) -> Option<u32> {
        let (arg, opcode) = (self.arg?, python.opcode(self.opcode)?);
        let distance = u64::from(arg) * u64::from(python.format.jump_unit);
        let base = u64::from(if python.format.jumps_from_caches { self.end() } else { self.offset + self.size });
        let target = match opcode.operand {
            Operand::JumpForward => base.checked_add(distance)?,
            Operand::JumpBackward | Operand::AsyncForStart => base.checked_sub(distance)?,
            Operand::JumpAbsolute => distance,
            _ => return None,
        };
        u32::try_from(target).ok()
    }
}

/// What walking through a bytecode needs to know of an opcode, in one byte: it is looked up for every instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape(u8);

impl Shape {
    /// The low bits: units of inline caches. CPython's most are 9.
    const CACHES: u8 = 0x0f;
    const ARGUMENT: u8 = 0x10;
    const EXTENDED: u8 = 0x20;
    const TARGET: u8 = 0x40;
    const UNWRITTEN: u8 = 0x80;

    /// That of a known opcode.
    pub(crate) fn of(opcode: &Opcode) -> Self {
        let units: u32 = opcode.caches.iter().map(|field| u32::from(field.units)).sum();
        let mut bits = units.min(Self::CACHES.into()) as u8;
        bits |= match opcode.operand {
            Operand::Unused => 0,
            Operand::Extended => Self::ARGUMENT | Self::EXTENDED,
            Operand::AsyncForStart => Self::ARGUMENT | Self::TARGET,
            jump if jump.is_jump() => Self::ARGUMENT | Self::TARGET,
            _ => Self::ARGUMENT,
        };
        if opcode.is_unwritten() {
            bits |= Self::UNWRITTEN;
        }
        Self(bits)
    }

    /// That of an opcode that the version does not have.
    pub(crate) const fn unknown(takes_argument: bool) -> Self {
        Self(if takes_argument { Self::ARGUMENT } else { 0 })
    }

    const fn takes_argument(self) -> bool {
        self.0 & Self::ARGUMENT != 0
    }

    const fn extends(self) -> bool {
        self.0 & Self::EXTENDED != 0
    }

    /// Whether [`Instruction::target`] gives something.
    pub(crate) const fn has_target(self) -> bool {
        self.0 & Self::TARGET != 0
    }

    /// Whether it exists while a program runs, but is in no file.
    pub(crate) const fn is_unwritten(self) -> bool {
        self.0 & Self::UNWRITTEN != 0
    }

    const fn cache_units(self) -> u8 {
        self.0 & Self::CACHES
    }
}

/// Where walking through a bytecode stands: enough to go on from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InstructionCursor {
    /// The offset of the next instruction.
    pub offset: u32,
    /// What `EXTENDED_ARG` has collected for it, shifted already.
    pub extended: u32,
}

/// The instructions of a bytecode in order, `EXTENDED_ARG` among them. They tile it, whatever bytes it has.
#[derive(Clone, Debug)]
pub struct Instructions<'c> {
    bytecode: &'c [u8],
    shapes: &'static [Shape; 256],
    /// Whether instructions are two bytes each.
    words: bool,
    cursor: InstructionCursor,
}

impl<'c> Instructions<'c> {
    /// All instructions.
    #[must_use]
    pub fn new(bytecode: &'c [u8], python: &'static Python) -> Self {
        Self::resume(bytecode, python, InstructionCursor::default())
    }

    /// Those from the one at `offset` on. What an `EXTENDED_ARG` before it says is not known.
    #[must_use]
    pub fn at(bytecode: &'c [u8], python: &'static Python, offset: u32) -> Self {
        Self::resume(bytecode, python, InstructionCursor { offset, extended: 0 })
    }

    /// Those from where a walk through the same bytecode stood.
    #[must_use]
    pub fn resume(bytecode: &'c [u8], python: &'static Python, cursor: InstructionCursor) -> Self {
        let words = python.format.instructions == InstructionLayout::Words;
        Self { bytecode, shapes: python.shapes(), words, cursor }
    }

    /// Where the walk stands.
    #[must_use]
    pub fn cursor(&self) -> InstructionCursor {
        self.cursor
    }

    /// The next instruction that [`Instruction::target`] may give something for. Those before it are not put together: half
    /// the work.
    pub(crate) fn next_with_target(&mut self) -> Option<Instruction> {
        loop {
            while let Some(&opcode) = self.bytecode.get(self.cursor.offset as usize).filter(|_| self.words) {
                let shape = self.shapes[usize::from(opcode)];
                if self.cursor.extended != 0 || shape.has_target() || shape.extends() {
                    break;
                }
                // Behind the end of the bytecode there is nothing more, however far.
                self.cursor.offset = self.cursor.offset.saturating_add(2 + u32::from(shape.cache_units()) * 2);
            }
            let instruction = self.next()?;
            if self.shapes[usize::from(instruction.opcode)].has_target() {
                return Some(instruction);
            }
        }
    }

    /// An instruction of two bytes, with inline caches behind it.
    #[inline]
    fn word(&mut self, opcode: u8, byte: u8, behind: &[u8]) -> Instruction {
        let InstructionCursor { offset, extended } = self.cursor;
        let shape = self.shapes[usize::from(opcode)];
        let mut cache_units = shape.cache_units();
        if cache_units > 0 {
            cache_units = (behind.len() / 2).min(cache_units.into()) as u8;
        }
        let arg = extended | u32::from(byte);
        let offset_behind = offset + 2 + u32::from(cache_units) * 2;
        self.cursor = InstructionCursor { offset: offset_behind, extended: if shape.extends() { arg << 8 } else { 0 } };
        let arg = if shape.takes_argument() { Some(arg) } else { None };
        Instruction { offset, opcode, is_cut: false, cache_units, arg, size: 2 }
    }

    /// An instruction of one byte, or of three; or the first byte of one of two, at the end.
    fn bytes(&mut self, opcode: u8, behind: &[u8]) -> Instruction {
        let InstructionCursor { offset, extended } = self.cursor;
        let shape = self.shapes[usize::from(opcode)];
        let mut instruction = Instruction { offset, opcode, is_cut: self.words, cache_units: 0, arg: None, size: 1 };
        let mut extended_next = 0;
        if shape.takes_argument() && !self.words {
            match behind.first_chunk() {
                Some(bytes) => {
                    let arg = extended | u32::from(u16::from_le_bytes(*bytes));
                    instruction.arg = Some(arg);
                    instruction.size = 3;
                    if shape.extends() {
                        extended_next = arg << 16;
                    }
                }
                None => {
                    instruction.is_cut = true;
                    instruction.size = 1 + behind.len() as u32;
                }
            }
        }
        self.cursor = InstructionCursor { offset: instruction.end(), extended: extended_next };
        instruction
    }
}

impl Iterator for Instructions<'_> {
    type Item = Instruction;

    #[inline]
    fn next(&mut self) -> Option<Instruction> {
        match *self.bytecode.get(self.cursor.offset as usize..)? {
            [opcode, byte, ref behind @ ..] if self.words => Some(self.word(opcode, byte, behind)),
            [opcode, ref behind @ ..] => Some(self.bytes(opcode, behind)),
            [] => None,
        }
    }
}

/// How many instructions lie between two marks of a [`BytecodeIndex`].
const STRIDE: usize = 64;

/// Finds the instructions of one bytecode by position and by offset, and its jump targets: 8 bytes for every 64 instructions,
/// 4 for every target.
#[derive(Clone, Debug, Default)]
pub struct BytecodeIndex {
    /// Before every 64th instruction.
    marks: Vec<InstructionCursor>,
    count: usize,
    targets: Targets,
}

impl BytecodeIndex {
    /// Walks through the bytecode once.
    #[must_use]
    pub fn new(bytecode: &[u8], python: &'static Python) -> Self {
        let mut index = Self::default();
        let mut targets = Vec::new();
        index.extend(&mut Instructions::new(bytecode, python), python, usize::MAX, |target, _| targets.push(target));
        index.targets = Targets::of(targets);
        index
    }

    /// Goes on for `budget` instructions of a walk, and tells where each that has a target leads to, and where it stands. `true`
    /// at its end.
    fn extend(
        &mut self,
        walk: &mut Instructions<'_>,
        python: &Python,
        budget: usize,
        mut lead: impl FnMut(u32, u32),
    ) -> bool {
        for _ in 0..budget {
            let mark = walk.cursor();
            let Some(instruction) = walk.next() else { return true };
            if self.count % STRIDE == 0 {
                self.marks.push(mark);
            }
            self.count += 1;
            if python.shape(instruction.opcode).has_target() {
                if let Some(target) = instruction.target(python) {
                    lead(target, instruction.offset);
                }
            }
        }
        false
    }

    /// The same for what writes.
    pub(crate) fn all_targets(&self) -> &Targets {
        &self.targets
    }

    /// How many instructions there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The instructions from the one at this position on.
    #[must_use]
    pub fn from<'c>(&self, bytecode: &'c [u8], python: &'static Python, position: usize) -> Instructions<'c> {
        let Some(&mark) = self.marks.get(position / STRIDE) else {
            return Instructions::at(bytecode, python, u32::MAX);
        };
        let mut walk = Instructions::resume(bytecode, python, mark);
        for _ in 0..position % STRIDE {
            walk.next();
        }
        walk
    }

    /// The instruction that has the byte at `offset`, inline caches included, and its position.
    #[must_use]
    pub fn at(&self, bytecode: &[u8], python: &'static Python, offset: u32) -> Option<(usize, Instruction)> {
        let mark = self.marks.partition_point(|mark| mark.offset <= offset).checked_sub(1)?;
        Instructions::resume(bytecode, python, self.marks[mark])
            .enumerate()
            .find(|(_, instruction)| offset < instruction.end())
            .map(|(position, instruction)| (mark * STRIDE + position, instruction))
    }

    /// The offsets in the bytecode that arguments lead to ([`Instruction::target`]), ascending, each once. They may lie behind
    /// the end, and between instructions.
    #[must_use]
    pub fn targets(&self) -> &[u32] {
        self.targets.offsets()
    }

    /// The number of the target at `offset`, counted from 1 in the order of the bytecode: what `dis` labels it with from 3.13
    /// on (`L1`).
    #[must_use]
    pub fn label(&self, offset: u32) -> Option<usize> {
        self.targets.label(offset)
    }

    /// How many bytes of memory it takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.marks.capacity() * size_of::<InstructionCursor>() + self.targets.memory()
    }
}

/// Makes the index of a long bytecode in slices, and finds its jumps on the way.
#[derive(Clone, Debug, Default)]
pub struct BytecodeIndexer {
    index: BytecodeIndex,
    cursor: InstructionCursor,
    is_walked: bool,
    /// Where each jump leads to, and where it stands.
    jumps: PairSort,
    /// How many jumps have given their target.
    told: usize,
}

impl BytecodeIndexer {
    /// Goes on for `budget` instructions of the bytecode, which must be the same each time. `true` when all is done.
    pub fn step(&mut self, bytecode: &[u8], python: &'static Python, budget: usize) -> bool {
        if !self.is_walked {
            let mut walk = Instructions::resume(bytecode, python, self.cursor);
            let jumps = &mut self.jumps;
            self.is_walked = self.index.extend(&mut walk, python, budget, |target, from| jumps.push(target, from));
            self.cursor = walk.cursor();
            return false;
        }
        if !self.jumps.step(budget) {
            return false;
        }
        let left = &self.jumps.pairs()[self.told..];
        for (target, _) in &left[..budget.min(left.len())] {
            if self.index.targets.offsets().last() != Some(target) {
                self.index.targets.push(*target);
            }
        }
        self.told += budget.min(left.len());
        self.told == self.jumps.pairs().len()
    }

    /// The index, once all is done, and for each instruction that has a target ([`Instruction::target`]) that and its own
    /// offset, in this order.
    #[must_use]
    pub fn finish(self) -> (BytecodeIndex, Vec<(u32, u32)>) {
        (self.index, self.jumps.into_pairs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_made_in_slices_is_the_one_made_at_once() {
        let python = crate::python::all().find(|python| python.magic == 3413).expect("it is known");
        // JUMP_ABSOLUTE and JUMP_FORWARD with all arguments, EXTENDED_ARG and others between them.
        let bytecode: Vec<u8> =
            (0..6_000_u32).flat_map(|n| [[113, 110, 144, 9][n as usize % 4], (n * 7 / 4) as u8]).collect();
        let whole = BytecodeIndex::new(&bytecode, python);
        let mut jumps: Vec<(u32, u32)> = Instructions::new(&bytecode, python)
            .filter_map(|instruction| Some((instruction.target(python)?, instruction.offset)))
            .collect();
        jumps.sort_unstable();
        assert_eq!(jumps.len(), 3_000);
        for budget in [1, 97, usize::MAX] {
            let mut indexer = BytecodeIndexer::default();
            while !indexer.step(&bytecode, python, budget) {}
            let (index, found) = indexer.finish();
            assert_eq!((index.targets(), index.count()), (whole.targets(), 6_000));
            assert_eq!(found, jumps);
        }
    }
}
