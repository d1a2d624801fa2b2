//! What the listing shows: which code object, which caches are unfolded, which row is what.

use std::cell::RefCell;
use std::rc::Rc;

use pycxray::{Field, Instruction, Item, NodeId, Pyc};

use super::jumps::{Lanes, LanesIndexer};
use crate::bytecode::Bytecode;
use crate::{Document, Key, labels};

/// How many instructions lie between two of which the caches before them are known.
const STRIDE: usize = 64;

/// What the listing shows.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    code: Option<NodeId>,
    show_caches: bool,
    /// The positions of instructions whose caches are otherwise than those of all others, ascending, with how many they have.
    odd: Vec<(usize, usize)>,
    layout: RefCell<Option<Rc<Layout>>>,
    /// Those that were made in slices, for as long as the file is open.
    prepared: RefCell<Vec<Rc<Layout>>>,
}

/// The rows of one code object.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) bytecode: Rc<Bytecode>,
    pub(crate) lanes: Lanes,
    rows: RowCount,
}

/// How many rows the instructions of a code object have, and the caches between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowCount {
    instructions: usize,
    /// Before every 64th instruction: how many cache fields there are before it.
    caches: Vec<usize>,
    all_caches: usize,
}

impl RowCount {
    /// Counts the next instruction.
    pub(crate) fn add(&mut self, pyc: &Pyc, instruction: &Instruction) {
        if self.instructions.is_multiple_of(STRIDE) {
            self.caches.push(self.all_caches);
        }
        self.all_caches += fields(pyc, instruction);
        self.instructions += 1;
    }
}

/// What a row is, before it is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// An instruction, by position.
    Instruction(usize),
    /// A field of the caches of an instruction: position, which field.
    Cache(usize, usize),
    Heading,
    /// An entry of the exception table, by position.
    Exception(usize),
}

/// How many cache fields an instruction has, as far as they are there.
fn fields(pyc: &Pyc, instruction: &Instruction) -> usize {
    if instruction.cache_units == 0 {
        return 0;
    }
    let Some(opcode) = pyc.python().opcode(instruction.opcode) else { return 0 };
    let mut units = u32::from(instruction.cache_units);
    let there = opcode.caches.iter().take_while(|field| {
        let any = units > 0;
        units = units.saturating_sub(field.units.into());
        any
    });
    there.count()
}

impl Layout {
    fn new(pyc: &Pyc, bytecode: Rc<Bytecode>) -> Self {
        let mut rows = RowCount::default();
        bytecode.from(pyc, 0).for_each(|instruction| rows.add(pyc, &instruction));
        let mut lanes = LanesIndexer::default();
        while !lanes.step(pyc, &bytecode, usize::MAX) {}
        Self { bytecode, lanes: lanes.finish(), rows }
    }

    /// Where the entries of the exception table begin in it.
    fn exceptions(&self) -> &[u32] {
        self.bytecode.guards.entries()
    }

    /// How many cache fields there are before an instruction.
    fn caches_before(&self, pyc: &Pyc, position: usize) -> usize {
        let Some(&known) = self.rows.caches.get(position / STRIDE) else { return self.rows.all_caches };
        let start = position - position % STRIDE;
        let between = self.bytecode.from(pyc, start).take(position - start);
        known + between.map(|instruction| fields(pyc, &instruction)).sum::<usize>()
    }
}

impl Listing {
    /// How many rows the instructions before a position have.
    fn row_of(&self, pyc: &Pyc, layout: &Layout, position: usize) -> usize {
        let odd: usize = self.odd.iter().take_while(|(at, _)| *at < position).map(|(_, count)| count).sum();
        let caches = if self.show_caches { layout.caches_before(pyc, position) - odd } else { odd };
        position + caches
    }

    /// Whether the caches of the instruction at a position are unfolded.
    fn is_unfolded(&self, position: usize) -> bool {
        self.show_caches != self.odd_at(position).is_ok()
    }

    /// Where an instruction is among the odd ones, or would be.
    fn odd_at(&self, position: usize) -> Result<usize, usize> {
        self.odd.binary_search_by_key(&position, |(at, _)| *at)
    }
}

impl Document {
    /// The code object in the listing: that of what is chosen last. `None` if the file has none.
    #[must_use]
    pub fn listing_code(&self) -> Option<Item> {
        self.listing_id().map(Item::Object)
    }

    fn listing_id(&self) -> Option<NodeId> {
        self.listing.code.or_else(|| self.pyc.codes().first().copied())
    }

