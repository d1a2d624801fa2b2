//! CPython 3.11 (October 2022): the specializing interpreter (PEP 659). Inline caches follow the instructions that
//! adapt; `try` costs nothing, for an exception table tells where handlers are; each instruction has its columns (PEP
//! 657); code objects name all variables in one list, `co_localsplusnames`.

use super::format::{CodeLayout, ExceptionLayout, FormatChange, LineTable};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 11),
    magic: 3495,
    base: Some(&super::cpython_3_10::RELEASE),
    opcodes: &[
        // They make room for MAKE_CELL and the like.
        renumber(131, "GET_AWAITABLE"),
        renumber(136, "LOAD_CLOSURE LOAD_DEREF STORE_DEREF DELETE_DEREF"),
        // Room for the interpreter's notes, and a mark where calls begin.
        add(0, "CACHE", Unused)
            .stack(0)
            .says("Room for the interpreter's notes on the instruction before it. It is never executed."),
        add(151, "RESUME", Number).stack(0).says(
            "Marks where a call begins (0) or goes on after a `yield` (1), `yield from` (2) or `await` \
                (3). Tracing and signals come in here.",
        ),
        // One opcode for all binary operators.
        remove(
            "BINARY_POWER BINARY_MULTIPLY BINARY_MATRIX_MULTIPLY BINARY_MODULO BINARY_ADD BINARY_SUBTRACT \
            BINARY_FLOOR_DIVIDE BINARY_TRUE_DIVIDE BINARY_LSHIFT BINARY_RSHIFT BINARY_AND BINARY_XOR BINARY_OR \
            INPLACE_POWER INPLACE_MULTIPLY INPLACE_MATRIX_MULTIPLY INPLACE_MODULO INPLACE_ADD INPLACE_SUBTRACT \
            INPLACE_FLOOR_DIVIDE INPLACE_TRUE_DIVIDE INPLACE_LSHIFT INPLACE_RSHIFT INPLACE_AND INPLACE_XOR \
            INPLACE_OR",
        ),
        add(122, "BINARY_OP", BinaryOperator).stack(-1).caches(&[cache("counter", 1)]).says(
            "Pops two values, pushes the outcome of an operator, such as `left + right`; the argument \
                tells which.",
        ),
        // Two opcodes move any value around.
        remove("ROT_TWO ROT_THREE ROT_FOUR ROT_N DUP_TOP DUP_TOP_TWO"),
        add(120, "COPY", Number).stack(1).says("Pushes the value N places down once more."),
        add(99, "SWAP", Number).stack(0).says("Swaps the top value with the one N places down."),
        // One call for functions and methods. A NULL fills the place of the object where there is none.
        remove("CALL_FUNCTION CALL_FUNCTION_KW CALL_METHOD"),
        add(2, "PUSH_NULL", Unused)
            .stack(1)
            .says("Pushes a NULL: the place beside a function that a method call uses for its object."),
        add(166, "PRECALL", Number)
            .stack_of(PopsEach)
            .caches(&[cache("counter", 1)])
            .says("Prepares the call that follows, with N arguments: a method is put together with its object."),
        add(171, "CALL", Number)
            .stack(-1)
            .caches(&[cache("counter", 1), cache("func_version", 2), cache("min_args", 1)])
            .says(
                "Pops N arguments and the function, or method and object, below; pushes the result. KW_NAMES \
                before it names the last arguments.",
            ),
        add(172, "KW_NAMES", Const)
            .stack(0)
            .says("Tells the call that follows the names of its keyword arguments, a tuple among the constants."),
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
        effect("LOAD_GLOBAL", Effect::Of(LoadsAndNull)),
        says(
            "LOAD_GLOBAL",
            "Pushes the value of a global or built-in name. Bit 0 pushes a NULL before it, to make room \
                for a call.",
        ),
        effect("CALL_FUNCTION_EX", Effect::Of(PopsFlaggedAndTwo)),
        says(
            "CALL_FUNCTION_EX",
            "Pops a tuple of arguments (over it, with bit 0, a dict of named ones), the function and a \
                NULL, pushes its result.",
        ),
        // Exceptions: no blocks to set up, and one value on the stack instead of three.
        remove("POP_BLOCK SETUP_FINALLY SETUP_WITH SETUP_ASYNC_WITH JUMP_IF_NOT_EXC_MATCH"),
        add(35, "PUSH_EXC_INFO", Unused)
            .stack(1)
            .says("Pops an exception, pushes the one handled so far, then the new one: an `except` begins."),
        add(36, "CHECK_EXC_MATCH", Unused)
            .stack(0)
            .says("Pops an exception class, pushes whether the exception below is of it: `except Class`."),
        add(53, "BEFORE_WITH", Unused)
            .stack(1)
            .says("Replaces a context manager by its `__exit__` and the result of its `__enter__`."),
        effect("POP_EXCEPT", Effect::Fixed(-1)),
        effect("RERAISE", Effect::Fixed(-1)),
        effect("END_ASYNC_FOR", Effect::Fixed(-2)),
        // `except*` (PEP 654).
        add(37, "CHECK_EG_MATCH", Unused).stack(0).says(
            "Pops an exception class, splits the exception group below: pushes what is left and what \
                matches: `except* Class`.",
        ),
        add(88, "PREP_RERAISE_STAR", Unused).stack(-1).says(
            "Pops the exceptions an `except*` raised or left and the original group, pushes what is to be \
                raised again, or None.",
        ),
        // Generators and coroutines.
        remove("YIELD_FROM GEN_START"),
        add(75, "RETURN_GENERATOR", Unused)
            .stack(0)
            .says("Makes a generator or coroutine of this call and returns it to the caller."),
        add(123, "SEND", JumpForward).splits(0, -1).says(
            "Sends the top value to the generator below; what it yields takes its place. When it returns, \
                its result replaces both: on to the target.",
        ),
        add(87, "ASYNC_GEN_WRAP", Unused)
            .stack(0)
            .says("Wraps the top value so that an asynchronous generator yields it, and does not await it."),
        operand("GET_AWAITABLE", Number),
        says(
            "GET_AWAITABLE",
            "Replaces an object by the iterator that awaiting it runs. The argument is 1 or 2 on entering \
                or leaving an `async with`.",
        ),
        // All jumps are relative, and their names tell the direction.
        remove("JUMP_ABSOLUTE POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE"),
        add(140, "JUMP_BACKWARD", JumpBackward)
            .stack(0)
            .flow(Jump)
            .says("Goes back to the target, and looks whether a signal or another thread wants attention."),
        add(134, "JUMP_BACKWARD_NO_INTERRUPT", JumpBackward)
            .stack(0)
            .flow(Jump)
            .says("Goes back to the target without a look for signals and other threads."),
        operand("JUMP_IF_FALSE_OR_POP", JumpForward),
        operand("JUMP_IF_TRUE_OR_POP", JumpForward),
        add(114, "POP_JUMP_FORWARD_IF_FALSE", JumpForward)
            .stack(-1)
            .says("Pops a value; if it is false, goes on at the target, further down."),
        add(115, "POP_JUMP_FORWARD_IF_TRUE", JumpForward)
            .stack(-1)
            .says("Pops a value; if it is true, goes on at the target, further down."),
        add(129, "POP_JUMP_FORWARD_IF_NONE", JumpForward)
            .stack(-1)
            .says("Pops a value; if it is None, goes on at the target, further down."),
        add(128, "POP_JUMP_FORWARD_IF_NOT_NONE", JumpForward)
            .stack(-1)
            .says("Pops a value; if it is not None, goes on at the target, further down."),
        add(175, "POP_JUMP_BACKWARD_IF_FALSE", JumpBackward)
            .stack(-1)
            .says("Pops a value; if it is false, goes back to the target."),
        add(176, "POP_JUMP_BACKWARD_IF_TRUE", JumpBackward)
            .stack(-1)
            .says("Pops a value; if it is true, goes back to the target."),
        add(174, "POP_JUMP_BACKWARD_IF_NONE", JumpBackward)
            .stack(-1)
            .says("Pops a value; if it is None, goes back to the target."),
        add(173, "POP_JUMP_BACKWARD_IF_NOT_NONE", JumpBackward)
            .stack(-1)
            .says("Pops a value; if it is not None, goes back to the target."),
        // Cells are made by instructions, at the start of the function.
        add(135, "MAKE_CELL", Cell)
            .stack(0)
            .says("Makes a cell for a local variable, so that inner functions can share it."),
        add(149, "COPY_FREE_VARS", Number)
            .stack(0)
            .says("Gets the N cells of the outer variables out of the function into this call."),
        // A function takes its qualified name from its code.
        effect("MAKE_FUNCTION", Effect::Of(PopsEachFlagged)),
        says("MAKE_FUNCTION", "Pops code and what the argument's bits announce, pushes a function."),
        // Patterns.
        remove("COPY_DICT_WITHOUT_KEYS"),
        effect("MATCH_KEYS", Effect::Fixed(1)),
        says(
            "MATCH_KEYS",
            "Looks a tuple of keys up in the mapping below: pushes a tuple of the values, or None if one \
                is missing.",
        ),
        effect("MATCH_CLASS", Effect::Fixed(-2)),
        says(
            "MATCH_CLASS",
            "Pops attribute names, a class and the subject: pushes a tuple of its attributes, or None if \
                it does not match. N patterns are positional.",
        ),
        // The instructions that adapt, and what their caches hold.
        caches("BINARY_SUBSCR", &[cache("counter", 1), cache("type_version", 2), cache("func_version", 1)]),
        caches("STORE_SUBSCR", &[cache("counter", 1)]),
        caches("UNPACK_SEQUENCE", &[cache("counter", 1)]),
        caches("LOAD_ATTR", &[cache("counter", 1), cache("version", 2), cache("index", 1)]),
        caches("STORE_ATTR", &[cache("counter", 1), cache("version", 2), cache("index", 1)]),
        caches("COMPARE_OP", &[cache("counter", 1), cache("mask", 1)]),
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
        // What they mean.
        means("CACHE RESUME PRECALL COPY_FREE_VARS ASYNC_GEN_WRAP", Meaning::Nothing),
        means("BINARY_OP", Meaning::BinaryN),
        means("COPY", Meaning::Copy),
        means("SWAP", Meaning::Swap),
        means("PUSH_NULL", Meaning::PushNull),
        means("CALL", Meaning::Call),
        means("KW_NAMES", Meaning::KeywordNames),
        means("CALL_FUNCTION_EX", Meaning::CallExNull),
        means("PUSH_EXC_INFO", Meaning::PushExcInfo),
        means("CHECK_EXC_MATCH", Meaning::CheckExcMatch),
        means("BEFORE_WITH", Meaning::BeforeWith),
        means("CHECK_EG_MATCH", Meaning::CheckEgMatch),
        means("PREP_RERAISE_STAR", Meaning::PrepReraiseStar),
        means("RETURN_GENERATOR", Meaning::PushSent),
        means("SEND", Meaning::Send),
        means("JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT", Meaning::Jump),
        means("POP_JUMP_FORWARD_IF_FALSE POP_JUMP_BACKWARD_IF_FALSE", Meaning::JumpIf(false)),
        means("POP_JUMP_FORWARD_IF_TRUE POP_JUMP_BACKWARD_IF_TRUE", Meaning::JumpIf(true)),
        means("POP_JUMP_FORWARD_IF_NONE POP_JUMP_BACKWARD_IF_NONE", Meaning::JumpIfNone(true)),
        means("POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NOT_NONE", Meaning::JumpIfNone(false)),
        means("MAKE_CELL", Meaning::MakeCell),
        means("MAKE_FUNCTION", Meaning::MakeFunctionFlagged),
        means("MATCH_KEYS", Meaning::MatchKeys),
        means("MATCH_CLASS", Meaning::MatchClass),
    ],
    format: &[
        FormatChange::Code(CodeLayout::V3_11),
        FormatChange::Lines(LineTable::Pep657),
        FormatChange::CellsInLocalsplus(true),
        FormatChange::Exceptions(ExceptionLayout::Table),
        FormatChange::Binary(&[
            "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=", "@=", "*=",
            "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
        ]),
        // What the interpreter puts in place of an instruction while it runs (PEP 659): `opcode._specializations`. No file holds it,
        // and this version's `dis` does not name it where it lists a file.
        FormatChange::Specializations(&[
            (
                "BINARY_OP",
                "BINARY_OP_ADAPTIVE BINARY_OP_ADD_FLOAT BINARY_OP_ADD_INT BINARY_OP_ADD_UNICODE BINARY_OP_INPLACE_ADD_UNICODE BINARY_OP_MULTIPLY_FLOAT BINARY_OP_MULTIPLY_INT BINARY_OP_SUBTRACT_FLOAT BINARY_OP_SUBTRACT_INT",
            ),
            (
                "BINARY_SUBSCR",
                "BINARY_SUBSCR_ADAPTIVE BINARY_SUBSCR_DICT BINARY_SUBSCR_GETITEM BINARY_SUBSCR_LIST_INT BINARY_SUBSCR_TUPLE_INT",
            ),
            ("CALL", "CALL_ADAPTIVE CALL_PY_EXACT_ARGS CALL_PY_WITH_DEFAULTS"),
            ("COMPARE_OP", "COMPARE_OP_ADAPTIVE COMPARE_OP_FLOAT_JUMP COMPARE_OP_INT_JUMP COMPARE_OP_STR_JUMP"),
            ("EXTENDED_ARG", "EXTENDED_ARG_QUICK"),
            ("JUMP_BACKWARD", "JUMP_BACKWARD_QUICK"),
            (
                "LOAD_ATTR",
                "LOAD_ATTR_ADAPTIVE LOAD_ATTR_INSTANCE_VALUE LOAD_ATTR_MODULE LOAD_ATTR_SLOT LOAD_ATTR_WITH_HINT",
            ),
            ("LOAD_CONST", "LOAD_CONST__LOAD_FAST"),
            ("LOAD_FAST", "LOAD_FAST__LOAD_CONST LOAD_FAST__LOAD_FAST"),
            ("LOAD_GLOBAL", "LOAD_GLOBAL_ADAPTIVE LOAD_GLOBAL_BUILTIN LOAD_GLOBAL_MODULE"),
            (
                "LOAD_METHOD",
                "LOAD_METHOD_ADAPTIVE LOAD_METHOD_CLASS LOAD_METHOD_MODULE LOAD_METHOD_NO_DICT LOAD_METHOD_WITH_DICT LOAD_METHOD_WITH_VALUES",
            ),
            (
                "PRECALL",
                "PRECALL_ADAPTIVE PRECALL_BOUND_METHOD PRECALL_BUILTIN_CLASS PRECALL_BUILTIN_FAST_WITH_KEYWORDS PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS PRECALL_NO_KW_BUILTIN_FAST PRECALL_NO_KW_BUILTIN_O PRECALL_NO_KW_ISINSTANCE PRECALL_NO_KW_LEN PRECALL_NO_KW_LIST_APPEND PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS PRECALL_NO_KW_METHOD_DESCRIPTOR_O PRECALL_NO_KW_STR_1 PRECALL_NO_KW_TUPLE_1 PRECALL_NO_KW_TYPE_1 PRECALL_PYFUNC",
            ),
            ("RESUME", "RESUME_QUICK"),
            ("STORE_ATTR", "STORE_ATTR_ADAPTIVE STORE_ATTR_INSTANCE_VALUE STORE_ATTR_SLOT STORE_ATTR_WITH_HINT"),
            ("STORE_FAST", "STORE_FAST__LOAD_FAST STORE_FAST__STORE_FAST"),
            ("STORE_SUBSCR", "STORE_SUBSCR_ADAPTIVE STORE_SUBSCR_DICT STORE_SUBSCR_LIST_INT"),
            (
                "UNPACK_SEQUENCE",
                "UNPACK_SEQUENCE_ADAPTIVE UNPACK_SEQUENCE_LIST UNPACK_SEQUENCE_TUPLE UNPACK_SEQUENCE_TWO_TUPLE",
            ),
        ]),
    ],
    prereleases: super::cpython_3_11_alphas::ALPHAS,
};
