//! The code objects of a file, and their instructions by offset.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use super::object::Code;
use crate::bytecode::{BytecodeIndex, Instruction};
use crate::file::Pyc;
use crate::marshal::{Field, NodeId};

/// How many bytecode indexes are kept.
const KEPT_INDEXES: usize = 16;

impl Pyc {
    /// The code object of this node, if it is one.
    #[must_use]
    pub fn code(&self, id: NodeId) -> Option<Code<'_>> {
        Code::new(self, id)
    }

    /// The index of a code object's bytecode, made when it is first asked for.
    #[must_use]
    pub fn bytecode_index(&self, code: NodeId) -> Arc<BytecodeIndex> {
        let mut kept = self.indexes.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(position) = kept.iter().position(|(id, _)| *id == code) {
            kept[..=position].rotate_right(1);
        } else {
            let bytecode = self.code(code).map_or(&[][..], |code| code.bytecode());
            kept.truncate(KEPT_INDEXES - 1);
            kept.insert(0, (code, Arc::new(BytecodeIndex::new(bytecode, self.python()))));
        }
        Arc::clone(&kept[0].1)
    }

    /// The instruction of a code object that has the byte at `offset` in the bytecode, its inline caches included.
    #[must_use]
    pub fn instruction_at(&self, code: NodeId, offset: u32) -> Option<Instruction> {
        let bytecode = self.code(code)?.bytecode();
        Some(self.bytecode_index(code).at(bytecode, self.python(), offset)?.1)
    }

    /// How many instructions the code objects have together. Those of a bytecode that many share count for each of them, but
    /// are walked through once.
    #[must_use]
    pub fn instruction_count(&self) -> usize {
        let mut shared: HashMap<NodeId, usize> = HashMap::new();
        let codes = self.codes.iter().filter_map(|&id| self.code(id));
        let counts = codes.map(|code| {
            let count = || code.instructions().count();
            match code.object(Field::Code).and_then(|object| self.tree.target(object)) {
                Some(bytecode) => *shared.entry(bytecode).or_insert_with(count),
                None => count(),
            }
        });
        counts.fold(0, usize::saturating_add)
    }
}
