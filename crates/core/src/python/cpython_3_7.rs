//! CPython 3.7 (June 2018): files may name their source by hash (PEP 552), so headers grow flags.

use super::format::{FormatChange, HeaderLayout};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 7),
    magic: 3394,
    base: Some(&super::cpython_3_6::RELEASE),
    opcodes: &[
        // Annotations are stored as items of `__annotations__`.
        remove("STORE_ANNOTATION"),
        // A method is called without making a bound method of it first.
        add(160, "LOAD_METHOD", Name).stack(1).says(
            "Replaces an object by a method and the object, for a call to come; or by NULL and an \
                attribute that is no method.",
        ),
        add(161, "CALL_METHOD", Number)
            .stack_of(PopsEachAndOne)
            .says("Pops N arguments and the two values that LOAD_METHOD left, pushes the call's result."),
        // What an exception puts on the stack is counted more closely.
        effect("SETUP_WITH", Effect::Split { next: 1, jump: 6 }),
        effect("SETUP_ASYNC_WITH", Effect::Split { next: 0, jump: 5 }),
        effect("WITH_CLEANUP_START", Effect::Fixed(2)),
        effect("WITH_CLEANUP_FINISH", Effect::Fixed(-3)),
        effect("END_FINALLY", Effect::Fixed(-6)),
        effect("POP_EXCEPT", Effect::Fixed(-3)),
        // What they mean.
        means("LOAD_METHOD", Meaning::LoadMethod),
        means("CALL_METHOD", Meaning::CallMethod),
    ],
    format: &[FormatChange::Header(HeaderLayout::Flags)],
    prereleases: &[
        before(3393, &[restore("STORE_ANNOTATION")]),
        before(3392, &[]).with(&[FormatChange::Header(HeaderLayout::MtimeSize)]),
    ],
};
