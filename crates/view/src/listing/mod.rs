//! The listing: one code object as `dis` would print it, with its jumps drawn in the margin.

mod arrows;
mod keys;
mod layout;
mod rows;

use std::cell::OnceCell;

use pycxray::python::LineTable;
use pycxray::{Item, NodeId};

use crate::file::File;
use crate::labels;
use crate::protocol::Crumb;
use layout::{Layout, Line};

/// What the listing shows: which code object, which caches are unfolded.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// That of what was chosen last. `None` if the file has none.
    code: Option<NodeId>,
    show_caches: bool,
    show_columns: bool,
    /// The positions of instructions whose caches are otherwise than those of all others, ascending, with how many they have.
    odd: Vec<(usize, usize)>,
    /// Made when it is looked at first.
    layout: OnceCell<Option<Layout>>,
}

impl Listing {
    /// The first code object of the file.
    pub(crate) fn new(file: &File) -> Self {
        Self { code: file.pyc.codes().first().copied(), ..Self::default() }
    }

    /// The code object that is listed.
    pub(crate) fn code(&self) -> Option<NodeId> {
        self.code
    }

    /// The code objects that the one in the listing is nested in, outermost first, itself last.
    pub(crate) fn crumbs(&self, file: &File) -> Vec<Crumb> {
        labels::outer_crumbs(&file.pyc, self.code)
    }

    /// Goes to the code object that an item is in, and unfolds the caches that it is one of.
    pub(crate) fn enter(&mut self, file: &File, item: Item) {
        let Some(code) = labels::code_of(&file.pyc, item) else { return };
        if self.code != Some(code) {
            self.code = Some(code);
            self.odd.clear();
            self.layout = OnceCell::new();
        }
        if let Item::Cache(code, offset) = item
            && let Some(instruction) = file.instruction_item(code, offset)
            && !self.is_unfolded_at(file, instruction)
        {
            self.toggle(file, instruction);
        }
    }

    fn layout(&self, file: &File) -> Option<&Layout> {
        let make = || Some(Layout::new(&file.pyc, file.bytecode(self.code?)?));
        self.layout.get_or_init(make).as_ref()
    }

    /// How many rows there are.
    pub(crate) fn len(&self, file: &File) -> usize {
        let Some(layout) = self.layout(file) else { return 0 };
        let exceptions = layout.exceptions().len();
        self.bytecode_len(file, layout) + exceptions + usize::from(exceptions > 0)
    }

    /// How many rows the instructions have, caches included.
    fn bytecode_len(&self, file: &File, layout: &Layout) -> usize {
        self.row_at(file, layout, layout.instructions)
    }

    /// How many rows the instructions before a position have.
    fn row_at(&self, file: &File, layout: &Layout, position: usize) -> usize {
        let odd: usize = self.odd.iter().take_while(|(at, _)| *at < position).map(|(_, count)| count).sum();
        let caches = if self.show_caches { layout.caches_before(&file.pyc, position) - odd } else { odd };
        position + caches
    }

