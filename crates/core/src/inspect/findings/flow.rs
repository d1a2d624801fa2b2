//! Where execution leads, and with which stack depth: every instruction is visited once.

use super::blocks::{Blocks, OUTERMOST};
use crate::bytecode::{InstructionCursor, Instructions};
use crate::inspect::Subject;
use crate::inspect::check::bytecode::Tally;
use crate::inspect::check::tables::{ExceptionSweep, Guard};
use crate::marshal::Field;
use crate::python::{Flow as Way, Python};
use crate::version::{Implementation, Version};

/// Nothing leads here, as far as is known.
const UNREACHED: u16 = u16::MAX;
/// Something leads here; the stack depth is not known.
const UNKNOWN: u16 = u16::MAX - 1;
/// Depths from here on are not told apart.
const DEEPEST: i64 = UNKNOWN as i64 - 1;

/// Where a way stands.
#[derive(Clone, Copy, Debug)]
struct Stand {
    offset: u32,
    depth: u16,
    /// The innermost block.
    block: u32,
}

/// One walk along all ways through a bytecode.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// The depth with which each instruction is first reached: a slot for each byte, or for each two.
    depths: Vec<u16>,
    /// Ways not followed yet.
    open: Vec<Stand>,
    /// Ways to follow when all others are walked, because the depth at their end is not known.
    late: Vec<u32>,
    /// The way that is being followed, and what an `EXTENDED_ARG` before it gave.
    current: Option<(Stand, u32)>,
    /// The blocks of loops and `try` statements, which there are up to 3.7.
    blocks: Blocks,
    /// The guards that hold for the instruction looked at last: position in the table, and the bytecode it holds for.
    guarded: (u32, u32),
    /// The greatest depth.
    pub(crate) deepest: i64,
    /// Where more is taken than is there.
    pub(crate) underflow: Tally,
    /// Where two ways meet with different depths.
    pub(crate) conflict: Tally,
    /// Where execution runs past the end.
    pub(crate) runs_out: Tally,
    /// The instruction that was looked at last: where it begins, and where the next does.
    last: (u32, u32),
    /// Depths are not known everywhere.
    pub(crate) is_vague: bool,
}

impl Flow {
    /// Before the first instruction. Handlers that stand out of order are taken to be reached: which of them an interpreter
    /// finds depends on where it begins to look.
    pub(crate) fn begin(&mut self, subject: &Subject<'_>, exceptions: &ExceptionSweep) {
        let shift = u32::from(subject.has_words());
        let mut depths = std::mem::take(&mut self.depths);
        depths.clear();
        depths.resize(subject.bytecode.len().div_ceil(1 << shift), UNREACHED);
        let mut open = std::mem::take(&mut self.open);
        open.clear();
        open.push(Stand { offset: 0, depth: first_depth(subject), block: OUTERMOST });
        let mut blocks = std::mem::take(&mut self.blocks);
        blocks.clear();
        let late = exceptions.strays.iter().map(|stray| stray.target).collect();
        *self = Self { depths, open, late, blocks, ..Self::default() };
    }

    /// Whether anything leads to the instruction at `offset`.
    pub(crate) fn reaches(&self, offset: u32, has_words: bool) -> bool {
        self.depths.get(offset as usize >> u32::from(has_words)).is_some_and(|&depth| depth != UNREACHED)
    }

    /// Goes on for `budget` instructions. `true` when all ways are walked.
    pub(crate) fn step(&mut self, subject: &Subject<'_>, guards: &[Guard], budget: u32) -> bool {
        let python = subject.python();
        for _ in 0..budget {
            let Some((stand, extended)) = self.current.take().or_else(|| {
                let late = || self.late.pop().map(|offset| Stand { offset, depth: UNKNOWN, block: OUTERMOST });
                Some((self.open.pop().or_else(late)?, 0))
            }) else {
                return true;
            };
            self.current = self.follow(subject, python, guards, stand, extended);
        }
        false
    }

