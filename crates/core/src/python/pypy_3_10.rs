//! PyPy with the language of Python 3.10. Jumps count instructions as CPython's do, and a line table of its own tells columns too.

use super::format::{ExceptionLayout, FormatChange, LineTable};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 10),
    magic: 384,
    base: Some(&super::cpython_3_10::RELEASE),
    opcodes: &[
        remove("GEN_START"),
        // PyPy gives these numbers of its own.
        renumber(164, "LIST_EXTEND SET_UPDATE DICT_MERGE DICT_UPDATE"),
        // `try` as before; an exception takes fewer places on the stack than CPython's.
        add(120, "SETUP_EXCEPT", JumpForward)
            .splits(0, 4)
            .flow(Setup)
            .says("Begins a `try`. An exception in it leads to the target, where its `except` clauses are."),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 2 }),
        says("SETUP_FINALLY", "Begins a `try` with a `finally` clause, which is at the target."),
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 2 }),
        effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 1 }),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("RERAISE", Effect::Fixed(-1)),
        effect("WITH_EXCEPT_START", Effect::Fixed(0)),
        effect("END_ASYNC_FOR", Effect::Fixed(-5)),
        // As before.
        says(
            "CALL_METHOD",
            "Pops N arguments and the two values that the method's lookup left, pushes the call's result.",
        ),
        add(204, "CALL_METHOD_KW", Number).stack_of(PopsEachAndTwo).says(
            "Pops a tuple of argument names, N arguments and the two values that the method's lookup \
                left, pushes the call's result.",
        ),
        add(203, "BUILD_LIST_FROM_ARG", Number)
            .stack(1)
            .says("Pushes an empty list below the top value, with room for its items: a list comprehension begins."),
        add(205, "LOAD_REVDB_VAR", Number)
            .stack(1)
            .says("Pushes a variable of PyPy's reverse debugger. Files do not hold it."),
        // What they mean.
        means("SETUP_EXCEPT", Meaning::SetupExcept),
        means("CALL_METHOD_KW", Meaning::CallNamed),
        means("BUILD_LIST_FROM_ARG", Meaning::BuildListBelow),
        means("DICT_UPDATE", Meaning::DictUpdateBelow),
        means("DICT_MERGE", Meaning::DictMergeBelow),
    ],
    // Lines and columns, before CPython had them, and in another form.
    format: &[FormatChange::Lines(LineTable::PyPy), FormatChange::Exceptions(ExceptionLayout::PyPy)],
    prereleases: &[],
};
