//! PyPy with the language of Python 3.3, an alpha that was never finished. Its opcodes are taken to be CPython's and
//! those that PyPy 3.2 and 3.5 both add.

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
