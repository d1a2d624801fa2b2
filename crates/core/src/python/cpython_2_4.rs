//! CPython 2.4 (November 2004): generator expressions and decorators, of opcodes that were there; and a peephole
//! optimizer.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 4),
    magic: 62061,
    base: Some(&super::cpython_2_3::RELEASE),
    opcodes: &[
        // A list comprehension no longer looks up `append` each time.
        add(18, "LIST_APPEND", Unused).stack(-2).says("Pops a value and a list, and appends it."),
        // The optimizer needs something to fill gaps with.
        add(9, "NOP", Unused).stack(0).says(
            "Does nothing. It is what remains of something optimised away, kept for its line number or \
                its place.",
        ),
        // What they mean.
        means("NOP", Meaning::Nothing),
    ],
    format: &[],
    prereleases: &[],
};
