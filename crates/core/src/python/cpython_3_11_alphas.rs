//! The alphas of CPython 3.11 (October 2021 to April 2022), told backwards: 45 magic numbers in half a year.
//!
//! The opcodes are certain for a1 (3461), a2, a3, a4 (3474) and from a7 (3494) on, whose `Lib/opcode.py` could be read.
//! Magic numbers in between belong to a5, a6 and to days of development.

use super::format::{CodeLayout, FormatChange, LineTable};
use super::release::*;

pub(super) const ALPHAS: &[Prerelease] = &[
    // Ends of lines and columns had tables of their own, beside a line table as in 3.10.
    before(3494, &[]).with(&[FormatChange::Code(CodeLayout::V3_11From3460), FormatChange::Lines(LineTable::Pep626)]),
    // Conditional jumps were absolute.
    before(3493, &[restore("JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP")]),
    before(
        3492,
        &[
            remove("POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_FORWARD_IF_NOT_NONE"),
            remove("POP_JUMP_FORWARD_IF_NONE POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_BACKWARD_IF_TRUE"),
            remove("POP_JUMP_BACKWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NONE"),
            restore("POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE"),
            add(128, "POP_JUMP_IF_NOT_NONE", JumpAbsolute)
                .stack(-1)
                .says("Pops a value; if it is not None, goes on at the target."),
            add(129, "POP_JUMP_IF_NONE", JumpAbsolute)
                .stack(-1)
                .says("Pops a value; if it is None, goes on at the target."),
        ],
    ),
    // Matching an exception jumped.
    before(
        3491,
        &[
            remove("CHECK_EG_MATCH"),
            add(127, "JUMP_IF_NOT_EG_MATCH", JumpAbsolute).splits(0, -1).says(
                "Pops an exception class; goes on at the target if nothing in the group below is of it, \
                else splits the group.",
            ),
            rename("JUMP_BACKWARD_NO_INTERRUPT", "JUMP_NO_INTERRUPT"),
            operand("JUMP_NO_INTERRUPT", JumpAbsolute),
        ],
    )
    .nearest(),
    before(
        3490,
        &[
            remove("CHECK_EXC_MATCH"),
            restore("JUMP_IF_NOT_EXC_MATCH"),
            effect("JUMP_IF_NOT_EXC_MATCH", Effect::Fixed(-1)),
            says(
                "JUMP_IF_NOT_EXC_MATCH",
                "Pops an exception class; if the exception below is not of it, goes on at the target, \
                the next `except`.",
            ),
        ],
    )
    .nearest(),
    before(3489, &[remove("JUMP_BACKWARD"), restore("JUMP_ABSOLUTE")]).nearest(),
    before(
        3488,
        &[
            operand("LOAD_GLOBAL", Name),
            effect("LOAD_GLOBAL", Effect::Fixed(1)),
            says("LOAD_GLOBAL", "Pushes the value of a name, looked for among the global, then the built-in names."),
        ],
    )
    .nearest(),
    // Inline caches came one after the other.
    before(3486, &[caches("PRECALL", &[]), caches("CALL", &[])]).nearest(),
    before(3485, &[restore("GET_AWAITABLE")]).nearest(),
    before(3484, &[caches("LOAD_ATTR", &[]), caches("LOAD_METHOD", &[]), caches("STORE_ATTR", &[])]).nearest(),
    before(3483, &[caches("COMPARE_OP", &[]), caches("BINARY_SUBSCR", &[]), caches("STORE_SUBSCR", &[])]).nearest(),
    before(3482, &[caches("UNPACK_SEQUENCE", &[]), caches("LOAD_GLOBAL", &[])]).nearest(),
    before(3481, &[caches("BINARY_OP", &[]), remove("CACHE")]).nearest(),
    // Calls.
    before(3479, &[remove("PUSH_NULL"), restore("CALL_FUNCTION_EX")]).nearest(),
    before(
        3478,
        &[
            remove("PRECALL CALL KW_NAMES"),
            add(168, "PRECALL_METHOD", Number)
                .stack(-1)
                .says("Puts a method together with its object for the call that follows, with N arguments."),
            add(169, "CALL_NO_KW", Number)
                .stack_of(PopsEach)
                .says("Pops N arguments and the function below, pushes its result."),
            add(170, "CALL_KW", Number)
                .stack_of(PopsEachAndOne)
                .says("Pops a tuple of argument names, N arguments and the function below, pushes its result."),
        ],
    )
    .nearest(),
    before(3477, &[remove("SWAP"), restore("ROT_TWO ROT_THREE ROT_FOUR ROT_N DUP_TOP DUP_TOP_TWO")]).nearest(),
    before(3476, &[remove("ASYNC_GEN_WRAP")]).nearest(),
    before(3475, &[remove("RETURN_GENERATOR JUMP_NO_INTERRUPT")]),
    // From a4 back to a1.
    before(3474, &[remove("RESUME")]),
    before(3473, &[remove("POP_JUMP_IF_NOT_NONE POP_JUMP_IF_NONE")]),
    before(3472, &[restore("GEN_START")]),
    before(
        3471,
        &[add(37, "POP_EXCEPT_AND_RERAISE", Unused)
            .stack(-7)
            .flow(End)
            .says("Ends an `except` clause that failed and raises its exception again, as from where it first rose.")],
    ),
    // An exception took three places on the stack.
    before(3469, &[restore("POP_EXCEPT RERAISE END_ASYNC_FOR"), effect("PUSH_EXC_INFO", Effect::Fixed(3))]),
    before(3468, &[remove("SEND"), restore("YIELD_FROM")]),
    before(
        3467,
        &[
            remove("PRECALL_METHOD CALL_NO_KW CALL_KW"),
            restore("CALL_FUNCTION CALL_FUNCTION_KW CALL_METHOD"),
            add(166, "CALL_METHOD_KW", Number).stack_of(PopsEachAndTwo).says(
                "Pops a tuple of argument names, N arguments and the two values that LOAD_METHOD left, \
                pushes the result.",
            ),
        ],
    ),
    before(3466, &[remove("JUMP_IF_NOT_EG_MATCH PREP_RERAISE_STAR")]),
    before(3465, &[remove("COPY_FREE_VARS")]),
    before(
        3464,
        &[
            remove("BINARY_OP"),
            restore(
                "BINARY_POWER BINARY_MULTIPLY BINARY_MATRIX_MULTIPLY BINARY_MODULO BINARY_ADD BINARY_SUBTRACT \
                BINARY_FLOOR_DIVIDE BINARY_TRUE_DIVIDE BINARY_LSHIFT BINARY_RSHIFT BINARY_AND BINARY_XOR BINARY_OR",
            ),
            restore(
                "INPLACE_POWER INPLACE_MULTIPLY INPLACE_MATRIX_MULTIPLY INPLACE_MODULO INPLACE_ADD INPLACE_SUBTRACT \
                INPLACE_FLOOR_DIVIDE INPLACE_TRUE_DIVIDE INPLACE_LSHIFT INPLACE_RSHIFT INPLACE_AND INPLACE_XOR \
                INPLACE_OR",
            ),
        ],
    )
    .with(&[FormatChange::Binary(&[])]),
    before(3463, &[restore("JUMP_IF_NOT_EXC_MATCH")]),
    before(3462, &[remove("COPY"), restore("COPY_DICT_WITHOUT_KEYS MATCH_KEYS MATCH_CLASS")]),
    // The fields of code objects, on the way to a1.
    before(3460, &[restore("MAKE_FUNCTION")]).with(&[FormatChange::Code(CodeLayout::V3_11From3459)]),
    before(3459, &[]).with(&[FormatChange::Code(CodeLayout::V3_11From3453)]),
    before(3455, &[remove("MAKE_CELL"), restore("LOAD_CLOSURE LOAD_DEREF STORE_DEREF DELETE_DEREF")]),
    before(3454, &[]).with(&[FormatChange::CellsInLocalsplus(false)]),
    before(3453, &[]).with(&[FormatChange::Code(CodeLayout::V3_11From3452)]),
    before(3452, &[]).with(&[FormatChange::Code(CodeLayout::V3_11From3450)]),
    before(3451, &[remove("CALL_METHOD_KW")]),
];
