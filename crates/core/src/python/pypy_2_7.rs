//! PyPy 2.7.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(2, 7),
    magic: 62218,
    base: Some(&super::cpython_2_7::RELEASE),
    opcodes: &[
        add(201, "LOOKUP_METHOD", Name).stack(1).says(""),
        add(202, "CALL_METHOD", Number).stack_of(effect::calls_method).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "JUMP_IF_NOT_DEBUG", JumpForward).stack(0).says(""),
    ],
    format: &[],
    prereleases: &[],
};
