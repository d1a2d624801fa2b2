//! CPython 3.13 (October 2024): opcodes are numbered anew by a generator, those without an argument first, by the
//! alphabet. The first steps of a compiler to machine code (PEP 744).

use super::format::FormatChange;
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 13),
    magic: 3571,
    base: Some(&super::cpython_3_12::RELEASE),
    opcodes: &[
        // Numbers that the rule does not deal out.
        renumber(149, "RESUME"),
        renumber(
            236,
            "INSTRUMENTED_RESUME INSTRUMENTED_END_FOR INSTRUMENTED_END_SEND INSTRUMENTED_RETURN_VALUE \
                INSTRUMENTED_RETURN_CONST INSTRUMENTED_YIELD_VALUE INSTRUMENTED_LOAD_SUPER_ATTR \
                INSTRUMENTED_FOR_ITER INSTRUMENTED_CALL",
        ),
        renumber(
            246,
            "INSTRUMENTED_CALL_FUNCTION_EX INSTRUMENTED_INSTRUCTION INSTRUMENTED_JUMP_FORWARD \
                INSTRUMENTED_JUMP_BACKWARD",
        ),
        renumber(251, "INSTRUMENTED_POP_JUMP_IF_FALSE INSTRUMENTED_POP_JUMP_IF_NONE INSTRUMENTED_POP_JUMP_IF_NOT_NONE"),
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
        remove("LOAD_CLOSURE"),
        operand("MAKE_FUNCTION", Unused),
        effect("MAKE_FUNCTION", Effect::Fixed(0)),
        says("MAKE_FUNCTION", "Replaces code by a function made of it."),
        add(106, "SET_FUNCTION_ATTRIBUTE", FunctionAttribute).stack(-1).says(
            "Pops the function on top and gives it the value below: defaults, annotations or cells. The \
                function stays on top.",
        ),
        // f-strings by parts.
        remove("FORMAT_VALUE"),
        add(60, "CONVERT_VALUE", Conversion)
            .stack(0)
            .says("Replaces a value by its text as an f-string's `!s`, `!r` or `!a` asks for."),
        add(14, "FORMAT_SIMPLE", Unused)
            .stack(0)
            .says("Replaces a value by its text: a field of an f-string without a format spec."),
        add(15, "FORMAT_WITH_SPEC", Unused).stack(-1).says("Pops a format spec and a value, pushes the value as text."),
        // Keyword names are on the stack, and the NULL that stands for no object comes behind the function.
        remove("KW_NAMES"),
        add(57, "CALL_KW", Number).stack_of(PopsEachAndTwo).says(
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
        // The new order.
        deal_out(150),
        // What they mean.
        means("TO_BOOL", Meaning::Nothing),
        means("LOAD_FAST_LOAD_FAST", Meaning::LoadPair),
        means("STORE_FAST_LOAD_FAST", Meaning::StoreAndLoad),
        means("STORE_FAST_STORE_FAST", Meaning::StorePair),
        means("MAKE_FUNCTION", Meaning::MakeFunction),
        means("SET_FUNCTION_ATTRIBUTE", Meaning::SetFunctionAttribute),
        means("CONVERT_VALUE", Meaning::Convert),
        means("FORMAT_SIMPLE", Meaning::FormatSimple),
        means("FORMAT_WITH_SPEC", Meaning::FormatWithSpec),
        means("CALL_KW", Meaning::CallNamed),
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
        // What the interpreter puts in place of an instruction while it runs (PEP 659): `opcode._specializations`. No file holds it,
        // and this version's `dis` does not name it where it lists a file.
        FormatChange::Specializations(&[
            (
                "BINARY_OP",
                "BINARY_OP_ADD_FLOAT BINARY_OP_ADD_INT BINARY_OP_ADD_UNICODE BINARY_OP_INPLACE_ADD_UNICODE BINARY_OP_MULTIPLY_FLOAT BINARY_OP_MULTIPLY_INT BINARY_OP_SUBTRACT_FLOAT BINARY_OP_SUBTRACT_INT",
            ),
            (
                "BINARY_SUBSCR",
                "BINARY_SUBSCR_DICT BINARY_SUBSCR_GETITEM BINARY_SUBSCR_LIST_INT BINARY_SUBSCR_STR_INT BINARY_SUBSCR_TUPLE_INT",
            ),
            (
                "CALL",
                "CALL_ALLOC_AND_ENTER_INIT CALL_BOUND_METHOD_EXACT_ARGS CALL_BOUND_METHOD_GENERAL CALL_BUILTIN_CLASS CALL_BUILTIN_FAST CALL_BUILTIN_FAST_WITH_KEYWORDS CALL_BUILTIN_O CALL_ISINSTANCE CALL_LEN CALL_LIST_APPEND CALL_METHOD_DESCRIPTOR_FAST CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS CALL_METHOD_DESCRIPTOR_NOARGS CALL_METHOD_DESCRIPTOR_O CALL_NON_PY_GENERAL CALL_PY_EXACT_ARGS CALL_PY_GENERAL CALL_STR_1 CALL_TUPLE_1 CALL_TYPE_1",
            ),
            ("COMPARE_OP", "COMPARE_OP_FLOAT COMPARE_OP_INT COMPARE_OP_STR"),
            ("CONTAINS_OP", "CONTAINS_OP_DICT CONTAINS_OP_SET"),
            ("FOR_ITER", "FOR_ITER_GEN FOR_ITER_LIST FOR_ITER_RANGE FOR_ITER_TUPLE"),
            (
                "LOAD_ATTR",
                "LOAD_ATTR_CLASS LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN LOAD_ATTR_INSTANCE_VALUE LOAD_ATTR_METHOD_LAZY_DICT LOAD_ATTR_METHOD_NO_DICT LOAD_ATTR_METHOD_WITH_VALUES LOAD_ATTR_MODULE LOAD_ATTR_NONDESCRIPTOR_NO_DICT LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES LOAD_ATTR_PROPERTY LOAD_ATTR_SLOT LOAD_ATTR_WITH_HINT",
            ),
            ("LOAD_GLOBAL", "LOAD_GLOBAL_BUILTIN LOAD_GLOBAL_MODULE"),
            ("LOAD_SUPER_ATTR", "LOAD_SUPER_ATTR_ATTR LOAD_SUPER_ATTR_METHOD"),
            ("RESUME", "RESUME_CHECK"),
            ("SEND", "SEND_GEN"),
            ("STORE_ATTR", "STORE_ATTR_INSTANCE_VALUE STORE_ATTR_SLOT STORE_ATTR_WITH_HINT"),
            ("STORE_SUBSCR", "STORE_SUBSCR_DICT STORE_SUBSCR_LIST_INT"),
            ("TO_BOOL", "TO_BOOL_ALWAYS_TRUE TO_BOOL_BOOL TO_BOOL_INT TO_BOOL_LIST TO_BOOL_NONE TO_BOOL_STR"),
            ("UNPACK_SEQUENCE", "UNPACK_SEQUENCE_LIST UNPACK_SEQUENCE_TUPLE UNPACK_SEQUENCE_TWO_TUPLE"),
        ]),
    ],
    prereleases: &[
        before(3569, &[caches("CONTAINS_OP", &[])]),
        before(
            3568,
            &[effect("END_FOR", Effect::Fixed(-2)), says("END_FOR", "Pops two values: a `for` loop is over.")],
        ),
        // 3564 alone took the argument off.
        before(3565, &[operand("YIELD_VALUE", Unused), deal_out(150)]),
        before(3564, &[restore("YIELD_VALUE"), deal_out(150)]),
        before(3563, &[remove("CALL_KW INSTRUMENTED_CALL_KW"), restore("KW_NAMES"), deal_out(150)]),
        before(3562, &[]).nearest(),
        // Until the new numbers the opcodes of 3.12 are nearer, and comparisons made no bools.
        before(3559, &[Change::RestoreAll]).nearest().with(&[FormatChange::CompareShift(4)]),
    ],
};
