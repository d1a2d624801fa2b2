//! What is known of one opcode.

use super::effect::StackRule;
use super::meaning::Meaning;

/// One opcode of one version: everything that is known of it hangs here.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Opcode {
    /// The byte that stands for it.
    pub number: u8,
    /// Its name in that version's `opcode` module.
    pub name: &'static str,
    /// What its argument means.
    pub operand: Operand,
    /// The inline cache fields that follow it (CPython 3.11+, `opcode._cache_format`), in order.
    pub caches: &'static [CacheField],
    /// What it does to the stack depth.
    pub effect: Effect,
    /// Where execution goes on.
    pub flow: Flow,
    /// What it means, in words that stay the same from version to version.
    pub meaning: Meaning,
    /// What it does, in a sentence or two.
    pub doc: &'static str,
    /// The opcode it stands in for while a program runs, if it is a specialized (PEP 659) or an instrumented one
    /// (PEP 669). All but its name and number is that one's. Files do not hold such opcodes.
    pub form_of: Option<&'static str>,
}

impl Opcode {
    /// Whether it exists while a program runs, but is in no file.
    pub(crate) fn is_unwritten(&self) -> bool {
        self.form_of.is_some()
            || matches!(
                self.name,
                "CACHE"
                    | "RESERVED"
                    | "INTERPRETER_EXIT"
                    | "ENTER_EXECUTOR"
                    | "INSTRUMENTED_LINE"
                    | "INSTRUMENTED_INSTRUCTION"
                    | "TRACE_RECORD"
            )
    }
}

/// A field of an inline cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheField {
    /// Its name in `opcode._cache_format`.
    pub name: &'static str,
    /// Its size in 2-byte code units.
    pub units: u8,
}

impl CacheField {
    /// What the interpreter notes in it while it runs, in plain words. Files hold zeros.
    #[must_use]
    pub fn doc(&self) -> &'static str {
        match self.name {
            "counter" => "Counts how often to wait before a faster form is tried.",
            "version" | "type_version" => "Which version of the object's type was seen.",
            "func_version" => "Which version of the function was seen.",
            "keys_version" => "Which version of the names in the type's instances was seen.",
            "module_keys_version" => "Which version of the global names was seen.",
            "builtin_keys_version" => "Which version of the built-in names was seen.",
            "index" => "Where the value was found.",
            "dict_offset" => "Where in the object its dict was found.",
            "descr" => "What was found: a pointer in the memory of the process.",
            "min_args" => "How many arguments the function needs at least.",
            "mask" => "Which outcomes make the jump that follows.",
            _ => "",
        }
    }
}

/// What an opcode's argument means. [`Operand::Unused`] is the only one whose byte says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operand {
    /// It takes no argument.
    Unused,
    /// A plain number: a count, a depth, or flags that `dis` shows as a number alone.
    Number,
    /// Index into `co_consts`.
    Const,
    /// Index into `co_names`.
    Name,
    /// Index into `co_names` times 2; bit 0 set pushes a NULL too (`LOAD_GLOBAL`, 3.11+).
    GlobalName,
    /// Index into `co_names` times 2; bit 0 set loads a method (`LOAD_ATTR`, 3.12+).
    AttributeName,
    /// Index into `co_names` times 4; bit 0 loads a method, bit 1 is set for a two-argument `super` (`LOAD_SUPER_ATTR`,
    /// 3.12+).
    SuperAttributeName,
    /// Index into `co_names` times 4; bit 0 for a lazy import, bit 1 for an eager one (`IMPORT_NAME`, PEP 810, 3.15+).
    ImportName,
    /// Index of a local variable: `co_varnames`, from 3.11 all of `co_localsplusnames`.
    Local,
    /// Two indexes of local variables, four bits each (3.13+).
    LocalPair,
    /// Index into `co_cellvars + co_freevars`; from 3.11 into `co_localsplusnames`.
    Cell,
    /// A jump forward, counted from the end of the instruction (and, from 3.12, of its caches).
    JumpForward,
    /// A jump backward, counted likewise (3.11+).
    JumpBackward,
    /// A jump to an offset counted from the start of the code.
    JumpAbsolute,
    /// How far back the loop's `SEND` lies, counted like a jump backward (`END_ASYNC_FOR`, 3.14+). Nothing jumps there:
    /// `dis` writes `from L1`.
    AsyncForStart,
    /// Index into the comparison operators. How far it is shifted is the version's ([`super::Format`]).
    Compare,
    /// Index into the binary operators (`_nb_ops`, 3.11+).
    BinaryOperator,
    /// Index into the one-argument intrinsics (3.12+).
    Intrinsic1,
    /// Index into the two-argument intrinsics (3.12+).
    Intrinsic2,
    /// Flags of `FORMAT_VALUE` (3.6 – 3.12): conversion in bits 0–1, bit 2 for a format spec on the stack.
    FormatValue,
    /// The conversion of `CONVERT_VALUE` (3.13+).
    Conversion,
    /// The flags of `MAKE_FUNCTION` (3.6 – 3.12): which of defaults, kwdefaults, annotations, closure are on the
    /// stack.
    FunctionFlags,
    /// The attribute that `SET_FUNCTION_ATTRIBUTE` sets (3.13+).
    FunctionAttribute,
    /// 0 for the operator, 1 for its negation: `is not`, `not in` (3.9+).
    Inverted,
    /// Index into the special methods (`LOAD_SPECIAL`, 3.14+).
    SpecialMethod,
    /// Index into the common constants (`LOAD_COMMON_CONSTANT`, 3.14+).
    CommonConstant,
    /// Positional arguments in the low byte, keyword arguments in the high byte (`CALL_FUNCTION…` up to 3.5).
    CallCounts,
    /// The line that begins here (`SET_LINENO`, up to 2.2).
    LineNumber,
    /// The high bits of the next instruction's argument (`EXTENDED_ARG`).
    Extended,
}

