//! CPython 3.8.

use super::cpython_1_0;
use super::format::{CodeLayout, DisStyle, FormatChange};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 8),
    magic: 3413,
    base: Some(&super::cpython_3_7::RELEASE),
    opcodes: &[
        remove("BREAK_LOOP CONTINUE_LOOP SETUP_LOOP SETUP_EXCEPT"),
        add(6, "ROT_FOUR", Unused).stack(0).says(""),
        add(53, "BEGIN_FINALLY", Unused).stack(6).says(""),
        add(54, "END_ASYNC_FOR", Unused).stack(-7).says(""),
        add(162, "CALL_FINALLY", JumpForward).splits(0, 1).says(""),
        add(163, "POP_FINALLY", Number).stack(-6).says(""),
    ],
    format: &[
        FormatChange::Code(CodeLayout::V3_8),
        FormatChange::Dis(DisStyle { function_flags: true, ..cpython_1_0::FORMAT.dis }),
    ],
    prereleases: &[],
};
