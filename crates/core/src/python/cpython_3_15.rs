//! CPython 3.15 (2026): lazy imports (PEP 810), frozen dicts, and loops over an index instead of an iterator.

use super::format::FormatChange;
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 15),
    magic: 3666,
    base: Some(&super::cpython_3_14::RELEASE),
    opcodes: &[
        // LOAD_CONST needs no faster form any more.
        remove("LOAD_CONST_IMMORTAL LOAD_CONST_MORTAL"),
        // Numbers that the rule does not deal out.
        renumber(
            233,
            "INSTRUMENTED_END_FOR INSTRUMENTED_POP_ITER INSTRUMENTED_END_SEND INSTRUMENTED_FOR_ITER \
                INSTRUMENTED_INSTRUCTION INSTRUMENTED_JUMP_FORWARD INSTRUMENTED_NOT_TAKEN \
                INSTRUMENTED_POP_JUMP_IF_TRUE INSTRUMENTED_POP_JUMP_IF_FALSE INSTRUMENTED_POP_JUMP_IF_NONE \
                INSTRUMENTED_POP_JUMP_IF_NOT_NONE INSTRUMENTED_RESUME INSTRUMENTED_RETURN_VALUE \
                INSTRUMENTED_YIELD_VALUE INSTRUMENTED_END_ASYNC_FOR INSTRUMENTED_LOAD_SUPER_ATTR INSTRUMENTED_CALL \
                INSTRUMENTED_CALL_KW INSTRUMENTED_CALL_FUNCTION_EX INSTRUMENTED_JUMP_BACKWARD INSTRUMENTED_LINE \
                ENTER_EXECUTOR",
        ),
        // Lazy imports: the argument's low bits tell when the module is wanted.
        operand("IMPORT_NAME", ImportName),
        says(
            "IMPORT_NAME",
            "Pops the names wanted and how many packages up to look, imports a module and pushes it. Bit \
                0: lazily, bit 1: at once.",
        ),
        // A loop may run over a list by position, without an iterator: its state takes two places on the stack.
        remove("GET_YIELD_FROM_ITER"),
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
        // By the same rule.
        deal_out(129),
        // What they mean.
        means("GET_ITER", Meaning::GetIterFor),
    ],
    format: &[
        FormatChange::IteratorPlaces(2),
        FormatChange::CommonConstants(&[
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
        ]),
    ],
    prereleases: &[
        // The alphas kept the numbers of 3.14, as far as is known.
        before(3666, &[]).nearest(),
        before(
            3661,
            &[
                Change::RestoreAll,
                caches("CALL_FUNCTION_EX", &[cache("counter", 1)]),
                effect("GET_ITER", Effect::Fixed(1)),
                effect("POP_ITER", Effect::Fixed(-2)),
                means("GET_ITER", Meaning::GetIterFor),
            ],
        )
        .nearest(),
        before(3659, &[caches("CALL_FUNCTION_EX", &[])]).nearest(),
        before(3652, &[restore("GET_ITER POP_ITER")]).with(&[FormatChange::IteratorPlaces(1)]).nearest(),
    ],
};
