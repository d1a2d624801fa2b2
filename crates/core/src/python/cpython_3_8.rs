//! CPython 3.8 (October 2019): positional-only arguments (PEP 570) and `:=` (PEP 572). The compiler, no longer the
//! interpreter, keeps track of the blocks that `break` and `continue` leave.

use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 8),
    magic: 3413,
    base: Some(&super::cpython_3_7::RELEASE),
    opcodes: &[
        // No more blocks for loops: leaving one is a jump. A `finally` clause is called on the way out.
        remove("BREAK_LOOP CONTINUE_LOOP SETUP_LOOP SETUP_EXCEPT"),
        add(53, "BEGIN_FINALLY", Unused)
            .stack(6)
            .says("Pushes a NULL, which tells the `finally` clause that it is entered without an exception."),
        add(162, "CALL_FINALLY", JumpForward).splits(0, 1).says(
            "Pushes where to come back to and goes on at the target, a `finally` clause on the way out of \
                its `try`.",
        ),
        add(163, "POP_FINALLY", Number).stack(-6).says(
            "Cleans up when a `finally` clause is left by `break`, `continue` or `return`. 1: what is \
                returned stays on top.",
        ),
        says("SETUP_FINALLY", "Begins a `try`. An exception in it leads to the target."),
        // `async for` ends in one instruction.
        add(54, "END_ASYNC_FOR", Unused)
            .stack(-7)
            .says("Ends an `async for` if the exception is StopAsyncIteration; any other is raised again."),
        // Swapping around what a `with` or `return` leaves on the stack.
        add(6, "ROT_FOUR", Unused).stack(0).says("Moves the top value below the next three."),
        // A dict comprehension evaluates the key first (PEP 572).
        says(
            "MAP_ADD",
            "Pops a value and its key and enters them in the dict N places down: a dict comprehension grows.",
        ),
        // What they mean.
        means("MAP_ADD", Meaning::MapAdd),
        means("BEGIN_FINALLY", Meaning::BeginFinally),
        means("CALL_FINALLY", Meaning::CallFinally),
        means("POP_FINALLY", Meaning::PopFinally),
        means("END_ASYNC_FOR", Meaning::EndAsyncFor),
        means("ROT_FOUR", Meaning::Rotate(3)),
    ],
    format: &[FormatChange::Code(CodeLayout::V3_8), FormatChange::FunctionFlags(true)],
    prereleases: &[
        before(3411, &[restore("MAP_ADD")]),
        before(3410, &[]).with(&[FormatChange::Code(CodeLayout::V3_0)]),
        before(3401, &[remove("END_ASYNC_FOR")]),
    ],
};
