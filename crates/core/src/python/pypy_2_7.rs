//! PyPy with the language of Python 2.7: CPython's opcodes and five of its own.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(2, 7),
    magic: 62218,
    base: Some(&super::cpython_2_7::RELEASE),
    opcodes: &[
        // Method calls without a bound method, ten years before CPython's.
        add(201, "LOOKUP_METHOD", Name).stack(1).says(
            "Replaces an object by a method and the object, for a call to come; or by an attribute that \
                is no method, and nothing.",
        ),
        add(202, "CALL_METHOD", Number).stack_of(CallsMethod).says(
            "Pops the arguments (counts as in CALL_FUNCTION) and the two values that LOOKUP_METHOD left, \
                pushes the call's result.",
        ),
        // A list comprehension knows how many items are to come.
        add(203, "BUILD_LIST_FROM_ARG", Number)
            .stack(1)
            .says("Pushes an empty list below the top value, with room for its items: a list comprehension begins."),
        // `assert` looks at `-O` when it runs, so one file serves both.
        add(204, "JUMP_IF_NOT_DEBUG", JumpForward)
            .stack(0)
            .says("Goes on at the target if Python runs with `-O`: an `assert` is skipped."),
    ],
    format: &[],
    prereleases: &[],
};
