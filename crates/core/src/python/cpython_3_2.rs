//! CPython 3.2 (February 2011): stability after 3.0 and 3.1, for the language stood still (PEP 3003).

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 2),
    magic: 3180,
    base: Some(&super::cpython_3_1::RELEASE),
    opcodes: &[
        renumber(144, "EXTENDED_ARG"),
        // `with` looks its methods up itself.
        add(143, "SETUP_WITH", JumpForward).splits(1, 7).flow(Setup).says(
            "Replaces a context manager by its `__exit__`, calls its `__enter__`, pushes the result. The \
                target is where `__exit__` gets called.",
        ),
        // Nothing doubled more than two values.
        remove("DUP_TOPX ROT_FOUR"),
        add(5, "DUP_TOP_TWO", Unused).stack(2).says("Pushes the top two values once more, in the same order."),
        // `del` of a variable that an inner function uses.
        add(138, "DELETE_DEREF", Cell)
            .stack(0)
            .says("Takes away the value of a variable shared between nested functions: `del name`."),
        // What they mean.
        means("SETUP_WITH", Meaning::SetupWith),
        means("DUP_TOP_TWO", Meaning::Duplicate(2)),
        means("DELETE_DEREF", Meaning::Delete(Variable::Cell)),
    ],
    format: &[],
    prereleases: &[
        before(3180, &[remove("DELETE_DEREF")]),
        before(3170, &[remove("DUP_TOP_TWO"), restore("ROT_FOUR DUP_TOPX")]),
    ],
};
