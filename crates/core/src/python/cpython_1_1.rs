//! CPython 1.1 (October 1994): arguments may have default values.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 1),
    magic: 10066179,
    base: Some(&super::cpython_1_0::RELEASE),
    opcodes: &[
        // The defaults lie in a tuple below the function.
        add(117, "SET_FUNC_ARGS", Number)
            .stack(-1)
            .says("Gives the function on top the default values in the tuple below it; it takes N arguments in all."),
    ],
    format: &[],
    prereleases: &[],
};
