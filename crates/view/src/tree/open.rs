//! Which items are open, and with that which row shows what. Nothing is kept for a row; only for what is open.

use pycxray::{Item, Pyc};

use super::siblings::{self, Siblings};
use crate::item::ItemMap;

/// Which items are open. The file itself, `None`, always is.
#[derive(Debug)]
pub(crate) struct OpenItems {
    /// The file, then all items that ever were opened: what is open in a closed one is so again when that is opened.
    /// `None` for those that are forgotten.
    known: Vec<Option<Open>>,
    /// The place of each item there.
    places: ItemMap,
}

/// How much is opened at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenLimit {
    /// So many rows.
    pub(crate) rows: usize,
    /// So many items that have rows in them: each takes as long as many rows do.
    pub(crate) items: usize,
}

/// An item that was opened.
#[derive(Debug)]
struct Open {
    siblings: Siblings,
    /// The rows below it, when it is open.
    rows: usize,
    /// Those of its children that are open, by position.
    open: Vec<OpenChild>,
}

#[derive(Clone, Copy, Debug)]
struct OpenChild {
    position: u32,
    item: Item,
    /// The rows below its open siblings before it.
    before: usize,
    /// The rows below it.
    rows: usize,
}

impl OpenChild {
    /// Its row, counted from its parent's first child.
    fn row(&self) -> usize {
        self.position as usize + self.before
    }
}

impl Open {
    fn new(pyc: &Pyc, item: Option<Item>) -> Self {
        let siblings = Siblings::new(pyc, item);
        Self { rows: siblings.count() as usize, siblings, open: Vec::new() }
    }

    /// Counts its rows anew, from the open child `from` on.
    fn count_from(&mut self, from: usize) {
        let mut before = match from.checked_sub(1).map(|last| self.open[last]) {
            Some(last) => last.before + last.rows,
            None => 0,
        };
        for child in &mut self.open[from..] {
            child.before = before;
            before += child.rows;
        }
        self.rows = self.siblings.count() as usize + before;
    }

    /// Where in the list of open children the one at this position is, or would be.
    fn find(&self, position: u32) -> Result<usize, usize> {
        self.open.binary_search_by_key(&position, |child| child.position)
    }
}

/// A row, as far as the tree's structure tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) item: Item,
    pub(crate) depth: u32,
    /// Counted from 0.
    pub(crate) position: u32,
    pub(crate) set_size: u32,
    pub(crate) expanded: bool,
}

impl OpenItems {
    pub(crate) fn new(pyc: &Pyc) -> Self {
        Self { known: vec![Some(Open::new(pyc, None))], places: ItemMap::new() }
    }

    fn place_of(&self, item: Option<Item>) -> Option<usize> {
        item.map_or(Some(0), |item| self.places.get(&item).map(|&place| place as usize))
    }

    fn get(&self, item: Option<Item>) -> Option<&Open> {
        self.known[self.place_of(item)?].as_ref()
    }

    fn get_mut(&mut self, item: Option<Item>) -> Option<&mut Open> {
        let place = self.place_of(item)?;
        self.known[place].as_mut()
    }

    fn forget(&mut self, item: Item) -> Option<Open> {
        let place = self.place_of(Some(item))?;
        self.known[place].take()
    }

    fn keep(&mut self, item: Item, open: Open) {
        match self.place_of(Some(item)) {
            Some(place) => self.known[place] = Some(open),
            None => {
                self.places.insert(item, self.known.len() as u32);
                self.known.push(Some(open));
            }
        }
    }

    /// How many rows there are in an item when it is open. From now on it is known, if there are any.
    fn rows_in(&mut self, pyc: &Pyc, item: Item) -> usize {
        if let Some(known) = self.get(Some(item)) {
            return known.rows;
        }
        let open = Open::new(pyc, Some(item));
        let rows = open.rows;
        if rows > 0 {
            self.keep(item, open);
        }
        rows
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.get(None).map_or(0, |file| file.rows)
    }

