//! PyPy 3.8.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 8),
    magic: 256,
    base: Some(&super::cpython_3_8::RELEASE),
    opcodes: &[
        remove("ROT_FOUR BUILD_TUPLE_UNPACK_WITH_CALL LOAD_METHOD"),
        add(121, "SETUP_EXCEPT", JumpForward).splits(0, 3).flow(Setup).says(""),
        add(201, "LOOKUP_METHOD", Name).stack(1).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "CALL_METHOD_KW", Number).stack_of(effect::pops_each_and_two).says(""),
        add(205, "LOAD_REVDB_VAR", Number).stack(1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
