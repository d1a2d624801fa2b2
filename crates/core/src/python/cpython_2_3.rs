//! CPython 2.3 (July 2003): no more `SET_LINENO`: tracing reads `co_lnotab`. The numbers of code objects grow to 32
//! bits.

use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 3),
    magic: 62011,
    base: Some(&super::cpython_2_2::RELEASE),
    opcodes: &[
        // Tracing no longer needs a note at each line, and FOR_ITER had replaced the old loop.
        remove("FOR_LOOP SET_LINENO"),
        rename("YIELD_STMT", "YIELD_VALUE"),
        // What they mean.
        means("YIELD_VALUE", Meaning::Yield),
    ],
    format: &[FormatChange::Code(CodeLayout::V2_3)],
    prereleases: &[],
};
