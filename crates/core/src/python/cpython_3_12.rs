//! CPython 3.12 (October 2023): comprehensions inlined (PEP 709), type parameters (PEP 695), tools that listen by
//! rewriting instructions (PEP 669). Whether an opcode has an argument no longer goes by its number.

use super::format::FormatChange;
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 12),
    magic: 3531,
    base: Some(&super::cpython_3_11::RELEASE),
    opcodes: &[
        // With the exception block's depth for an argument.
        renumber(150, "YIELD_VALUE"),
        // Rare operations share two opcodes.
        remove("PRINT_EXPR IMPORT_STAR UNARY_POSITIVE LIST_TO_TUPLE ASYNC_GEN_WRAP PREP_RERAISE_STAR"),
        add(173, "CALL_INTRINSIC_1", Intrinsic1).stack(0).says(
            "Replaces the top value by what one of the interpreter's own functions makes of it; the \
                argument tells which.",
        ),
        add(174, "CALL_INTRINSIC_2", Intrinsic2).stack(-1).says(
            "Pops two values, pushes what one of the interpreter's own functions makes of them; the \
                argument tells which.",
        ),
        // Conditional jumps lead forward only; going back is JUMP_BACKWARD's.
        remove(
            "JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP POP_JUMP_BACKWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NONE \
            POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_BACKWARD_IF_TRUE",
        ),
        rename("POP_JUMP_FORWARD_IF_FALSE", "POP_JUMP_IF_FALSE"),
        says("POP_JUMP_IF_FALSE", "Pops a value; if it is false, goes on at the target."),
        rename("POP_JUMP_FORWARD_IF_TRUE", "POP_JUMP_IF_TRUE"),
        says("POP_JUMP_IF_TRUE", "Pops a value; if it is true, goes on at the target."),
        rename("POP_JUMP_FORWARD_IF_NOT_NONE", "POP_JUMP_IF_NOT_NONE"),
        says("POP_JUMP_IF_NOT_NONE", "Pops a value; if it is not None, goes on at the target."),
        rename("POP_JUMP_FORWARD_IF_NONE", "POP_JUMP_IF_NONE"),
        says("POP_JUMP_IF_NONE", "Pops a value; if it is None, goes on at the target."),
        // The iterator stays on the stack until the loop's end.
        caches("FOR_ITER", &[cache("counter", 1)]),
        effect("FOR_ITER", Effect::Fixed(1)),
        says(
            "FOR_ITER",
            "Pushes the iterator's next item. If there is none left, goes on at the target, where END_FOR \
                tidies up.",
        ),
        add(4, "END_FOR", Unused).stack(-2).says("Pops two values: a `for` loop is over."),
        // Methods are attributes with a bit set.
        remove("LOAD_METHOD"),
        operand("LOAD_ATTR", AttributeName),
        caches("LOAD_ATTR", &[cache("counter", 1), cache("version", 2), cache("keys_version", 2), cache("descr", 4)]),
        effect("LOAD_ATTR", Effect::Of(LoadsMethod)),
        says(
            "LOAD_ATTR",
            "Replaces an object by its attribute. For a method call (bit 0) by the method and the object, \
                or NULL and the attribute.",
        ),
        add(141, "LOAD_SUPER_ATTR", SuperAttributeName).stack_of(LoadsSuperMethod).caches(&[cache("counter", 1)]).says(
            "Pops `super`, a class and an object, pushes `super().name`. Bit 0: for a method call; bit 1: \
                `super` has two arguments.",
        ),
        // Calls need no preparation.
        remove("PRECALL"),
        caches("CALL", &[cache("counter", 1), cache("func_version", 2)]),
        effect("CALL", Effect::Of(PopsEachAndOne)),
        // Awaiting.
        caches("SEND", &[cache("counter", 1)]),
        effect("SEND", Effect::Fixed(0)),
        says(
            "SEND",
            "Sends the top value to the generator below; what it yields or returns takes its place. When \
                it returned, goes on at the target.",
        ),
        add(5, "END_SEND", Unused)
            .stack(-1)
            .says("Removes the generator below the top value, its result: an `await` or `yield from` is over."),
        add(55, "CLEANUP_THROW", Unused).stack(-1).says(
            "Handles an exception thrown into a generator in `await` or `yield from`: StopIteration gives \
                the result, others go on.",
        ),
        operand("YIELD_VALUE", Number),
        says(
            "YIELD_VALUE",
            "Hands the top value to whoever runs the generator. The argument tells how deep in `try` \
                blocks it is.",
        ),
        // Slices without a slice object.
        add(26, "BINARY_SLICE", Unused)
            .stack(-2)
            .says("Pops an end, a start and a container, pushes `container[start:end]`."),
        add(27, "STORE_SLICE", Unused)
            .stack(-4)
            .says("Pops an end, a start, a container and a value: `container[start:end] = value`."),
        // Locals that may be unbound, and those that an inlined comprehension borrows.
        says("LOAD_FAST", "Pushes the value of a local variable, which is known to have one."),
        add(127, "LOAD_FAST_CHECK", Local)
            .stack(1)
            .says("Pushes the value of a local variable; if it has none, that is an error."),
        add(143, "LOAD_FAST_AND_CLEAR", Local).stack(1).says(
            "Pushes the value of a local variable, or NULL, and clears it: an inlined comprehension \
                borrows the name.",
        ),
        // Scopes between class and function, for type parameters.
        remove("LOAD_CLASSDEREF"),
        add(87, "LOAD_LOCALS", Unused).stack(1).says("Pushes the dict of the local names."),
        add(175, "LOAD_FROM_DICT_OR_GLOBALS", Name).stack(0).says(
            "Pops a namespace, pushes the value of a name, looked for there, then among the global and \
                built-in names.",
        ),
        add(176, "LOAD_FROM_DICT_OR_DEREF", Cell).stack(0).says(
            "Pops a namespace, pushes the value of a variable, looked for there, then in the cell it \
                shares with other functions.",
        ),
        // Small savings.
        add(121, "RETURN_CONST", Const).stack(0).flow(End).says("Returns a constant to the caller."),
        // The comparison's argument got room for the specializer, and caches shrank.
        caches("COMPARE_OP", &[cache("counter", 1)]),
        says(
            "COMPARE_OP",
            "Pops two values, pushes the outcome of comparing them. The operator is in the high bits; the \
                low four help to speed it up.",
        ),
        caches(
            "LOAD_GLOBAL",
            &[
                cache("counter", 1),
                cache("index", 1),
                cache("module_keys_version", 1),
                cache("builtin_keys_version", 1),
            ],
        ),
        caches("BINARY_SUBSCR", &[cache("counter", 1)]),
        // The interpreter's own.
        add(3, "INTERPRETER_EXIT", Unused)
            .stack(-1)
            .flow(End)
            .says("Pops the result and leaves the interpreter. Files do not hold it."),
        add(17, "RESERVED", Unused)
            .stack(0)
            .says("A number kept free for the interpreter's own use. Files do not hold it."),
        add(253, "INSTRUMENTED_INSTRUCTION", Number)
            .stack(0)
            .says("Stands in for any instruction while a tool listens to each one. Files do not hold it."),
        add(254, "INSTRUMENTED_LINE", Number).stack(0).says(
            "Stands in for the first instruction of a line while a tool listens to each line. Files do \
                not hold it.",
        ),
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
        // What they mean.
        means("CALL_INTRINSIC_1", Meaning::Intrinsic1),
        means("CALL_INTRINSIC_2", Meaning::Intrinsic2),
        means("FOR_ITER", Meaning::ForIterAbove),
        means("END_FOR", Meaning::EndFor),
        means("LOAD_SUPER_ATTR", Meaning::LoadSuperAttr),
        means("END_SEND", Meaning::EndSend),
        means("CLEANUP_THROW", Meaning::CleanupThrow),
        means("BINARY_SLICE", Meaning::GetSlice),
        means("STORE_SLICE", Meaning::SetSlice),
        means("LOAD_FAST_CHECK", Meaning::Load(Variable::Fast)),
        means("LOAD_FAST_AND_CLEAR", Meaning::LoadAndClear),
        means("LOAD_LOCALS", Meaning::LoadLocals),
        means("LOAD_FROM_DICT_OR_GLOBALS", Meaning::LoadFromDictOrGlobals),
        means("LOAD_FROM_DICT_OR_DEREF", Meaning::LoadFromDictOrCell),
        means("RETURN_CONST", Meaning::ReturnConst),
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
        // What the interpreter puts in place of an instruction while it runs (PEP 659): `opcode._specializations`. No file holds it,
        // and this version's `dis` does not name it where it lists a file.
        FormatChange::Specializations(&[
            (
                "BINARY_OP",
                "BINARY_OP_ADD_FLOAT BINARY_OP_ADD_INT BINARY_OP_ADD_UNICODE BINARY_OP_INPLACE_ADD_UNICODE BINARY_OP_MULTIPLY_FLOAT BINARY_OP_MULTIPLY_INT BINARY_OP_SUBTRACT_FLOAT BINARY_OP_SUBTRACT_INT",
            ),
            (
                "BINARY_SUBSCR",
                "BINARY_SUBSCR_DICT BINARY_SUBSCR_GETITEM BINARY_SUBSCR_LIST_INT BINARY_SUBSCR_TUPLE_INT",
            ),
            (
                "CALL",
                "CALL_BOUND_METHOD_EXACT_ARGS CALL_BUILTIN_CLASS CALL_BUILTIN_FAST_WITH_KEYWORDS CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS CALL_NO_KW_BUILTIN_FAST CALL_NO_KW_BUILTIN_O CALL_NO_KW_ISINSTANCE CALL_NO_KW_LEN CALL_NO_KW_LIST_APPEND CALL_NO_KW_METHOD_DESCRIPTOR_FAST CALL_NO_KW_METHOD_DESCRIPTOR_NOARGS CALL_NO_KW_METHOD_DESCRIPTOR_O CALL_NO_KW_STR_1 CALL_NO_KW_TUPLE_1 CALL_NO_KW_TYPE_1 CALL_PY_EXACT_ARGS CALL_PY_WITH_DEFAULTS",
            ),
            ("COMPARE_OP", "COMPARE_OP_FLOAT COMPARE_OP_INT COMPARE_OP_STR"),
            ("FOR_ITER", "FOR_ITER_GEN FOR_ITER_LIST FOR_ITER_RANGE FOR_ITER_TUPLE"),
            (
                "LOAD_ATTR",
                "LOAD_ATTR_CLASS LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN LOAD_ATTR_INSTANCE_VALUE LOAD_ATTR_METHOD_LAZY_DICT LOAD_ATTR_METHOD_NO_DICT LOAD_ATTR_METHOD_WITH_VALUES LOAD_ATTR_MODULE LOAD_ATTR_PROPERTY LOAD_ATTR_SLOT LOAD_ATTR_WITH_HINT",
            ),
            ("LOAD_CONST", "LOAD_CONST__LOAD_FAST"),
            ("LOAD_FAST", "LOAD_FAST__LOAD_CONST LOAD_FAST__LOAD_FAST"),
            ("LOAD_GLOBAL", "LOAD_GLOBAL_BUILTIN LOAD_GLOBAL_MODULE"),
            ("LOAD_SUPER_ATTR", "LOAD_SUPER_ATTR_ATTR LOAD_SUPER_ATTR_METHOD"),
            ("SEND", "SEND_GEN"),
            ("STORE_ATTR", "STORE_ATTR_INSTANCE_VALUE STORE_ATTR_SLOT STORE_ATTR_WITH_HINT"),
            ("STORE_FAST", "STORE_FAST__LOAD_FAST STORE_FAST__STORE_FAST"),
            ("STORE_SUBSCR", "STORE_SUBSCR_DICT STORE_SUBSCR_LIST_INT"),
            ("UNPACK_SEQUENCE", "UNPACK_SEQUENCE_LIST UNPACK_SEQUENCE_TUPLE UNPACK_SEQUENCE_TWO_TUPLE"),
        ]),
    ],
    prereleases: &[
        before(
            3531,
            &[remove("LOAD_LOCALS LOAD_FROM_DICT_OR_GLOBALS LOAD_FROM_DICT_OR_DEREF"), restore("LOAD_CLASSDEREF")],
        )
        .nearest(),
        before(3529, &[remove("LOAD_FAST_AND_CLEAR")]).nearest(),
        before(3527, &[remove("LOAD_SUPER_ATTR INSTRUMENTED_LOAD_SUPER_ATTR")]).nearest(),
        // PEP 669.
        before(
            3526,
            &[
                remove("RESERVED INSTRUMENTED_LINE INSTRUMENTED_INSTRUCTION INSTRUMENTED_POP_JUMP_IF_NONE"),
                remove(
                    "INSTRUMENTED_POP_JUMP_IF_NOT_NONE INSTRUMENTED_RESUME INSTRUMENTED_CALL INSTRUMENTED_RETURN_VALUE",
                ),
                remove("INSTRUMENTED_YIELD_VALUE INSTRUMENTED_CALL_FUNCTION_EX INSTRUMENTED_JUMP_FORWARD"),
                remove(
                    "INSTRUMENTED_JUMP_BACKWARD INSTRUMENTED_RETURN_CONST INSTRUMENTED_FOR_ITER INSTRUMENTED_END_FOR",
                ),
                remove("INSTRUMENTED_POP_JUMP_IF_FALSE INSTRUMENTED_POP_JUMP_IF_TRUE INSTRUMENTED_END_SEND"),
            ],
        )
        .nearest(),
        before(3525, &[caches("CALL", &[cache("counter", 1), cache("func_version", 2), cache("min_args", 1)])])
            .nearest(),
        before(3524, &[restore("BINARY_SUBSCR")]).nearest(),
        before(3522, &[restore("JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP")]).nearest(),
        before(3521, &[restore("LOAD_GLOBAL")]).nearest(),
        before(3520, &[remove("CALL_INTRINSIC_2"), restore("PREP_RERAISE_STAR")]).nearest(),
        before(3519, &[remove("END_SEND"), restore("SEND")]).nearest(),
        before(3518, &[remove("RETURN_CONST")]).nearest(),
        // a4 (3514), whose `Lib/opcode.py` could be read.
        before(3515, &[restore("COMPARE_OP")]).with(&[FormatChange::CompareShift(0)]),
        before(3514, &[restore("ASYNC_GEN_WRAP LIST_TO_TUPLE UNARY_POSITIVE")]),
        before(3513, &[remove("CALL_INTRINSIC_1"), restore("PRINT_EXPR IMPORT_STAR")]).nearest(),
        before(
            3510,
            &[
                remove("END_FOR"),
                effect("FOR_ITER", Effect::Split { next: 1, jump: -1 }),
                means("FOR_ITER", Meaning::ForIter),
            ],
        )
        .nearest(),
        before(
            3509,
            &[
                remove("POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE POP_JUMP_IF_NOT_NONE POP_JUMP_IF_NONE"),
                restore("POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_FORWARD_IF_NOT_NONE"),
                restore("POP_JUMP_FORWARD_IF_NONE POP_JUMP_BACKWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NONE"),
                restore("POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_BACKWARD_IF_TRUE"),
            ],
        )
        .nearest(),
        before(3508, &[remove("CLEANUP_THROW")]).nearest(),
        before(3506, &[remove("BINARY_SLICE STORE_SLICE")]).nearest(),
        before(3505, &[restore("FOR_ITER")]).nearest(),
        before(3504, &[restore("LOAD_ATTR LOAD_METHOD")]).nearest(),
        before(3502, &[remove("LOAD_FAST_CHECK")]).nearest(),
        before(3501, &[restore("YIELD_VALUE")]).nearest(),
    ],
};
