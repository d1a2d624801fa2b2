//! Instructions, walked through without an allocation, and an index to find any of them in a long bytecode.

use crate::python::{InstructionLayout, Operand, Python, Shape};

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
        self.place_led_to(python).and_then(|target| u32::try_from(target).ok())
    }

    /// The same, also where it is before the start or behind all offsets that there can be.
    pub(crate) fn place_led_to(&self, python: &Python) -> Option<i64> {
        let (arg, opcode) = (self.arg?, python.opcode(self.opcode)?);
        let distance = i64::from(arg) * i64::from(python.format.jump_unit);
        let base = i64::from(if python.format.jumps_from_caches { self.end() } else { self.offset + self.size });
        match opcode.operand {
            Operand::JumpForward => Some(base + distance),
            Operand::JumpBackward | Operand::AsyncForStart => Some(base - distance),
            Operand::JumpAbsolute => Some(distance),
            _ => None,
        }
    }
}

/// Where walking through a bytecode stands: enough to go on from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct InstructionCursor {
    /// The offset of the next instruction.
    pub(crate) offset: u32,
    /// What `EXTENDED_ARG` has collected for it, shifted already.
    pub(crate) extended: u32,
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
    pub(crate) fn resume(bytecode: &'c [u8], python: &'static Python, cursor: InstructionCursor) -> Self {
        let words = python.format.instructions == InstructionLayout::Words;
        Self { bytecode, shapes: python.shapes(), words, cursor }
    }

    /// Where the walk stands.
    pub(crate) fn cursor(&self) -> InstructionCursor {
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
