//! CPython 2.6.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 6),
    magic: 62161,
    base: Some(&super::cpython_2_5::RELEASE),
    opcodes: &[add(54, "STORE_MAP", Unused).stack(-2).says("")],
    format: &[],
    prereleases: &[],
};
