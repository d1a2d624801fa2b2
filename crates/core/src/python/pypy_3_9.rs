//! PyPy 3.9.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 9),
    magic: 336,
    base: Some(&super::cpython_3_9::RELEASE),
    opcodes: &[
        renumber(&[(164, "LIST_EXTEND SET_UPDATE DICT_MERGE DICT_UPDATE")]),
        add(120, "SETUP_EXCEPT", JumpForward).splits(0, 3).flow(Setup).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "CALL_METHOD_KW", Number).stack_of(effect::pops_each_and_two).says(""),
        add(205, "LOAD_REVDB_VAR", Number).stack(1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
