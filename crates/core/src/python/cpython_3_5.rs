//! CPython 3.5.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 5),
    magic: 3351,
    base: Some(&super::cpython_3_4::RELEASE),
    opcodes: &[
        remove("STORE_MAP WITH_CLEANUP"),
        add(16, "BINARY_MATRIX_MULTIPLY", Unused).stack(-1).says(""),
        add(17, "INPLACE_MATRIX_MULTIPLY", Unused).stack(-1).says(""),
        add(50, "GET_AITER", Unused).stack(0).says(""),
        add(51, "GET_ANEXT", Unused).stack(1).says(""),
        add(52, "BEFORE_ASYNC_WITH", Unused).stack(1).says(""),
        add(69, "GET_YIELD_FROM_ITER", Unused).stack(0).says(""),
        add(73, "GET_AWAITABLE", Unused).stack(0).says(""),
        add(81, "WITH_CLEANUP_START", Unused).stack(1).says(""),
        add(82, "WITH_CLEANUP_FINISH", Unused).stack(-1).says(""),
        effect("BUILD_MAP", Effect::Of(effect::builds_map)),
        add(149, "BUILD_LIST_UNPACK", Number).stack_of(effect::builds).says(""),
        add(150, "BUILD_MAP_UNPACK", Number).stack_of(effect::builds).says(""),
        add(151, "BUILD_MAP_UNPACK_WITH_CALL", Number).stack_of(effect::builds).says(""),
        add(152, "BUILD_TUPLE_UNPACK", Number).stack_of(effect::builds).says(""),
        add(153, "BUILD_SET_UNPACK", Number).stack_of(effect::builds).says(""),
        add(154, "SETUP_ASYNC_WITH", JumpForward).splits(0, 6).flow(Setup).says(""),
    ],
    format: &[],
    prereleases: &[],
};
