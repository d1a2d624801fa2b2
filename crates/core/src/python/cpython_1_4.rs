//! CPython 1.4.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 4),
    magic: 5892,
    base: Some(&super::cpython_1_3::RELEASE),
    opcodes: &[
        remove("LOAD_GLOBALS"),
        add(19, "BINARY_POWER", Unused).stack(-1).says(""),
        add(130, "RAISE_VARARGS", Number).stack_of(effect::pops_each).flow(End).says(""),
        add(131, "CALL_FUNCTION", CallCounts).stack_of(effect::calls).says(""),
        add(132, "MAKE_FUNCTION", Number).stack_of(effect::pops_each).says(""),
        add(133, "BUILD_SLICE", Number).stack_of(effect::builds_slice).says(""),
    ],
    format: &[],
    prereleases: &[],
};
