//! CPython 1.0 (January 1994): the first Python, which all others change.
//!
//! A stack machine already: instructions push values and pop them. Code objects hold no line numbers but `SET_LINENO`
//! instructions, and no names of local variables but a constant that `RESERVE_FAST` points at.

use super::format::{CodeLayout, DisStyle, ExceptionLayout, Format, HeaderLayout, InstructionLayout, LineTable};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 0),
    magic: 10066178,
    base: None,
    opcodes: &[
        // The stack.
        add(0, "STOP_CODE", Unused)
            .stack(0)
            .flow(End)
            .says("Stands for the end of the code inside the compiler. Files do not hold it."),
        add(1, "POP_TOP", Unused).stack(-1).says("Throws away the value on top of the stack."),
        add(2, "ROT_TWO", Unused).stack(0).says("Swaps the two values on top of the stack."),
        add(3, "ROT_THREE", Unused).stack(0).says("Moves the top value below the next two."),
        add(4, "DUP_TOP", Unused).stack(1).says("Pushes the top value once more."),
        // Operators. The bitwise ones have no name in the `dis` of 1.0 – 1.4, which prints their numbers.
        add(10, "UNARY_POSITIVE", Unused).stack(0).says("Replaces the top value by `+value`."),
        add(11, "UNARY_NEGATIVE", Unused).stack(0).says("Replaces the top value by `-value`."),
        add(12, "UNARY_NOT", Unused).stack(0).says("Replaces the top value by `not value`."),
        add(13, "UNARY_CONVERT", Unused)
            .stack(0)
            .says("Replaces the top value by its printable form: `repr(value)`, written in backquotes."),
        add(15, "UNARY_INVERT", Unused).stack(0).says("Replaces the top value by `~value`, all its bits inverted."),
        add(20, "BINARY_MULTIPLY", Unused).stack(-1).says("Pops two values, pushes `left * right`."),
        add(21, "BINARY_DIVIDE", Unused)
            .stack(-1)
            .says("Pops two values, pushes `left / right`. Between integers the result is rounded down."),
        add(22, "BINARY_MODULO", Unused)
            .stack(-1)
            .says("Pops two values, pushes `left % right`: a remainder, or formatted text."),
        add(23, "BINARY_ADD", Unused).stack(-1).says("Pops two values, pushes `left + right`."),
        add(24, "BINARY_SUBTRACT", Unused).stack(-1).says("Pops two values, pushes `left - right`."),
        add(62, "<62>", Unused).stack(-1).says(
            "Pops two values, pushes `left << right`. This version's `dis` has no name for it; later ones \
                call it BINARY_LSHIFT.",
        ),
        add(63, "<63>", Unused).stack(-1).says(
            "Pops two values, pushes `left >> right`. This version's `dis` has no name for it; later ones \
                call it BINARY_RSHIFT.",
        ),
        add(64, "<64>", Unused).stack(-1).says(
            "Pops two values, pushes `left & right`. This version's `dis` has no name for it; later ones \
                call it BINARY_AND.",
        ),
        add(65, "<65>", Unused).stack(-1).says(
            "Pops two values, pushes `left ^ right`. This version's `dis` has no name for it; later ones \
                call it BINARY_XOR.",
        ),
        add(66, "<66>", Unused).stack(-1).says(
            "Pops two values, pushes `left | right`. This version's `dis` has no name for it; later ones \
                call it BINARY_OR.",
        ),
        add(106, "COMPARE_OP", Compare).stack(-1).says(
            "Pops two values, pushes the outcome of comparing them, such as `left < right`, `left in \
                right`, `left is right`.",
        ),
        // Items and slices. A slice has two ends at most, so each combination is an opcode.
        add(25, "BINARY_SUBSCR", Unused)
            .stack(-1)
            .says("Pops an index or key and what it is looked up in, pushes `container[index]`."),
        add(60, "STORE_SUBSCR", Unused)
            .stack(-3)
            .says("Pops an index or key, a container and a value: `container[index] = value`."),
        add(61, "DELETE_SUBSCR", Unused)
            .stack(-2)
            .says("Pops an index or key and a container: `del container[index]`."),
        add(30, "SLICE+0", Unused).stack(0).says("Replaces a sequence by a copy of all of it: `sequence[:]`."),
        add(31, "SLICE+1", Unused).stack(-1).says("Pops a start and a sequence, pushes `sequence[start:]`."),
        add(32, "SLICE+2", Unused).stack(-1).says("Pops an end and a sequence, pushes `sequence[:end]`."),
        add(33, "SLICE+3", Unused).stack(-2).says("Pops an end, a start and a sequence, pushes `sequence[start:end]`."),
        add(40, "STORE_SLICE+0", Unused)
            .stack(-2)
            .says("Pops a sequence and what takes the place of all its items: `sequence[:] = value`."),
        add(41, "STORE_SLICE+1", Unused)
            .stack(-3)
            .says("Pops a start, a sequence and a value: `sequence[start:] = value`."),
        add(42, "STORE_SLICE+2", Unused)
            .stack(-3)
            .says("Pops an end, a sequence and a value: `sequence[:end] = value`."),
        add(43, "STORE_SLICE+3", Unused)
            .stack(-4)
            .says("Pops an end, a start, a sequence and a value: `sequence[start:end] = value`."),
        add(50, "DELETE_SLICE+0", Unused)
            .stack(-1)
            .says("Pops a sequence and removes all its items: `del sequence[:]`."),
        add(51, "DELETE_SLICE+1", Unused).stack(-2).says("Pops a start and a sequence: `del sequence[start:]`."),
        add(52, "DELETE_SLICE+2", Unused).stack(-2).says("Pops an end and a sequence: `del sequence[:end]`."),
        add(53, "DELETE_SLICE+3", Unused)
            .stack(-3)
            .says("Pops an end, a start and a sequence: `del sequence[start:end]`."),
        // Constants and containers.
        add(100, "LOAD_CONST", Const)
            .stack(1)
            .says("Pushes a constant: a number, a text, or code, as the file holds it."),
        add(102, "BUILD_TUPLE", Number).stack_of(Builds).says("Pops N values, pushes a tuple of them."),
        add(103, "BUILD_LIST", Number).stack_of(Builds).says("Pops N values, pushes a list of them."),
        add(104, "BUILD_MAP", Number).stack(1).says("Pushes a new, empty dict."),
        add(92, "UNPACK_TUPLE", Number)
            .stack_of(Unpacks)
            .says("Pops a tuple of just N items and pushes them, the first on top."),
        add(93, "UNPACK_LIST", Number)
            .stack_of(Unpacks)
            .says("Pops a list of just N items and pushes them, the first on top."),
        // Names and attributes.
        add(90, "STORE_NAME", Name).stack(-1).says("Pops a value and gives it a name in the local namespace."),
        add(91, "DELETE_NAME", Name).stack(0).says("Removes a name from the local namespace: `del name`."),
        add(101, "LOAD_NAME", Name)
            .stack(1)
            .says("Pushes the value of a name, looked for among the local, the global, then the built-in names."),
        add(97, "STORE_GLOBAL", Name).stack(-1).says("Pops a value and gives it a name in the global namespace."),
        add(98, "DELETE_GLOBAL", Name).stack(0).says("Removes a name from the global namespace: `del name`."),
        add(116, "LOAD_GLOBAL", Name)
            .stack(1)
            .says("Pushes the value of a name, looked for among the global, then the built-in names."),
        add(115, "LOAD_LOCAL", Name).stack(1).says("Pushes the value of a local name."),
        add(82, "LOAD_LOCALS", Unused).stack(1).says("Pushes the dict of the local names."),
        add(84, "LOAD_GLOBALS", Unused).stack(1).says("Pushes the dict of the global names."),
        add(95, "STORE_ATTR", Name)
            .stack(-2)
            .says("Pops an object and a value and sets an attribute: `object.name = value`."),
        add(96, "DELETE_ATTR", Name).stack(-1).says("Pops an object and removes an attribute: `del object.name`."),
        add(105, "LOAD_ATTR", Name).stack(0).says("Replaces an object by one of its attributes: `object.name`."),
        // Local variables of functions, by index.
        add(123, "RESERVE_FAST", Const)
            .stack(0)
            .says("Makes room for the function's local variables, whose names the constant holds."),
        add(124, "LOAD_FAST", Local)
            .stack(1)
            .says("Pushes the value of a local variable; if it has none, that is an error."),
        add(125, "STORE_FAST", Local).stack(-1).says("Pops a value into a local variable."),
        add(126, "DELETE_FAST", Local).stack(0).says("Takes away a local variable's value: `del name`."),
        // Functions take one tuple of arguments, which their first instructions take apart.
        add(14, "UNARY_CALL", Unused)
            .stack(0)
            .says("Calls the function on top of the stack without arguments; its result takes its place."),
        add(26, "BINARY_CALL", Unused)
            .stack(-1)
            .says("Pops a tuple of arguments and a function, calls it and pushes the result."),
        add(94, "UNPACK_ARG", Number)
            .stack_of(Unpacks)
            .says("Pops the tuple of arguments, which must be just N, and pushes them, the first on top."),
        add(99, "UNPACK_VARARG", Name).stack_of(UnpacksRest).says(
            "Pops the tuple of arguments, pushes those beyond N as a tuple, then the first N. `dis` takes \
                N for a name's index.",
        ),
        add(83, "RETURN_VALUE", Unused).stack(-1).flow(End).says("Pops a value and returns it to the caller."),
        add(86, "BUILD_FUNCTION", Unused).stack(0).says("Replaces code by a function made of it."),
        add(89, "BUILD_CLASS", Unused)
            .stack(-2)
            .says("Pops a namespace, a tuple of base classes and a name, pushes the class made of them."),
        // Jumps and loops.
        add(110, "JUMP_FORWARD", JumpForward).stack(0).flow(Jump).says("Goes on at the target, further down."),
        add(111, "JUMP_IF_FALSE", JumpForward)
            .stack(0)
            .says("Goes on at the target if the top value is false. The value stays on the stack."),
        add(112, "JUMP_IF_TRUE", JumpForward)
            .stack(0)
            .says("Goes on at the target if the top value is true. The value stays on the stack."),
        add(113, "JUMP_ABSOLUTE", JumpAbsolute).stack(0).flow(Jump).says("Goes on at the target."),
        add(120, "SETUP_LOOP", JumpForward)
            .stack(0)
            .flow(Setup)
            .says("Begins a loop. The target is where it ends, and where `break` leads."),
        add(114, "FOR_LOOP", JumpForward).splits(1, -2).says(
            "Pushes a sequence's next item, counting on below it. At its end, pops sequence and count and \
                goes on at the target.",
        ),
        add(80, "BREAK_LOOP", Unused)
            .stack(0)
            .flow(End)
            .says("Leaves the innermost loop: `break`. Execution goes on where its SETUP_LOOP said."),
        add(87, "POP_BLOCK", Unused).stack(0).says(
            "Ends the innermost block, the loop or `try` last set up: it was gone through without an \
                exception.",
        ),
        // Exceptions.
        add(121, "SETUP_EXCEPT", JumpForward)
            .splits(0, 3)
            .flow(Setup)
            .says("Begins a `try`. An exception in it leads to the target, where its `except` clauses are."),
        add(122, "SETUP_FINALLY", JumpForward)
            .splits(0, 3)
            .flow(Setup)
            .says("Begins a `try` with a `finally` clause, which is at the target."),
        add(88, "END_FINALLY", Unused).stack(-3).says(
            "Ends a `finally` or the handlers of a `try`: goes on with what they interrupted, an \
                exception, a return or nothing.",
        ),
        add(81, "RAISE_EXCEPTION", Unused).stack(-2).flow(End).says("Pops a value and an exception, and raises it."),
        // Statements.
        add(70, "PRINT_EXPR", Unused)
            .stack(-1)
            .says("Pops a value and shows it, as the interactive prompt does with what was typed."),
        add(71, "PRINT_ITEM", Unused).stack(-1).says("Pops a value and prints it."),
        add(72, "PRINT_NEWLINE", Unused).stack(0).says("Ends the printed line."),
        add(85, "EXEC_STMT", Unused)
            .stack(-3)
            .says("Pops a local and a global namespace and code, and runs it: `exec code in globals, locals`."),
        add(107, "IMPORT_NAME", Name).stack(1).says("Imports a module and pushes it."),
        add(108, "IMPORT_FROM", Name).stack(0).says(
            "Takes a name out of the module on top and binds it locally: `from module import name`. `*` \
                takes all.",
        ),
        add(127, "SET_LINENO", LineNumber)
            .stack(0)
            .says("Says that what follows comes from source line N. Tracebacks and tracing look at it."),
        // What they mean.
        means("POP_TOP", Meaning::Pop),
        means("ROT_TWO", Meaning::Rotate(1)),
        means("ROT_THREE", Meaning::Rotate(2)),
        means("DUP_TOP", Meaning::Duplicate(1)),
        means("UNARY_POSITIVE", Meaning::Unary("+")),
        means("UNARY_NEGATIVE", Meaning::Unary("-")),
        means("UNARY_NOT", Meaning::Unary("not")),
        means("UNARY_INVERT", Meaning::Unary("~")),
        means("BINARY_MULTIPLY", Meaning::Binary("*")),
        means("BINARY_MODULO", Meaning::Binary("%")),
        means("BINARY_ADD", Meaning::Binary("+")),
        means("BINARY_SUBTRACT", Meaning::Binary("-")),
        means("COMPARE_OP", Meaning::Compare),
        means("BINARY_SUBSCR", Meaning::GetItem),
        means("STORE_SUBSCR", Meaning::SetItem),
        means("DELETE_SUBSCR", Meaning::DeleteItem),
        means("LOAD_CONST", Meaning::Const),
        means("BUILD_TUPLE", Meaning::Build(Container::Tuple)),
        means("BUILD_LIST", Meaning::Build(Container::List)),
        means("LOAD_NAME", Meaning::Load(Variable::Name)),
        means("STORE_NAME", Meaning::Store(Variable::Name)),
        means("DELETE_NAME", Meaning::Delete(Variable::Name)),
        means("LOAD_GLOBAL", Meaning::Load(Variable::Global)),
        means("STORE_GLOBAL", Meaning::Store(Variable::Global)),
        means("DELETE_GLOBAL", Meaning::Delete(Variable::Global)),
        means("LOAD_FAST", Meaning::Load(Variable::Fast)),
        means("STORE_FAST", Meaning::Store(Variable::Fast)),
        means("DELETE_FAST", Meaning::Delete(Variable::Fast)),
        means("STORE_ATTR", Meaning::StoreAttr),
        means("DELETE_ATTR", Meaning::DeleteAttr),
        means("LOAD_ATTR", Meaning::LoadAttr),
        means("RETURN_VALUE", Meaning::Return),
        means("JUMP_FORWARD JUMP_ABSOLUTE", Meaning::Jump),
        means("POP_BLOCK", Meaning::PopBlock),
        means("SETUP_FINALLY", Meaning::SetupFinally),
        means("SETUP_EXCEPT", Meaning::SetupExcept),
        means("SETUP_LOOP", Meaning::SetupLoop),
        means("BREAK_LOOP", Meaning::BreakLoop),
        means("END_FINALLY", Meaning::EndFinally),
        means("PRINT_EXPR", Meaning::PrintExpr),
        means("IMPORT_NAME", Meaning::ImportName),
        means("IMPORT_FROM", Meaning::ImportFrom),
    ],
    format: &[],
    prereleases: &[],
};

/// The layouts of the first Python, which all others change.
pub(super) const FORMAT: Format = Format {
    header: HeaderLayout::Mtime,
    code: CodeLayout::V1_0,
    instructions: InstructionLayout::Bytes,
    have_argument: 90,
    jump_unit: 1,
    jumps_from_caches: false,
    lines: LineTable::None,
    cells_in_localsplus: false,
    exceptions: ExceptionLayout::Blocks,
    compare_shift: 0,
    compare: &["<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not", "exception match", "BAD"],
    binary: &[],
    intrinsics_1: &[],
    intrinsics_2: &[],
    special_methods: &[],
    common_constants: &[],
    iterator_places: 1,
    specializations: &[],
    dis: DisStyle { absolute_targets: false, labels: false, function_flags: false, call_counts: false },
};
