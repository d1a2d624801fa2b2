//! CPython 3.3 (September 2012): `yield from` (PEP 380), qualified names (PEP 3155). Headers tell the source's size
//! too.

use super::format::{FormatChange, HeaderLayout};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 3),
    magic: 3230,
    base: Some(&super::cpython_3_2::RELEASE),
    opcodes: &[
        // Nothing but the compiler's own tables had a use for it.
        remove("STOP_CODE"),
        // `yield from`.
        add(72, "YIELD_FROM", Unused).stack(-1).says(
            "Sends the top value into the iterator below and yields what comes, again and again until \
                that ends.",
        ),
        // A function is told its qualified name.
        effect("MAKE_FUNCTION", Effect::Of(MakesFunction3_3)),
        says(
            "MAKE_FUNCTION",
            "Pops a qualified name, code, annotations and defaults (their counts are in the argument), \
                pushes a function.",
        ),
        effect("MAKE_CLOSURE", Effect::Of(MakesClosure3_3)),
        // What they mean.
        means("YIELD_FROM", Meaning::YieldFrom),
    ],
    format: &[FormatChange::Header(HeaderLayout::MtimeSize), FormatChange::CallCounts(true)],
    prereleases: &[
        // The size of the source entered the header.
        before(3210, &[]).with(&[FormatChange::Header(HeaderLayout::Mtime)]),
        before(3200, &[restore("MAKE_FUNCTION MAKE_CLOSURE")]),
    ],
};
