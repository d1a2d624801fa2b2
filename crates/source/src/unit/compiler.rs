//! What compilers do each in its own way, where the language leaves it to them.

use pycxray::python::{ExceptionLayout, Python};
use pycxray::{Implementation, Version};

/// The habits of the compiler that wrote a file. What only depends on the version is asked of [`super::Units::since`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compiler {
    /// The CPython whose compiler it grew from, if it is another one.
    pub like: Option<Version>,
    /// Whether a conditional expression that is asked for in a condition is made a value first.
    pub chooses_values: bool,
    /// Whether conditions ask for constants that are true, too (up to 3.9).
    pub asks_constants: bool,
    /// Whether `a, b = x, y` makes no tuple for any number of names, and binds the last one first.
    pub binds_last_first: bool,
    /// Whether the list of a comprehension with one loop and no condition is made above the iterator.
    pub makes_list_last: bool,
    /// Whether displays are grown item by item beyond 100 items, calls beyond 50 arguments; constants between starred items are one
    /// of them, and a mapping that is the only keyword argument is passed on itself.
    pub grows_late: bool,
    /// Whether of displays only those of constants that are searched become tuples: no others, none that a loop goes through.
    pub folds_searched_alone: bool,
    /// Whether annotations of parameters that come by position alone stand before the others.
    pub annotates_in_order: bool,
    /// Since which Python 3 `for x in [y]` of a comprehension is an assignment, and whether `for x in (y,)` is, too.
    pub assigns_lone_item: (u8, bool),
    /// Whether it computes nothing of more than 20 letters or items, takes no letter out of a text, but computes `%` of texts.
    pub computes_short: bool,
    /// Whether `co_flags` tell more of what a code object is than where it stands: a function right in a class is not nested, a class
    /// never shares nothing, an asynchronous generator expression is a generator, too.
    pub flags_apart: bool,
    /// The flag in `co_flags` that tells a docstring from what is bound to `__doc__`, if there is one.
    pub docstring_flag: Option<u32>,
    /// Whether the qualified name of what stands in a comprehension has a `<locals>` behind that of the comprehension.
    pub comprehensions_have_locals: bool,
    /// How patterns of `match` are tried.
    pub patterns: Patterns,
    /// Whether what an `except*` raises again is raised while the group is still handled.
    pub raises_in_group: bool,
    /// Flags of its own in `co_flags`, which only say what the interpreter may do.
    pub own_flags: u32,
}

/// How the compiler tries patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patterns {
    /// As CPython's does: names are bound in their order when all of a pattern fits, wildcards are passed over.
    CPython,
    /// As PyPy's up to release 7.3: wildcards are taken, too, what is left of a mapping is bound at once, an empty mapping is asked
    /// for no keys; attributes and items of mappings are taken by index.
    Indexed,
    /// As PyPy's since release 8: likewise, but attributes and items are unpacked, if there are any, and names that stand behind the
    /// last test are bound before the others.
    Unpacked,
}

/// A docstring may be dropped (PyPy).
const CO_KILL_DOCSTRING: u32 = 0x200_0000;
/// A generator yields in a `try` (PyPy).
const CO_YIELD_INSIDE_TRY: u32 = 0x400_0000;

impl Compiler {
    /// CPython's.
    pub const CPYTHON: Self = Self {
        like: None,
        chooses_values: false,
        asks_constants: false,
        binds_last_first: false,
        makes_list_last: false,
        grows_late: false,
        folds_searched_alone: false,
        annotates_in_order: false,
        assigns_lone_item: (9, true),
        computes_short: false,
        flags_apart: false,
        docstring_flag: None,
        comprehensions_have_locals: false,
        patterns: Patterns::CPython,
        raises_in_group: false,
        own_flags: 0,
    };

    /// PyPy's, up to release 7.3.
    pub const PYPY: Self = Self {
        like: Some(Version::new(3, 9)),
        chooses_values: true,
        asks_constants: true,
        binds_last_first: true,
        makes_list_last: true,
        grows_late: true,
        folds_searched_alone: true,
        annotates_in_order: true,
        assigns_lone_item: (10, false),
        computes_short: true,
        flags_apart: true,
        docstring_flag: Some(CO_KILL_DOCSTRING),
        comprehensions_have_locals: true,
        patterns: Patterns::Indexed,
        raises_in_group: true,
        own_flags: CO_KILL_DOCSTRING | CO_YIELD_INSIDE_TRY,
    };

    /// PyPy's since release 8.
    pub const PYPY_8: Self = Self { patterns: Patterns::Unpacked, raises_in_group: false, ..Self::PYPY };

    /// That of a Python.
    #[must_use]
    pub fn of(python: &Python) -> Self {
        match python.implementation {
            Implementation::PyPy if python.format.exceptions == ExceptionLayout::Table => Self::PYPY_8,
            Implementation::PyPy => Self::PYPY,
            _ => Self::CPYTHON,
        }
    }
}
