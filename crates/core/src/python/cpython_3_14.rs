//! CPython 3.14 (October 2025): template strings (PEP 750), annotations evaluated when asked for (PEP 649),
//! references borrowed from local variables. `dis` names the specialized forms too.

use super::format::FormatChange;
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 14),
    magic: 3627,
    base: Some(&super::cpython_3_13::RELEASE),
    opcodes: &[
        // Numbers that the rule does not deal out.
        renumber(128, "RESUME"),
        renumber(234, "INSTRUMENTED_END_FOR"),
        renumber(236, "INSTRUMENTED_END_SEND INSTRUMENTED_FOR_ITER INSTRUMENTED_INSTRUCTION INSTRUMENTED_JUMP_FORWARD"),
        renumber(
            241,
            "INSTRUMENTED_POP_JUMP_IF_TRUE INSTRUMENTED_POP_JUMP_IF_FALSE INSTRUMENTED_POP_JUMP_IF_NONE \
                INSTRUMENTED_POP_JUMP_IF_NOT_NONE INSTRUMENTED_RESUME INSTRUMENTED_RETURN_VALUE \
                INSTRUMENTED_YIELD_VALUE",
        ),
        renumber(
            249,
            "INSTRUMENTED_LOAD_SUPER_ATTR INSTRUMENTED_CALL INSTRUMENTED_CALL_KW INSTRUMENTED_CALL_FUNCTION_EX \
                INSTRUMENTED_JUMP_BACKWARD",
        ),
        renumber(255, "ENTER_EXECUTOR"),
        // t-strings.
        add(2, "BUILD_TEMPLATE", Unused)
            .stack(-1)
            .says("Pops a tuple of interpolations and a tuple of texts, pushes a template: a t-string."),
        add(45, "BUILD_INTERPOLATION", Number).stack_of(PopsFlaggedAndOne).says(
            "Pops the text of an expression and its value (over them, with bit 0, a format spec), pushes \
                an interpolation of a t-string.",
        ),
        // Constants that need no place in `co_consts`.
        remove("LOAD_ASSERTION_ERROR RETURN_CONST INSTRUMENTED_RETURN_CONST"),
        add(94, "LOAD_SMALL_INT", Number).stack(1).says("Pushes a small integer: the argument itself, 0 to 255."),
        add(81, "LOAD_COMMON_CONSTANT", CommonConstant)
            .stack(1)
            .says("Pushes one of the objects that code needs often, such as AssertionError."),
        // References borrowed from a variable that outlives their use.
        add(86, "LOAD_FAST_BORROW", Local).stack(1).says(
            "Pushes the value of a local variable, borrowed: it does not count as a reference, for the \
                variable outlives the use.",
        ),
        add(87, "LOAD_FAST_BORROW_LOAD_FAST_BORROW", LocalPair)
            .stack(2)
            .says("Pushes the values of two local variables, borrowed, as LOAD_FAST_BORROW does."),
        // `with` in plain instructions.
        remove("BEFORE_WITH BEFORE_ASYNC_WITH"),
        add(95, "LOAD_SPECIAL", SpecialMethod).stack(1).says(
            "Replaces an object by one of its special methods, and what it is called on: `with` needs \
                `__enter__` and `__exit__`.",
        ),
        // An item is one more binary operator.
        remove("BINARY_SUBSCR"),
        caches("BINARY_OP", &[cache("counter", 1), cache("descr", 4)]),
        says(
            "BINARY_OP",
            "Pops two values, pushes the outcome of an operator, such as `left + right` or `left[right]`; \
                the argument tells which.",
        ),
        // Both ways of a branch can be watched, and a loop's end is told apart.
        add(28, "NOT_TAKEN", Unused)
            .stack(0)
            .says("Does nothing. It marks the way on after a branch for tools that watch which way branches go."),
        add(30, "POP_ITER", Unused).stack(-1).says("Pops the iterator: a `for` loop is over."),
        says(
            "FOR_ITER",
            "Pushes the iterator's next item. If there is none left, goes on at the target, where END_FOR \
                and POP_ITER tidy up.",
        ),
        operand("END_ASYNC_FOR", AsyncForStart),
        says(
            "END_ASYNC_FOR",
            "Ends an `async for` if the exception is StopAsyncIteration; any other is raised again. The \
                argument leads back to the loop's SEND.",
        ),
        // Calls with a dict of arguments always have its place.
        operand("CALL_FUNCTION_EX", Unused),
        effect("CALL_FUNCTION_EX", Effect::Fixed(-3)),
        says(
            "CALL_FUNCTION_EX",
            "Pops a dict of named arguments or NULL, a tuple of arguments, a NULL and the function, \
                pushes its result.",
        ),
        caches("CALL_KW", &[cache("counter", 1), cache("func_version", 2)]),
        // Dict displays with constant keys are rare enough.
        remove("BUILD_CONST_KEY_MAP"),
        // A return leaves its value to the caller's stack.
        effect("RETURN_VALUE", Effect::Fixed(0)),
        effect("BUILD_SLICE", Effect::Of(Builds)),
        // Specialized forms (PEP 659): what the interpreter puts in place of a common opcode once it has seen its
        // operands. Named by `dis`; never written to a file.
        specialized("BINARY_OP", 3, "BINARY_OP_INPLACE_ADD_UNICODE"),
        specialized(
            "BINARY_OP",
            129,
            "BINARY_OP_ADD_FLOAT BINARY_OP_ADD_INT BINARY_OP_ADD_UNICODE BINARY_OP_EXTEND \
            BINARY_OP_MULTIPLY_FLOAT BINARY_OP_MULTIPLY_INT BINARY_OP_SUBSCR_DICT BINARY_OP_SUBSCR_GETITEM \
            BINARY_OP_SUBSCR_LIST_INT BINARY_OP_SUBSCR_LIST_SLICE BINARY_OP_SUBSCR_STR_INT \
            BINARY_OP_SUBSCR_TUPLE_INT BINARY_OP_SUBTRACT_FLOAT BINARY_OP_SUBTRACT_INT",
        ),
        specialized(
            "CALL",
            143,
            "CALL_ALLOC_AND_ENTER_INIT CALL_BOUND_METHOD_EXACT_ARGS CALL_BOUND_METHOD_GENERAL CALL_BUILTIN_CLASS \
            CALL_BUILTIN_FAST CALL_BUILTIN_FAST_WITH_KEYWORDS CALL_BUILTIN_O CALL_ISINSTANCE",
        ),
        specialized("CALL_KW", 151, "CALL_KW_BOUND_METHOD CALL_KW_NON_PY CALL_KW_PY"),
        specialized(
            "CALL",
            154,
            "CALL_LEN CALL_LIST_APPEND CALL_METHOD_DESCRIPTOR_FAST CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS \
            CALL_METHOD_DESCRIPTOR_NOARGS CALL_METHOD_DESCRIPTOR_O CALL_NON_PY_GENERAL CALL_PY_EXACT_ARGS \
            CALL_PY_GENERAL CALL_STR_1 CALL_TUPLE_1 CALL_TYPE_1",
        ),
        specialized("COMPARE_OP", 166, "COMPARE_OP_FLOAT COMPARE_OP_INT COMPARE_OP_STR"),
        specialized("CONTAINS_OP", 169, "CONTAINS_OP_DICT CONTAINS_OP_SET"),
        specialized("FOR_ITER", 171, "FOR_ITER_GEN FOR_ITER_LIST FOR_ITER_RANGE FOR_ITER_TUPLE"),
        specialized("JUMP_BACKWARD", 175, "JUMP_BACKWARD_JIT JUMP_BACKWARD_NO_JIT"),
        specialized(
            "LOAD_ATTR",
            177,
            "LOAD_ATTR_CLASS LOAD_ATTR_CLASS_WITH_METACLASS_CHECK LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN \
            LOAD_ATTR_INSTANCE_VALUE LOAD_ATTR_METHOD_LAZY_DICT LOAD_ATTR_METHOD_NO_DICT \
            LOAD_ATTR_METHOD_WITH_VALUES LOAD_ATTR_MODULE LOAD_ATTR_NONDESCRIPTOR_NO_DICT \
            LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES LOAD_ATTR_PROPERTY LOAD_ATTR_SLOT LOAD_ATTR_WITH_HINT",
        ),
        specialized("LOAD_CONST", 190, "LOAD_CONST_IMMORTAL LOAD_CONST_MORTAL"),
        specialized("LOAD_GLOBAL", 192, "LOAD_GLOBAL_BUILTIN LOAD_GLOBAL_MODULE"),
        specialized("LOAD_SUPER_ATTR", 194, "LOAD_SUPER_ATTR_ATTR LOAD_SUPER_ATTR_METHOD"),
        specialized("RESUME", 196, "RESUME_CHECK"),
        specialized("SEND", 197, "SEND_GEN"),
        specialized("STORE_ATTR", 198, "STORE_ATTR_INSTANCE_VALUE STORE_ATTR_SLOT STORE_ATTR_WITH_HINT"),
        specialized("STORE_SUBSCR", 201, "STORE_SUBSCR_DICT STORE_SUBSCR_LIST_INT"),
        specialized(
            "TO_BOOL",
            203,
            "TO_BOOL_ALWAYS_TRUE TO_BOOL_BOOL TO_BOOL_INT TO_BOOL_LIST TO_BOOL_NONE TO_BOOL_STR",
        ),
        specialized("UNPACK_SEQUENCE", 209, "UNPACK_SEQUENCE_LIST UNPACK_SEQUENCE_TUPLE UNPACK_SEQUENCE_TWO_TUPLE"),
        // Instrumented forms (PEP 669): what the interpreter puts in place while a debugger or profiler listens. Never
        // written to a file.
        instrumented(235, "INSTRUMENTED_POP_ITER"),
        instrumented(240, "INSTRUMENTED_NOT_TAKEN"),
        instrumented(248, "INSTRUMENTED_END_ASYNC_FOR"),
        // RESUME and the specialized forms moved down; the rest is as the rule has it.
        deal_out(129),
        // What they mean.
        means("BUILD_TEMPLATE", Meaning::BuildTemplate),
        means("BUILD_INTERPOLATION", Meaning::BuildInterpolation),
        means("LOAD_SMALL_INT", Meaning::SmallInt),
        means("LOAD_COMMON_CONSTANT", Meaning::CommonConstant),
        means("LOAD_FAST_BORROW", Meaning::Load(Variable::Fast)),
        means("LOAD_FAST_BORROW_LOAD_FAST_BORROW", Meaning::LoadPair),
        means("LOAD_SPECIAL", Meaning::LoadSpecial),
        means("NOT_TAKEN", Meaning::Nothing),
        means("POP_ITER", Meaning::PopIter),
        means("CALL_FUNCTION_EX", Meaning::CallExAlways),
    ],
    format: &[
        FormatChange::Binary(&[
            "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=", "@=", "*=",
            "%=", "|=", "**=", ">>=", "-=", "/=", "^=", "[]",
        ]),
        FormatChange::SpecialMethods(&["__enter__", "__exit__", "__aenter__", "__aexit__"]),
        FormatChange::CommonConstants(&[
            "AssertionError",
            "NotImplementedError",
            "tuple",
            "<built-in function all>",
            "<built-in function any>",
        ]),
        // `dis` names them now: they are opcodes above.
        FormatChange::Specializations(&[]),
    ],
    prereleases: &[
        // The opcodes are known, so the rule tells their numbers.
        before(3623, &[remove("BUILD_INTERPOLATION BUILD_TEMPLATE"), deal_out(129)]),
        before(3621, &[remove("LOAD_FAST_BORROW LOAD_FAST_BORROW_LOAD_FAST_BORROW"), deal_out(129)]),
        before(3619, &[renumber(149, "RESUME"), deal_out(150)]),
        before(3618, &[operand("END_ASYNC_FOR", Unused), deal_out(150)]),
        before(3616, &[restore("BINARY_SUBSCR"), deal_out(150)]),
        before(3615, &[restore("CALL_FUNCTION_EX"), deal_out(150)]),
        before(3614, &[restore("BINARY_OP"), deal_out(150)]),
        before(3612, &[remove("POP_ITER INSTRUMENTED_POP_ITER"), deal_out(150)]),
        before(3611, &[remove("NOT_TAKEN INSTRUMENTED_NOT_TAKEN"), deal_out(150)]),
        before(3609, &[remove("LOAD_SMALL_INT"), restore("RETURN_CONST"), deal_out(150)]),
        before(3606, &[caches("CALL_KW", &[])]),
        before(3605, &[renumber(70, "ENTER_EXECUTOR"), deal_out(150)]),
        before(3603, &[restore("BUILD_CONST_KEY_MAP"), deal_out(150)]),
        before(3602, &[remove("LOAD_SPECIAL"), restore("BEFORE_WITH BEFORE_ASYNC_WITH"), deal_out(150)]),
    ],
};