    /// Looks at one instruction, and says which one follows.
    fn follow(
        &mut self,
        subject: &Subject<'_>,
        python: &'static Python,
        guards: &[Guard],
        Stand { offset, depth, block }: Stand,
        extended: u32,
    ) -> Option<(Stand, u32)> {
        let slot = self.depths.get_mut(offset as usize >> u32::from(subject.has_words()));
        let Some(slot) = slot else {
            // The instruction before the end, where that is known: a jump may lead there as well.
            let (last, end) = self.last;
            let alone = (subject.bytecode.len() as u32).saturating_sub(1) & !u32::from(subject.has_words());
            let last = if end == offset { last } else { alone };
            self.runs_out.add(last, offset.saturating_sub(last));
            return None;
        };
        if *slot != UNREACHED {
            if *slot != depth && *slot != UNKNOWN && depth != UNKNOWN {
                self.conflict.add(offset, 2);
            }
            return None;
        }
        *slot = depth;
        let mut walk = Instructions::resume(subject.bytecode, python, InstructionCursor { offset, extended });
        let instruction = walk.next()?;
        let InstructionCursor { offset: next, extended } = walk.cursor();
        self.last = (offset, next);
        if offset < self.guarded.0 || offset >= self.guarded.1 {
            self.enter_guard(guards, offset);
        }
        let Some(opcode) = python.opcode(instruction.opcode) else {
            self.is_vague = true;
            return Some((Stand { offset: next, depth: UNKNOWN, block }, extended));
        };
        let arg = instruction.arg.unwrap_or(0);
        let has_blocks = has_blocks(python) && depth != UNKNOWN;
        let passages = if has_blocks { self.blocks.pass(opcode.name, depth, block, python.version) } else { None };
        if let Some(target) = opcode.operand.is_jump().then(|| instruction.target(python)).flatten() {
            // An odd target is where the interpreter goes too: to the code unit that it lies in.
            let target = if subject.has_words() { target & !1 } else { target };
            // `CALL_FINALLY`: the block is laid out for the depth with which SETUP_FINALLY leads to it (`stackdepth` in
            // `Python/compile.c` of 3.8).
            let passage = match passages {
                Some((_, jump)) => jump.map(|(effect, block)| (Some(effect), block)),
                None => (opcode.name != "CALL_FINALLY").then(|| (opcode.effect.of(arg, true), block)),
            };
            if (target as usize) >= subject.bytecode.len() {
                // It is damage, and said where jumps are looked at.
            } else if let Some((effect, block)) = passage {
                let depth = self.after(depth, effect, offset, instruction.size);
                self.open.push(Stand { offset: target, depth, block });
            } else {
                self.late.push(target);
            }
        }
        match opcode.flow {
            Way::Jump => None,
            // What ends takes something too: a value to return, an exception to raise.
            Way::End => {
                self.after(depth, opcode.effect.of(arg, false), offset, instruction.size);
                None
            }
            Way::Next | Way::Branch | Way::Setup => {
                let passage = match passages {
                    Some((next, _)) => next.map(|(effect, block)| (Some(effect), block)),
                    None => Some((opcode.effect.of(arg, false), block)),
                };
                let Some((effect, block)) = passage else {
                    self.is_vague = true;
                    self.late.push(next);
                    return None;
                };
                let depth = self.after(depth, effect, offset, instruction.size);
                Some((Stand { offset: next, depth, block }, extended))
            }
        }
    }

    /// The depth behind an instruction.
    fn after(&mut self, depth: u16, effect: Option<i64>, offset: u32, size: u32) -> u16 {
        let Some(effect) = effect.filter(|_| depth != UNKNOWN) else {
            self.is_vague = true;
            return UNKNOWN;
        };
        let after = i64::from(depth) + effect;
        self.deepest = self.deepest.max(after);
        if after < 0 {
            self.underflow.add(offset, size);
        }
        after.clamp(0, DEEPEST) as u16
    }

    /// The handler that guards `offset` is reached too.
    fn enter_guard(&mut self, guards: &[Guard], offset: u32) {
        let behind = guards.partition_point(|guard| guard.start <= offset);
        let next = guards.get(behind).map_or(u32::MAX, |guard| guard.start);
        let Some(guard) = behind.checked_sub(1).map(|position| &guards[position]) else {
            self.guarded = (0, next);
            return;
        };
        if offset >= guard.end {
            self.guarded = (guard.end, next);
            return;
        }
        self.guarded = (guard.start, guard.end);
        self.deepest = self.deepest.max(guard.depth.into());
        if !self.reaches(guard.target, true) {
            let depth = guard.depth.min(DEEPEST as u32) as u16;
            self.open.push(Stand { offset: guard.target, depth, block: OUTERMOST });
        }
    }
}

