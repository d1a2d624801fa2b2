//! CPython 3.6 (December 2016): every instruction is two bytes (wordcode). f-strings (PEP 498), variable annotations
//! (PEP 526). Line increments in `co_lnotab` may be negative.

use super::format::{FormatChange, InstructionLayout, LineTable};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 6),
    magic: 3379,
    base: Some(&super::cpython_3_5::RELEASE),
    opcodes: &[
        // f-strings.
        add(155, "FORMAT_VALUE", FormatValue).stack_of(Formats).says(
            "Pops a value (and, with bit 2, a format spec over it), pushes it as text: a field of an \
                f-string. Low bits: `!s`, `!r`, `!a`.",
        ),
        add(157, "BUILD_STRING", Number)
            .stack_of(Builds)
            .says("Pops N texts, pushes them joined: the parts of an f-string."),
        // Variable annotations.
        add(85, "SETUP_ANNOTATIONS", Unused)
            .stack(0)
            .says("Makes sure that the local namespace has an `__annotations__` dict."),
        add(127, "STORE_ANNOTATION", Name)
            .stack(-1)
            .says("Pops an annotation and enters it in `__annotations__` under a name."),
        // An argument of one byte cannot hold two counts: calls are split by kind, and a function's making is told by
        // flags.
        remove("CALL_FUNCTION_VAR CALL_FUNCTION_VAR_KW MAKE_CLOSURE"),
        operand("CALL_FUNCTION", Number),
        effect("CALL_FUNCTION", Effect::Of(PopsEach)),
        says("CALL_FUNCTION", "Pops N positional arguments and the function below them, pushes its result."),
        operand("CALL_FUNCTION_KW", Number),
        effect("CALL_FUNCTION_KW", Effect::Of(PopsEachAndOne)),
        says(
            "CALL_FUNCTION_KW",
            "Pops a tuple of argument names, N arguments and the function below, pushes its result. The \
                names are those of the last arguments.",
        ),
        add(142, "CALL_FUNCTION_EX", Number).stack_of(PopsFlaggedAndOne).says(
            "Pops a tuple of arguments (over it, with bit 0, a dict of named ones) and the function, \
                pushes its result.",
        ),
        add(158, "BUILD_TUPLE_UNPACK_WITH_CALL", Number)
            .stack_of(Builds)
            .says("Pops N iterables, pushes a tuple of all their items for a call: `f(*a, *b)`."),
        operand("MAKE_FUNCTION", FunctionFlags),
        effect("MAKE_FUNCTION", Effect::Of(MakesFunction)),
        says("MAKE_FUNCTION", "Pops a qualified name, code and what the argument's bits announce, pushes a function."),
        // Keyword arguments and dict displays share one constant for their names.
        add(156, "BUILD_CONST_KEY_MAP", Number)
            .stack_of(PopsEach)
            .says("Pops a tuple of N keys and N values, pushes a dict of them."),
        // What they mean.
        means("FORMAT_VALUE", Meaning::FormatValue),
        means("BUILD_STRING", Meaning::Build(Container::String)),
        means("SETUP_ANNOTATIONS", Meaning::SetupAnnotations),
        means("STORE_ANNOTATION", Meaning::StoreAnnotation),
        means("CALL_FUNCTION", Meaning::CallFunction),
        means("CALL_FUNCTION_KW", Meaning::CallFunctionNamed),
        means("CALL_FUNCTION_EX", Meaning::CallEx),
        means("BUILD_TUPLE_UNPACK_WITH_CALL", Meaning::BuildUnpackWithCall(Container::Tuple)),
        means("MAKE_FUNCTION", Meaning::MakeFunctionNamed),
        means("BUILD_CONST_KEY_MAP", Meaning::BuildConstKeyMap),
    ],
    format: &[
        FormatChange::Instructions(InstructionLayout::Words),
        FormatChange::Lines(LineTable::SignedLnotab),
        FormatChange::CallCounts(false),
    ],
    prereleases: &[
        before(3378, &[remove("BUILD_TUPLE_UNPACK_WITH_CALL")]),
        before(
            3376,
            &[
                remove("CALL_FUNCTION_EX"),
                restore("CALL_FUNCTION CALL_FUNCTION_VAR CALL_FUNCTION_KW CALL_FUNCTION_VAR_KW"),
            ],
        ),
        before(3375, &[remove("SETUP_ANNOTATIONS STORE_ANNOTATION")]),
        before(3373, &[remove("BUILD_STRING")]),
        before(3372, &[restore("MAKE_FUNCTION MAKE_CLOSURE")]),
        before(3371, &[remove("BUILD_CONST_KEY_MAP")]),
        before(3370, &[]).with(&[FormatChange::Instructions(InstructionLayout::Bytes)]),
        before(3361, &[]).with(&[FormatChange::Lines(LineTable::Lnotab)]),
    ],
};
