//! CPython 3.4 (March 2014): marshal version 3, which shares equal objects by references (`FLAG_REF`).

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 4),
    magic: 3310,
    base: Some(&super::cpython_3_3::RELEASE),
    opcodes: &[
        // The class body now gets its namespace from its frame.
        remove("STORE_LOCALS"),
        // A class body may use a variable of the function around it, and shadow it.
        add(148, "LOAD_CLASSDEREF", Cell)
            .stack(1)
            .says("As LOAD_DEREF in a class body, where the class's own names go first."),
        // What they mean.
        means("LOAD_CLASSDEREF", Meaning::LoadClassCell),
    ],
    format: &[],
    prereleases: &[before(3280, &[restore("STORE_LOCALS")]).nearest(), before(3260, &[remove("LOAD_CLASSDEREF")])],
};
