//! CPython 3.12.

use super::effect;
use super::format::FormatChange;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 12),
    magic: 3531,
    base: Some(&super::cpython_3_11::RELEASE),
    opcodes: &[
        remove(
            "UNARY_POSITIVE PRINT_EXPR LIST_TO_TUPLE IMPORT_STAR ASYNC_GEN_WRAP PREP_RERAISE_STAR \
            JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP LOAD_CLASSDEREF LOAD_METHOD PRECALL \
            POP_JUMP_BACKWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NONE POP_JUMP_BACKWARD_IF_FALSE \
            POP_JUMP_BACKWARD_IF_TRUE",
        ),
        rename("POP_JUMP_FORWARD_IF_FALSE", "POP_JUMP_IF_FALSE"),
        rename("POP_JUMP_FORWARD_IF_TRUE", "POP_JUMP_IF_TRUE"),
        rename("POP_JUMP_FORWARD_IF_NOT_NONE", "POP_JUMP_IF_NOT_NONE"),
        rename("POP_JUMP_FORWARD_IF_NONE", "POP_JUMP_IF_NONE"),
        renumber(&[(150, "YIELD_VALUE")]),
        add(3, "INTERPRETER_EXIT", Unused).stack(-1).flow(End).says(""),
        add(4, "END_FOR", Unused).stack(-2).says(""),
        add(5, "END_SEND", Unused).stack(-1).says(""),
        add(17, "RESERVED", Unused).stack(0).says(""),
        caches("BINARY_SUBSCR", &[cache("counter", 1)]),
        add(26, "BINARY_SLICE", Unused).stack(-2).says(""),
        add(27, "STORE_SLICE", Unused).stack(-4).says(""),
        add(55, "CLEANUP_THROW", Unused).stack(-1).says(""),
        add(87, "LOAD_LOCALS", Unused).stack(1).says(""),
        caches("FOR_ITER", &[cache("counter", 1)]),
        effect("FOR_ITER", Effect::Fixed(1)),
        operand("LOAD_ATTR", AttributeName),
        caches("LOAD_ATTR", &[cache("counter", 1), cache("version", 2), cache("keys_version", 2), cache("descr", 4)]),
        effect("LOAD_ATTR", Effect::Of(effect::loads_method)),
        caches("COMPARE_OP", &[cache("counter", 1)]),
        caches(
            "LOAD_GLOBAL",
            &[
                cache("counter", 1),
                cache("index", 1),
                cache("module_keys_version", 1),
                cache("builtin_keys_version", 1),
            ],
        ),
        add(121, "RETURN_CONST", Const).stack(0).flow(End).says(""),
        caches("SEND", &[cache("counter", 1)]),
        effect("SEND", Effect::Fixed(0)),
        add(127, "LOAD_FAST_CHECK", Local).stack(1).says(""),
        add(141, "LOAD_SUPER_ATTR", SuperAttributeName)
            .stack_of(effect::loads_super_method)
            .caches(&[cache("counter", 1)])
            .says(""),
        add(143, "LOAD_FAST_AND_CLEAR", Local).stack(1).says(""),
        operand("YIELD_VALUE", Number),
        caches("CALL", &[cache("counter", 1), cache("func_version", 2)]),
        effect("CALL", Effect::Of(effect::pops_each_and_one)),
        add(173, "CALL_INTRINSIC_1", Intrinsic1).stack(0).says(""),
        add(174, "CALL_INTRINSIC_2", Intrinsic2).stack(-1).says(""),
        add(175, "LOAD_FROM_DICT_OR_GLOBALS", Name).stack(0).says(""),
        add(176, "LOAD_FROM_DICT_OR_DEREF", Cell).stack(0).says(""),
        add(253, "INSTRUMENTED_INSTRUCTION", Number).stack(0).says(""),
        add(254, "INSTRUMENTED_LINE", Number).stack(0).says(""),
        // Instrumented forms (PEP 669): what the interpreter puts in place while a debugger or profiler listens. Never
        // written to a file.
        instrumented(
            237,
            "INSTRUMENTED_LOAD_SUPER_ATTR INSTRUMENTED_POP_JUMP_IF_NONE INSTRUMENTED_POP_JUMP_IF_NOT_NONE \
            INSTRUMENTED_RESUME INSTRUMENTED_CALL INSTRUMENTED_RETURN_VALUE INSTRUMENTED_YIELD_VALUE \
            INSTRUMENTED_CALL_FUNCTION_EX INSTRUMENTED_JUMP_FORWARD INSTRUMENTED_JUMP_BACKWARD \
            INSTRUMENTED_RETURN_CONST INSTRUMENTED_FOR_ITER INSTRUMENTED_POP_JUMP_IF_FALSE \
            INSTRUMENTED_POP_JUMP_IF_TRUE INSTRUMENTED_END_FOR INSTRUMENTED_END_SEND",
        ),
    ],
    format: &[
        FormatChange::HaveArgument(256),
        FormatChange::JumpsFromCaches(true),
        FormatChange::CompareShift(4),
        FormatChange::Intrinsics1(&[
            "INTRINSIC_1_INVALID",
            "INTRINSIC_PRINT",
            "INTRINSIC_IMPORT_STAR",
            "INTRINSIC_STOPITERATION_ERROR",
            "INTRINSIC_ASYNC_GEN_WRAP",
            "INTRINSIC_UNARY_POSITIVE",
            "INTRINSIC_LIST_TO_TUPLE",
            "INTRINSIC_TYPEVAR",
            "INTRINSIC_PARAMSPEC",
            "INTRINSIC_TYPEVARTUPLE",
            "INTRINSIC_SUBSCRIPT_GENERIC",
            "INTRINSIC_TYPEALIAS",
        ]),
        FormatChange::Intrinsics2(&[
            "INTRINSIC_2_INVALID",
            "INTRINSIC_PREP_RERAISE_STAR",
            "INTRINSIC_TYPEVAR_WITH_BOUND",
            "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
            "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
        ]),
    ],
    prereleases: &[],
};
