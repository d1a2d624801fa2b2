//! CPython 3.1 (June 2009): quicker comprehensions and jumps, both taken over by 2.7 later.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 1),
    magic: 3151,
    base: Some(&super::cpython_3_0::RELEASE),
    opcodes: &[
        renumber(145, "LIST_APPEND SET_ADD"),
        // The container a comprehension fills stays on the stack, N places down, instead of in a variable.
        operand("LIST_APPEND", Number),
        effect("LIST_APPEND", Effect::Fixed(-1)),
        operand("SET_ADD", Number),
        effect("SET_ADD", Effect::Fixed(-1)),
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
        // What they mean.
        means("LIST_APPEND", Meaning::ListAppend),
        means("SET_ADD", Meaning::SetAdd),
        means("MAP_ADD", Meaning::MapAddKeyLast),
        means("POP_JUMP_IF_FALSE", Meaning::JumpIf(false)),
        means("POP_JUMP_IF_TRUE", Meaning::JumpIf(true)),
        means("JUMP_IF_FALSE_OR_POP", Meaning::JumpIfOrPop(false)),
        means("JUMP_IF_TRUE_OR_POP", Meaning::JumpIfOrPop(true)),
    ],
    format: &[],
    prereleases: &[before(
        3151,
        &[
            remove("POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP"),
            restore("JUMP_IF_FALSE JUMP_IF_TRUE"),
        ],
    )],
};
