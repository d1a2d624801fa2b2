//! CPython 3.0 (December 2008), grown from 2.6: text is unicode, `print` a function, and much that was doubled is
//! gone.

use super::format::{CodeLayout, ExceptionLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 0),
    magic: 3131,
    base: Some(&super::cpython_2_6::RELEASE),
    opcodes: &[
        // `print` and `exec` are functions, division is always true, backquotes are gone, and slices go by
        // BUILD_SLICE.
        remove(
            "UNARY_CONVERT BINARY_DIVIDE SLICE+0 SLICE+1 SLICE+2 SLICE+3 STORE_SLICE+0 STORE_SLICE+1 \
            STORE_SLICE+2 STORE_SLICE+3 DELETE_SLICE+0 DELETE_SLICE+1 DELETE_SLICE+2 DELETE_SLICE+3 \
            INPLACE_DIVIDE PRINT_ITEM PRINT_NEWLINE PRINT_ITEM_TO PRINT_NEWLINE_TO EXEC_STMT",
        ),
        // BUILD_SET took a number in the middle.
        renumber(105, "BUILD_MAP LOAD_ATTR COMPARE_OP IMPORT_NAME IMPORT_FROM"),
        // Classes are made by a call (PEP 3115): metaclasses may provide the namespace.
        remove("LOAD_LOCALS BUILD_CLASS"),
        add(71, "LOAD_BUILD_CLASS", Unused)
            .stack(1)
            .says("Pushes the function that makes classes, `builtins.__build_class__`."),
        add(69, "STORE_LOCALS", Unused)
            .stack(-1)
            .says("Pops the dict that becomes the local namespace: a class body begins."),
        // An exception is forgotten when its `except` ends (PEP 3110).
        add(89, "POP_EXCEPT", Unused)
            .stack(0)
            .says("Ends an `except` clause: the exception handled before this one is the current one again."),
        // Set displays and comprehensions.
        add(104, "BUILD_SET", Number).stack_of(Builds).says("Pops N values, pushes a set of them."),
        add(17, "SET_ADD", Unused)
            .stack(-2)
            .says("Pops a value and adds it to the set N places down: a set comprehension grows."),
        // `a, *b = c` (PEP 3132).
        add(94, "UNPACK_EX", Number).stack_of(UnpacksAroundStar).says(
            "Pops an iterable, pushes its items, the middle ones as a list: `a, *b, c = it`. Low byte: \
                items before the list; above: after.",
        ),
        // Keyword-only arguments and annotations (PEPs 3102, 3107) are counted in the argument.
        effect("MAKE_FUNCTION", Effect::Of(MakesFunction3_0)),
        says(
            "MAKE_FUNCTION",
            "Pops code, annotations and defaults, pushes a function. Low byte: defaults, next: keyword- \
                only ones, above: annotations.",
        ),
        effect("MAKE_CLOSURE", Effect::Of(MakesClosure3_0)),
        says("MAKE_CLOSURE", "As MAKE_FUNCTION, with a tuple of the outer variables' cells below the code."),
        says("LIST_APPEND", "Pops a value and appends it to the list N places down: a list comprehension grows."),
        effect("END_FINALLY", Effect::Fixed(-1)),
        says("IMPORT_NAME", "Pops the names wanted and how many packages up to look, imports a module and pushes it."),
        effect("SETUP_EXCEPT", Effect::Split { next: 0, jump: 6 }),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 6 }),
        says(
            "RAISE_VARARGS",
            "Raises an exception. N tells what is given: nothing (raise again), the exception, or also \
                its cause.",
        ),
        // What they mean.
        means("LOAD_BUILD_CLASS", Meaning::LoadBuildClass),
        means("POP_EXCEPT", Meaning::PopExcept),
        means("BUILD_SET", Meaning::Build(Container::Set)),
        means("UNPACK_EX", Meaning::UnpackEx),
    ],
    format: &[FormatChange::Code(CodeLayout::V3_0), FormatChange::Exceptions(ExceptionLayout::BlocksOfTwo)],
    prereleases: &[
        // What was called Python 3000. Each row undoes one step; the numbers in between are not known for certain.
        before(3131, &[remove("POP_EXCEPT")]).nearest(),
        before(3101, &[remove("STORE_MAP")]).nearest(),
        before(3060, &[remove("LOAD_BUILD_CLASS STORE_LOCALS"), restore("BUILD_CLASS LOAD_LOCALS")]).nearest(),
        // Before keyword-only arguments, code objects did not count them.
        before(3030, &[]).nearest().with(&[FormatChange::Code(CodeLayout::V2_3)]),
    ],
};