    /// Whether an item that has a row, or would have one, is open.
    pub(crate) fn is_open(&self, pyc: &Pyc, item: Item) -> bool {
        self.place(pyc, item).is_some_and(|(parent, position)| parent.find(position).is_ok())
    }

    /// An item's parent, if that was ever opened, and its position in it.
    fn place(&self, pyc: &Pyc, item: Item) -> Option<(&Open, u32)> {
        let parent = self.get(pyc.parent(item))?;
        Some((parent, parent.siblings.position(pyc, item)?))
    }

    /// Opens an item; its parents stay as they are. `false` if there is nothing in it.
    pub(crate) fn open(&mut self, pyc: &Pyc, item: Item) -> bool {
        let parent = pyc.parent(item);
        let rows = self.rows_in(pyc, item);
        if rows == 0 {
            return false;
        }
        if let Some(parent) = parent {
            self.rows_in(pyc, parent);
        }
        let Some(above) = self.get_mut(parent) else { return false };
        let Some(position) = above.siblings.position(pyc, item) else { return false };
        if let Err(at) = above.find(position) {
            above.open.insert(at, OpenChild { position, item, before: 0, rows });
            above.count_from(at);
            self.recount(pyc, parent);
        }
        true
    }

    /// Closes an item.
    pub(crate) fn close(&mut self, pyc: &Pyc, item: Item) {
        let parent = pyc.parent(item);
        let Some(above) = self.get_mut(parent) else { return };
        let Some(position) = above.siblings.position(pyc, item) else { return };
        if let Ok(at) = above.find(position) {
            above.open.remove(at);
            above.count_from(at);
            self.recount(pyc, parent);
        }
    }

    /// Closes all children of an item, and forgets what was open in them.
    pub(crate) fn close_children(&mut self, pyc: &Pyc, parent: Option<Item>) {
        let Some(above) = self.get_mut(parent) else { return };
        let mut closed = vec![std::mem::take(&mut above.open)];
        above.count_from(0);
        while let Some(children) = closed.pop() {
            for child in children {
                closed.extend(self.forget(child.item).map(|open| open.open));
            }
        }
        self.recount(pyc, parent);
    }

    /// Tells an item's parents how many rows it has now.
    fn recount(&mut self, pyc: &Pyc, item: Option<Item>) {
        let mut changed = item;
        while let Some(item) = changed {
            let rows = self.get(changed).map_or(0, |open| open.rows);
            let parent = pyc.parent(item);
            let Some(above) = self.get_mut(parent) else { return };
            let Some(position) = above.siblings.position(pyc, item) else { return };
            let Ok(at) = above.find(position) else { return };
            above.open[at].rows = rows;
            above.count_from(at);
            changed = parent;
        }
    }

    /// Opens all that is in an item and fit to be opened, the outermost first, while there are no more rows below it and no more
    /// open items in it than `limit` allows. `false` if something stayed closed for that.
    pub(crate) fn open_all(&mut self, pyc: &Pyc, item: Item, limit: OpenLimit, fit: impl Fn(Item) -> bool) -> bool {
        if !self.open(pyc, item) {
            return true;
        }
        let (mut rows, mut is_full) = (0, false);
        let mut order = vec![item];
        // What was opened, with where in that order its children that are to be opened begin.
        let mut opened: Vec<(Open, usize)> = Vec::new();
        while !is_full && let Some(&item) = order.get(opened.len()) {
            let (mut open, first) = (Open::new(pyc, Some(item)), order.len());
            rows += open.siblings.count() as usize;
            // Of the last one the children are shown, as it was promised to its parent; what is in them is not.
            is_full = rows > limit.rows || opened.len() + 1 == limit.items;
            if !is_full {
                for (position, child) in open.siblings.from(pyc, 0) {
                    if fit(child) && pyc.children(child).next().is_some() {
                        open.open.push(OpenChild { position, item: child, before: 0, rows: 0 });
                        order.push(child);
                    }
                }
            }
            opened.push((open, first));
        }
        // What was still waiting stays closed.
        for &item in &order[opened.len()..] {
            self.forget(item);
        }
        for at in (0..opened.len()).rev() {
            let (before, behind) = opened.split_at_mut(at + 1);
            let (open, first) = &mut before[at];
            let children = behind.get(*first - at - 1..).unwrap_or(&[]);
            open.open.truncate(children.len());
            for (child, (inner, _)) in open.open.iter_mut().zip(children) {
                child.rows = inner.rows;
            }
            open.count_from(0);
        }
        let complete = !is_full && opened.len() == order.len();
        for (item, (open, _)) in order.into_iter().zip(opened) {
            self.keep(item, open);
        }
        self.recount(pyc, Some(item));
        complete
    }

