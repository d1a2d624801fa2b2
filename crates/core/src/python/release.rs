//! The words in which a version's file states what changed. A version's file takes them all by `use super::release::*`.

use super::effect::StackRule;
pub(super) use super::effect::StackRule::*;
use super::format::FormatChange;
pub(super) use super::meaning::{Container, Meaning, Variable};
pub(super) use super::opcode::{CacheField, Effect, Flow, Flow::*, Opcode, Operand, Operand::*};
pub(super) use crate::version::{Implementation, Version};

/// One version, as changes against the version it grew from.
#[derive(Debug)]
pub(crate) struct Release {
    /// Who made it.
    pub(crate) implementation: Implementation,
    /// Its number.
    pub(crate) version: Version,
    /// The magic number its final release writes.
    pub(crate) magic: u32,
    /// What it grew from; `None` for the first Python alone.
    pub(crate) base: Option<&'static Self>,
    /// Opcodes added, removed, renumbered, changed: applied in order.
    pub(crate) opcodes: &'static [Change],
    /// What changed in the layouts and the words of `dis`: applied to the base's, in order.
    pub(crate) format: &'static [FormatChange],
    /// What differed in its pre-releases, the newest row first.
    pub(crate) prereleases: &'static [Prerelease],
}

/// How files differ that were written by an early pre-release of a version, or by an earlier release of the same version.
#[derive(Debug)]
pub(crate) struct Prerelease {
    /// It holds for magic numbers below this one, on top of all rows above it.
    pub(crate) before: u32,
    /// Opcodes as they were then, as changes against the row above, or the final release.
    pub(crate) opcodes: &'static [Change],
    /// Layouts as they were then, likewise.
    pub(crate) format: &'static [FormatChange],
    /// Whether the opcode table is then as it really was; if not, it is the nearest known.
    pub(crate) exact: bool,
    /// Whether it was finally released all the same: PyPy changes its number within a version.
    pub(crate) released: bool,
}

