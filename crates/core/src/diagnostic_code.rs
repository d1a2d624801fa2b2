//! Every kind of thing that is said of a file, by a name that stays the same from release to release.

use std::fmt::{self, Display, Formatter};

/// What a [`Diagnostic`](crate::Diagnostic) or a [`Finding`](crate::Finding) says, whatever the words of its sentence. Names stay
/// the same from release to release; new ones come.
///
/// ```
/// use pycxray::{DiagnosticCode, Pyc};
///
/// let pyc = Pyc::parse(Vec::new());
/// assert_eq!(pyc.diagnostics()[0].code, DiagnosticCode::EmptyFile);
/// assert_eq!(pyc.diagnostics()[0].code.as_str(), "empty-file");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DiagnosticCode {
    // The file as a whole.
    /// The file has no bytes.
    EmptyFile,
    /// No Python wrote this.
    NotAPyc,
    /// The file ends before the object that it should hold does.
    CutFile,
    /// Bytes could not be decoded.
    Undecoded,
    /// A code object was found behind damage.
    RecoveredCode,
    /// Bytes stand behind the object that the file holds.
    TrailingData,
    // The header, and which Python wrote the file.
    /// There is no header.
    NoHeader,
    /// The magic number is nobody's.
    UnknownMagic,
    /// The file ends inside its header.
    CutHeader,
    /// The header has not the length that its magic number asks for.
    OddHeader,
    /// A second header stands behind the first.
    SecondHeader,
    /// Bytes that belong to no file stand in front.
    ForeignBytes,
    /// Part of the file is zeros, as after a crash.
    ZeroFilled,
    /// The file ends at a boundary of blocks, as after a broken copy.
    CutAtBlock,
    /// A transfer took the file for text.
    SpoiledInTransport,
    /// The contents are another version's than the magic number says.
    OtherVersion,
    /// The opcodes are numbered in a way of their own.
    ShuffledOpcodes,
    /// Another implementation wrote the file, whose bytecode is not explained.
    ForeignImplementation,
    /// A code object is laid out in another implementation's way.
    ForeignCode,
    /// A pre-release wrote the file: the nearest opcodes known are shown.
    NearestOpcodes,
    /// The header's flags have bits without a meaning.
    ReservedHeaderFlags,
    /// A hash-based file is never compared with its source.
    UncheckedHash,
    /// The source is younger than now.
    FutureMtime,
    // Marshalled objects.
    /// A byte is no type code.
    BadTypeCode,
    /// A reference leads to nothing.
    BadReference,
    /// A reference leads to what it stands in.
    ReferenceCycle,
    /// A count is below 0.
    BadCount,
    /// More items are announced than bytes are left.
    CountPastEnd,
    /// A string is longer than what is left of the file.
    LengthPastEnd,
    /// An integer's digits are out of range.
    BadLong,
    /// An integer begins with zeros.
    UnnormalizedLong,
    /// `FLAG_REF` is set, which this Python does not know.
    FlagRefTooNew,
    /// A null stands where an object must be.
    NullObject,
    /// An object is of a kind that this Python does not write.
    UnknownObject,
    /// The file ends inside an object.
    CutObject,
    /// The file ends inside a code object.
    CutCode,
    /// Objects are nested deeper than CPython reads.
    DeepNesting,
    // Limits.
    /// The file is longer than what is looked at.
    LimitBytes,
    /// Objects are nested too deep to be read.
    LimitDepth,
    /// There are more objects than are read.
    LimitNodes,
    /// There are more references than are kept.
    LimitReferences,
    /// Too many code objects share their tables for each to be looked at.
    LimitSharedTables,
    /// An archive has more members than are listed.
    LimitMembers,
    /// There is more inside than is listed.
    LimitPayloads,
    /// There is more of a kind than is listed.
    MoreDiagnostics,
    /// There is more of a kind than is listed.
    MoreFindings,
    // Fields of code objects.
    /// A field is of a type that no interpreter accepts.
    WrongFieldType,
    /// A number that cannot be below 0 is.
    NegativeField,
    /// There is not a kind for each variable.
    KindsMismatch,
    /// There are more parameters than what they are counted among: local variables, positional parameters.
    TooManyParameters,
    /// `co_nlocals` is not the number of local variables that have names.
    LocalsMismatch,
    /// Bits of `co_flags` have no meaning.
    ReservedFlags,
    /// `co_stacksize` is far beyond what the code needs.
    StacksizeTooLarge,
    // Bytecode.
    /// The bytecode ends inside an instruction.
    CutInstruction,
    /// An opcode is not the version's.
    UnknownOpcode,
    /// Opcode bytes that the version does not have.
    UnknownOpcodes,
    /// Opcodes that exist only while a program runs: specialized, instrumented, `CACHE`.
    UnwrittenOpcodes,
    /// An argument points past the constants, names or variables.
    ArgumentOutOfRange,
    /// Arguments that point past the constants, names or variables.
    ArgumentsOutOfRange,
    /// An argument byte that is not 0 means nothing.
    UnusedArgument,
    /// Inline caches hold something; compilers write zeros.
    CacheNotZero,
    /// A jump leads out of the code.
    JumpOutOfCode,
    /// A jump ends inside an instruction, behind its `EXTENDED_ARG`, or among its caches.
    JumpIntoInstruction,
    /// Execution runs past the last instruction.
    CodeRunsOut,
    /// Nothing leads to some instructions.
    UnreachedCode,
    /// More is taken from the stack than was put there.
    StackUnderflow,
    /// The stack grows past `co_stacksize`.
    StackOverflow,
    /// Two ways lead to one instruction with different stack depths.
    StackConflict,
    // Tables.
    /// An entry of the line table is broken.
    BadLineEntry,
    /// The line table reaches past the code.
    LineRangeOutOfCode,
    /// The line table is not as long as the code where it must be, or reaches past it.
    LineTableMisfit,
    /// An entry of the exception table is broken.
    BadExceptionEntry,
    /// Entries of the exception table are out of order.
    ExceptionOrder,
    /// An entry of the exception table guards what is no code.
    ExceptionRangeOutOfCode,
    /// The exception table reaches past the code, or is out of order.
    ExceptionTableMisfit,
    /// A handler begins behind the code.
    HandlerOutOfCode,
    /// A handler begins inside an instruction.
    HandlerInInstruction,
    // Names and constants.
    /// Nothing uses a constant.
    UnusedConstant,
    /// Nothing uses a name.
    UnusedName,
    /// Nothing loads a code object.
    UnloadedCode,
    /// A name is no identifier, or a keyword, and none that compilers make up.
    OddName,
    /// A name has letters that look like those of another script.
    MixedScriptName,
    /// A name has characters that are invisible or change the direction of text.
    InvisibleName,
    /// A name has letters that are written from right to left.
    RightToLeftName,
    /// A path of the machine that compiled the file is in it.
    BuildPath,
    // Archives (told by `pycxray-container`).
    /// The mark at the end of a PyInstaller archive was changed.
    AlteredCookie,
    /// A member of a container is not all there.
    DamagedMember,
    /// A container holds no file with bytecode.
    NoCode,
    /// A member of an archive is cut off.
    CutMember,
    /// A compressed stream is damaged.
    DamagedStream,
    /// The table of a PYZ archive cannot be read.
    PyzTable,
    /// A row of a PyInstaller archive's table cannot be read.
    TableRow,
    /// A tar archive is damaged.
    TarHeader,
    /// The directory of a zip archive cannot be read.
    ZipDirectory,
}

