//! PyPy 3.7.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 7),
    magic: 240,
    base: Some(&super::cpython_3_7::RELEASE),
    opcodes: &[
        remove("BUILD_TUPLE_UNPACK_WITH_CALL LOAD_METHOD"),
        add(127, "STORE_ANNOTATION", Name).stack(-1).says(""),
        add(201, "LOOKUP_METHOD", Name).stack(1).says(""),
        add(203, "BUILD_LIST_FROM_ARG", Number).stack(1).says(""),
        add(204, "CALL_METHOD_KW", Number).stack_of(effect::pops_each_and_two).says(""),
        add(205, "LOAD_REVDB_VAR", Number).stack(1).says(""),
    ],
    format: &[],
    prereleases: &[],
};
