//! CPython 2.1 (April 2001): nested scopes (PEP 227), on request. Variables shared by nested functions live in cells,
//! which code objects name in `co_freevars` and `co_cellvars`.

use super::format::{CodeLayout, FormatChange};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 1),
    magic: 60202,
    base: Some(&super::cpython_2_0::RELEASE),
    opcodes: &[
        // Cells and closures.
        add(134, "MAKE_CLOSURE", Number)
            .stack_of(PopsEach)
            .says("Pops code, the cells of the outer variables it uses and N default values, pushes a function."),
        add(135, "LOAD_CLOSURE", Cell)
            .stack(1)
            .says("Pushes the cell of a variable that functions share, not its value."),
        add(136, "LOAD_DEREF", Cell)
            .stack(1)
            .says("Pushes the value of a variable shared between nested functions, out of its cell."),
        add(137, "STORE_DEREF", Cell)
            .stack(-1)
            .says("Pops a value into the cell of a variable shared between nested functions."),
        // `continue` within a `try`.
        add(119, "CONTINUE_LOOP", JumpAbsolute)
            .stack(0)
            .flow(Jump)
            .says("Goes on with the loop's next round from within a `try`: `continue`."),
        // What they mean.
        means("CONTINUE_LOOP", Meaning::ContinueLoop),
        means("LOAD_CLOSURE", Meaning::LoadClosure),
        means("LOAD_DEREF", Meaning::Load(Variable::Cell)),
        means("STORE_DEREF", Meaning::Store(Variable::Cell)),
    ],
    format: &[FormatChange::Code(CodeLayout::V2_1)],
    prereleases: &[],
};