/// One change in a version's opcodes.
#[derive(Debug)]
pub(crate) enum Change {
    /// A new opcode, or an old one defined anew under its name.
    Add(Opcode),
    /// Opcodes that are gone, by name, separated by spaces.
    Remove(&'static str),
    /// Opcodes that are as the base has them, number and all. For pre-releases, which are told backwards.
    Restore(&'static str),
    /// All opcodes are as the base has them.
    RestoreAll,
    /// New numbers for opcodes that stay what they were: from this number on, the names after it, one by one.
    Renumber(u8, &'static str),
    /// New numbers by CPython's rule since 3.13 (`assign_opcodes` in its `Tools/cases_generator/analyzer.py`): from 1 on
    /// opcodes without an argument, by the alphabet, then those with one. Specialized forms follow from this number on.
    DealOut(u8),
    /// Another name for the same thing: old, new.
    Rename(&'static str, &'static str),
    /// Another meaning of the argument.
    Operand(&'static str, Operand),
    /// Other inline caches.
    Caches(&'static str, &'static [CacheField]),
    /// Another stack effect.
    Effect(&'static str, Effect),
    /// What opcodes mean, by name, separated by spaces.
    Meaning(&'static str, Meaning),
    /// Another sentence, because it does something else now.
    Doc(&'static str, &'static str),
    /// Specialized forms of the opcode named first: from this number on, the names after it, one by one.
    Specialized(&'static str, u8, &'static str),
    /// Instrumented forms of the opcodes that their names tell: from this number on, one by one.
    Instrumented(u8, &'static str),
}

/// A new opcode: its number, its name and what its argument means. It goes on at the next instruction (with a jump's
/// target: at either), and its stack effect is unknown, until said otherwise.
pub(crate) const fn add(number: u8, name: &'static str, operand: Operand) -> Change {
    let flow = if matches!(operand, JumpForward | JumpBackward | JumpAbsolute) { Branch } else { Next };
    Change::Add(Opcode {
        number,
        name,
        operand,
        caches: &[],
        effect: Effect::Unknown,
        flow,
        meaning: Meaning::Unknown,
        doc: "",
        form_of: None,
    })
}

/// Opcodes that are gone, by name, separated by spaces.
pub(crate) const fn remove(names: &'static str) -> Change {
    Change::Remove(names)
}

/// Opcodes that were still as the base has them, by name, separated by spaces.
pub(crate) const fn restore(names: &'static str) -> Change {
    Change::Restore(names)
}

/// New numbers: from this number on, these names, separated by spaces.
pub(crate) const fn renumber(number: u8, names: &'static str) -> Change {
    Change::Renumber(number, names)
}

/// New numbers by the alphabet, as since 3.13, for all but the few that the rule excepts; specialized forms from
/// `specialized` on.
pub(crate) const fn deal_out(specialized: u8) -> Change {
    Change::DealOut(specialized)
}

/// Another name for the same thing.
pub(crate) const fn rename(old: &'static str, new: &'static str) -> Change {
    Change::Rename(old, new)
}

/// The argument means something else now.
pub(crate) const fn operand(name: &'static str, operand: Operand) -> Change {
    Change::Operand(name, operand)
}

/// Other inline cache fields follow it now.
pub(crate) const fn caches(name: &'static str, fields: &'static [CacheField]) -> Change {
    Change::Caches(name, fields)
}

/// It changes the stack depth otherwise now.
pub(crate) const fn effect(name: &'static str, effect: Effect) -> Change {
    Change::Effect(name, effect)
}

/// What these mean, separated by spaces.
pub(crate) const fn means(names: &'static str, meaning: Meaning) -> Change {
    Change::Meaning(names, meaning)
}

/// It does something else now.
pub(crate) const fn says(name: &'static str, doc: &'static str) -> Change {
    Change::Doc(name, doc)
}

/// Specialized forms of `base` (PEP 659), numbered from `number` on.
pub(crate) const fn specialized(base: &'static str, number: u8, names: &'static str) -> Change {
    Change::Specialized(base, number, names)
}

/// Instrumented forms (PEP 669), numbered from `number` on; each is named `INSTRUMENTED_` and its base.
pub(crate) const fn instrumented(number: u8, names: &'static str) -> Change {
    Change::Instrumented(number, names)
}

/// A cache field of `units` 2-byte code units.
pub(crate) const fn cache(name: &'static str, units: u8) -> CacheField {
    CacheField { name, units }
}

/// What pre-releases with magic numbers below `number` had otherwise than those that came next.
pub(crate) const fn before(number: u32, opcodes: &'static [Change]) -> Prerelease {
    Prerelease { before: number, opcodes, format: &[], exact: true, released: false }
}

impl Prerelease {
    /// Layouts as they were then.
    pub(crate) const fn with(self, format: &'static [FormatChange]) -> Self {
        Self { format, ..self }
    }

    /// It was finally released, before the release that the rows start from.
    pub(crate) const fn released(self) -> Self {
        Self { released: true, ..self }
    }

    /// Not all is known of its opcodes: this is the nearest.
    pub(crate) const fn nearest(self) -> Self {
        Self { exact: false, ..self }
    }
}

impl Change {
    const fn opcode(self) -> Opcode {
        match self {
            Self::Add(opcode) => opcode,
            _ => panic!("only an added opcode is described further"),
        }
    }

    /// It changes the stack depth by this, whatever its argument.
    pub(crate) const fn stack(self, change: i8) -> Self {
        Self::Add(Opcode { effect: Effect::Fixed(change), ..self.opcode() })
    }

    /// It changes the stack depth by `next` when it goes on at the next instruction, by `jump` when it jumps.
    pub(crate) const fn splits(self, next: i8, jump: i8) -> Self {
        Self::Add(Opcode { effect: Effect::Split { next, jump }, ..self.opcode() })
    }

    /// It changes the stack depth by what this makes of the argument.
    pub(crate) const fn stack_of(self, rule: StackRule) -> Self {
        Self::Add(Opcode { effect: Effect::Of(rule), ..self.opcode() })
    }

    /// Where execution goes on.
    pub(crate) const fn flow(self, flow: Flow) -> Self {
        Self::Add(Opcode { flow, ..self.opcode() })
    }

    /// The inline cache fields that follow it.
    pub(crate) const fn caches(self, caches: &'static [CacheField]) -> Self {
        Self::Add(Opcode { caches, ..self.opcode() })
    }

    /// What it does, in a sentence or two.
    pub(crate) const fn says(self, doc: &'static str) -> Self {
        Self::Add(Opcode { doc, ..self.opcode() })
    }
}
