//! The bits of `co_flags`.

use crate::python::Python;
use crate::{Implementation, Version};

/// A bit of `co_flags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeFlag {
    /// The bit.
    pub bit: u32,
    /// Its name, as `dis.COMPILER_FLAG_NAMES` or `__future__` has it.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub doc: &'static str,
    /// The first version that has it, and the first that has it no more.
    versions: (Version, Version),
}

const fn flag(bit: u32, name: &'static str, since: (u8, u8), until: (u8, u8), doc: &'static str) -> CodeFlag {
    CodeFlag { bit, name, doc, versions: (Version::new(since.0, since.1), Version::new(until.0, until.1)) }
}

const NOW: (u8, u8) = (u8::MAX, 0);

/// `CO_VARARGS`.
pub(crate) const VARARGS: u32 = 0x4;
/// `CO_VARKEYWORDS`.
pub(crate) const VARKEYWORDS: u32 = 0x8;

/// Every bit there has been (`Include/code.h`, `Include/cpython/code.h`), by bit. Those of `__future__` moved up by four in 3.8.2
/// (bpo-39562); the few files of 3.8.0 and 3.8.1 that have one cannot be told from later ones.
static FLAGS: &[CodeFlag] = &[
    flag(0x1, "OPTIMIZED", (1, 3), NOW, "Local variables are in fast slots, not in a dict."),
    flag(0x2, "NEWLOCALS", (1, 3), NOW, "Each call gets a new namespace for its local variables."),
    flag(VARARGS, "VARARGS", (1, 3), NOW, "It takes any number of positional arguments: *args."),
    flag(VARKEYWORDS, "VARKEYWORDS", (1, 3), NOW, "It takes any keyword arguments: **kwargs."),
    flag(0x10, "NESTED", (2, 1), NOW, "It is a function within another."),
    flag(0x20, "GENERATOR", (2, 2), NOW, "It is a generator: calling it makes one, and runs nothing yet."),
    flag(0x40, "NOFREE", (2, 3), (3, 11), "It has no free variables and no cells."),
    flag(0x80, "COROUTINE", (3, 5), NOW, "It is a coroutine, made by async def."),
    flag(0x100, "ITERABLE_COROUTINE", (3, 5), NOW, "It is a generator that may be awaited (types.coroutine)."),
    flag(0x200, "ASYNC_GENERATOR", (3, 6), NOW, "It is an asynchronous generator: async def with yield."),
    flag(0x1000, "GENERATOR_ALLOWED", (2, 2), (3, 0), "from __future__ import generators was in force."),
    flag(0x2000, "FUTURE_DIVISION", (2, 2), (3, 8), "from __future__ import division was in force: / does not round."),
    flag(0x2_0000, "FUTURE_DIVISION", (3, 8), NOW, "from __future__ import division was in force."),
    flag(0x4000, "FUTURE_ABSOLUTE_IMPORT", (2, 5), (3, 8), "from __future__ import absolute_import was in force."),
    flag(0x4_0000, "FUTURE_ABSOLUTE_IMPORT", (3, 8), NOW, "from __future__ import absolute_import was in force."),
    flag(0x8000, "FUTURE_WITH_STATEMENT", (2, 5), (3, 8), "from __future__ import with_statement was in force."),
    flag(0x8_0000, "FUTURE_WITH_STATEMENT", (3, 8), NOW, "from __future__ import with_statement was in force."),
    flag(0x1_0000, "FUTURE_PRINT_FUNCTION", (2, 6), (3, 8), "from __future__ import print_function was in force."),
    flag(0x10_0000, "FUTURE_PRINT_FUNCTION", (3, 8), NOW, "from __future__ import print_function was in force."),
    flag(0x2_0000, "FUTURE_UNICODE_LITERALS", (2, 6), (3, 8), "from __future__ import unicode_literals was in force."),
    flag(0x20_0000, "FUTURE_UNICODE_LITERALS", (3, 8), NOW, "from __future__ import unicode_literals was in force."),
    flag(
        0x4_0000,
        "FUTURE_BARRY_AS_BDFL",
        (3, 1),
        (3, 8),
        "from __future__ import barry_as_FLUFL was in force: <> for !=.",
    ),
    flag(
        0x40_0000,
        "FUTURE_BARRY_AS_BDFL",
        (3, 8),
        NOW,
        "from __future__ import barry_as_FLUFL was in force: <> for !=.",
    ),
    flag(0x8_0000, "FUTURE_GENERATOR_STOP", (3, 5), (3, 8), "from __future__ import generator_stop was in force."),
    flag(0x80_0000, "FUTURE_GENERATOR_STOP", (3, 8), NOW, "from __future__ import generator_stop was in force."),
    flag(
        0x10_0000,
        "FUTURE_ANNOTATIONS",
        (3, 7),
        (3, 8),
        "from __future__ import annotations was in force: they stay text.",
    ),
    flag(
        0x100_0000,
        "FUTURE_ANNOTATIONS",
        (3, 8),
        NOW,
        "from __future__ import annotations was in force: they stay text.",
    ),
    flag(0x200_0000, "NO_MONITORING_EVENTS", (3, 13), NOW, "Debuggers and profilers are not told of what it does."),
    flag(0x400_0000, "HAS_DOCSTRING", (3, 14), NOW, "Its first constant is its docstring."),
    flag(0x800_0000, "METHOD", (3, 14), NOW, "It is a function defined in a class."),
];

/// What PyPy has besides (`CO_…` in `pypy/interpreter/astcompiler/consts.py`), of whose versions 3.9 and 3.11 were asked.
static PYPY_FLAGS: &[CodeFlag] = &[
    flag(0x40, "NOFREE", (3, 11), NOW, "It has no free variables and no cells."),
    flag(0x200_0000, "KILL_DOCSTRING", (3, 9), NOW, "It has a docstring, which may be dropped."),
    flag(0x400_0000, "YIELD_INSIDE_TRY", (3, 9), NOW, "It is a generator that yields within a try."),
];

/// The bits of `co_flags` that a version has, by bit.
pub fn code_flags(python: &Python) -> impl Iterator<Item = &'static CodeFlag> + use<> {
    let version = python.version;
    let own = if python.implementation == Implementation::PyPy { PYPY_FLAGS } else { &[] };
    let has = |flag: &&CodeFlag| flag.versions.0 <= version && version < flag.versions.1;
    let mut flags: Vec<&'static CodeFlag> = FLAGS.iter().chain(own).filter(has).collect();
    flags.sort_by_key(|flag| flag.bit);
    flags.into_iter()
}
