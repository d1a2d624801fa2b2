//! Several rows of the listing that are chosen.

use pycxray::{Field, Item, Span};

use super::Document;
use crate::item::clicked;
use crate::selection::Step;

impl Document {
    /// The instructions that are chosen, if they are several of the code object in the listing: where they are in the file.
    pub(super) fn range(&self) -> Option<Span> {
        let Step { span, anchor, cursor, .. } = self.chosen();
        let [first, last] = [span.start, span.end.checked_sub(1)?].map(|offset| self.instruction_at(offset));
        let (first, last) = (first?, last?);
        let is_ended_by_both = anchor != cursor && (anchor == span.start || cursor == span.start);
        (first != last && is_ended_by_both).then_some(span)
    }

    /// The same in the bytecode, in bytes.
    pub(crate) fn range_in_bytecode(&self) -> Option<Span> {
        let (range, code) = (self.range()?, self.listed()?);
        let (_, bytecode) = self.pyc().code(code)?.data(Field::Code)?;
        Some(Span::new(range.start.saturating_sub(bytecode.start), range.end.saturating_sub(bytecode.start)))
    }

    /// The row of the listing that is chosen: of several, the one that moves.
    pub(super) fn listing_row(&self) -> Option<usize> {
        let item = match self.range() {
            Some(_) => self.instruction_at(self.chosen().cursor)?,
            None => self.selection.item()?,
        };
        self.listing.row_of(&self.file, item)
    }

    /// Chooses all rows from where it began to that of an item.
    pub(super) fn extend_to(&mut self, item: Item) {
        let from = self.instruction_at(self.chosen().anchor);
        let to = self.instruction_at(self.pyc().span(item).start);
        let (Some(from), Some(to)) = (from, to) else { return self.go_to(item) };
        let (from, to) = (self.pyc().span(from), self.pyc().span(to));
        let step = match from.start.cmp(&to.start) {
            std::cmp::Ordering::Equal => Step::to_offset(&self.file, from.start),
            std::cmp::Ordering::Less => Step::to_range(&self.file, from.start, to.end - 1),
            std::cmp::Ordering::Greater => Step::to_range(&self.file, from.end - 1, to.start),
        };
        self.choose(step, true);
    }

    /// The instruction of the code object in the listing that a byte of the file belongs to.
    fn instruction_at(&self, offset: u32) -> Option<Item> {
        let item = clicked(self.pyc(), offset)?;
        let instruction = if let Item::Cache(..) = item { self.pyc().parent(item)? } else { item };
        matches!(instruction, Item::Instruction(code, _) if Some(code) == self.listed()).then_some(instruction)
    }
}
