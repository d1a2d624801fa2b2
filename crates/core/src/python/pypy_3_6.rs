//! PyPy 3.6.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 6),
    magic: 160,
    base: Some(&super::cpython_3_6::RELEASE),
    opcodes: &[
        remove("CALL_FUNCTION_EX BUILD_TUPLE_UNPACK_WITH_CALL"),
        add(134, "MAKE_CLOSURE", Number).stack_of(effect::makes_closure_3_3).says(""),
        add(140, "CALL_FUNCTION_VAR", Number).stack_of(effect::calls_with_star).says(""),
        add(142, "CALL_FUNCTION_VAR_KW", Number).stack_of(effect::calls_with_both_stars).says(""),
        add(201, "LOOKUP_METHOD", Name).stack(1).says(""),
        add(202, "CALL_METHOD", Number).stack_of(effect::calls_method).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "JUMP_IF_NOT_DEBUG", JumpForward).stack(0).says(""),
        add(205, "LOAD_REVDB_VAR", Number).stack(1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
