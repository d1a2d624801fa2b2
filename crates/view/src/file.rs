//! An opened file, and what is looked up in it again and again. It never changes: what the user did with it is kept elsewhere.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use pycxray::{Instruction, Item, NodeId, Pyc, Transport};

use crate::bytecode::Bytecode;
use crate::code_names::CodeNames;
use crate::members::Members;
use crate::other::Other;
use crate::references::References;
use crate::text::made_displayable;
use crate::values::{self, ValueText};

/// How many code objects' bytecodes are kept ready: as many as rows on one screen are usually of.
const KEPT: usize = 8;

/// An opened file.
#[derive(Debug)]
pub(crate) struct File {
    /// Its name, displayable.
    pub(crate) name: String,
    pub(crate) pyc: Pyc,
    /// What it is if not Python bytecode: nothing of it is decoded then.
    pub(crate) other: Option<Other>,
    /// The bytes that were opened, where these are read as the bytecode of a code object that is made up around it.
    pub(crate) bare_of: Option<Arc<Vec<u8>>>,
    /// The bytes that were opened, where these are what they were before a transfer spoiled them.
    pub(crate) repaired_of: Option<Arc<Vec<u8>>>,
    /// How its bytes were written out in the text that was opened: `hex dump`.
    pub(crate) written_as: Option<&'static str>,
    /// How far the reader's clocks were ahead of UTC when the source was changed, in minutes.
    pub(crate) minutes_ahead: Option<i32>,
    references: OnceCell<References>,
    code_names: OnceCell<CodeNames>,
    can_be_repaired: OnceCell<bool>,
    /// Those that were shown last, the last one first.
    bytecodes: RefCell<Vec<Rc<Bytecode>>>,
}

impl File {
    pub(crate) fn new(name: &str, pyc: Pyc, minutes_ahead: Option<i32>) -> Self {
        Self {
            name: made_displayable(name.to_owned()),
            pyc,
            other: None,
            bare_of: None,
            repaired_of: None,
            written_as: None,
            minutes_ahead,
            references: OnceCell::new(),
            code_names: OnceCell::new(),
            can_be_repaired: OnceCell::new(),
            bytecodes: RefCell::default(),
        }
    }

    /// A file that is no Python bytecode.
    pub(crate) fn of_other(name: &str, bytes: Arc<Vec<u8>>, other: Other) -> Self {
        Self { other: Some(other), ..Self::new(name, Pyc::undecoded(bytes), None) }
    }

    /// What it holds, if it is a container.
    pub(crate) fn members(&self) -> Option<&Members> {
        self.other.as_ref()?.members.as_ref()
    }

    /// The bytes that were opened.
    pub(crate) fn opened_bytes(&self) -> Arc<Vec<u8>> {
        self.bare_of.clone().or_else(|| self.repaired_of.clone()).unwrap_or_else(|| self.pyc.shared_bytes())
    }

    /// Whether a transfer spoiled it in a way that can be undone without guessing.
    pub(crate) fn can_be_repaired(&self) -> bool {
        *self.can_be_repaired.get_or_init(|| Transport::undo(self.pyc.bytes()).is_some())
    }

    /// Whether it is a folder: what it holds stands beside its bytes, not in them.
    pub(crate) fn is_folder(&self) -> bool {
        self.members().is_some_and(|members| members.outermost().kind() == pycxray_container::Kind::Folder)
    }

    /// The file's size, in bytes.
    pub(crate) fn size(&self) -> u32 {
        self.pyc.bytes().len() as u32
    }

    /// The offset of the file's last byte; 0 in an empty file.
    pub(crate) fn last_offset(&self) -> u32 {
        self.size().saturating_sub(1)
    }

    /// Who refers to what.
    pub(crate) fn references(&self) -> &References {
        self.references.get_or_init(|| References::new(self.pyc.tree()))
    }

    /// Which code objects have which qualified name.
    pub(crate) fn code_names(&self) -> &CodeNames {
        self.code_names.get_or_init(|| CodeNames::new(&self.pyc))
    }

    /// What shows the bytecode of a code object; `None` for what is none.
    pub(crate) fn bytecode(&self, code: NodeId) -> Option<Rc<Bytecode>> {
        let mut kept = self.bytecodes.borrow_mut();
        let bytecode = match kept.iter().position(|known| known.code == code) {
            Some(0) => return kept.first().cloned(),
            Some(at) => kept.remove(at),
            None => Rc::new(Bytecode::new(self.pyc.code(code)?)),
        };
        kept.truncate(KEPT - 1);
        kept.insert(0, Rc::clone(&bytecode));
        Some(bytecode)
    }

    /// The instruction that has the byte at an offset of a code object's bytecode, its position, and what shows it.
    pub(crate) fn instruction(&self, code: NodeId, offset: u32) -> Option<(Rc<Bytecode>, usize, Instruction)> {
        let bytecode = self.bytecode(code)?;
        let (position, instruction) = bytecode.at(&self.pyc, offset)?;
        Some((bytecode, position, instruction))
    }

    /// What an item's row says, in about `limit` characters at most.
    pub(crate) fn value_of(&self, item: Item, limit: usize) -> ValueText {
        match item {
            Item::Line(code, offset) => {
                let entry = self.bytecode(code).and_then(|bytecode| bytecode.line_entry(&self.pyc, offset));
                entry.map_or_else(ValueText::default, |entry| values::line_entry(&entry))
            }
            _ => values::of(&self.pyc, item, limit),
        }
    }
}
