//! CPython 3.7.

use super::effect;
use super::format::{FormatChange, HeaderLayout};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 7),
    magic: 3394,
    base: Some(&super::cpython_3_6::RELEASE),
    opcodes: &[
        remove("STORE_ANNOTATION"),
        effect("WITH_CLEANUP_START", Effect::Fixed(2)),
        effect("WITH_CLEANUP_FINISH", Effect::Fixed(-3)),
        effect("END_FINALLY", Effect::Fixed(-6)),
        effect("POP_EXCEPT", Effect::Fixed(-3)),
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 6 }),
        effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 5 }),
        add(160, "LOAD_METHOD", Name).stack(1).says(""),
        add(161, "CALL_METHOD", Number).stack_of(effect::pops_each_and_one).says(""),
    ],
    format: &[FormatChange::Header(HeaderLayout::Flags)],
    prereleases: &[],
};
