//! CPython 1.4 (October 1996): `dis` names the calls of 1.3; `**` and slices with a step.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 4),
    magic: 5892,
    base: Some(&super::cpython_1_3::RELEASE),
    opcodes: &[
        // Nothing wrote it any more.
        remove("LOAD_GLOBALS"),
        // Their names at last.
        rename("<130>", "RAISE_VARARGS"),
        says(
            "RAISE_VARARGS",
            "Raises an exception. N tells how many values describe it: the exception, its value, a traceback.",
        ),
        rename("<131>", "CALL_FUNCTION"),
        says(
            "CALL_FUNCTION",
            "Pops arguments and the function below, pushes its result. Low byte: positional arguments; \
                high byte: name and value pairs.",
        ),
        rename("<132>", "MAKE_FUNCTION"),
        says("MAKE_FUNCTION", "Pops code and N default values, pushes a function."),
        // `x ** y` and `x[a:b:c]`, both wished for by those who compute with matrices.
        add(19, "BINARY_POWER", Unused).stack(-1).says("Pops two values, pushes `left ** right`."),
        add(133, "BUILD_SLICE", Number)
            .stack_of(BuildsSlice)
            .says("Pops a start and an end (and, if N is 3, a step), pushes a slice."),
        // What they mean.
        means("RAISE_VARARGS", Meaning::Raise),
        means("BINARY_POWER", Meaning::Binary("**")),
        means("BUILD_SLICE", Meaning::Build(Container::Slice)),
    ],
    format: &[],
    prereleases: &[],
};
