//! PyPy 3.5.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 5),
    magic: 112,
    base: Some(&super::cpython_3_5::RELEASE),
    opcodes: &[
        add(155, "FORMAT_VALUE", FormatValue).stack_of(effect::formats).says(""),
        add(157, "BUILD_STRING", Number).stack_of(effect::builds).says(""),
        add(201, "LOOKUP_METHOD", Name).stack(1).says(""),
        add(202, "CALL_METHOD", Number).stack_of(effect::calls_method).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "JUMP_IF_NOT_DEBUG", JumpForward).stack(0).says(""),
        add(205, "LOAD_REVDB_VAR", Number).stack(1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
