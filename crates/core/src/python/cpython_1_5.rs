//! CPython 1.5 (December 1997): code objects learn their stack size, their first line and a table of lines
//! (`co_lnotab`), though `SET_LINENO` stays for another five years. Releases up to 1.5.2 share one magic number.

use super::format::{CodeLayout, FormatChange, LineTable};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(1, 5),
    magic: 20121,
    base: Some(&super::cpython_1_4::RELEASE),
    opcodes: &[
        // What 1.3 had replaced: calls with one tuple of arguments, and the constant with the names of local
        // variables.
        remove("UNARY_CALL BINARY_CALL RAISE_EXCEPTION BUILD_FUNCTION RESERVE_FAST"),
        // The bitwise operators get their names.
        rename("<62>", "BINARY_LSHIFT"),
        says("BINARY_LSHIFT", "Pops two values, pushes `left << right`."),
        rename("<63>", "BINARY_RSHIFT"),
        says("BINARY_RSHIFT", "Pops two values, pushes `left >> right`."),
        rename("<64>", "BINARY_AND"),
        says("BINARY_AND", "Pops two values, pushes `left & right`."),
        rename("<65>", "BINARY_XOR"),
        says("BINARY_XOR", "Pops two values, pushes `left ^ right`."),
        rename("<66>", "BINARY_OR"),
        says("BINARY_OR", "Pops two values, pushes `left | right`."),
        // What they mean.
        means("BINARY_LSHIFT", Meaning::Binary("<<")),
        means("BINARY_RSHIFT", Meaning::Binary(">>")),
        means("BINARY_AND", Meaning::Binary("&")),
        means("BINARY_XOR", Meaning::Binary("^")),
        means("BINARY_OR", Meaning::Binary("|")),
    ],
    format: &[FormatChange::Code(CodeLayout::V1_5), FormatChange::Lines(LineTable::Lnotab)],
    prereleases: &[],
};
