//! Which `co_flags` each version sets.

use crate::python::Python;
use crate::version::{Implementation, Version};

/// The bits of `co_flags` that compilers of this version set (`Include/code.h`, `Include/cpython/code.h`; the `CO_FUTURE_…`
/// bits moved up by four in 3.9).
pub(crate) fn known_flags(python: &Python) -> i64 {
    /// From this version, to this one, these bits.
    type Row = ((u8, u8), (u8, u8), i64);
    let rows: &[Row] = &[
        ((1, 3), (9, 9), 0x0f),        // OPTIMIZED, NEWLOCALS, VARARGS, VARKEYWORDS
        ((2, 1), (9, 9), 0x10),        // NESTED
        ((2, 2), (9, 9), 0x20),        // GENERATOR
        ((2, 3), (3, 10), 0x40),       // NOFREE
        ((3, 5), (9, 9), 0x180),       // COROUTINE, ITERABLE_COROUTINE
        ((3, 6), (9, 9), 0x200),       // ASYNC_GENERATOR
        ((2, 2), (2, 7), 0x1000),      // GENERATOR_ALLOWED
        ((2, 2), (3, 8), 0x2000),      // FUTURE_DIVISION
        ((2, 5), (3, 8), 0xc000),      // FUTURE_ABSOLUTE_IMPORT, FUTURE_WITH_STATEMENT
        ((2, 6), (3, 8), 0x1_0000),    // FUTURE_PRINT_FUNCTION
        ((2, 6), (3, 8), 0x2_0000),    // FUTURE_UNICODE_LITERALS
        ((3, 1), (3, 8), 0x4_0000),    // FUTURE_BARRY_AS_BDFL
        ((3, 5), (3, 8), 0x8_0000),    // FUTURE_GENERATOR_STOP
        ((3, 7), (3, 8), 0x10_0000),   // FUTURE_ANNOTATIONS
        ((3, 9), (9, 9), 0x1fe_0000),  // the same, moved
        ((3, 13), (9, 9), 0x200_0000), // NO_MONITORING_EVENTS
        ((3, 13), (9, 9), 0x400_0000), // HAS_DOCSTRING
        ((3, 14), (9, 9), 0x800_0000), // METHOD
    ];
    let version = python.version;
    let bits = rows
        .iter()
        .filter(|(from, to, _)| (Version::new(from.0, from.1)..=Version::new(to.0, to.1)).contains(&version))
        .fold(0, |bits, (_, _, more)| bits | more);
    // PyPy marks code objects for its own use with the bits above.
    if python.implementation == Implementation::PyPy { bits | 0xfff0_0000 } else { bits }
}
