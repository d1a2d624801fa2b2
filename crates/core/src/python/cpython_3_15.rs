//! CPython 3.15 (2026): lazy imports (PEP 810), frozen dicts, and loops over an index instead of an iterator.

use super::format::FormatChange;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 15),
    magic: 3666,
    base: Some(&super::cpython_3_14::RELEASE),
    opcodes: &[
        // LOAD_CONST needs no faster form any more.
        remove("LOAD_CONST_IMMORTAL LOAD_CONST_MORTAL"),
        // What something below replaces.
        remove("GET_YIELD_FROM_ITER"),
        // Numbers moved up and down with what came and went.
        renumber(&[
            (
                16,
                "GET_LEN RESERVED INTERPRETER_EXIT LOAD_BUILD_CLASS LOAD_LOCALS MAKE_FUNCTION MATCH_KEYS \
                MATCH_MAPPING MATCH_SEQUENCE NOP NOT_TAKEN POP_EXCEPT POP_ITER POP_TOP PUSH_EXC_INFO PUSH_NULL \
                RETURN_GENERATOR RETURN_VALUE SETUP_ANNOTATIONS STORE_SLICE STORE_SUBSCR TO_BOOL UNARY_INVERT \
                UNARY_NEGATIVE UNARY_NOT WITH_EXCEPT_START BINARY_OP BUILD_INTERPOLATION BUILD_LIST BUILD_MAP \
                BUILD_SET BUILD_SLICE BUILD_STRING BUILD_TUPLE CALL CALL_INTRINSIC_1 CALL_INTRINSIC_2 CALL_KW \
                COMPARE_OP CONTAINS_OP CONVERT_VALUE COPY COPY_FREE_VARS DELETE_ATTR DELETE_DEREF DELETE_FAST \
                DELETE_GLOBAL DELETE_NAME DICT_MERGE DICT_UPDATE END_ASYNC_FOR EXTENDED_ARG FOR_ITER GET_AWAITABLE \
                GET_ITER IMPORT_FROM IMPORT_NAME IS_OP JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT JUMP_FORWARD \
                LIST_APPEND LIST_EXTEND LOAD_ATTR LOAD_COMMON_CONSTANT LOAD_CONST LOAD_DEREF LOAD_FAST \
                LOAD_FAST_AND_CLEAR LOAD_FAST_BORROW LOAD_FAST_BORROW_LOAD_FAST_BORROW LOAD_FAST_CHECK \
                LOAD_FAST_LOAD_FAST LOAD_FROM_DICT_OR_DEREF LOAD_FROM_DICT_OR_GLOBALS LOAD_GLOBAL LOAD_NAME \
                LOAD_SMALL_INT LOAD_SPECIAL LOAD_SUPER_ATTR MAKE_CELL MAP_ADD MATCH_CLASS POP_JUMP_IF_FALSE \
                POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE POP_JUMP_IF_TRUE RAISE_VARARGS RERAISE SEND SET_ADD \
                SET_FUNCTION_ATTRIBUTE SET_UPDATE STORE_ATTR STORE_DEREF STORE_FAST STORE_FAST_LOAD_FAST \
                STORE_FAST_STORE_FAST STORE_GLOBAL STORE_NAME SWAP UNPACK_EX UNPACK_SEQUENCE YIELD_VALUE",
            ),
            (
                142,
                "BINARY_OP_SUBTRACT_FLOAT BINARY_OP_SUBTRACT_INT CALL_ALLOC_AND_ENTER_INIT \
                CALL_BOUND_METHOD_EXACT_ARGS CALL_BOUND_METHOD_GENERAL CALL_BUILTIN_CLASS CALL_BUILTIN_FAST \
                CALL_BUILTIN_FAST_WITH_KEYWORDS CALL_BUILTIN_O",
            ),
            (
                153,
                "CALL_ISINSTANCE CALL_KW_BOUND_METHOD CALL_KW_NON_PY CALL_KW_PY CALL_LEN CALL_LIST_APPEND \
                CALL_METHOD_DESCRIPTOR_FAST CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS CALL_METHOD_DESCRIPTOR_NOARGS \
                CALL_METHOD_DESCRIPTOR_O CALL_NON_PY_GENERAL CALL_PY_EXACT_ARGS CALL_PY_GENERAL CALL_STR_1 \
                CALL_TUPLE_1 CALL_TYPE_1 COMPARE_OP_FLOAT COMPARE_OP_INT COMPARE_OP_STR CONTAINS_OP_DICT \
                CONTAINS_OP_SET FOR_ITER_GEN FOR_ITER_LIST FOR_ITER_RANGE FOR_ITER_TUPLE",
            ),
            (
                181,
                "JUMP_BACKWARD_JIT JUMP_BACKWARD_NO_JIT LOAD_ATTR_CLASS LOAD_ATTR_CLASS_WITH_METACLASS_CHECK \
                LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN LOAD_ATTR_INSTANCE_VALUE LOAD_ATTR_METHOD_LAZY_DICT \
                LOAD_ATTR_METHOD_NO_DICT LOAD_ATTR_METHOD_WITH_VALUES LOAD_ATTR_MODULE \
                LOAD_ATTR_NONDESCRIPTOR_NO_DICT LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES LOAD_ATTR_PROPERTY \
                LOAD_ATTR_SLOT LOAD_ATTR_WITH_HINT LOAD_GLOBAL_BUILTIN LOAD_GLOBAL_MODULE LOAD_SUPER_ATTR_ATTR \
                LOAD_SUPER_ATTR_METHOD RESUME_CHECK",
            ),
            (203, "SEND_GEN"),
            (
                205,
                "STORE_ATTR_INSTANCE_VALUE STORE_ATTR_SLOT STORE_ATTR_WITH_HINT STORE_SUBSCR_DICT \
                STORE_SUBSCR_LIST_INT TO_BOOL_ALWAYS_TRUE TO_BOOL_BOOL TO_BOOL_INT TO_BOOL_LIST TO_BOOL_NONE \
                TO_BOOL_STR UNPACK_SEQUENCE_LIST UNPACK_SEQUENCE_TUPLE UNPACK_SEQUENCE_TWO_TUPLE",
            ),
            (
                233,
                "INSTRUMENTED_END_FOR INSTRUMENTED_POP_ITER INSTRUMENTED_END_SEND INSTRUMENTED_FOR_ITER \
                INSTRUMENTED_INSTRUCTION INSTRUMENTED_JUMP_FORWARD INSTRUMENTED_NOT_TAKEN \
                INSTRUMENTED_POP_JUMP_IF_TRUE INSTRUMENTED_POP_JUMP_IF_FALSE INSTRUMENTED_POP_JUMP_IF_NONE \
                INSTRUMENTED_POP_JUMP_IF_NOT_NONE INSTRUMENTED_RESUME INSTRUMENTED_RETURN_VALUE \
                INSTRUMENTED_YIELD_VALUE INSTRUMENTED_END_ASYNC_FOR INSTRUMENTED_LOAD_SUPER_ATTR INSTRUMENTED_CALL \
                INSTRUMENTED_CALL_KW INSTRUMENTED_CALL_FUNCTION_EX INSTRUMENTED_JUMP_BACKWARD INSTRUMENTED_LINE \
                ENTER_EXECUTOR",
            ),
        ]),
        // Lazy imports: the argument's low bits tell when the module is wanted.
        operand("IMPORT_NAME", ImportName),
        says(
            "IMPORT_NAME",
            "Pops the names wanted and how many packages up to look, imports a module and pushes it. Bit \
                0: lazily, bit 1: at once.",
        ),
        // A loop may run over a list by position, without an iterator: its state takes two places on the stack.
        operand("GET_ITER", Number),
        caches("GET_ITER", &[cache("counter", 1)]),
        effect("GET_ITER", Effect::Fixed(1)),
        says(
            "GET_ITER",
            "Replaces an object by what a loop runs on: an iterator and a NULL, or the object itself and \
                a position. The argument tells for what.",
        ),
        effect("POP_ITER", Effect::Fixed(-2)),
        says("POP_ITER", "Pops what the loop ran on and its position: a `for` loop is over."),
        effect("END_SEND", Effect::Fixed(-2)),
        says("END_SEND", "Removes the two values below the top one, the result: an `await` or `yield from` is over."),
        // More instructions adapt.
        caches("CALL_FUNCTION_EX", &[cache("counter", 1)]),
        caches("RESUME", &[cache("counter", 1)]),
        // The interpreter's own.
        add(255, "TRACE_RECORD", Number)
            .stack(0)
            .says("Writes down what is executed, for the compiler to machine code. Files do not hold it."),
        // Specialized forms (PEP 659): what the interpreter puts in place of a common opcode once it has seen its
        // operands. Named by `dis`; never written to a file.
        specialized("BINARY_OP", 141, "BINARY_OP_SUBSCR_USTR_INT"),
        specialized("CALL_FUNCTION_EX", 151, "CALL_EX_NON_PY_GENERAL CALL_EX_PY"),
        specialized("FOR_ITER", 178, "FOR_ITER_VIRTUAL"),
        specialized("GET_ITER", 179, "GET_ITER_SELF GET_ITER_VIRTUAL"),
        specialized("RESUME", 201, "RESUME_CHECK_JIT"),
        specialized("SEND", 202, "SEND_ASYNC_GEN"),
        specialized("SEND", 204, "SEND_VIRTUAL"),
    ],
    format: &[FormatChange::CommonConstants(&[
        "AssertionError",
        "NotImplementedError",
        "tuple",
        "<built-in function all>",
        "<built-in function any>",
        "list",
        "set",
        "None",
        "''",
        "True",
        "False",
        "-1",
    ])],
    prereleases: &[
        // As in 3.14.
        before(3666, &[]).nearest(),
    ],
};
