//! PyPy 3.2.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 2),
    magic: 3187,
    base: Some(&super::cpython_3_2::RELEASE),
    opcodes: &[
        add(201, "LOOKUP_METHOD", Name).stack(1).says(""),
        add(202, "CALL_METHOD", Number).stack_of(effect::calls_method).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "JUMP_IF_NOT_DEBUG", JumpForward).stack(0).says(""),
    ],
    format: &[],
    prereleases: &[],
};
