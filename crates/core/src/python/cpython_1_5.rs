//! CPython 1.5.

use super::format::{CodeLayout, FormatChange, LineTable};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 5),
    magic: 20121,
    base: Some(&super::cpython_1_4::RELEASE),
    opcodes: &[
        remove("UNARY_CALL BINARY_CALL RAISE_EXCEPTION BUILD_FUNCTION RESERVE_FAST"),
        add(62, "BINARY_LSHIFT", Unused).stack(-1).says(""),
        add(63, "BINARY_RSHIFT", Unused).stack(-1).says(""),
        add(64, "BINARY_AND", Unused).stack(-1).says(""),
        add(65, "BINARY_XOR", Unused).stack(-1).says(""),
        add(66, "BINARY_OR", Unused).stack(-1).says(""),
    ],
    format: &[FormatChange::Code(CodeLayout::V1_5), FormatChange::Lines(LineTable::Lnotab)],
    prereleases: &[],
};
