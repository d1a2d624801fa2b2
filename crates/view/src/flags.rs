//! The flags of a code object, `co_flags`, and since when they mean what (`Include/code.h`, later `Include/cpython/code.h`).

use pycxray::Version;

/// A flag of `co_flags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flag {
    pub(crate) bit: u32,
    /// Its name without the `CO_`.
    pub(crate) name: &'static str,
    /// The first version that has it.
    since: (u8, u8),
    /// The last one.
    until: (u8, u8),
    /// What it says, in a sentence.
    pub(crate) doc: &'static str,
}

const NOW: (u8, u8) = (u8::MAX, u8::MAX);

const fn flag(bit: u32, name: &'static str, since: (u8, u8), until: (u8, u8), doc: &'static str) -> Flag {
    Flag { bit, name, since, until, doc }
}

const DIVISION: &str = "`from __future__ import division`: `/` between integers gives a float.";
const ABSOLUTE: &str = "`from __future__ import absolute_import`: imports look outside of the package first.";
const WITH: &str = "`from __future__ import with_statement`: `with` is a keyword.";
const PRINT: &str = "`from __future__ import print_function`: `print` is a function.";
const UNICODE: &str = "`from __future__ import unicode_literals`: string literals are text, not bytes.";
const BARRY: &str = "`from __future__ import barry_as_FLUFL`: an April fool's joke, `<>` in place of `!=`.";
const GENERATOR_STOP: &str = "`from __future__ import generator_stop`: StopIteration does not leak out of a generator.";
const ANNOTATIONS: &str = "`from __future__ import annotations`: annotations are kept as strings and not evaluated.";

static FLAGS: &[Flag] = &[
    flag(0x1, "OPTIMIZED", (1, 0), NOW, "Local variables are kept in numbered slots: this is the body of a function."),
    flag(0x2, "NEWLOCALS", (1, 0), NOW, "Each call gets local variables of its own, as in a function."),
    flag(0x4, "VARARGS", (1, 0), NOW, "It has a `*args` parameter, which takes the positional arguments left over."),
    flag(
        0x8,
        "VARKEYWORDS",
        (1, 3),
        NOW,
        "It has a `**kwargs` parameter, which takes the keyword arguments left over.",
    ),
    flag(0x10, "NESTED", (2, 1), NOW, "It stands inside another function."),
    flag(0x20, "GENERATOR", (2, 2), NOW, "It contains `yield`: calling it makes a generator."),
    flag(
        0x40,
        "NOFREE",
        (2, 3),
        (3, 10),
        "It uses no variables of enclosing functions and shares none: it can be called faster.",
    ),
    flag(0x80, "COROUTINE", (3, 5), NOW, "It is an `async def`: calling it makes a coroutine."),
    flag(0x100, "ITERABLE_COROUTINE", (3, 5), NOW, "It is a generator that may be awaited, by `types.coroutine`."),
    flag(
        0x200,
        "ASYNC_GENERATOR",
        (3, 6),
        NOW,
        "It is an `async def` with `yield`: calling it makes an asynchronous generator.",
    ),
    flag(0x1000, "GENERATOR_ALLOWED", (2, 2), (2, 7), "`from __future__ import generators`: `yield` is a keyword."),
    flag(0x2000, "FUTURE_DIVISION", (2, 2), (3, 7), DIVISION),
    flag(0x4000, "FUTURE_ABSOLUTE_IMPORT", (2, 5), (3, 7), ABSOLUTE),
    flag(0x8000, "FUTURE_WITH_STATEMENT", (2, 5), (3, 7), WITH),
    flag(0x1_0000, "FUTURE_PRINT_FUNCTION", (2, 6), (3, 7), PRINT),
    flag(0x2_0000, "FUTURE_UNICODE_LITERALS", (2, 6), (3, 7), UNICODE),
    flag(0x4_0000, "FUTURE_BARRY_AS_BDFL", (3, 1), (3, 7), BARRY),
    flag(0x8_0000, "FUTURE_GENERATOR_STOP", (3, 5), (3, 7), GENERATOR_STOP),
    flag(0x10_0000, "FUTURE_ANNOTATIONS", (3, 7), (3, 7), ANNOTATIONS),
    flag(0x2_0000, "FUTURE_DIVISION", (3, 8), NOW, DIVISION),
    flag(0x4_0000, "FUTURE_ABSOLUTE_IMPORT", (3, 8), NOW, ABSOLUTE),
    flag(0x8_0000, "FUTURE_WITH_STATEMENT", (3, 8), NOW, WITH),
    flag(0x10_0000, "FUTURE_PRINT_FUNCTION", (3, 8), NOW, PRINT),
    flag(0x20_0000, "FUTURE_UNICODE_LITERALS", (3, 8), NOW, UNICODE),
    flag(0x40_0000, "FUTURE_BARRY_AS_BDFL", (3, 8), NOW, BARRY),
    flag(0x80_0000, "FUTURE_GENERATOR_STOP", (3, 8), NOW, GENERATOR_STOP),
    flag(0x100_0000, "FUTURE_ANNOTATIONS", (3, 8), NOW, ANNOTATIONS),
    flag(0x200_0000, "NO_MONITORING_EVENTS", (3, 13), NOW, "Tracing and profiling do not see it."),
    flag(0x400_0000, "HAS_DOCSTRING", (3, 14), NOW, "Its first constant is its docstring."),
    flag(0x800_0000, "METHOD", (3, 14), NOW, "It is defined in the body of a class."),
];

/// The flag of one bit in a version; `None` for a bit that says nothing there.
pub(crate) fn of(bit: u32, version: Version) -> Option<&'static Flag> {
    let version = (version.major, version.minor);
    FLAGS.iter().find(|flag| flag.bit == bit && (flag.since..=flag.until).contains(&version))
}

/// The bits that are set, from the lowest on.
pub(crate) fn bits(flags: u32) -> impl Iterator<Item = u32> {
    (0..32).map(|bit| 1 << bit).filter(move |bit| flags & bit != 0)
}

/// The names of the flags that are set, without `CO_`; a bit without a name is shown as a number.
pub(crate) fn names(flags: u32, version: Version) -> Vec<String> {
    let name = |bit| of(bit, version).map_or_else(|| format!("{bit:#x}"), |flag| flag.name.to_owned());
    bits(flags).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_means_what_its_version_says() {
        assert_eq!(names(0x3, Version::new(3, 12)), ["OPTIMIZED", "NEWLOCALS"]);
        assert_eq!(names(0x43, Version::new(3, 8)), ["OPTIMIZED", "NEWLOCALS", "NOFREE"]);
        assert_eq!(names(0x43, Version::new(3, 12)), ["OPTIMIZED", "NEWLOCALS", "0x40"]);
        assert_eq!(names(0x10_0000, Version::new(3, 7)), ["FUTURE_ANNOTATIONS"]);
        assert_eq!(names(0x10_0000, Version::new(3, 9)), ["FUTURE_PRINT_FUNCTION"]);
    }

    #[test]
    fn no_bit_has_two_meanings_in_one_version() {
        for version in (0..=7).map(|minor| Version::new(2, minor)).chain((0..=15).map(|minor| Version::new(3, minor))) {
            for bit in bits(u32::MAX) {
                let key = (version.major, version.minor);
                let known = FLAGS.iter().filter(|flag| flag.bit == bit && (flag.since..=flag.until).contains(&key));
                assert!(known.count() <= 1, "{bit:#x} in {version}");
            }
        }
    }
}
