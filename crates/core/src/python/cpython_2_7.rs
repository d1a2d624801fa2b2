//! CPython 2.7.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 7),
    magic: 62211,
    base: Some(&super::cpython_2_6::RELEASE),
    opcodes: &[
        remove("JUMP_IF_FALSE JUMP_IF_TRUE"),
        renumber(&[
            (94, "LIST_APPEND"),
            (105, "BUILD_MAP LOAD_ATTR COMPARE_OP IMPORT_NAME IMPORT_FROM"),
            (145, "EXTENDED_ARG"),
        ]),
        operand("LIST_APPEND", Number),
        effect("LIST_APPEND", Effect::Fixed(-1)),
        add(104, "BUILD_SET", Number).stack_of(effect::builds).says(""),
        add(111, "JUMP_IF_FALSE_OR_POP", JumpAbsolute).splits(-1, 0).says(""),
        add(112, "JUMP_IF_TRUE_OR_POP", JumpAbsolute).splits(-1, 0).says(""),
        add(114, "POP_JUMP_IF_FALSE", JumpAbsolute).stack(-1).says(""),
        add(115, "POP_JUMP_IF_TRUE", JumpAbsolute).stack(-1).says(""),
        add(143, "SETUP_WITH", JumpForward).splits(1, 4).flow(Setup).says(""),
        add(146, "SET_ADD", Number).stack(-1).says(""),
        add(147, "MAP_ADD", Number).stack(-2).says(""),
    ],
    format: &[],
    prereleases: &[],
};
