//! CPython 3.1.

use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 1),
    magic: 3151,
    base: Some(&super::cpython_3_0::RELEASE),
    opcodes: &[
        remove("JUMP_IF_FALSE JUMP_IF_TRUE"),
        renumber(&[(145, "LIST_APPEND SET_ADD")]),
        add(111, "JUMP_IF_FALSE_OR_POP", JumpAbsolute).splits(-1, 0).says(""),
        add(112, "JUMP_IF_TRUE_OR_POP", JumpAbsolute).splits(-1, 0).says(""),
        add(114, "POP_JUMP_IF_FALSE", JumpAbsolute).stack(-1).says(""),
        add(115, "POP_JUMP_IF_TRUE", JumpAbsolute).stack(-1).says(""),
        operand("LIST_APPEND", Number),
        effect("LIST_APPEND", Effect::Fixed(-1)),
        operand("SET_ADD", Number),
        effect("SET_ADD", Effect::Fixed(-1)),
        add(147, "MAP_ADD", Number).stack(-2).says(""),
    ],
    format: &[],
    prereleases: &[],
};
