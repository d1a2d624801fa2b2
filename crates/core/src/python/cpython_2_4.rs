//! CPython 2.4.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 4),
    magic: 62061,
    base: Some(&super::cpython_2_3::RELEASE),
    opcodes: &[add(9, "NOP", Unused).stack(0).says(""), add(18, "LIST_APPEND", Unused).stack(-2).says("")],
    format: &[],
    prereleases: &[],
};
