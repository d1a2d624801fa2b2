//! CPython 3.3.

use super::cpython_1_0;
use super::effect;
use super::format::{DisStyle, FormatChange, HeaderLayout};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 3),
    magic: 3230,
    base: Some(&super::cpython_3_2::RELEASE),
    opcodes: &[
        remove("STOP_CODE"),
        add(72, "YIELD_FROM", Unused).stack(-1).says(""),
        effect("MAKE_FUNCTION", Effect::Of(effect::makes_function_3_3)),
        effect("MAKE_CLOSURE", Effect::Of(effect::makes_closure_3_3)),
    ],
    format: &[
        FormatChange::Header(HeaderLayout::MtimeSize),
        FormatChange::Dis(DisStyle { call_counts: true, ..cpython_1_0::FORMAT.dis }),
    ],
    prereleases: &[],
};
