//! CPython 1.5 (December 1997): code objects learn their stack size, their first line and a table of lines
//! (`co_lnotab`), though `SET_LINENO` stays for another five years. Releases up to 1.5.2 share one magic number.

use super::format::{CodeLayout, FormatChange, LineTable};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 5),
    magic: 20121,
    base: Some(&super::cpython_1_4::RELEASE),
    opcodes: &[
        // What 1.3 had replaced: calls with one tuple of arguments, and the constant with the names of local
        // variables.
        remove("UNARY_CALL BINARY_CALL RAISE_EXCEPTION BUILD_FUNCTION RESERVE_FAST"),
        rename("<62>", "BINARY_LSHIFT"),
        rename("<63>", "BINARY_RSHIFT"),
        rename("<64>", "BINARY_AND"),
        rename("<65>", "BINARY_XOR"),
        rename("<66>", "BINARY_OR"),
        // The bitwise operators get their names.
        says("BINARY_LSHIFT", "Pops two values, pushes `left << right`."),
        says("BINARY_RSHIFT", "Pops two values, pushes `left >> right`."),
        says("BINARY_AND", "Pops two values, pushes `left & right`."),
        says("BINARY_XOR", "Pops two values, pushes `left ^ right`."),
        says("BINARY_OR", "Pops two values, pushes `left | right`."),
    ],
    format: &[FormatChange::Code(CodeLayout::V1_5), FormatChange::Lines(LineTable::Lnotab)],
    prereleases: &[],
};