    pub(crate) fn listing_layout(&self) -> Option<Rc<Layout>> {
        let code = self.listing_id()?;
        if let Some(prepared) = self.listing.prepared.borrow().iter().find(|layout| layout.bytecode.code == code) {
            return Some(Rc::clone(prepared));
        }
        let mut kept = self.listing.layout.borrow_mut();
        if kept.as_ref().is_none_or(|layout| layout.bytecode.code != code) {
            *kept = Some(Rc::new(Layout::new(&self.pyc, self.bytecodes.get(&self.pyc, code)?)));
        }
        kept.clone()
    }

    /// Keeps what was made of a code object in slices, for as long as the file is open.
    pub(crate) fn keep_listing(&self, bytecode: Rc<Bytecode>, lanes: Lanes, rows: RowCount) {
        let layout = Rc::new(Layout { bytecode: Rc::clone(&bytecode), lanes, rows });
        self.listing.prepared.borrow_mut().push(layout);
        self.bytecodes.keep(bytecode);
    }

    /// Goes to the code object that an item is in, and unfolds the caches that it is one of.
    pub(crate) fn listing_enter(&mut self, item: Item) {
        let Some(code) = labels::code_of(&self.pyc, item) else { return };
        if self.listing.code != Some(code) {
            self.listing.code = Some(code);
            self.listing.odd.clear();
        }
        if let Item::Cache(code, offset) = item
            && let Some(instruction) = self.instruction_item(code, offset)
            && !self.listing_is_unfolded(instruction)
        {
            self.listing_toggle(instruction);
        }
    }

    fn listing_is_unfolded(&self, item: Item) -> bool {
        self.listing_position(item).is_some_and(|position| self.listing.is_unfolded(position))
    }

    /// The position of an instruction of the code object in the listing.
    fn listing_position(&self, item: Item) -> Option<usize> {
        let Item::Instruction(code, offset) = item else { return None };
        let layout = self.listing_layout().filter(|layout| layout.bytecode.code == code)?;
        layout.bytecode.at(&self.pyc, offset).map(|(position, _)| position)
    }

    /// How many rows the instructions have, caches included.
    fn listing_bytecode_len(&self, layout: &Layout) -> usize {
        self.listing.row_of(&self.pyc, layout, layout.rows.instructions)
    }

    /// How many rows the listing has.
    #[must_use]
    pub fn listing_len(&self) -> usize {
        let Some(layout) = self.listing_layout() else { return 0 };
        let exceptions = layout.exceptions().len();
        self.listing_bytecode_len(&layout) + exceptions + usize::from(exceptions > 0)
    }

