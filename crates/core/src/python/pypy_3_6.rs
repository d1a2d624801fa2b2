//! PyPy with the language of Python 3.6: instructions are two bytes now, but calls stay as they were in 3.5.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 6),
    magic: 160,
    base: Some(&super::cpython_3_6::RELEASE),
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
        add(205, "LOAD_REVDB_VAR", Number)
            .stack(1)
            .says("Pushes a variable of PyPy's reverse debugger. Files do not hold it."),
        // Calls as CPython 3.5 has them.
        remove("CALL_FUNCTION_EX BUILD_TUPLE_UNPACK_WITH_CALL"),
        add(134, "MAKE_CLOSURE", Number)
            .stack_of(MakesClosure3_3)
            .says("As MAKE_FUNCTION, with a tuple of the outer variables' cells below the code."),
        says(
            "CALL_FUNCTION",
            "Pops arguments and the function below, pushes its result. Low byte: positional arguments; \
                high byte: name and value pairs.",
        ),
        says("CALL_FUNCTION_KW", "As CALL_FUNCTION, with a dict of further arguments on top: `f(**kwargs)`."),
        add(140, "CALL_FUNCTION_VAR", Number)
            .stack_of(CallsWithStar)
            .says("As CALL_FUNCTION, with a sequence of further arguments on top: `f(*args)`."),
        add(142, "CALL_FUNCTION_VAR_KW", Number)
            .stack_of(CallsWithBothStars)
            .says("As CALL_FUNCTION, with a sequence and a dict of further arguments on top: `f(*args, **kwargs)`."),
        effect("WITH_CLEANUP_START", Effect::Fixed(0)),
        effect("END_FINALLY", Effect::Fixed(-4)),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("SETUP_EXCEPT", Effect::Split { next: 0, jump: 4 }),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 4 }),
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 4 }),
        effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 3 }),
    ],
    format: &[],
    prereleases: &[],
};
