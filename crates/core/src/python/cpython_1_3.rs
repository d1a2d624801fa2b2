//! CPython 1.3 (October 1995): keyword arguments, and the first numbers in code objects: argcount, nlocals, flags and
//! the names of local variables. Magic numbers end in CR LF from here on.

use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 3),
    magic: 11913,
    base: Some(&super::cpython_1_2::RELEASE),
    opcodes: &[
        // Keyword arguments need another way to call, and functions know their arguments themselves. The `dis` of this
        // version does not know these yet and prints their numbers.
        add(130, "<130>", Number).stack_of(PopsEach).flow(End).says(
            "Raises an exception; N tells how many values describe it. This version's `dis` has no name \
                for it; later ones call it RAISE_VARARGS.",
        ),
        add(131, "<131>", CallCounts).stack_of(Calls).says(
            "Calls a function: N positional and keyword arguments lie on top of it. This version's `dis` \
                has no name for it; later ones call it CALL_FUNCTION.",
        ),
        add(132, "<132>", Number).stack_of(PopsEach).says(
            "Makes a function of code and N default values. This version's `dis` has no name for it; \
                later ones call it MAKE_FUNCTION.",
        ),
    ],
    format: &[FormatChange::Code(CodeLayout::V1_3)],
    prereleases: &[],
};
