//! The words in which a version's file states what changed.

use super::format::FormatChange;
use super::{CacheField, Effect, Flow, Opcode, Operand};
use crate::version::{Implementation, Version};

/// One version, as changes against the version it grew from.
#[derive(Debug)]
pub(crate) struct Release {
    /// Who made it.
    pub(crate) implementation: Implementation,
    /// Its number.
    pub(crate) version: Version,
    /// What it grew from; `None` for the first Python alone.
    pub(crate) base: Option<&'static Release>,
    /// Opcodes added, removed, renumbered, changed: applied in order.
    pub(crate) opcodes: &'static [Change],
    /// What changed in the layouts and the words of `dis`: applied to the base's, in order.
    pub(crate) format: &'static [FormatChange],
    /// Layouts that changed between its pre-releases: each row holds for magic numbers below `before`.
    pub(crate) prereleases: &'static [Prerelease],
}

/// How files differ that were written by an early pre-release of a version.
#[derive(Debug)]
pub(crate) struct Prerelease {
    /// It holds for magic numbers below this one. Rows are applied in order, the newest first.
    pub(crate) before: u32,
    /// Opcodes as they were then, as changes against the final release.
    pub(crate) opcodes: &'static [Change],
    /// Layouts as they were then, likewise.
    pub(crate) format: &'static [FormatChange],
}

/// One change in a version's opcodes.
#[derive(Debug)]
pub(crate) enum Change {
    /// A new opcode, or an old one defined anew under its name.
    Add(Opcode),
    /// An opcode that is gone, by name.
    Remove(&'static str),
    /// New numbers for opcodes that stay what they were. All at once, so that they may swap.
    Renumber(&'static [(u8, &'static str)]),
    /// Another name for the same thing: old, new.
    Rename(&'static str, &'static str),
    /// Another meaning of the argument.
    Operand(&'static str, Operand),
    /// Other inline caches.
    Caches(&'static str, &'static [CacheField]),
    /// Another stack effect.
    Effect(&'static str, Effect),
    /// Another way on.
    Flow(&'static str, Flow),
    /// Another sentence, because it does something else now.
    Doc(&'static str, &'static str),
}

/// A new opcode: `number`, `name`, what its argument means, and a sentence on what it does.
/// Its stack effect is unknown and it goes on at the next instruction (a jump operand: at either) until said otherwise.
pub(crate) const fn add(number: u8, name: &'static str, operand: Operand, doc: &'static str) -> Change {
    let flow = if operand.is_jump() { Flow::Branch } else { Flow::Next };
    Change::Add(Opcode { number, name, operand, caches: &[], effect: Effect::Unknown, flow, doc })
}

/// An opcode that is gone.
pub(crate) const fn remove(name: &'static str) -> Change {
    Change::Remove(name)
}

/// A cache field of `units` 2-byte code units.
pub(crate) const fn cache(name: &'static str, units: u8) -> CacheField {
    CacheField { name, units }
}

impl Change {
    const fn edit(self, effect: Option<Effect>, flow: Option<Flow>, caches: Option<&'static [CacheField]>) -> Self {
        match self {
            Self::Add(mut opcode) => {
                if let Some(effect) = effect {
                    opcode.effect = effect;
                }
                if let Some(flow) = flow {
                    opcode.flow = flow;
                }
                if let Some(caches) = caches {
                    opcode.caches = caches;
                }
                Self::Add(opcode)
            }
            _ => panic!("only an added opcode is described further"),
        }
    }

    /// It changes the stack depth by this, whatever its argument.
    pub(crate) const fn stack(self, change: i8) -> Self {
        self.edit(Some(Effect::Fixed(change)), None, None)
    }

    /// It changes the stack depth by what this makes of the argument and of whether it jumps.
    pub(crate) const fn stack_of(self, change: fn(i64, bool) -> i64) -> Self {
        self.edit(Some(Effect::Of(change)), None, None)
    }

    /// Where execution goes on.
    pub(crate) const fn flow(self, flow: Flow) -> Self {
        self.edit(None, Some(flow), None)
    }

    /// The inline cache fields that follow it.
    pub(crate) const fn caches(self, fields: &'static [CacheField]) -> Self {
        self.edit(None, None, Some(fields))
    }
}
