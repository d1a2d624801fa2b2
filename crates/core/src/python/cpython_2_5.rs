//! CPython 2.5 (September 2006): `with` (PEP 343), relative imports (PEP 328), values sent into generators (PEP 342),
//! all by a compiler written anew.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 5),
    magic: 62131,
    base: Some(&super::cpython_2_4::RELEASE),
    opcodes: &[
        // `with`.
        add(81, "WITH_CLEANUP", Unused).stack(-1).says(
            "Calls the `__exit__` of a `with` statement, which lies below, with the exception if there is \
                one.",
        ),
        // `yield` is an expression.
        effect("YIELD_VALUE", Effect::Fixed(0)),
        says(
            "YIELD_VALUE",
            "Hands the top value to whoever runs the generator. When it is resumed, what was sent in \
                takes the value's place.",
        ),
        // Relative imports: how many packages up is one more value on the stack.
        effect("IMPORT_NAME", Effect::Fixed(-1)),
        says(
            "IMPORT_NAME",
            "Pops the names wanted and how many packages up to look (-1: here, then at the top), imports \
                a module and pushes it.",
        ),
        effect("MAKE_CLOSURE", Effect::Of(PopsEachAndOne)),
    ],
    format: &[],
    prereleases: &[
        // Before `with`, and before the new compiler.
        before(62091, &[remove("WITH_CLEANUP")]).nearest(),
    ],
};
