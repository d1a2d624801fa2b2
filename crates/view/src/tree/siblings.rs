//! The children of an item by position, also where there are millions of them.

use pycxray::{Field, Instructions, Item, NodeId, Pyc};

use crate::labels;

/// How many children lie between two that are remembered.
const STRIDE: usize = 64;

/// Finds the children of one item by their position. Made by walking over them once.
#[derive(Clone, Debug)]
pub(crate) struct Siblings {
    parent: Option<Item>,
    count: u32,
    kept: Kept,
}

#[derive(Clone, Debug)]
enum Kept {
    /// All of them: they are few.
    All(Vec<Item>),
    /// Every 64th: the next ones are found from there.
    Some(Vec<Item>),
    /// None: these are objects that follow each other at once, the first of them being this one.
    Adjacent(usize),
    /// None: these are instructions, whose index the file keeps.
    Instructions(NodeId),
    /// None: the sections of the file, or the kinds of variables, which are found by their position.
    Position,
}

impl Siblings {
    /// The children of an item; of the file, for `None`.
    pub(crate) fn new(pyc: &Pyc, parent: Option<Item>) -> Self {
        let Some(item) = parent else {
            return Self { parent, count: pyc.sections().len() as u32, kept: Kept::Position };
        };
        if let Item::Object(id) = item {
            match pyc.table(id) {
                Some((code, Field::Code)) => {
                    let count = pyc.bytecode_index(code).count() as u32;
                    return Self { parent, count, kept: Kept::Instructions(code) };
                }
                Some((_, Field::Localspluskinds)) => {
                    let count = pyc.tree().node(id).payload().len();
                    return Self { parent, count, kept: Kept::Position };
                }
                None if pyc.tree().is_flat(id) => {
                    return Self { parent, count: pyc.tree().item_count(id), kept: Kept::Adjacent(id.index() + 1) };
                }
                _ => {}
            }
        }
        let few = !matches!(item, Item::Object(id) if !labels::is_code(pyc, id));
        if few {
            let all: Vec<Item> = pyc.children(item).collect();
            return Self { parent, count: all.len() as u32, kept: Kept::All(all) };
        }
        // Most of the time these are plain objects, of which there may be millions.
        let (kept, count) = match item {
            Item::Object(id) if pyc.table(id).is_none() => every_64th(&mut pyc.tree().children(id).map(Item::Object)),
            _ => every_64th(&mut pyc.children(item)),
        };
        Self { parent, count, kept: Kept::Some(kept) }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// Those from position `from` on.
    pub(crate) fn from<'p>(&self, pyc: &'p Pyc, from: u32) -> Walk<'p> {
        let way = match &self.kept {
            _ if from >= self.count => Way::Listed(Vec::new()),
            Kept::All(all) => Way::Listed(all[from as usize..].iter().rev().copied().collect()),
            Kept::Some(kept) => {
                let mut item = kept[from as usize / STRIDE];
                for _ in 0..from as usize % STRIDE {
                    item = next(pyc, item).unwrap_or(item);
                }
                Way::Next(Some(item))
            }
            Kept::Adjacent(first) => Way::Next(pyc.tree().id(first + from as usize).map(Item::Object)),
            Kept::Instructions(code) => {
                let bytecode = pyc.code(*code).map_or(&[][..], |code| code.bytecode());
                let walk = pyc.bytecode_index(*code).from(bytecode, pyc.python(), from as usize);
                Way::Instructions(*code, walk)
            }
            Kept::Position => Way::Position(self.parent.and_then(Item::object).and_then(|id| pyc.table(id))),
        };
        Walk { pyc, way, position: from, count: self.count }
    }

    /// The position of a child.
    pub(crate) fn position(&self, pyc: &Pyc, child: Item) -> Option<u32> {
        match &self.kept {
            Kept::All(all) => all.iter().position(|known| *known == child).map(|position| position as u32),
            Kept::Some(kept) => {
                let stretch = kept.partition_point(|known| pyc.span(*known).start <= pyc.span(child).start);
                let stretch = stretch.checked_sub(1)?;
                let (mut item, mut position) = (kept[stretch], stretch * STRIDE);
                while item != child {
                    item = next(pyc, item)?;
                    position += 1;
                    if position > (stretch + 1) * STRIDE {
                        return None;
                    }
                }
                Some(position as u32)
            }
            Kept::Adjacent(first) => {
                let position = child.object()?.index().checked_sub(*first)?;
                u32::try_from(position).ok().filter(|position| *position < self.count)
            }
            Kept::Instructions(code) => match child {
                Item::Instruction(_, offset) => {
                    let bytecode = pyc.code(*code)?.bytecode();
                    pyc.bytecode_index(*code).at(bytecode, pyc.python(), offset).map(|(position, _)| position as u32)
                }
                _ => None,
            },
            Kept::Position => match child {
                Item::LocalKind(_, position) => Some(position),
                _ => pyc.top().position(|known| known == child).map(|position| position as u32),
            },
        }
    }
}

/// Every 64th of them, and how many there are.
fn every_64th(children: &mut dyn Iterator<Item = Item>) -> (Vec<Item>, u32) {
    let (mut kept, mut count) = (Vec::new(), 0_usize);
    for child in children {
        if count.is_multiple_of(STRIDE) {
            kept.push(child);
        }
        count += 1;
    }
    (kept, count as u32)
}

/// The next of many siblings.
fn next(pyc: &Pyc, item: Item) -> Option<Item> {
    match item {
        Item::Object(id) => {
            let next = pyc.tree().id(pyc.tree().behind(id))?;
            (pyc.tree().parent(next) == pyc.tree().parent(id)).then_some(Item::Object(next))
        }
        Item::Line(code, offset) => {
            let behind = offset + pyc.span(item).len().max(1);
            let (table, _) = pyc.code(code)?.data(Field::Linetable)?;
            ((behind as usize) < table.len()).then_some(Item::Line(code, behind))
        }
        Item::Exception(code, offset) => {
            let behind = offset + pyc.span(item).len().max(1);
            let (table, _) = pyc.code(code)?.data(Field::Exceptiontable)?;
            ((behind as usize) < table.len()).then_some(Item::Exception(code, behind))
        }
        _ => None,
    }
}

/// Siblings in order, from some position on.
#[derive(Clone, Debug)]
pub(crate) struct Walk<'p> {
    pyc: &'p Pyc,
    way: Way<'p>,
    position: u32,
    count: u32,
}

#[derive(Clone, Debug)]
enum Way<'p> {
    /// The last one first.
    Listed(Vec<Item>),
    Next(Option<Item>),
    Instructions(NodeId, Instructions<'p>),
    Position(Option<(NodeId, Field)>),
}

impl Iterator for Walk<'_> {
    type Item = (u32, Item);

    fn next(&mut self) -> Option<(u32, Item)> {
        if self.position >= self.count {
            return None;
        }
        let item = match &mut self.way {
            Way::Listed(rest) => rest.pop()?,
            Way::Next(item) => {
                let this = (*item)?;
                *item = next(self.pyc, this);
                this
            }
            Way::Instructions(code, walk) => Item::Instruction(*code, walk.next()?.offset),
            Way::Position(Some((code, _))) => Item::LocalKind(*code, self.position),
            Way::Position(None) => self.pyc.top().nth(self.position as usize)?,
        };
        let position = self.position;
        self.position += 1;
        Some((position, item))
    }
}
