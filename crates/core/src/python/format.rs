//! The layouts of one version, and the words its `dis` uses.

/// How one version lays out its files, and which words its `dis` module has for operands.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Format {
    /// What precedes the marshalled object.
    pub header: HeaderLayout,
    /// The fields of a marshalled code object.
    pub code: CodeLayout,
    /// How instructions are laid out.
    pub instructions: InstructionLayout,
    /// `HAVE_ARGUMENT`: opcodes from this number on have an argument. From 3.12 on only known opcodes have one, and
    /// this is 256.
    pub have_argument: u16,
    /// How many bytes of bytecode one unit of a jump's argument counts: 1, from 3.10 on 2.
    pub jump_unit: u32,
    /// Whether forward and backward jumps count from behind the inline caches (3.12+), not from before them.
    pub jumps_from_caches: bool,
    /// How `co_lnotab`, `co_linetable` are encoded.
    pub lines: LineTable,
    /// Whether cells are indexed in `co_localsplusnames` (3.11+) rather than in `co_cellvars + co_freevars`.
    pub cells_in_localsplus: bool,
    /// How handlers are found, and what an exception puts on the stack for them.
    pub exceptions: ExceptionLayout,
    /// Bits by which the argument of a comparison is shifted: 0, 4 (3.12), 5 (3.13+, with bit 4 for `bool(…)`).
    pub compare_shift: u8,
    /// The comparison operators, by index.
    pub compare: &'static [&'static str],
    /// The binary operators, by index (`_nb_ops`, 3.11+).
    pub binary: &'static [&'static str],
    /// The one-argument intrinsics, by index (3.12+).
    pub intrinsics_1: &'static [&'static str],
    /// The two-argument intrinsics, by index (3.12+).
    pub intrinsics_2: &'static [&'static str],
    /// The special methods, by index (3.14+).
    pub special_methods: &'static [&'static str],
    /// The common constants, as `dis` writes them, by index (3.14+).
    pub common_constants: &'static [&'static str],
    /// How many places of the stack a loop or a wait takes: its iterator, and from 3.15 on a position above it.
    pub iterator_places: u8,
    /// What the interpreter puts in place of an opcode while it runs (PEP 659), where this version's `dis` does not name that
    /// (3.11 – 3.13): the opcode, and the names separated by spaces. See [`Python::specializations`](super::Python::specializations).
    pub specializations: &'static [(&'static str, &'static str)],
    /// How this version's `dis` writes operands.
    pub dis: DisStyle,
}

/// What precedes the marshalled object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeaderLayout {
    /// Magic number and modification time: 8 bytes (up to 3.2).
    Mtime,
    /// Magic number, modification time, size of the source: 12 bytes (3.3 – 3.6, from magic 3210).
    MtimeSize,
    /// Magic number, flags, then modification time and size, or a hash of the source: 16 bytes (PEP 552, 3.7+, from
    /// magic 3392).
    Flags,
}

impl HeaderLayout {
    /// How many bytes it has.
    #[must_use]
    pub const fn size(self) -> u32 {
        match self {
            Self::Mtime => 8,
            Self::MtimeSize => 12,
            Self::Flags => 16,
        }
    }

    /// The versions that write it, in words.
    #[must_use]
    pub const fn versions(self) -> &'static str {
        match self {
            Self::Mtime => "3.2 and before",
            Self::MtimeSize => "3.3 – 3.6",
            Self::Flags => "3.7 and later",
        }
    }
}

/// The fields of a marshalled code object. `core::code` has their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeLayout {
    /// 1.0 – 1.2, type code `C`: no numbers.
    V1_0,
    /// 1.3 – 1.4: argcount, nlocals, flags as u16.
    V1_3,
    /// 1.5 – 2.0: and stacksize, firstlineno, lnotab.
    V1_5,
    /// 2.1 – 2.2: and freevars, cellvars.
    V2_1,
    /// 2.3 – 2.7: numbers as i32.
    V2_3,
    /// 3.0 – 3.7: and kwonlyargcount.
    V3_0,
    /// 3.8 – 3.10, from magic 3410: and posonlyargcount.
    V3_8,
    /// PyPy 3.11 up to release 7.3: as 3.8, and qualname behind the name.
    PyPy3_11Of7,
    /// PyPy 3.11 since release 8: and exceptiontable at the end.
    PyPy3_11,
    /// Magic numbers 3450 – 3451, on the way to 3.11: as 3.8, and exceptiontable at the end.
    V3_11From3450,
    /// 3452: without nlocals.
    V3_11From3452,
    /// 3453 – 3458: localsplusnames and localspluskinds in place of varnames, freevars and cellvars.
    V3_11From3453,
    /// 3459: endlinetable and columntable behind linetable.
    V3_11From3459,
    /// 3460 – 3493: and qualname behind the name.
    V3_11From3460,
    /// 3.11+, from magic 3494: localsplusnames, localspluskinds, qualname, exceptiontable in place of nlocals, varnames,
    /// freevars, cellvars.
    V3_11,
}

