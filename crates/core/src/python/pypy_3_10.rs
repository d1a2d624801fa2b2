//! PyPy 3.10.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 10),
    magic: 384,
    base: Some(&super::cpython_3_10::RELEASE),
    opcodes: &[
        remove("GEN_START"),
        renumber(&[(164, "LIST_EXTEND SET_UPDATE DICT_MERGE DICT_UPDATE")]),
        add(120, "SETUP_EXCEPT", JumpForward).splits(0, 3).flow(Setup).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "CALL_METHOD_KW", Number).stack_of(effect::pops_each_and_two).says(""),
        add(205, "LOAD_REVDB_VAR", Number).stack(1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