/// Whether frames keep blocks beside the stack.
fn has_blocks(python: &Python) -> bool {
    python.implementation == Implementation::CPython && python.version < Version::new(3, 8)
}

/// The depth with which the first instruction begins: generators of CPython 3.10 (since there is `GEN_START`) to 3.12 are sent a
/// value before it (`stackdepth` in `Python/compile.c` of these versions).
fn first_depth(subject: &Subject<'_>) -> u16 {
    const GENERATOR: i64 = 0x20 | 0x80 | 0x200;
    let python = subject.python();
    let sent = python.implementation == Implementation::CPython
        && match python.version {
            Version { major: 3, minor: 10 } => python.opcode_named("GEN_START").is_some(),
            Version { major: 3, minor: 11..=12 } => true,
            _ => false,
        };
    let generates = subject.code.number(Field::Flags).is_some_and(|flags| flags & GENERATOR != 0);
    u16::from(sent && generates)
}

/// Runs of instructions that nothing leads to. It walks through the bytecode once more, when all ways are known.
#[derive(Debug, Default)]
pub(crate) struct Aftermath {
    cursor: InstructionCursor,
    /// Instructions that nothing leads to, in runs that are more than compilers leave behind.
    pub(crate) unreached: Tally,
    run: Run,
}

/// Instructions in a row that nothing leads to.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    start: u32,
    count: u64,
    /// It has an instruction that compilers do not leave behind on their own.
    has_substance: bool,
}

impl Aftermath {
    /// Goes on for `budget` instructions. `true` at the end.
    pub(crate) fn step(&mut self, subject: &Subject<'_>, flow: &Flow, budget: u32) -> bool {
        let python = subject.python();
        let mut walk = Instructions::resume(subject.bytecode, python, self.cursor);
        for _ in 0..budget {
            let Some(instruction) = walk.next() else {
                self.end_run(subject.bytecode.len() as u32);
                return true;
            };
            self.cursor = walk.cursor();
            let offset = instruction.offset;
            if flow.reaches(offset, subject.has_words()) {
                self.end_run(offset);
            } else {
                if self.run.count == 0 {
                    self.run.start = offset;
                }
                self.run.count += 1;
                let opcode = python.opcode(instruction.opcode);
                self.run.has_substance |= opcode.is_none_or(|opcode| !is_left_behind(opcode.name));
            }
        }
        false
    }

    fn end_run(&mut self, end: u32) {
        let run = std::mem::take(&mut self.run);
        if run.has_substance {
            self.unreached.add(run.start, end - run.start);
            self.unreached.count += run.count - 1;
        }
    }
}

/// What compilers leave behind unreached without anybody having written it: the way out behind a `return`, a `raise` or an
/// endless loop; the end of a handler that always leaves (`except E as e` binds `None` to `e` and deletes it).
fn is_left_behind(name: &str) -> bool {
    matches!(
        name,
        "NOP" | "EXTENDED_ARG" | "SET_LINENO" | "CACHE" | "NOT_TAKEN"
            // The way out.
            | "LOAD_CONST" | "RETURN_VALUE" | "RETURN_CONST" | "JUMP_FORWARD" | "JUMP_ABSOLUTE" | "JUMP_BACKWARD"
            | "JUMP_BACKWARD_NO_INTERRUPT" | "POP_TOP" | "POP_BLOCK" | "CONTINUE_LOOP" | "BREAK_LOOP"
            | "ROT_TWO" | "ROT_THREE" | "ROT_FOUR" | "COPY" | "SWAP"
            // The end of a handler.
            | "POP_EXCEPT" | "END_FINALLY" | "BEGIN_FINALLY" | "CALL_FINALLY" | "POP_FINALLY" | "RERAISE" | "PUSH_EXC_INFO"
            | "STORE_FAST" | "STORE_NAME" | "STORE_GLOBAL" | "STORE_DEREF" | "DELETE_FAST" | "DELETE_NAME"
            | "DELETE_GLOBAL" | "DELETE_DEREF" | "LIST_APPEND" | "PREP_RERAISE_STAR" | "CALL_INTRINSIC_2"
            | "POP_JUMP_FORWARD_IF_NOT_NONE" | "POP_JUMP_IF_NOT_NONE" | "POP_JUMP_FORWARD_IF_NONE" | "POP_JUMP_IF_NONE"
    )
}