/// How the handler of an exception is found, and what an exception puts on the stack for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExceptionLayout {
    /// A stack of blocks; traceback, value and type. A handler ends where control leaves it (up to 2.7).
    Blocks,
    /// A stack of blocks; the same three of the exception handled before, then those of this one (3.0 – 3.10).
    BlocksOfTwo,
    /// A stack of blocks; what is raised again, and for `except` value and type above it (PyPy 3.9, 3.10).
    PyPy,
    /// A stack of blocks; what is raised again, and for `except` the value above it (PyPy 3.11 up to release 7.3).
    PyPyOfTwo,
    /// A table (3.11+, PyPy since release 8).
    Table,
}

/// How instructions are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InstructionLayout {
    /// One byte, or three with a u16 argument from `HAVE_ARGUMENT` on (up to 3.5).
    Bytes,
    /// Two bytes each: opcode and argument (3.6+, from magic 3370).
    Words,
}

/// How bytecode offsets are tied to source lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineTable {
    /// By `SET_LINENO` instructions alone (up to 1.4).
    None,
    /// `co_lnotab`: pairs of u8 address, u8 line increments (1.5 – 3.5).
    Lnotab,
    /// `co_lnotab`, the line increment signed (3.6 – 3.9, from magic 3361).
    SignedLnotab,
    /// PEP 626: pairs of u8 address, i8 line deltas, -128 for no line (3.10).
    Pep626,
    /// The same with a pair 255, -128 at its end (pre-releases of 3.10, from magic 3431).
    Pep626Ended,
    /// PyPy 3.10+: an entry for every two bytes of bytecode, as varint and bytes (`pypy/interpreter/location.py`).
    PyPy,
    /// PEP 657: entries with end lines and columns as varints (3.11+, from magic 3494).
    Pep657,
}

/// How a version's `dis` writes operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DisStyle {
    /// Absolute jumps are written `to N` too (3.10+).
    pub absolute_targets: bool,
    /// Jump targets are labels, `to L1` (3.13+).
    pub labels: bool,
    /// The flags of `MAKE_FUNCTION` are spelled out.
    pub function_flags: bool,
    /// `CALL_FUNCTION` reads `1 positional, 0 keyword pair`.
    pub call_counts: bool,
}

/// One change in a version's layouts, or in the words of its `dis`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FormatChange {
    Header(HeaderLayout),
    Code(CodeLayout),
    Instructions(InstructionLayout),
    HaveArgument(u16),
    JumpUnit(u32),
    JumpsFromCaches(bool),
    Lines(LineTable),
    CellsInLocalsplus(bool),
    Exceptions(ExceptionLayout),
    CompareShift(u8),
    Compare(&'static [&'static str]),
    Binary(&'static [&'static str]),
    Intrinsics1(&'static [&'static str]),
    Intrinsics2(&'static [&'static str]),
    SpecialMethods(&'static [&'static str]),
    CommonConstants(&'static [&'static str]),
    IteratorPlaces(u8),
    Specializations(&'static [(&'static str, &'static str)]),
    AbsoluteTargets(bool),
    Labels(bool),
    FunctionFlags(bool),
    CallCounts(bool),
}

impl FormatChange {
    /// Makes this change.
    pub(crate) const fn apply(&self, format: &mut Format) {
        match *self {
            Self::Header(header) => format.header = header,
            Self::Code(code) => format.code = code,
            Self::Instructions(instructions) => format.instructions = instructions,
            Self::HaveArgument(number) => format.have_argument = number,
            Self::JumpUnit(unit) => format.jump_unit = unit,
            Self::JumpsFromCaches(from_caches) => format.jumps_from_caches = from_caches,
            Self::Lines(lines) => format.lines = lines,
            Self::CellsInLocalsplus(in_localsplus) => format.cells_in_localsplus = in_localsplus,
            Self::Exceptions(layout) => format.exceptions = layout,
            Self::CompareShift(shift) => format.compare_shift = shift,
            Self::Compare(names) => format.compare = names,
            Self::Binary(names) => format.binary = names,
            Self::Intrinsics1(names) => format.intrinsics_1 = names,
            Self::Intrinsics2(names) => format.intrinsics_2 = names,
            Self::SpecialMethods(names) => format.special_methods = names,
            Self::CommonConstants(names) => format.common_constants = names,
            Self::IteratorPlaces(places) => format.iterator_places = places,
            Self::Specializations(forms) => format.specializations = forms,
            Self::AbsoluteTargets(written) => format.dis.absolute_targets = written,
            Self::Labels(labels) => format.dis.labels = labels,
            Self::FunctionFlags(spelled) => format.dis.function_flags = spelled,
            Self::CallCounts(spelled) => format.dis.call_counts = spelled,
        }
    }
}
