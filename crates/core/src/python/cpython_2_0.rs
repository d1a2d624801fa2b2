//! CPython 2.0 (October 2000): augmented assignment, `print >>file`, and list comprehensions, made of what was there.

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 0),
    magic: 50823,
    base: Some(&super::cpython_1_6::RELEASE),
    opcodes: &[
        // Any sequence can be unpacked.
        remove("UNPACK_TUPLE UNPACK_LIST"),
        add(92, "UNPACK_SEQUENCE", Number)
            .stack_of(Unpacks)
            .says("Pops a sequence of just N items and pushes them, the first on top: `a, b = sequence`."),
        // Augmented assignment (PEP 203). Its target is evaluated once, so what tells it must be doubled on the stack.
        add(55, "INPLACE_ADD", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left += right`, which may be the left one, changed."),
        add(56, "INPLACE_SUBTRACT", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left -= right`, which may be the left one, changed."),
        add(57, "INPLACE_MULTIPLY", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left *= right`, which may be the left one, changed."),
        add(58, "INPLACE_DIVIDE", Unused).stack(-1).says(
            "Pops two values, pushes the outcome of `left /= right`. Between integers the result is \
                rounded down.",
        ),
        add(59, "INPLACE_MODULO", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left %= right`, which may be the left one, changed."),
        add(67, "INPLACE_POWER", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left **= right`, which may be the left one, changed."),
        add(75, "INPLACE_LSHIFT", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left <<= right`, which may be the left one, changed."),
        add(76, "INPLACE_RSHIFT", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left >>= right`, which may be the left one, changed."),
        add(77, "INPLACE_AND", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left &= right`, which may be the left one, changed."),
        add(78, "INPLACE_XOR", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left ^= right`, which may be the left one, changed."),
        add(79, "INPLACE_OR", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left |= right`, which may be the left one, changed."),
        add(5, "ROT_FOUR", Unused).stack(0).says("Moves the top value below the next three."),
        add(99, "DUP_TOPX", Number).stack_of(PushesEach).says("Pushes the top N values once more, in the same order."),
        // `print >>file` (PEP 214).
        add(73, "PRINT_ITEM_TO", Unused)
            .stack(-2)
            .says("Pops a file and a value and prints the value to it: `print >>file, value`."),
        add(74, "PRINT_NEWLINE_TO", Unused).stack(-1).says("Pops a file and ends the line printed to it."),
        // `import module as name` (PEP 221): what an import binds is left to the instructions after it.
        effect("IMPORT_NAME", Effect::Fixed(0)),
        says(
            "IMPORT_NAME",
            "Pops the names wanted from it (None for the module itself), imports a module and pushes it.",
        ),
        effect("IMPORT_FROM", Effect::Fixed(1)),
        says("IMPORT_FROM", "Pushes what a name is bound to in the module on top: `from module import name`."),
        add(84, "IMPORT_STAR", Unused)
            .stack(-1)
            .says("Pops a module and binds all its public names locally: `from module import *`."),
        // Arguments may be over 65535.
        add(143, "EXTENDED_ARG", Extended)
            .stack(0)
            .says("Gives the next instruction's argument its high bits, where one field is too small for it."),
        // What they mean.
        means("UNPACK_SEQUENCE", Meaning::Unpack),
        means("INPLACE_ADD", Meaning::Inplace("+")),
        means("INPLACE_SUBTRACT", Meaning::Inplace("-")),
        means("INPLACE_MULTIPLY", Meaning::Inplace("*")),
        means("INPLACE_MODULO", Meaning::Inplace("%")),
        means("INPLACE_POWER", Meaning::Inplace("**")),
        means("INPLACE_LSHIFT", Meaning::Inplace("<<")),
        means("INPLACE_RSHIFT", Meaning::Inplace(">>")),
        means("INPLACE_AND", Meaning::Inplace("&")),
        means("INPLACE_XOR", Meaning::Inplace("^")),
        means("INPLACE_OR", Meaning::Inplace("|")),
        means("ROT_FOUR", Meaning::Rotate(3)),
        means("IMPORT_STAR", Meaning::ImportStar),
        means("EXTENDED_ARG", Meaning::Nothing),
    ],
    format: &[],
    prereleases: &[],
};
