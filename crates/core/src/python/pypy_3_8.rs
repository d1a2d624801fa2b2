//! PyPy with the language of Python 3.8: `try … except` keeps its own opcode.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 8),
    magic: 256,
    base: Some(&super::cpython_3_8::RELEASE),
    opcodes: &[
        // Calls with several `*` iterables join them first.
        remove("BUILD_TUPLE_UNPACK_WITH_CALL"),
        // `try` as before.
        remove("ROT_FOUR"),
        add(121, "SETUP_EXCEPT", JumpForward)
            .splits(0, 4)
            .flow(Setup)
            .says("Begins a `try`. An exception in it leads to the target, where its `except` clauses are."),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 4 }),
        says("SETUP_FINALLY", "Begins a `try` with a `finally` clause, which is at the target."),
        // Its own method calls.
        remove("LOAD_METHOD"),
        add(201, "LOOKUP_METHOD", Name).stack(1).says(
            "Replaces an object by a method and the object, for a call to come; or by an attribute that \
                is no method, and nothing.",
        ),
        says(
            "CALL_METHOD",
            "Pops N arguments and the two values that the method's lookup left, pushes the call's result.",
        ),
        add(204, "CALL_METHOD_KW", Number).stack_of(PopsEachAndTwo).says(
            "Pops a tuple of argument names, N arguments and the two values that the method's lookup \
                left, pushes the call's result.",
        ),
        // As before.
        add(203, "BUILD_LIST_FROM_ARG", Number)
            .stack(1)
            .says("Pushes an empty list below the top value, with room for its items: a list comprehension begins."),
        add(205, "LOAD_REVDB_VAR", Number)
            .stack(1)
            .says("Pushes a variable of PyPy's reverse debugger. Files do not hold it."),
        effect("WITH_CLEANUP_START", Effect::Fixed(0)),
        effect("WITH_CLEANUP_FINISH", Effect::Fixed(-1)),
        effect("END_FINALLY", Effect::Fixed(-4)),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 4 }),
        effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 3 }),
    ],
    format: &[],
    prereleases: &[
        // 7.3.6 and 7.3.7 wrote CPython's number 3413, and had the opcode where PyPy had it before.
        before(
            256,
            &[
                remove("CALL_METHOD"),
                add(202, "CALL_METHOD", Number).stack_of(PopsEachAndTwo).says(
                    "Pops N arguments and the two values that the method's lookup left, pushes the call's result.",
                ),
            ],
        ),
    ],
};
