//! CPython 2.2 (December 2001): iterators (PEP 234), generators (PEP 255), and the two divisions (PEP 238).

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 2),
    magic: 60717,
    base: Some(&super::cpython_2_1::RELEASE),
    opcodes: &[
        // `for` asks an iterator.
        add(68, "GET_ITER", Unused).stack(0).says("Replaces an object by an iterator over it."),
        add(93, "FOR_ITER", JumpForward).splits(1, -1).says(
            "Pushes the iterator's next item. If there is none left, pops the iterator and goes on at the \
                target.",
        ),
        // Generators.
        add(86, "YIELD_STMT", Unused).stack(-1).says(
            "Pops a value and hands it to whoever asks the generator for the next one; it goes on here \
                when asked again.",
        ),
        // Division.
        add(26, "BINARY_FLOOR_DIVIDE", Unused)
            .stack(-1)
            .says("Pops two values, pushes `left // right`, the quotient rounded down."),
        add(27, "BINARY_TRUE_DIVIDE", Unused)
            .stack(-1)
            .says("Pops two values, pushes `left / right`, the true quotient even of integers."),
        add(28, "INPLACE_FLOOR_DIVIDE", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left //= right`, which may be the left one, changed."),
        add(29, "INPLACE_TRUE_DIVIDE", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left /= right`, the true quotient even of integers."),
        // What they mean.
        means("GET_ITER", Meaning::GetIter),
        means("FOR_ITER", Meaning::ForIter),
        means("BINARY_FLOOR_DIVIDE", Meaning::Binary("//")),
        means("BINARY_TRUE_DIVIDE", Meaning::Binary("/")),
        means("INPLACE_FLOOR_DIVIDE", Meaning::Inplace("//")),
        means("INPLACE_TRUE_DIVIDE", Meaning::Inplace("/")),
    ],
    format: &[],
    prereleases: &[],
};
