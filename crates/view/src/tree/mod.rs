//! The tree pane: what is open in it, its rows, its keys.

mod keys;
mod open;
mod rows;
mod siblings;

pub(crate) use open::OpenItems;

use crate::{Hue, Item, Severity, Span, Styled};

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it shows.
    pub item: Item,
    /// Which row it is, counted from 0.
    pub index: usize,
    /// How deep it is, 0 for the outermost; `aria-level` is one more.
    pub depth: u32,
    /// Whether there is anything in it.
    pub expandable: bool,
    /// Whether what is in it has rows now.
    pub expanded: bool,
    /// Its position among its siblings, counted from 1: `aria-posinset`.
    pub position: u32,
    /// How many siblings there are, itself included: `aria-setsize`.
    pub set_size: u32,
    /// Its colour.
    pub hue: Hue,
    /// What it is to its parent: `magic`, `co_consts`, `[2]`. Empty for an instruction.
    pub label: String,
    /// Its value, cut to a length fit for a row.
    pub value: Styled,
    /// What the value means, where that is not plain: `timestamp-based`.
    pub meaning: String,
    /// Its bytes.
    pub span: Span,
    /// Whether it is what is chosen, or holds the part that is chosen.
    pub selected: bool,
    /// Whether it is a search hit.
    pub marked: bool,
    /// The worst that is to be said of its bytes; of an open row's, without those of its children.
    pub problem: Option<Severity>,
    /// How many references lead to it.
    pub references: u32,
    /// The columns of an instruction; its label and value are empty then.
    pub instruction: Option<InstructionCells>,
}

/// The columns of an instruction, in tree and listing.
#[derive(Clone, Debug, PartialEq)]
pub struct InstructionCells {
    /// The source line, where one begins.
    pub line: Option<u32>,
    /// The offset in the bytecode, in bytes.
    pub offset: u32,
    /// The label, `L1`, in versions that have labels.
    pub label: Option<String>,
    /// Whether a jump or an exception handler leads here.
    pub is_target: bool,
    /// The name of the opcode.
    pub opname: String,
    /// The argument, where it has one.
    pub arg: Option<u32>,
    /// What the argument means, in the words of that version's `dis`.
    pub operand: Styled,
    /// All its bytes, caches included.
    pub size: u32,
}

/// A key that moves through the tree or the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// Closes an open row, else goes to its parent.
    Left,
    /// Opens a closed row, else goes to its first child.
    Right,
    /// The first row.
    Home,
    /// The last row.
    End,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// Opens, or closes: the space bar.
    Toggle,
    /// Follows what the row refers to, else opens or closes it.
    Enter,
    /// Opens all that is in the row: `*`.
    ExpandAll,
}

impl Key {
    /// The row to which it moves from another, `page` rows being on screen; `None` if it does something else.
    pub(crate) fn moved(self, row: usize, last: usize, page: usize) -> Option<usize> {
        let page = page.max(2) - 1;
        Some(match self {
            Self::Up => row.saturating_sub(1),
            Self::Down => (row + 1).min(last),
            Self::Home => 0,
            Self::End => last,
            Self::PageUp => row.saturating_sub(page),
            Self::PageDown => (row + page).min(last),
            _ => return None,
        })
    }
}
