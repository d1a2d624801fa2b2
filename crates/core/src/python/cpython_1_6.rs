//! CPython 1.6.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 6),
    magic: 50428,
    base: Some(&super::cpython_1_5::RELEASE),
    opcodes: &[
        remove("UNPACK_ARG UNPACK_VARARG LOAD_LOCAL SET_FUNC_ARGS"),
        add(140, "CALL_FUNCTION_VAR", CallCounts).stack_of(effect::calls_with_star).says(""),
        add(141, "CALL_FUNCTION_KW", CallCounts).stack_of(effect::calls_with_star).says(""),
        add(142, "CALL_FUNCTION_VAR_KW", CallCounts).stack_of(effect::calls_with_both_stars).says(""),
    ],
    format: &[],
    prereleases: &[],
};
