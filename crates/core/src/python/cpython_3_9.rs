//! CPython 3.9.

use super::format::FormatChange;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 9),
    magic: 3425,
    base: Some(&super::cpython_3_8::RELEASE),
    opcodes: &[
        remove(
            "BEGIN_FINALLY WITH_CLEANUP_START WITH_CLEANUP_FINISH END_FINALLY BUILD_LIST_UNPACK BUILD_MAP_UNPACK \
            BUILD_MAP_UNPACK_WITH_CALL BUILD_TUPLE_UNPACK BUILD_SET_UNPACK BUILD_TUPLE_UNPACK_WITH_CALL \
            CALL_FINALLY POP_FINALLY",
        ),
        add(48, "RERAISE", Unused).stack(-3).flow(End).says(""),
        add(49, "WITH_EXCEPT_START", Unused).stack(1).says(""),
        add(74, "LOAD_ASSERTION_ERROR", Unused).stack(1).says(""),
        add(82, "LIST_TO_TUPLE", Unused).stack(0).says(""),
        add(117, "IS_OP", Inverted).stack(-1).says(""),
        add(118, "CONTAINS_OP", Inverted).stack(-1).says(""),
        add(121, "JUMP_IF_NOT_EXC_MATCH", JumpAbsolute).stack(-2).says(""),
        add(162, "LIST_EXTEND", Number).stack(-1).says(""),
        add(163, "SET_UPDATE", Number).stack(-1).says(""),
        add(164, "DICT_MERGE", Number).stack(-1).says(""),
        add(165, "DICT_UPDATE", Number).stack(-1).says(""),
    ],
    format: &[FormatChange::Compare(&["<", "<=", "==", "!=", ">", ">="])],
    prereleases: &[],
};
