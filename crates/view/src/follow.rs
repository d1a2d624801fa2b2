//! What leads where.

use pycxray::{Item, Meaning};

use crate::bytecode::subjects;
use crate::file::File;
use crate::{labels, values};

/// How long a value for the clipboard may be, in bytes.
const WHOLE: usize = 1 << 22;

impl File {
    /// What a reference, a name, a constant or a jump leads to: what Enter follows. `None` where there is nothing.
    pub(crate) fn follow(&self, item: Item) -> Option<Item> {
        match item {
            Item::Object(id) | Item::Payload(id) => self.pyc.tree().target(id).map(Item::Object),
            Item::Instruction(code, offset) => {
                let (bytecode, _, instruction) = self.instruction(code, offset)?;
                match bytecode.meaning(&self.pyc, &instruction) {
                    // A code object is what one wants to see, not the reference to it.
                    Meaning::Const { value: Some(value), .. } => Some(Item::Object(self.pyc.tree().resolve(value))),
                    Meaning::Target(Some(target)) => self.instruction_item(code, target),
                    meaning => subjects(&meaning)[0].map(Item::Object),
                }
            }
            Item::Exception(code, offset) => {
                let entry = values::exception_entry_at(&self.pyc, code, offset)?;
                self.instruction_item(code, entry.target)
            }
            Item::Line(code, offset) => {
                let entry = self.bytecode(code)?.line_entry(&self.pyc, offset)?;
                self.instruction_item(code, entry.start)
            }
            Item::LocalKind(code, position) => {
                let names = self.pyc.code(code)?.tuple(pycxray::Field::Localsplusnames)?;
                let name = self.pyc.tree().item(names, position)?;
                Some(Item::Object(name))
            }
            _ => None,
        }
    }

    /// The instruction at an offset of a code object's bytecode.
    pub(crate) fn instruction_item(&self, code: pycxray::NodeId, offset: u32) -> Option<Item> {
        let instruction = self.pyc.instruction_at(code, offset)?;
        Some(Item::Instruction(code, instruction.offset))
    }

    /// An item's value, whole, for the clipboard.
    pub(crate) fn value_text(&self, item: Item) -> String {
        match item {
            Item::Object(id) | Item::Payload(id) if !labels::is_code(&self.pyc, id) => self.pyc.repr(id, WHOLE),
            Item::Instruction(code, offset) => {
                let Some((bytecode, _, instruction)) = self.instruction(code, offset) else { return String::new() };
                let cells = bytecode.cells(&self.pyc, &instruction, None);
                match (cells.arg, cells.operand.is_empty()) {
                    (None, _) => cells.opname,
                    (Some(arg), true) => format!("{} {arg}", cells.opname),
                    (Some(arg), false) => format!("{} {arg} ({})", cells.opname, cells.operand),
                }
            }
            _ => self.value_of(item, WHOLE).value.to_string(),
        }
    }
}
