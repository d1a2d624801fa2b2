//! CPython 2.7 (July 2010): the last Python 2. Much comes back from 3.1: set displays, set and dict comprehensions,
//! several managers in one `with`, and jumps that pop what they test.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 7),
    magic: 62211,
    base: Some(&super::cpython_2_6::RELEASE),
    opcodes: &[
        // BUILD_SET took the number after BUILD_LIST, so those behind moved up.
        renumber(94, "LIST_APPEND"),
        renumber(105, "BUILD_MAP LOAD_ATTR COMPARE_OP IMPORT_NAME IMPORT_FROM"),
        renumber(145, "EXTENDED_ARG"),
        // Set displays and comprehensions. The container a comprehension fills stays on the stack, N places down.
        operand("LIST_APPEND", Number),
        effect("LIST_APPEND", Effect::Fixed(-1)),
        says("LIST_APPEND", "Pops a value and appends it to the list N places down: a list comprehension grows."),
        add(104, "BUILD_SET", Number).stack_of(Builds).says("Pops N values, pushes a set of them."),
        add(146, "SET_ADD", Number)
            .stack(-1)
            .says("Pops a value and adds it to the set N places down: a set comprehension grows."),
        add(147, "MAP_ADD", Number)
            .stack(-2)
            .says("Pops a key and a value and enters them in the dict N places down: a dict comprehension grows."),
        // Conditional jumps that need no POP_TOP after them.
        remove("JUMP_IF_FALSE JUMP_IF_TRUE"),
        add(114, "POP_JUMP_IF_FALSE", JumpAbsolute)
            .stack(-1)
            .says("Pops a value; if it is false, goes on at the target."),
        add(115, "POP_JUMP_IF_TRUE", JumpAbsolute)
            .stack(-1)
            .says("Pops a value; if it is true, goes on at the target."),
        add(111, "JUMP_IF_FALSE_OR_POP", JumpAbsolute)
            .splits(-1, 0)
            .says("If the top value is false, keeps it and goes on at the target; else pops it: `and`."),
        add(112, "JUMP_IF_TRUE_OR_POP", JumpAbsolute)
            .splits(-1, 0)
            .says("If the top value is true, keeps it and goes on at the target; else pops it: `or`."),
        // `with` looks its methods up itself.
        add(143, "SETUP_WITH", JumpForward).splits(1, 4).flow(Setup).says(
            "Replaces a context manager by its `__exit__`, calls its `__enter__`, pushes the result. The \
                target is where `__exit__` gets called.",
        ),
        // What they mean.
        means("POP_JUMP_IF_FALSE", Meaning::JumpIf(false)),
        means("POP_JUMP_IF_TRUE", Meaning::JumpIf(true)),
        means("JUMP_IF_FALSE_OR_POP", Meaning::JumpIfOrPop(false)),
        means("JUMP_IF_TRUE_OR_POP", Meaning::JumpIfOrPop(true)),
        means("BUILD_SET", Meaning::Build(Container::Set)),
        means("BUILD_MAP", Meaning::BuildEmptyMap),
        means("STORE_MAP", Meaning::StoreMap),
        means("LIST_APPEND", Meaning::ListAppend),
        means("SET_ADD", Meaning::SetAdd),
        means("MAP_ADD", Meaning::MapAddKeyLast),
        means("DUP_TOPX", Meaning::DuplicateN),
        means("UNARY_CONVERT", Meaning::Repr),
        means("BINARY_DIVIDE", Meaning::Divide),
        means("INPLACE_DIVIDE", Meaning::InplaceDivide),
        means("SLICE+0", Meaning::GetBounds(false, false)),
        means("SLICE+1", Meaning::GetBounds(true, false)),
        means("SLICE+2", Meaning::GetBounds(false, true)),
        means("SLICE+3", Meaning::GetBounds(true, true)),
        means("STORE_SLICE+0", Meaning::SetBounds(false, false)),
        means("STORE_SLICE+1", Meaning::SetBounds(true, false)),
        means("STORE_SLICE+2", Meaning::SetBounds(false, true)),
        means("STORE_SLICE+3", Meaning::SetBounds(true, true)),
        means("DELETE_SLICE+0", Meaning::DeleteBounds(false, false)),
        means("DELETE_SLICE+1", Meaning::DeleteBounds(true, false)),
        means("DELETE_SLICE+2", Meaning::DeleteBounds(false, true)),
        means("DELETE_SLICE+3", Meaning::DeleteBounds(true, true)),
        means("LOAD_LOCALS", Meaning::LoadLocals),
        means("BUILD_CLASS", Meaning::BuildClass),
        means("MAKE_FUNCTION", Meaning::MakeFunctionCounted { closure: false }),
        means("MAKE_CLOSURE", Meaning::MakeFunctionCounted { closure: true }),
        means("CALL_FUNCTION", Meaning::CallCounted { star: false, star_star: false }),
        means("CALL_FUNCTION_VAR", Meaning::CallCounted { star: true, star_star: false }),
        means("CALL_FUNCTION_KW", Meaning::CallCounted { star: false, star_star: true }),
        means("CALL_FUNCTION_VAR_KW", Meaning::CallCounted { star: true, star_star: true }),
        means("RAISE_VARARGS", Meaning::RaiseParts),
        means("SETUP_WITH", Meaning::SetupWith),
        means("WITH_CLEANUP", Meaning::WithCleanup),
        means("PRINT_ITEM", Meaning::Print { to: false, newline: false }),
        means("PRINT_NEWLINE", Meaning::Print { to: false, newline: true }),
        means("PRINT_ITEM_TO", Meaning::Print { to: true, newline: false }),
        means("PRINT_NEWLINE_TO", Meaning::Print { to: true, newline: true }),
        means("EXEC_STMT", Meaning::Exec),
    ],
    format: &[],
    prereleases: &[
        before(62211, &[remove("MAP_ADD SET_ADD")]),
        before(62201, &[remove("BUILD_SET"), restore("BUILD_MAP LOAD_ATTR COMPARE_OP IMPORT_NAME IMPORT_FROM")])
            .nearest(),
        before(62191, &[remove("SETUP_WITH"), restore("EXTENDED_ARG")]).nearest(),
        before(
            62181,
            &[
                remove("POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP"),
                restore("JUMP_IF_FALSE JUMP_IF_TRUE"),
            ],
        )
        .nearest(),
    ],
};
