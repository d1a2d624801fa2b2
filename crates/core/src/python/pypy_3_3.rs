//! PyPy with the language of Python 3.3, an alpha that was never finished. Its opcodes are taken to be CPython's and
//! those that PyPy 3.2 and 3.5 both add.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 3),
    magic: 64,
    base: Some(&super::cpython_3_3::RELEASE),
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
        effect("END_FINALLY", Effect::Fixed(-4)),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("SETUP_EXCEPT", Effect::Split { next: 0, jump: 4 }),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 4 }),
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 4 }),
    ],
    format: &[],
    prereleases: &[],
};
