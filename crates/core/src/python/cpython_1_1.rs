//! CPython 1.1.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 1),
    magic: 10066179,
    base: Some(&super::cpython_1_0::RELEASE),
    opcodes: &[add(117, "SET_FUNC_ARGS", Number).stack(0).says("")],
    format: &[],
    prereleases: &[],
};
