//! CPython 2.3.

use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 3),
    magic: 62011,
    base: Some(&super::cpython_2_2::RELEASE),
    opcodes: &[remove("FOR_LOOP SET_LINENO"), rename("YIELD_STMT", "YIELD_VALUE")],
    format: &[FormatChange::Code(CodeLayout::V2_3)],
    prereleases: &[],
};
