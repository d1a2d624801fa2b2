//! CPython 1.3.

use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 3),
    magic: 11913,
    base: Some(&super::cpython_1_2::RELEASE),
    opcodes: &[],
    format: &[FormatChange::Code(CodeLayout::V1_3)],
    prereleases: &[],
};
