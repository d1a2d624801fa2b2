//! The code object that is looked at.

use super::report::quoted;
use crate::code::Code;
use crate::code::Item;
use crate::file::Pyc;
use crate::marshal::{Field, Kind, NodeId};
use crate::python::{InstructionLayout, Python};
use crate::span::Span;

/// A code object with what is asked of it again and again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'p> {
    pub(crate) code: Code<'p>,
    pub(crate) bytecode: &'p [u8],
    /// Its exception table and its line table, with their places in the file.
    pub(crate) exceptions: Option<(&'p [u8], Span)>,
    pub(crate) lines: Option<(&'p [u8], Span)>,
    /// Where the bytecode begins in the file.
    start: u32,
}

impl<'p> Subject<'p> {
    pub(crate) fn new(pyc: &'p Pyc, id: NodeId) -> Option<Self> {
        let code = pyc.code(id)?;
        let (bytecode, start) =
            code.data(Field::Code).map_or((&[][..], code.span().start), |(data, span)| (data, span.start));
        let (exceptions, lines) = (code.data(Field::Exceptiontable), code.data(Field::Linetable));
        Some(Self { code, bytecode, exceptions, lines, start })
    }

    pub(crate) fn python(&self) -> &'static Python {
        self.code.python()
    }

    pub(crate) fn id(&self) -> NodeId {
        self.code.id()
    }

    /// Whether instructions are two bytes each.
    pub(crate) fn has_words(&self) -> bool {
        self.python().format.instructions == InstructionLayout::Words
    }

    /// `size` bytes of bytecode from `offset` on, as far as it has them, in the file.
    pub(crate) fn bytes_at(&self, offset: u32, size: u32) -> Span {
        let end = self.start + self.bytecode.len() as u32;
        let start = self.start.saturating_add(offset).min(end);
        Span::new(start, start.saturating_add(size).min(end))
    }

    /// The instruction at `offset`: its bytes in the file, its item.
    pub(crate) fn instruction(&self, offset: u32, size: u32) -> (Span, Item) {
        (self.bytes_at(offset, size), Item::Instruction(self.id(), offset))
    }

    /// A field: its bytes in the file, its item.
    pub(crate) fn field(&self, field: Field) -> (Span, Item) {
        let span = self.code.field_span(field).unwrap_or_else(|| self.code.span());
        let item = self.code.object(field).map_or(Item::Number(self.id(), field), Item::Object);
        (span, item)
    }

    /// How many items a tuple has; `None` where there is no whole tuple, so that nothing can be said of indexes into it.
    pub(crate) fn count(&self, field: Field) -> Option<usize> {
        let pyc = self.code.pyc();
        let node = self.code.tuple(field).map(|id| pyc.tree().node(id)).filter(|node| node.is_complete())?;
        // What is whole has as many as it says.
        let said = pyc.bytes().get(node.span.start as usize + 1..)?;
        Some(match node.kind {
            Kind::SmallTuple => (*said.first()?).into(),
            _ => u32::from_le_bytes(*said.first_chunk()?) as usize,
        })
    }

    /// Its name, for a sentence.
    pub(crate) fn name(&self) -> String {
        let text = self.code.text(Field::Qualname).or_else(|| self.code.text(Field::Name)).unwrap_or(b"?");
        quoted(text)
    }
}