impl Operand {
    /// Whether it is the target of a jump. [`Operand::AsyncForStart`] is not, though `dis` labels that place too.
    #[must_use]
    pub const fn is_jump(self) -> bool {
        matches!(self, Self::JumpForward | Self::JumpBackward | Self::JumpAbsolute)
    }

    /// What the argument is, in plain words; nothing for [`Operand::Unused`].
    #[must_use]
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Unused => "",
            Self::Number => "A number.",
            Self::Const => "Which constant: a place in `co_consts`.",
            Self::Name => "Which name: a place in `co_names`.",
            Self::GlobalName => "Bit 0: whether to push a NULL too. The bits above: which name, a place in `co_names`.",
            Self::AttributeName => {
                "Bit 0: whether it is for a method call. The bits above: which name, a place in `co_names`."
            }
            Self::SuperAttributeName => {
                "Bit 0: whether it is for a method call. Bit 1: whether `super` has two arguments. The bits above: which \
                    name, a place in `co_names`."
            }
            Self::ImportName => "Bit 0: lazily. Bit 1: at once. The bits above: which name, a place in `co_names`.",
            Self::Local => "Which local variable.",
            Self::LocalPair => "Two local variables: the first in the upper four bits, the second in the lower four.",
            Self::Cell => "Which variable of those shared between functions.",
            Self::JumpForward => "How far the target is down from the next instruction.",
            Self::JumpBackward => "How far the target is up from the next instruction.",
            Self::JumpAbsolute => "Where the target is, counted from the start of the code.",
            Self::AsyncForStart => "How far the SEND that this loop waits in is up from the next instruction.",
            Self::Compare => "Which comparison.",
            Self::BinaryOperator => "Which operator.",
            Self::Intrinsic1 | Self::Intrinsic2 => "Which of the interpreter's own functions.",
            Self::FormatValue => {
                "Bits 0 and 1: the conversion, `!s`, `!r` or `!a`. Bit 2: whether a format spec is given."
            }
            Self::Conversion => "Which conversion: 1 for `!s`, 2 for `!r`, 3 for `!a`.",
            Self::FunctionFlags => {
                "What lies on the stack besides the code. Bit 0: defaults, 1: keyword-only defaults, 2: annotations, \
                    3: cells of outer variables."
            }
            Self::FunctionAttribute => {
                "What is set. 1: defaults, 2: keyword-only defaults, 4: annotations, 8: cells of outer variables, \
                    16: a function that makes the annotations."
            }
            Self::Inverted => "1 for the negation.",
            Self::SpecialMethod => "Which special method.",
            Self::CommonConstant => "Which object.",
            Self::CallCounts => "Low byte: how many positional arguments. High byte: how many name and value pairs.",
            Self::LineNumber => "The line of the source.",
            Self::Extended => "The high bits of the next instruction's argument.",
        }
    }
}

/// Where execution goes on after an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// At the next instruction.
    Next,
    /// At the target, always.
    Jump,
    /// At the next instruction or at the target.
    Branch,
    /// At the next instruction; the target is where an exception would lead (`SETUP_FINALLY` and its like).
    Setup,
    /// Never at the next instruction: it returns, raises, or leaves the loop around it (`BREAK_LOOP`).
    End,
}

impl Flow {
    /// Where execution goes on, in plain words.
    #[must_use]
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Next => "Execution goes on at the next instruction.",
            Self::Jump => "Execution goes on at the target.",
            Self::Branch => "Execution goes on at the next instruction or at the target.",
            Self::Setup => {
                "Execution goes on at the next instruction, and at the target once what is set up here ends or fails."
            }
            Self::End => "Execution does not go on at the next instruction.",
        }
    }
}

/// The change in stack depth, in slots, positive for pushes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Effect {
    /// Not known.
    Unknown,
    /// The same whatever the argument, jumping or not.
    Fixed(i8),
    /// The same whatever the argument, but not the same when it jumps.
    Split {
        /// Going on at the next instruction.
        next: i8,
        /// Jumping, or at the handler of a `SETUP_…`.
        jump: i8,
    },
    /// Depends on the argument.
    Of(StackRule),
}

impl Effect {
    /// The change for this argument when it does not jump, or does. `None` where it is not known.
    #[must_use]
    pub fn of(self, oparg: u32, jump: bool) -> Option<i64> {
        match self {
            Self::Unknown => None,
            Self::Fixed(change) => Some(change.into()),
            Self::Split { next, jump: taken } => Some(if jump { taken } else { next }.into()),
            Self::Of(rule) => Some(rule.change(oparg.into())),
        }
    }
}
