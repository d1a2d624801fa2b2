//! CPython 3.0.

use super::effect;
use super::format::{CodeLayout, FormatChange, ReprStyle};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 0),
    magic: 3131,
    base: Some(&super::cpython_2_6::RELEASE),
    opcodes: &[
        remove(
            "UNARY_CONVERT BINARY_DIVIDE SLICE+0 SLICE+1 SLICE+2 SLICE+3 STORE_SLICE+0 STORE_SLICE+1 \
            STORE_SLICE+2 STORE_SLICE+3 DELETE_SLICE+0 DELETE_SLICE+1 DELETE_SLICE+2 DELETE_SLICE+3 \
            INPLACE_DIVIDE PRINT_ITEM PRINT_NEWLINE PRINT_ITEM_TO PRINT_NEWLINE_TO LOAD_LOCALS EXEC_STMT \
            BUILD_CLASS",
        ),
        renumber(&[(105, "BUILD_MAP LOAD_ATTR COMPARE_OP IMPORT_NAME IMPORT_FROM")]),
        add(17, "SET_ADD", Unused).stack(-2).says(""),
        add(69, "STORE_LOCALS", Unused).stack(-1).says(""),
        add(71, "LOAD_BUILD_CLASS", Unused).stack(1).says(""),
        effect("END_FINALLY", Effect::Fixed(-1)),
        add(89, "POP_EXCEPT", Unused).stack(0).says(""),
        add(94, "UNPACK_EX", Number).stack_of(effect::unpacks_around_star).says(""),
        add(104, "BUILD_SET", Number).stack_of(effect::builds).says(""),
        effect("SETUP_EXCEPT", Effect::Split { next: 0, jump: 6 }),
        effect("SETUP_FINALLY", Effect::Split { next: 0, jump: 6 }),
        effect("MAKE_FUNCTION", Effect::Of(effect::makes_function_3_0)),
        effect("MAKE_CLOSURE", Effect::Of(effect::makes_closure_3_0)),
    ],
    format: &[FormatChange::Code(CodeLayout::V3_0), FormatChange::Repr(ReprStyle::Python3)],
    prereleases: &[],
};