    /// Which row shows an item; `None` if something that it is in is closed.
    pub(crate) fn row_of(&self, pyc: &Pyc, item: Item) -> Option<usize> {
        let mut row = 0;
        let mut item = item;
        loop {
            let parent = pyc.parent(item);
            let above = self.get(parent)?;
            let position = above.siblings.position(pyc, item)?;
            let before = match above.find(position) {
                Ok(at) => above.open[at].before,
                Err(0) => 0,
                Err(at) => above.open[at - 1].before + above.open[at - 1].rows,
            };
            row += position as usize + before;
            let Some(parent_item) = parent else { return Some(row) };
            if !self.is_open(pyc, parent_item) {
                return None;
            }
            row += 1;
            item = parent_item;
        }
    }

    /// The rows from this one on.
    pub(crate) fn from<'t>(&'t self, pyc: &'t Pyc, row: usize) -> RowsFrom<'t> {
        let mut rows = RowsFrom { items: self, pyc, frames: Vec::new() };
        let mut below = None;
        let mut rest = row;
        while let Some(open) = self.get(below) {
            if rest >= open.rows {
                rows.frames.clear();
                break;
            }
            // The last open child that begins at or before the row.
            let at = open.open.partition_point(|child| child.row() <= rest);
            let last = at.checked_sub(1).map(|at| open.open[at]);
            match last {
                Some(child) if rest == child.row() => {
                    rows.frames.push(Frame::new(pyc, open, child.position, at - 1));
                    break;
                }
                Some(child) if rest <= child.row() + child.rows => {
                    // Its siblings follow when all below it is done.
                    rows.frames.push(Frame::new(pyc, open, child.position + 1, at));
                    rest -= child.row() + 1;
                    below = Some(child.item);
                }
                _ => {
                    let hidden = last.map_or(0, |child| child.before + child.rows);
                    rows.frames.push(Frame::new(pyc, open, (rest - hidden) as u32, at));
                    break;
                }
            }
        }
        rows
    }
}

/// Rows in order, from some row on.
#[derive(Debug)]
pub(crate) struct RowsFrom<'t> {
    items: &'t OpenItems,
    pyc: &'t Pyc,
    frames: Vec<Frame<'t>>,
}

#[derive(Debug)]
struct Frame<'t> {
    children: siblings::Walk<'t>,
    open: &'t Open,
    /// The next of its open children.
    next: usize,
}

impl<'t> Frame<'t> {
    fn new(pyc: &'t Pyc, open: &'t Open, position: u32, next: usize) -> Self {
        Self { children: open.siblings.from(pyc, position), open, next }
    }
}

impl Iterator for RowsFrom<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let depth = self.frames.len().checked_sub(1)? as u32;
            let frame = self.frames.last_mut()?;
            let Some((position, item)) = frame.children.next() else {
                self.frames.pop();
                continue;
            };
            let set_size = frame.open.siblings.count();
            let expanded = frame.open.open.get(frame.next).is_some_and(|child| child.position == position);
            if expanded {
                frame.next += 1;
                if let Some(open) = self.items.get(Some(item)) {
                    self.frames.push(Frame::new(self.pyc, open, 0, 0));
                }
            }
            return Some(Row { item, depth, position, set_size, expanded });
        }
    }
}
