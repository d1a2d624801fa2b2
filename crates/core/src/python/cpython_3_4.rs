//! CPython 3.4.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 4),
    magic: 3310,
    base: Some(&super::cpython_3_3::RELEASE),
    opcodes: &[remove("STORE_LOCALS"), add(148, "LOAD_CLASSDEREF", Cell).stack(1).says("")],
    format: &[],
    prereleases: &[],
};
