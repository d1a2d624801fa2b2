//! CPython 3.10.

use super::cpython_1_0;
use super::format::{DisStyle, FormatChange, LineTable};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 10),
    magic: 3439,
    base: Some(&super::cpython_3_9::RELEASE),
    opcodes: &[
        renumber(&[(119, "RERAISE")]),
        add(30, "GET_LEN", Unused).stack(1).says(""),
        add(31, "MATCH_MAPPING", Unused).stack(1).says(""),
        add(32, "MATCH_SEQUENCE", Unused).stack(1).says(""),
        add(33, "MATCH_KEYS", Unused).stack(2).says(""),
        add(34, "COPY_DICT_WITHOUT_KEYS", Unused).stack(0).says(""),
        add(99, "ROT_N", Number).stack(0).says(""),
        operand("RERAISE", Number),
        add(129, "GEN_START", Number).stack(-1).says(""),
        add(152, "MATCH_CLASS", Number).stack(-1).says(""),
    ],
    format: &[
        FormatChange::JumpUnit(2),
        FormatChange::Lines(LineTable::Pep626),
        FormatChange::Dis(DisStyle { absolute_targets: true, function_flags: true, ..cpython_1_0::FORMAT.dis }),
    ],
    prereleases: &[],
};
