//! The rows of the tree.

use std::ops::Range;

use pycxray::Item;

use super::Tree;
use super::open::Row;
use crate::file::File;
use crate::item::hue;
use crate::problems::Marks;
use crate::protocol::{InstructionCells, TreeContent, TreeRow};
use crate::search::Hits;
use crate::{labels, values};

impl Tree {
    /// Rows, for the part that is on screen.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>, marks: &Marks, hits: &Hits) -> Vec<TreeRow> {
        let (mut rows, mut before) = (Vec::new(), None);
        for row in self.open.from(&file.pyc, range.start).take(range.len()) {
            rows.push(drawn(file, row, before, marks, hits));
            before = Some(row.item);
        }
        rows
    }
}

/// A row, and the item of the one above it.
fn drawn(file: &File, row: Row, before: Option<Item>, marks: &Marks, hits: &Hits) -> TreeRow {
    let Row { item, depth, position, set_size, expanded } = row;
    let span = file.pyc.span(item);
    TreeRow {
        item: item.into(),
        depth,
        expandable: expanded || file.pyc.children(item).next().is_some(),
        expanded,
        position: position + 1,
        set_size,
        hue: hue(&file.pyc, item),
        span,
        marked: hits.has_row(item),
        is_together: false,
        problem: marks.worst(item, span, expanded),
        content: instruction(file, item, before).map_or_else(|| value(file, item), TreeContent::Instruction),
    }
}

fn value(file: &File, item: Item) -> TreeContent {
    let values::ValueText { value, meaning } = file.value_of(item, values::ROW);
    let references = match item {
        Item::Object(id) => file.references().to(id).len() as u32,
        _ => 0,
    };
    TreeContent::Value { label: labels::row(&file.pyc, item), value, meaning, references }
}

fn instruction(file: &File, item: Item, before: Option<Item>) -> Option<InstructionCells> {
    let Item::Instruction(code, offset) = item else { return None };
    let (bytecode, at, instruction) = file.instruction(code, offset)?;
    let before = match before {
        Some(Item::Instruction(_, before)) => Some(before),
        _ => bytecode.offset_before(&file.pyc, at),
    };
    Some(bytecode.cells(&file.pyc, &instruction, before))
}
