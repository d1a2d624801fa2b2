//! The blocks of loops and `try` statements up to CPython 3.7. A frame keeps them beside its stack, and leaving one takes away
//! what was pushed within it: how much, only the block tells (`Python/ceval.c`, `PyFrame_BlockSetup` and `UNWIND_BLOCK`).

use crate::version::Version;

/// No block: what every frame begins with.
pub(super) const OUTERMOST: u32 = 0;

/// What an exception puts on the stack for its handler: itself in three values; from 3.0 on also the one handled before it.
const EXCEPTION: i64 = 3;

#[derive(Clone, Copy, Debug)]
struct Block {
    /// How deep the stack is when the block is left.
    level: u16,
    /// The one around it.
    outer: u32,
    /// It was set up by an exception, for its handler.
    is_handler: bool,
}

/// All blocks that some way through a code object is in. Numbers are positions, counted from 1.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    list: Vec<Block>,
}

/// By how much the stack depth changes on a way, and the block it goes on in. `None` where the bytecode alone does not tell: how
/// deep the stack is in a `finally` clause depends on what leads there.
pub(super) type Passage = Option<(i64, u32)>;

impl Blocks {
    /// What an instruction does to blocks: the passage to the next instruction, and that to its target. `None` where it does
    /// nothing to them.
    pub(super) fn pass(&mut self, name: &str, depth: u16, block: u32, version: Version) -> Option<(Passage, Passage)> {
        let keeps_handlers = version >= Version::new(3, 0);
        let top = block.checked_sub(1).and_then(|position| self.list.get(position as usize)).copied();
        let left = |wanted: bool| {
            let top = top.filter(|top| top.is_handler == wanted)?;
            Some((i64::from(top.level.min(depth)) - i64::from(depth), top.outer))
        };
        Some(match name {
            "SETUP_LOOP" => (Some((0, self.enter(depth, block, false))), Some((0, block))),
            "SETUP_EXCEPT" if keeps_handlers => {
                let handler = self.enter(depth, block, true);
                (Some((0, self.enter(depth, block, false))), Some((2 * EXCEPTION, handler)))
            }
            "SETUP_EXCEPT" => (Some((0, self.enter(depth, block, false))), Some((EXCEPTION, block))),
            "SETUP_FINALLY" => (Some((0, self.enter(depth, block, false))), None),
            // `__exit__` stays below the block, what `__enter__` returned is in it.
            "SETUP_WITH" => (Some((1, self.enter(depth, block, false))), None),
            "SETUP_ASYNC_WITH" => (Some((0, self.enter(depth.saturating_sub(1), block, false))), None),
            "POP_BLOCK" => (left(false), None),
            "POP_EXCEPT" => (left(true), None),
            // Falling into a `finally` clause there is a None on top. Behind `except` clauses it raises, and nothing follows.
            "END_FINALLY" => {
                let is_behind_handlers = top.is_some_and(|top| top.is_handler);
                ((keeps_handlers && !is_behind_handlers).then_some((-1, block)), None)
            }
            // With a None on top, as well: three of them and what `__exit__` returned are one deeper than it and `__exit__`.
            "WITH_CLEANUP_START" => (Some((1, block)), None),
            "WITH_CLEANUP_FINISH" => (Some((-2, block)), None),
            "CONTINUE_LOOP" => (None, None),
            _ => return None,
        })
    }

    fn enter(&mut self, level: u16, outer: u32, is_handler: bool) -> u32 {
        self.list.push(Block { level, outer, is_handler });
        self.list.len() as u32
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }
}
