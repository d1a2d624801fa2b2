//! PyPy with the language of Python 3.11. It has none of CPython 3.11's new machinery, so it grew from PyPy 3.10: no
//! caches, no exception table, and `except*` by two opcodes.

use super::format::{CodeLayout, ExceptionLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::PyPy,
    version: Version::new(3, 11),
    magic: 416,
    base: Some(&super::pypy_3_10::RELEASE),
    opcodes: &[
        // `except*` (PEP 654).
        add(37, "CHECK_EG_MATCH", Unused)
            .says("Splits an exception group by an exception class: what is left and what matches: `except* Class`."),
        add(88, "PREP_RERAISE_STAR", Unused).says(
            "Gathers what an `except*` raised or left of the original group, pushes what is to be raised \
                again, or None.",
        ),
        // A code object knows its qualified name.
        effect("MAKE_FUNCTION", Effect::Of(PopsEachFlagged)),
        says("MAKE_FUNCTION", "Pops code and what the argument's bits announce, pushes a function."),
        // What they mean.
        means("CHECK_EG_MATCH", Meaning::CheckEgMatch),
        means("PREP_RERAISE_STAR", Meaning::PrepReraiseStar),
        means("MAKE_FUNCTION", Meaning::MakeFunctionFlagged),
    ],
    format: &[FormatChange::Code(CodeLayout::PyPy3_11), FormatChange::Exceptions(ExceptionLayout::PyPyOfTwo)],
    prereleases: &[],
};
