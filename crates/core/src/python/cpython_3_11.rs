//! CPython 3.11.

use super::effect;
use super::format::{CodeLayout, FormatChange, LineTable};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 11),
    magic: 3495,
    base: Some(&super::cpython_3_10::RELEASE),
    opcodes: &[
        remove(
            "ROT_TWO ROT_THREE DUP_TOP DUP_TOP_TWO ROT_FOUR BINARY_MATRIX_MULTIPLY INPLACE_MATRIX_MULTIPLY \
            BINARY_POWER BINARY_MULTIPLY BINARY_MODULO BINARY_ADD BINARY_SUBTRACT BINARY_FLOOR_DIVIDE \
            BINARY_TRUE_DIVIDE INPLACE_FLOOR_DIVIDE INPLACE_TRUE_DIVIDE COPY_DICT_WITHOUT_KEYS INPLACE_ADD \
            INPLACE_SUBTRACT INPLACE_MULTIPLY INPLACE_MODULO BINARY_LSHIFT BINARY_RSHIFT BINARY_AND BINARY_XOR \
            BINARY_OR INPLACE_POWER YIELD_FROM INPLACE_LSHIFT INPLACE_RSHIFT INPLACE_AND INPLACE_XOR INPLACE_OR \
            POP_BLOCK ROT_N JUMP_ABSOLUTE POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE JUMP_IF_NOT_EXC_MATCH SETUP_FINALLY \
            GEN_START CALL_FUNCTION CALL_FUNCTION_KW SETUP_WITH SETUP_ASYNC_WITH CALL_METHOD",
        ),
        renumber(&[(131, "GET_AWAITABLE"), (136, "LOAD_CLOSURE LOAD_DEREF STORE_DEREF DELETE_DEREF")]),
        add(0, "CACHE", Unused).stack(0).says(""),
        add(2, "PUSH_NULL", Unused).stack(1).says(""),
        caches("BINARY_SUBSCR", &[cache("counter", 1), cache("type_version", 2), cache("func_version", 1)]),
        effect("MATCH_KEYS", Effect::Fixed(1)),
        add(35, "PUSH_EXC_INFO", Unused).stack(1).says(""),
        add(36, "CHECK_EXC_MATCH", Unused).stack(0).says(""),
        add(37, "CHECK_EG_MATCH", Unused).stack(0).says(""),
        add(53, "BEFORE_WITH", Unused).stack(1).says(""),
        effect("END_ASYNC_FOR", Effect::Fixed(-2)),
        caches("STORE_SUBSCR", &[cache("counter", 1)]),
        add(75, "RETURN_GENERATOR", Unused).stack(0).says(""),
        add(87, "ASYNC_GEN_WRAP", Unused).stack(0).says(""),
        add(88, "PREP_RERAISE_STAR", Unused).stack(-1).says(""),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        caches("UNPACK_SEQUENCE", &[cache("counter", 1)]),
        caches("STORE_ATTR", &[cache("counter", 1), cache("version", 2), cache("index", 1)]),
        add(99, "SWAP", Number).stack(0).says(""),
        caches("LOAD_ATTR", &[cache("counter", 1), cache("version", 2), cache("index", 1)]),
        caches("COMPARE_OP", &[cache("counter", 1), cache("mask", 1)]),
        operand("JUMP_IF_FALSE_OR_POP", JumpForward),
        operand("JUMP_IF_TRUE_OR_POP", JumpForward),
        add(114, "POP_JUMP_FORWARD_IF_FALSE", JumpForward).stack(-1).says(""),
        add(115, "POP_JUMP_FORWARD_IF_TRUE", JumpForward).stack(-1).says(""),
        operand("LOAD_GLOBAL", GlobalName),
        caches(
            "LOAD_GLOBAL",
            &[
                cache("counter", 1),
                cache("index", 1),
                cache("module_keys_version", 2),
                cache("builtin_keys_version", 1),
            ],
        ),
        effect("LOAD_GLOBAL", Effect::Of(effect::loads_and_null)),
        effect("RERAISE", Effect::Fixed(-1)),
        add(120, "COPY", Number).stack(1).says(""),
        add(122, "BINARY_OP", BinaryOperator).stack(-1).caches(&[cache("counter", 1)]).says(""),
        add(123, "SEND", JumpForward).splits(0, -1).says(""),
        add(128, "POP_JUMP_FORWARD_IF_NOT_NONE", JumpForward).stack(-1).says(""),
        add(129, "POP_JUMP_FORWARD_IF_NONE", JumpForward).stack(-1).says(""),
        operand("GET_AWAITABLE", Number),
        effect("MAKE_FUNCTION", Effect::Of(effect::pops_each_flagged)),
        add(134, "JUMP_BACKWARD_NO_INTERRUPT", JumpBackward).stack(0).flow(Jump).says(""),
        add(135, "MAKE_CELL", Cell).stack(0).says(""),
        add(140, "JUMP_BACKWARD", JumpBackward).stack(0).flow(Jump).says(""),
        effect("CALL_FUNCTION_EX", Effect::Of(effect::pops_flagged_and_two)),
        add(149, "COPY_FREE_VARS", Number).stack(0).says(""),
        add(151, "RESUME", Number).stack(0).says(""),
        effect("MATCH_CLASS", Effect::Fixed(-2)),
        caches(
            "LOAD_METHOD",
            &[
                cache("counter", 1),
                cache("type_version", 2),
                cache("dict_offset", 1),
                cache("keys_version", 2),
                cache("descr", 4),
            ],
        ),
        add(166, "PRECALL", Number).stack_of(effect::pops_each).caches(&[cache("counter", 1)]).says(""),
        add(171, "CALL", Number)
            .stack(-1)
            .caches(&[cache("counter", 1), cache("func_version", 2), cache("min_args", 1)])
            .says(""),
        add(172, "KW_NAMES", Const).stack(0).says(""),
        add(173, "POP_JUMP_BACKWARD_IF_NOT_NONE", JumpBackward).stack(-1).says(""),
        add(174, "POP_JUMP_BACKWARD_IF_NONE", JumpBackward).stack(-1).says(""),
        add(175, "POP_JUMP_BACKWARD_IF_FALSE", JumpBackward).stack(-1).says(""),
        add(176, "POP_JUMP_BACKWARD_IF_TRUE", JumpBackward).stack(-1).says(""),
    ],
    format: &[
        FormatChange::Code(CodeLayout::V3_11),
        FormatChange::Lines(LineTable::Pep657),
        FormatChange::CellsInLocalsplus(true),
        FormatChange::Binary(&[
            "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=", "@=", "*=",
            "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
        ]),
    ],
    prereleases: &[],
};