    /// What a row is; `None` behind the last.
    pub(crate) fn listing_line(&self, layout: &Layout, row: usize) -> Option<Line> {
        let bytecode = self.listing_bytecode_len(layout);
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
        let (mut low, mut high) = (0, layout.rows.instructions);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.listing.row_of(&self.pyc, layout, middle) <= row { low = middle } else { high = middle }
        }
        match row - self.listing.row_of(&self.pyc, layout, low) {
            0 => Some(Line::Instruction(low)),
            field => Some(Line::Cache(low, field - 1)),
        }
    }

    /// What follows a row.
    pub(crate) fn listing_next(&self, layout: &Layout, line: Line) -> Option<Line> {
        let unfolded =
            |position| if self.listing.is_unfolded(position) { self.listing_fields(layout, position) } else { 0 };
        let next_field = match line {
            Line::Instruction(position) => Some((position, 0)),
            Line::Cache(position, field) => Some((position, field + 1)),
            Line::Heading => return Some(Line::Exception(0)),
            Line::Exception(at) => return (at + 1 < layout.exceptions().len()).then_some(Line::Exception(at + 1)),
        };
        let (position, field) = next_field?;
        if field < unfolded(position) {
            Some(Line::Cache(position, field))
        } else if position + 1 < layout.rows.instructions {
            Some(Line::Instruction(position + 1))
        } else {
            (!layout.exceptions().is_empty()).then_some(Line::Heading)
        }
    }

    /// How many cache fields the instruction at a position has.
    fn listing_fields(&self, layout: &Layout, position: usize) -> usize {
        layout.bytecode.instruction(&self.pyc, position).map_or(0, |instruction| fields(&self.pyc, &instruction))
    }

    /// Whether the caches of the instruction at a position are unfolded.
    pub(crate) fn listing_unfolded(&self, position: usize) -> bool {
        self.listing.is_unfolded(position)
    }

    /// Which row shows what is chosen.
    #[must_use]
    pub fn listing_selected_row(&self) -> Option<usize> {
        let item = self.selection.item?;
        let layout = self.listing_layout()?;
        let row_of = |position| self.listing.row_of(&self.pyc, &layout, position);
        match item {
            Item::Instruction(..) => self.listing_position(item).map(row_of),
            Item::Cache(code, offset) => {
                let instruction = self.instruction_item(code, offset)?;
                let position = self.listing_position(instruction)?;
                let caches = self.pyc.children(instruction);
                let field = caches.take_while(|&cache| cache != item).count();
                Some(row_of(position) + if self.listing.is_unfolded(position) { 1 + field } else { 0 })
            }
            Item::Exception(code, offset) if code == layout.bytecode.code => {
                let entry = layout.exceptions().binary_search(&offset).ok()?;
                Some(self.listing_bytecode_len(&layout) + 1 + entry)
            }
            _ => None,
        }
    }

    /// Unfolds an instruction's caches, or folds them.
    pub fn listing_toggle(&mut self, item: Item) {
        let Some(position) = self.listing_position(item) else { return };
        let Some(count) = self.listing_layout().map(|layout| self.listing_fields(&layout, position)) else { return };
        match self.listing.odd_at(position) {
            _ if count == 0 => {}
            Ok(at) => drop(self.listing.odd.remove(at)),
            Err(at) => self.listing.odd.insert(at, (position, count)),
        }
    }

    /// Whether the caches of all instructions are unfolded.
    #[must_use]
    pub fn listing_shows_caches(&self) -> bool {
        self.listing.show_caches
    }

    /// Unfolds the caches of all instructions, or folds them.
    pub fn listing_show_caches(&mut self, show: bool) {
        self.listing.show_caches = show;
        self.listing.odd.clear();
    }

    /// The item of a row.
    pub(crate) fn listing_item(&self, row: usize) -> Option<Item> {
        let layout = self.listing_layout()?;
        let line = self.listing_line(&layout, row)?;
        self.listing_line_item(&layout, line)
    }

    /// The item of a row.
    pub(crate) fn listing_line_item(&self, layout: &Layout, line: Line) -> Option<Item> {
        let code = layout.bytecode.code;
        let instruction = |position| layout.bytecode.instruction(&self.pyc, position);
        match line {
            Line::Instruction(position) => instruction(position).map(|found| Item::Instruction(code, found.offset)),
            Line::Cache(position, field) => {
                let found = instruction(position)?;
                self.pyc.children(Item::Instruction(code, found.offset)).nth(field)
            }
            // The heading stands for the table.
            Line::Heading => self.pyc.code(code)?.object(Field::Exceptiontable).map(Item::Object),
            Line::Exception(at) => layout.exceptions().get(at).map(|&offset| Item::Exception(code, offset)),
        }
    }

    /// Chooses the item of a row.
    pub fn listing_select_row(&mut self, row: usize) {
        if let Some(item) = self.listing_item(row) {
            self.select(item);
        }
    }

    /// Does what a key does, `page` rows being on screen. The row that is chosen afterwards.
    pub fn listing_key(&mut self, key: Key, page: usize) -> Option<usize> {
        let last = self.listing_len().checked_sub(1)?;
        let Some(row) = self.listing_selected_row() else {
            let first = self.listing_item(if key == Key::End { last } else { 0 })?;
            self.glide_to(first);
            return self.listing_selected_row();
        };
        let item = self.listing_item(row)?;
        let unfolded = self.listing_is_unfolded(item);
        match (key, item) {
            (Key::Left, Item::Cache(..)) => {
                let instruction = self.pyc.parent(item)?;
                self.select(instruction);
                self.listing_toggle(instruction);
            }
            (Key::Left, _) if !unfolded => {}
            (Key::Right, _) if unfolded => {}
            (Key::Left | Key::Right | Key::Toggle, _) => self.listing_toggle(item),
            (Key::Enter, _) => match self.follow(item) {
                Some(target) => self.select(target),
                None => self.listing_toggle(item),
            },
            (Key::ExpandAll, _) => self.listing_show_caches(!self.listing.show_caches),
            _ => self.listing_glide(row, key.moved(row, last, page)?),
        }
        self.listing_selected_row()
    }

    fn listing_glide(&mut self, from: usize, to: usize) {
        let Some(layout) = self.listing_layout() else { return };
        // The heading is stepped over.
        let to = match self.listing_line(&layout, to) {
            Some(Line::Heading) if to > from => to + 1,
            Some(Line::Heading) => to.saturating_sub(1),
            _ => to,
        };
        if let Some(item) = self.listing_item(to) {
            self.glide_to(item);
        }
    }
}
