//! CPython 2.1.

use super::effect;
use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 1),
    magic: 60202,
    base: Some(&super::cpython_2_0::RELEASE),
    opcodes: &[
        add(119, "CONTINUE_LOOP", JumpAbsolute).stack(0).flow(Jump).says(""),
        add(134, "MAKE_CLOSURE", Number).stack_of(effect::pops_each).says(""),
        add(135, "LOAD_CLOSURE", Cell).stack(1).says(""),
        add(136, "LOAD_DEREF", Cell).stack(1).says(""),
        add(137, "STORE_DEREF", Cell).stack(-1).says(""),
    ],
    format: &[FormatChange::Code(CodeLayout::V2_1)],
    prereleases: &[],
};