    /// What a row is; `None` behind the last.
    fn line(&self, file: &File, layout: &Layout, row: usize) -> Option<Line> {
        let bytecode = self.bytecode_len(file, layout);
        if row >= bytecode {
            let behind = row - bytecode;
            return match layout.exceptions().len() {
                0 => None,
                count if behind > count => None,
                _ if behind == 0 => Some(Line::Heading),
                _ => Some(Line::Exception(behind - 1)),
            };
        }
        // The last instruction whose row is not behind this one.
        let (mut low, mut high) = (0, layout.instructions);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.row_at(file, layout, middle) <= row { low = middle } else { high = middle }
        }
        match row - self.row_at(file, layout, low) {
            0 => Some(Line::Instruction(low)),
            field => Some(Line::Cache(low, field - 1)),
        }
    }

    /// What follows a row.
    fn line_behind(&self, file: &File, layout: &Layout, line: Line) -> Option<Line> {
        let (position, field) = match line {
            Line::Instruction(position) => (position, 0),
            Line::Cache(position, field) => (position, field + 1),
            Line::Heading => return Some(Line::Exception(0)),
            Line::Exception(at) => return (at + 1 < layout.exceptions().len()).then_some(Line::Exception(at + 1)),
        };
        if self.is_unfolded(position) && field < layout.fields(&file.pyc, position) {
            Some(Line::Cache(position, field))
        } else if position + 1 < layout.instructions {
            Some(Line::Instruction(position + 1))
        } else {
            (!layout.exceptions().is_empty()).then_some(Line::Heading)
        }
    }

    /// The item of a row.
    fn item(&self, file: &File, row: usize) -> Option<Item> {
        let layout = self.layout(file)?;
        layout.item(&file.pyc, self.line(file, layout, row)?)
    }

    /// The position of an instruction of the code object in the listing.
    fn position(&self, file: &File, item: Item) -> Option<usize> {
        let Item::Instruction(code, offset) = item else { return None };
        let layout = self.layout(file).filter(|layout| layout.bytecode.code == code)?;
        layout.bytecode.at(&file.pyc, offset).map(|(position, _)| position)
    }

    /// Which row shows an item.
    pub(crate) fn row_of(&self, file: &File, item: Item) -> Option<usize> {
        let layout = self.layout(file)?;
        match item {
            Item::Instruction(..) => self.position(file, item).map(|position| self.row_at(file, layout, position)),
            Item::Cache(code, offset) => {
                let instruction = file.instruction_item(code, offset)?;
                let position = self.position(file, instruction)?;
                let field = file.pyc.children(instruction).take_while(|&cache| cache != item).count();
                let below = if self.is_unfolded(position) { 1 + field } else { 0 };
                Some(self.row_at(file, layout, position) + below)
            }
            Item::Exception(code, offset) if code == layout.bytecode.code => {
                let entry = layout.exceptions().binary_search(&offset).ok()?;
                Some(self.bytecode_len(file, layout) + 1 + entry)
            }
            _ => None,
        }
    }

    /// Whether the caches of the instruction at a position are unfolded.
    fn is_unfolded(&self, position: usize) -> bool {
        self.show_caches != self.odd_at(position).is_ok()
    }

    fn is_unfolded_at(&self, file: &File, item: Item) -> bool {
        self.position(file, item).is_some_and(|position| self.is_unfolded(position))
    }

    /// Where an instruction is among the odd ones, or would be.
    fn odd_at(&self, position: usize) -> Result<usize, usize> {
        self.odd.binary_search_by_key(&position, |(at, _)| *at)
    }

    /// Unfolds an instruction's caches, or folds them.
    pub(crate) fn toggle(&mut self, file: &File, item: Item) {
        let Some(position) = self.position(file, item) else { return };
        let Some(count) = self.layout(file).map(|layout| layout.fields(&file.pyc, position)) else { return };
        match self.odd_at(position) {
            _ if count == 0 => {}
            Ok(at) => drop(self.odd.remove(at)),
            Err(at) => self.odd.insert(at, (position, count)),
        }
    }

    /// Whether the caches of all instructions are unfolded.
    pub(crate) fn shows_caches(&self) -> bool {
        self.show_caches
    }

    /// Whether columns of the source are shown; `None` where the file has none.
    pub(crate) fn shows_columns(&self, file: &File) -> Option<bool> {
        (file.pyc.python().format.lines == LineTable::Pep657).then_some(self.show_columns)
    }

    /// Shows the columns of the source, or leaves them out.
    pub(crate) fn show_columns(&mut self, show: bool) {
        self.show_columns = show;
    }

    /// Unfolds the caches of all instructions, or folds them.
    pub(crate) fn show_caches(&mut self, show: bool) {
        self.show_caches = show;
        self.odd.clear();
    }
}
