//! CPython 2.0.

use super::effect;
use super::format::{FormatChange, ReprStyle};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(2, 0),
    magic: 50823,
    base: Some(&super::cpython_1_6::RELEASE),
    opcodes: &[
        remove("UNPACK_TUPLE UNPACK_LIST"),
        add(5, "ROT_FOUR", Unused).stack(0).says(""),
        add(55, "INPLACE_ADD", Unused).stack(-1).says(""),
        add(56, "INPLACE_SUBTRACT", Unused).stack(-1).says(""),
        add(57, "INPLACE_MULTIPLY", Unused).stack(-1).says(""),
        add(58, "INPLACE_DIVIDE", Unused).stack(-1).says(""),
        add(59, "INPLACE_MODULO", Unused).stack(-1).says(""),
        add(67, "INPLACE_POWER", Unused).stack(-1).says(""),
        add(73, "PRINT_ITEM_TO", Unused).stack(-2).says(""),
        add(74, "PRINT_NEWLINE_TO", Unused).stack(-1).says(""),
        add(75, "INPLACE_LSHIFT", Unused).stack(-1).says(""),
        add(76, "INPLACE_RSHIFT", Unused).stack(-1).says(""),
        add(77, "INPLACE_AND", Unused).stack(-1).says(""),
        add(78, "INPLACE_XOR", Unused).stack(-1).says(""),
        add(79, "INPLACE_OR", Unused).stack(-1).says(""),
        add(84, "IMPORT_STAR", Unused).stack(-1).says(""),
        add(92, "UNPACK_SEQUENCE", Number).stack_of(effect::unpacks).says(""),
        add(99, "DUP_TOPX", Number).stack_of(effect::pushes_each).says(""),
        effect("IMPORT_NAME", Effect::Fixed(0)),
        effect("IMPORT_FROM", Effect::Fixed(1)),
        add(143, "EXTENDED_ARG", Extended).stack(0).says(""),
    ],
    format: &[FormatChange::Repr(ReprStyle::Python2)],
    prereleases: &[],
};
