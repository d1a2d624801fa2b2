//! CPython 3.13 (October 2024): opcodes are numbered anew by a generator, those without an argument first, by the
//! alphabet. The first steps of a compiler to machine code (PEP 744).

use super::effect;
use super::format::FormatChange;
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 13),
    magic: 3571,
    base: Some(&super::cpython_3_12::RELEASE),
    opcodes: &[
        // What something below replaces.
        remove("LOAD_CLOSURE FORMAT_VALUE KW_NAMES"),
        // The new order.
        renumber(&[
            (1, "BEFORE_ASYNC_WITH BEFORE_WITH"),
            (
                4,
                "BINARY_SLICE BINARY_SUBSCR CHECK_EG_MATCH CHECK_EXC_MATCH CLEANUP_THROW DELETE_SUBSCR END_ASYNC_FOR \
                END_FOR END_SEND",
            ),
            (
                16,
                "GET_AITER RESERVED GET_ANEXT GET_ITER GET_LEN GET_YIELD_FROM_ITER INTERPRETER_EXIT \
                LOAD_ASSERTION_ERROR LOAD_BUILD_CLASS LOAD_LOCALS MAKE_FUNCTION MATCH_KEYS MATCH_MAPPING \
                MATCH_SEQUENCE NOP POP_EXCEPT POP_TOP PUSH_EXC_INFO PUSH_NULL RETURN_GENERATOR RETURN_VALUE \
                SETUP_ANNOTATIONS STORE_SLICE STORE_SUBSCR",
            ),
            (
                41,
                "UNARY_INVERT UNARY_NEGATIVE UNARY_NOT WITH_EXCEPT_START BINARY_OP BUILD_CONST_KEY_MAP BUILD_LIST \
                BUILD_MAP BUILD_SET BUILD_SLICE BUILD_STRING BUILD_TUPLE CALL CALL_FUNCTION_EX CALL_INTRINSIC_1 \
                CALL_INTRINSIC_2",
            ),
            (58, "COMPARE_OP CONTAINS_OP"),
            (
                61,
                "COPY COPY_FREE_VARS DELETE_ATTR DELETE_DEREF DELETE_FAST DELETE_GLOBAL DELETE_NAME DICT_MERGE \
                DICT_UPDATE",
            ),
            (
                71,
                "EXTENDED_ARG FOR_ITER GET_AWAITABLE IMPORT_FROM IMPORT_NAME IS_OP JUMP_BACKWARD \
                JUMP_BACKWARD_NO_INTERRUPT JUMP_FORWARD LIST_APPEND LIST_EXTEND LOAD_ATTR LOAD_CONST LOAD_DEREF \
                LOAD_FAST LOAD_FAST_AND_CLEAR LOAD_FAST_CHECK",
            ),
            (
                89,
                "LOAD_FROM_DICT_OR_DEREF LOAD_FROM_DICT_OR_GLOBALS LOAD_GLOBAL LOAD_NAME LOAD_SUPER_ATTR MAKE_CELL \
                MAP_ADD MATCH_CLASS POP_JUMP_IF_FALSE POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE POP_JUMP_IF_TRUE \
                RAISE_VARARGS RERAISE RETURN_CONST SEND SET_ADD",
            ),
            (107, "SET_UPDATE STORE_ATTR STORE_DEREF STORE_FAST"),
            (113, "STORE_GLOBAL STORE_NAME SWAP UNPACK_EX UNPACK_SEQUENCE YIELD_VALUE"),
            (149, "RESUME"),
            (
                236,
                "INSTRUMENTED_RESUME INSTRUMENTED_END_FOR INSTRUMENTED_END_SEND INSTRUMENTED_RETURN_VALUE \
                INSTRUMENTED_RETURN_CONST INSTRUMENTED_YIELD_VALUE INSTRUMENTED_LOAD_SUPER_ATTR \
                INSTRUMENTED_FOR_ITER INSTRUMENTED_CALL",
            ),
            (
                246,
                "INSTRUMENTED_CALL_FUNCTION_EX INSTRUMENTED_INSTRUCTION INSTRUMENTED_JUMP_FORWARD \
                INSTRUMENTED_JUMP_BACKWARD INSTRUMENTED_POP_JUMP_IF_TRUE INSTRUMENTED_POP_JUMP_IF_FALSE \
                INSTRUMENTED_POP_JUMP_IF_NONE INSTRUMENTED_POP_JUMP_IF_NOT_NONE",
            ),
        ]),
        // What is tested is made a bool first, so jumps need not.
        add(40, "TO_BOOL", Unused)
            .stack(0)
            .caches(&[cache("counter", 1), cache("version", 2)])
            .says("Replaces the top value by True or False."),
        caches("POP_JUMP_IF_FALSE", &[cache("counter", 1)]),
        says("POP_JUMP_IF_FALSE", "Pops True or False; if it is False, goes on at the target."),
        caches("POP_JUMP_IF_TRUE", &[cache("counter", 1)]),
        says("POP_JUMP_IF_TRUE", "Pops True or False; if it is True, goes on at the target."),
        says("UNARY_NOT", "Replaces True by False and False by True; `TO_BOOL` has made it one of them."),
        says(
            "COMPARE_OP",
            "Pops two values, pushes the outcome of comparing them. The operator is in the bits from 5 \
                up; bit 4 asks for True or False.",
        ),
        // Branches count which way they go.
        caches("POP_JUMP_IF_NONE", &[cache("counter", 1)]),
        caches("POP_JUMP_IF_NOT_NONE", &[cache("counter", 1)]),
        caches("JUMP_BACKWARD", &[cache("counter", 1)]),
        caches("CONTAINS_OP", &[cache("counter", 1)]),
        // Two instructions in one.
        add(88, "LOAD_FAST_LOAD_FAST", LocalPair).stack(2).says("Pushes the values of two local variables."),
        add(111, "STORE_FAST_LOAD_FAST", LocalPair)
            .stack(0)
            .says("Pops a value into one local variable, then pushes the value of another."),
        add(112, "STORE_FAST_STORE_FAST", LocalPair).stack(-2).says("Pops two values into two local variables."),
        // A function gets its defaults and cells after it is made.
        operand("MAKE_FUNCTION", Unused),
        effect("MAKE_FUNCTION", Effect::Fixed(0)),
        says("MAKE_FUNCTION", "Replaces code by a function made of it."),
        add(106, "SET_FUNCTION_ATTRIBUTE", FunctionAttribute).stack(-1).says(
            "Pops the function on top and gives it the value below: defaults, annotations or cells. The \
                function stays on top.",
        ),
        // f-strings by parts.
        add(60, "CONVERT_VALUE", Conversion)
            .stack(0)
            .says("Replaces a value by its text as an f-string's `!s`, `!r` or `!a` asks for."),
        add(14, "FORMAT_SIMPLE", Unused)
            .stack(0)
            .says("Replaces a value by its text: a field of an f-string without a format spec."),
        add(15, "FORMAT_WITH_SPEC", Unused).stack(-1).says("Pops a format spec and a value, pushes the value as text."),
        // Keyword names are on the stack, and the NULL that stands for no object comes behind the function.
        add(57, "CALL_KW", Number).stack_of(effect::pops_each_and_two).says(
            "Pops a tuple of argument names, N arguments, the object or NULL, and the function; pushes \
                its result. The names are the last arguments'.",
        ),
        says(
            "CALL",
            "Pops N arguments and below them the object of a method or NULL, and the function; pushes its \
                result.",
        ),
        says(
            "CALL_FUNCTION_EX",
            "Pops a tuple of arguments (over it, with bit 0, a dict of named ones), a NULL and the \
                function, pushes its result.",
        ),
        says(
            "LOAD_GLOBAL",
            "Pushes the value of a global or built-in name. Bit 0 pushes a NULL after it, to make room \
                for a call.",
        ),
        says(
            "LOAD_ATTR",
            "Replaces an object by its attribute. For a method call (bit 0) by the method and the object, \
                or the attribute and NULL.",
        ),
        // Loops and generators.
        effect("END_FOR", Effect::Fixed(-1)),
        says("END_FOR", "Pops the value on top: a `for` loop is over."),
        effect("RETURN_GENERATOR", Effect::Fixed(1)),
        says(
            "YIELD_VALUE",
            "Hands the top value to whoever runs the generator. The argument is 1 in a `yield from` or \
                `await`.",
        ),
        says(
            "RESUME",
            "Marks where a call begins (0) or goes on after a `yield` (1), `yield from` (2) or `await` \
                (3); bit 2: inside a `try`.",
        ),
        // The interpreter's own.
        add(13, "EXIT_INIT_CHECK", Unused).stack(-1).says("Pops what an `__init__` returned, which must be None."),
        add(70, "ENTER_EXECUTOR", Number)
            .stack(0)
            .says("Goes on in machine code or optimised code made while the program runs. Files do not hold it."),
        operand("INSTRUMENTED_INSTRUCTION", Unused),
        operand("INSTRUMENTED_LINE", Unused),
        // Instrumented forms (PEP 669): what the interpreter puts in place while a debugger or profiler listens. Never
        // written to a file.
        instrumented(245, "INSTRUMENTED_CALL_KW"),
    ],
    format: &[
        FormatChange::CompareShift(5),
        FormatChange::Intrinsics2(&[
            "INTRINSIC_2_INVALID",
            "INTRINSIC_PREP_RERAISE_STAR",
            "INTRINSIC_TYPEVAR_WITH_BOUND",
            "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
            "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
            "INTRINSIC_SET_TYPEPARAM_DEFAULT",
        ]),
        FormatChange::Labels(true),
    ],
    prereleases: &[
        before(3569, &[caches("CONTAINS_OP", &[])]),
        before(
            3568,
            &[effect("END_FOR", Effect::Fixed(-2)), says("END_FOR", "Pops two values: a `for` loop is over.")],
        ),
        before(3563, &[]).nearest(),
        // Until the new numbers the opcodes of 3.12 are nearer, and comparisons made no bools.
        before(3559, &[Change::RestoreAll]).nearest().with(&[FormatChange::CompareShift(4)]),
    ],
};
