//! CPython 2.6 (October 2008): on the way to 3.0.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 6),
    magic: 62161,
    base: Some(&super::cpython_2_5::RELEASE),
    opcodes: &[
        // A dict display is filled entry by entry.
        add(54, "STORE_MAP", Unused).stack(-2).says("Pops a key and a value and enters them in the dict below."),
        says("BUILD_MAP", "Pushes a new, empty dict with room for about N entries."),
    ],
    format: &[],
    prereleases: &[before(62151, &[remove("STORE_MAP"), restore("BUILD_MAP")])],
};