impl DiagnosticCode {
    /// Its name, such as `bad-reference`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmptyFile => "empty-file",
            Self::NotAPyc => "not-a-pyc",
            Self::CutFile => "cut-file",
            Self::Undecoded => "undecoded",
            Self::RecoveredCode => "recovered-code",
            Self::TrailingData => "trailing-data",
            Self::NoHeader => "no-header",
            Self::UnknownMagic => "unknown-magic",
            Self::CutHeader => "cut-header",
            Self::OddHeader => "odd-header",
            Self::SecondHeader => "second-header",
            Self::ForeignBytes => "foreign-bytes",
            Self::ZeroFilled => "zero-filled",
            Self::CutAtBlock => "cut-at-block",
            Self::SpoiledInTransport => "spoiled-in-transport",
            Self::OtherVersion => "other-version",
            Self::ShuffledOpcodes => "shuffled-opcodes",
            Self::ForeignImplementation => "foreign-implementation",
            Self::ForeignCode => "foreign-code",
            Self::NearestOpcodes => "nearest-opcodes",
            Self::ReservedHeaderFlags => "reserved-header-flags",
            Self::UncheckedHash => "unchecked-hash",
            Self::FutureMtime => "future-mtime",
            Self::BadTypeCode => "bad-type-code",
            Self::BadReference => "bad-reference",
            Self::ReferenceCycle => "reference-cycle",
            Self::BadCount => "bad-count",
            Self::CountPastEnd => "count-past-end",
            Self::LengthPastEnd => "length-past-end",
            Self::BadLong => "bad-long",
            Self::UnnormalizedLong => "unnormalized-long",
            Self::FlagRefTooNew => "flag-ref-too-new",
            Self::NullObject => "null-object",
            Self::UnknownObject => "unknown-object",
            Self::CutObject => "cut-object",
            Self::CutCode => "cut-code",
            Self::DeepNesting => "deep-nesting",
            Self::LimitBytes => "limit-bytes",
            Self::LimitDepth => "limit-depth",
            Self::LimitNodes => "limit-nodes",
            Self::LimitReferences => "limit-references",
            Self::LimitSharedTables => "limit-shared-tables",
            Self::LimitMembers => "limit-members",
            Self::LimitPayloads => "limit-payloads",
            Self::MoreDiagnostics => "more-diagnostics",
            Self::MoreFindings => "more-findings",
            Self::WrongFieldType => "wrong-field-type",
            Self::NegativeField => "negative-field",
            Self::KindsMismatch => "kinds-mismatch",
            Self::TooManyParameters => "too-many-parameters",
            Self::LocalsMismatch => "locals-mismatch",
            Self::ReservedFlags => "reserved-flags",
            Self::StacksizeTooLarge => "stacksize-too-large",
            Self::CutInstruction => "cut-instruction",
            Self::UnknownOpcode => "unknown-opcode",
            Self::UnknownOpcodes => "unknown-opcodes",
            Self::UnwrittenOpcodes => "unwritten-opcodes",
            Self::ArgumentOutOfRange => "argument-out-of-range",
            Self::ArgumentsOutOfRange => "arguments-out-of-range",
            Self::UnusedArgument => "unused-argument",
            Self::CacheNotZero => "cache-not-zero",
            Self::JumpOutOfCode => "jump-out-of-code",
            Self::JumpIntoInstruction => "jump-into-instruction",
            Self::CodeRunsOut => "code-runs-out",
            Self::UnreachedCode => "unreached-code",
            Self::StackUnderflow => "stack-underflow",
            Self::StackOverflow => "stack-overflow",
            Self::StackConflict => "stack-conflict",
            Self::BadLineEntry => "bad-line-entry",
            Self::LineRangeOutOfCode => "line-range-out-of-code",
            Self::LineTableMisfit => "line-table-misfit",
            Self::BadExceptionEntry => "bad-exception-entry",
            Self::ExceptionOrder => "exception-order",
            Self::ExceptionRangeOutOfCode => "exception-range-out-of-code",
            Self::ExceptionTableMisfit => "exception-table-misfit",
            Self::HandlerOutOfCode => "handler-out-of-code",
            Self::HandlerInInstruction => "handler-in-instruction",
            Self::UnusedConstant => "unused-constant",
            Self::UnusedName => "unused-name",
            Self::UnloadedCode => "unloaded-code",
            Self::OddName => "odd-name",
            Self::MixedScriptName => "mixed-script-name",
            Self::InvisibleName => "invisible-name",
            Self::RightToLeftName => "right-to-left-name",
            Self::BuildPath => "build-path",
            Self::DamagedMember => "damaged-member",
            Self::NoCode => "no-code",
            Self::AlteredCookie => "altered-cookie",
            Self::CutMember => "cut-member",
            Self::DamagedStream => "damaged-stream",
            Self::PyzTable => "pyz-table",
            Self::TableRow => "table-row",
            Self::TarHeader => "tar-header",
            Self::ZipDirectory => "zip-directory",
        }
    }
}

impl Display for DiagnosticCode {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<&str> for DiagnosticCode {
    fn eq(&self, name: &&str) -> bool {
        self.as_str() == *name
    }
}
