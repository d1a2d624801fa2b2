//! CPython 2.2.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 2),
    magic: 60717,
    base: Some(&super::cpython_2_1::RELEASE),
    opcodes: &[
        add(26, "BINARY_FLOOR_DIVIDE", Unused).stack(-1).says(""),
        add(27, "BINARY_TRUE_DIVIDE", Unused).stack(-1).says(""),
        add(28, "INPLACE_FLOOR_DIVIDE", Unused).stack(-1).says(""),
        add(29, "INPLACE_TRUE_DIVIDE", Unused).stack(-1).says(""),
        add(68, "GET_ITER", Unused).stack(0).says(""),
        add(86, "YIELD_STMT", Unused).stack(-1).says(""),
        add(93, "FOR_ITER", JumpForward).splits(1, -1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
