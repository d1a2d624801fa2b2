//! CPython 1.6 (September 2000): unicode strings, and `f(*args, **kwargs)` in calls.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 6),
    magic: 50428,
    base: Some(&super::cpython_1_5::RELEASE),
    opcodes: &[
        // Leftovers of the argument handling before 1.3; 1.5.2 had dropped them already.
        remove("UNPACK_ARG UNPACK_VARARG LOAD_LOCAL SET_FUNC_ARGS"),
        // Until now `apply()` was needed for these.
        add(140, "CALL_FUNCTION_VAR", CallCounts)
            .stack_of(CallsWithStar)
            .says("As CALL_FUNCTION, with a sequence of further arguments on top: `f(*args)`."),
        add(141, "CALL_FUNCTION_KW", CallCounts)
            .stack_of(CallsWithStar)
            .says("As CALL_FUNCTION, with a dict of further arguments on top: `f(**kwargs)`."),
        add(142, "CALL_FUNCTION_VAR_KW", CallCounts)
            .stack_of(CallsWithBothStars)
            .says("As CALL_FUNCTION, with a sequence and a dict of further arguments on top: `f(*args, **kwargs)`."),
    ],
    format: &[],
    prereleases: &[],
};
