//! CPython 2.5.

use super::effect;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 5),
    magic: 62131,
    base: Some(&super::cpython_2_4::RELEASE),
    opcodes: &[
        add(81, "WITH_CLEANUP", Unused).stack(-1).says(""),
        effect("YIELD_VALUE", Effect::Fixed(0)),
        effect("IMPORT_NAME", Effect::Fixed(-1)),
        effect("MAKE_CLOSURE", Effect::Of(effect::pops_each_and_one)),
    ],
    format: &[],
    prereleases: &[],
};
