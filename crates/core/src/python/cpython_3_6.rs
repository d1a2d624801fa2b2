//! CPython 3.6.

use super::cpython_1_0;
use super::effect;
use super::format::{FormatChange, InstructionLayout, LineTable};
use super::release::*;

pub(super) static RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 6),
    magic: 3379,
    base: Some(&super::cpython_3_5::RELEASE),
    opcodes: &[
        remove("MAKE_CLOSURE CALL_FUNCTION_VAR CALL_FUNCTION_VAR_KW"),
        add(85, "SETUP_ANNOTATIONS", Unused).stack(0).says(""),
        add(127, "STORE_ANNOTATION", Name).stack(-1).says(""),
        operand("CALL_FUNCTION", Number),
        effect("CALL_FUNCTION", Effect::Of(effect::pops_each)),
        operand("MAKE_FUNCTION", FunctionFlags),
        effect("MAKE_FUNCTION", Effect::Of(effect::makes_function)),
        operand("CALL_FUNCTION_KW", Number),
        effect("CALL_FUNCTION_KW", Effect::Of(effect::pops_each_and_one)),
        add(142, "CALL_FUNCTION_EX", Number).stack_of(effect::pops_flagged_and_one).says(""),
        add(155, "FORMAT_VALUE", FormatValue).stack_of(effect::formats).says(""),
        add(156, "BUILD_CONST_KEY_MAP", Number).stack_of(effect::pops_each).says(""),
        add(157, "BUILD_STRING", Number).stack_of(effect::builds).says(""),
        add(158, "BUILD_TUPLE_UNPACK_WITH_CALL", Number).stack_of(effect::builds).says(""),
    ],
    format: &[
        FormatChange::Instructions(InstructionLayout::Words),
        FormatChange::Lines(LineTable::SignedLnotab),
        FormatChange::Dis(cpython_1_0::FORMAT.dis),
    ],
    prereleases: &[],
};
