//! CPython 1.2 (April 1995): the same bytecode and the same magic number as 1.1.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 2),
    magic: 10066179,
    base: Some(&super::cpython_1_1::RELEASE),
    opcodes: &[],
    format: &[],
    prereleases: &[],
};
