//! PyPy with the language of Python 3.5, and f-strings already.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 5),
    magic: 112,
    base: Some(&super::cpython_3_5::RELEASE),
    opcodes: &[
        // As in PyPy 2.7.
        add(201, "LOOKUP_METHOD", Name).stack(1).says(
            "Replaces an object by a method and the object, for a call to come; or by an attribute that \
                is no method, and nothing.",
        ),
        add(202, "CALL_METHOD", Number).stack_of(CallsMethod).says(
            "Pops the arguments (counts as in CALL_FUNCTION) and the two values that LOOKUP_METHOD left, \
                pushes the call's result.",
        ),
        add(203, "BUILD_LIST_FROM_ARG", Number)
            .stack(1)
            .says("Pushes an empty list below the top value, with room for its items: a list comprehension begins."),
        add(204, "JUMP_IF_NOT_DEBUG", JumpForward)
            .stack(0)
            .says("Goes on at the target if Python runs with `-O`: an `assert` is skipped."),
        // An exception takes fewer places on the stack.
        effect("SETUP_EXCEPT", Effect::Split { next: 0, jump: 4 }),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 4 }),
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 4 }),
        effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 3 }),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("END_FINALLY", Effect::Fixed(-4)),
        effect("WITH_CLEANUP_START", Effect::Fixed(0)),
        // f-strings, as CPython 3.6 has them.
        add(155, "FORMAT_VALUE", FormatValue).stack_of(Formats).says(
            "Pops a value (and, with bit 2, a format spec over it), pushes it as text: a field of an \
                f-string. Low bits: `!s`, `!r`, `!a`.",
        ),
        add(157, "BUILD_STRING", Number)
            .stack_of(Builds)
            .says("Pops N texts, pushes them joined: the parts of an f-string."),
        // The reverse debugger's.
        add(205, "LOAD_REVDB_VAR", Number)
            .stack(1)
            .says("Pushes a variable of PyPy's reverse debugger. Files do not hold it."),
    ],
    format: &[],
    prereleases: &[],
};
