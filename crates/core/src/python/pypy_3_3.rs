//! PyPy 3.3.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 3),
    magic: 64,
    base: Some(&super::cpython_3_3::RELEASE),
    opcodes: &[],
    format: &[],
    prereleases: &[],
};
