//! CPython 3.2.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 2),
    magic: 3180,
    base: Some(&super::cpython_3_1::RELEASE),
    opcodes: &[
        remove("ROT_FOUR DUP_TOPX"),
        renumber(&[(144, "EXTENDED_ARG")]),
        add(5, "DUP_TOP_TWO", Unused).stack(2).says(""),
        add(138, "DELETE_DEREF", Cell).stack(0).says(""),
        add(143, "SETUP_WITH", JumpForward).splits(1, 7).flow(Setup).says(""),
    ],
    format: &[],
    prereleases: &[],
};
