//! PyPy 3.11.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 11),
    magic: 416,
    base: Some(&super::pypy_3_10::RELEASE),
    opcodes: &[
        add(37, "CHECK_EG_MATCH", Unused).stack(0).says(""),
        add(88, "PREP_RERAISE_STAR", Unused).stack(0).says(""),
    ],
    format: &[],
    prereleases: &[],
};
