//! PyPy with the language of Python 3.11. Its release 8 finds handlers by an exception table and has what goes with it, as CPython
//! 3.11 does; there are no caches, and operators, calls and cells are as they were. Releases 7.3 (magic number 416) grew from PyPy
//! 3.10: a stack of blocks, and `except*` by two opcodes more.

use super::format::{CodeLayout, ExceptionLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 11),
    magic: 432,
    base: Some(&super::pypy_3_10::RELEASE),
    opcodes: &[
        // Exceptions: no blocks to set up, and one value on the stack.
        remove("POP_BLOCK SETUP_EXCEPT SETUP_FINALLY SETUP_WITH SETUP_ASYNC_WITH"),
        add(35, "PUSH_EXC_INFO", Unused)
            .stack(1)
            .says("Pops an exception, pushes the one handled so far, then the new one: an `except` begins."),
        add(36, "CHECK_EXC_MATCH", Unused)
            .stack(0)
            .says("Pops an exception class, pushes whether the exception below is of it: `except Class`."),
        add(53, "BEFORE_WITH", Unused)
            .stack(1)
            .says("Replaces a context manager by its `__exit__` and the result of its `__enter__`."),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("WITH_EXCEPT_START", Effect::Fixed(1)),
        effect("END_ASYNC_FOR", Effect::Fixed(-3)),
        // Two opcodes that by their numbers should have no argument, but have one.
        operand("GET_AWAITABLE", Number),
        says(
            "GET_AWAITABLE",
            "Replaces an object by the iterator that awaiting it runs. The argument is 1 or 2 on entering \
                or leaving an `async with`.",
        ),
        // Any value is moved around, as by CPython 3.11.
        remove("ROT_N"),
        add(38, "COPY", Number).stack(1).says("Pushes the value N places down once more."),
        add(99, "SWAP", Number).stack(0).says("Swaps the top value with the one N places down."),
        // `except*` (PEP 654).
        add(37, "CHECK_EG_MATCH", Unused)
            .stack(0)
            .says("Splits an exception group by an exception class: what is left and what matches: `except* Class`."),
        add(88, "PREP_RERAISE_STAR", Unused).stack(-1).says(
            "Gathers what an `except*` raised or left of the original group, pushes what is to be raised \
                again, or None.",
        ),
        add(129, "POP_JUMP_FORWARD_IF_NONE", JumpForward)
            .stack(-1)
            .says("Pops a value; if it is None, goes on at the target, further down."),
        add(128, "POP_JUMP_FORWARD_IF_NOT_NONE", JumpForward)
            .stack(-1)
            .says("Pops a value; if it is not None, goes on at the target, further down."),
        // A code object knows its qualified name.
        effect("MAKE_FUNCTION", Effect::Of(PopsEachFlagged)),
        says("MAKE_FUNCTION", "Pops code and what the argument's bits announce, pushes a function."),
        // Patterns.
        effect("MATCH_KEYS", Effect::Fixed(1)),
        says(
            "MATCH_KEYS",
            "Looks a tuple of keys up in the mapping below: pushes a tuple of the values, or None if one \
                is missing.",
        ),
        // What they mean.
        means("PUSH_EXC_INFO", Meaning::PushExcInfo),
        means("CHECK_EXC_MATCH", Meaning::CheckExcMatch),
        means("BEFORE_WITH", Meaning::BeforeWith),
        means("COPY", Meaning::Copy),
        means("SWAP", Meaning::Swap),
        means("CHECK_EG_MATCH", Meaning::CheckEgMatch),
        means("PREP_RERAISE_STAR", Meaning::PrepReraiseStar),
        means("POP_JUMP_FORWARD_IF_NONE", Meaning::JumpIfNone(true)),
        means("POP_JUMP_FORWARD_IF_NOT_NONE", Meaning::JumpIfNone(false)),
        means("MAKE_FUNCTION", Meaning::MakeFunctionFlagged),
        means("MATCH_KEYS", Meaning::MatchKeys),
    ],
    format: &[FormatChange::Code(CodeLayout::PyPy3_11), FormatChange::Exceptions(ExceptionLayout::Table)],
    prereleases: &[before(
        432,
        &[
            remove("PUSH_EXC_INFO CHECK_EXC_MATCH BEFORE_WITH COPY SWAP"),
            remove("POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE"),
            restore("POP_BLOCK SETUP_EXCEPT SETUP_FINALLY SETUP_WITH SETUP_ASYNC_WITH ROT_N"),
            restore("WITH_EXCEPT_START MATCH_KEYS GET_AWAITABLE"),
            // An exception takes a place for what is raised again, for `except` another one for its value.
            effect("SETUP_EXCEPT", Effect::Split { next: 0, jump: 2 }),
            effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 1 }),
            effect("SETUP_WITH", Effect::Split { next: 1, jump: 1 }),
            effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 0 }),
            effect("POP_EXCEPT", Effect::Fixed(0)),
        ],
    )
    .with(&[FormatChange::Code(CodeLayout::PyPy3_11Of7), FormatChange::Exceptions(ExceptionLayout::PyPyOfTwo)])
    .released()],
};
