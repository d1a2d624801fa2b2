//! All items of a file in one walk.

use std::iter::Enumerate;
use std::slice;

use super::outline::{Caches, Inner, ItemChildren, entry_item, section_item};
use crate::{Item, Pyc, Section, Span};

impl Pyc {
    /// All items in the order of the file, each before what it is made of ([`Pyc::children`]). One walk is much cheaper than asking
    /// each item for its bytes and its children: those of an instruction or an entry of a table are looked up.
    #[must_use]
    pub fn items(&self) -> Items<'_> {
        Items { pyc: self, sections: self.sections().iter().enumerate(), open: Vec::new() }
    }
}

/// Items, each before what it is made of: how many it stands in, its bytes, the item.
#[derive(Clone, Debug)]
pub struct Items<'p> {
    pyc: &'p Pyc,
    /// The sections that were not begun yet.
    sections: Enumerate<slice::Iter<'p, Section>>,
    /// What is left of the items around the next one, the innermost last.
    open: Vec<Level<'p>>,
}

/// What is left of an item's children.
#[derive(Clone, Debug)]
struct Level<'p> {
    children: ItemChildren<'p>,
    /// Where the table begins that they are entries of, if they are.
    table: u32,
}

impl<'p> Level<'p> {
    /// The next child with its bytes, and what it is made of itself.
    fn next(&mut self, pyc: &'p Pyc) -> Option<(Span, Item, Self)> {
        let (offset, size, item, inner) = match &mut self.children.inner {
            Inner::Instructions(code, rest) => {
                let instruction = rest.next()?;
                let inner = match instruction.cache_units {
                    0 => Inner::Empty,
                    _ => Inner::Caches(*code, Caches::of(pyc, &instruction)),
                };
                let offset = instruction.offset;
                (offset, instruction.end() - offset, Item::Instruction(*code, offset), inner)
            }
            Inner::Caches(code, rest) => {
                let (offset, size) = rest.next()?;
                (offset, size, Item::Cache(*code, offset), Inner::Empty)
            }
            Inner::Entries(code, field, rest) => {
                let (offset, size) = rest.next()?;
                (offset, size, entry_item(*code, *field, offset), Inner::Empty)
            }
            _ => {
                let item = self.children.next()?;
                return Some((pyc.span(item), item, Self::of(pyc, item)));
            }
        };
        let start = self.table + offset;
        Some((Span::new(start, start + size), item, Self { children: ItemChildren { inner }, table: self.table }))
    }

    /// All children of an item.
    fn of(pyc: &'p Pyc, item: Item) -> Self {
        let table = match item {
            Item::Object(id) => pyc.tree().node(id).payload().start,
            _ => 0,
        };
        Self { children: pyc.children(item), table }
    }
}

impl Iterator for Items<'_> {
    type Item = (usize, Span, Item);

    fn next(&mut self) -> Option<(usize, Span, Item)> {
        let (span, item, level) = loop {
            match self.open.last_mut() {
                Some(level) => match level.next(self.pyc) {
                    Some(next) => break next,
                    None => self.open.pop(),
                },
                None => {
                    let item = section_item(self.sections.next()?);
                    break (self.pyc.span(item), item, Level::of(self.pyc, item));
                }
            };
        };
        let depth = self.open.len();
        if !matches!(level.children.inner, Inner::Empty) {
            self.open.push(level);
        }
        Some((depth, span, item))
    }
}
