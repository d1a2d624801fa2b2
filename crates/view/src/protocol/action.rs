//! What the user can do to a document.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::{CompanionAction, ComparisonAction, GraphAction, ItemKey, OutlineAction, Ribbon, StringsAction, View};

/// What the user did to a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// Chose an item, with all its bytes.
    Select(ItemKey),
    /// Chose the innermost item at a byte, as a click into the hex view does.
    SelectOffset(u32),
    /// Chose a range of bytes, as dragging does: `anchor` is where it began, `cursor` the byte that it reaches, which may come
    /// before.
    SelectRange {
        /// The byte at which it began.
        anchor: u32,
        /// The byte that it reaches.
        cursor: u32,
    },
    /// Chose what a problem or finding is about: the item where it has exactly these bytes, else the bytes.
    SelectSpan {
        /// The bytes.
        span: Span,
        /// What they are.
        item: Option<ItemKey>,
    },
    /// Scrolled a view to something, of which another view is to be led there too ([`Lead`](super::Lead)).
    Lead {
        /// The view that is led.
        view: View,
        /// What it is to show first.
        item: ItemKey,
    },
    /// Something in the tree.
    Tree(TreeAction),
    /// Something in the listing.
    Listing(ListingAction),
    /// Something in the source.
    Source(SourceAction),
    /// Something with the companion.
    Companion(CompanionAction),
    /// Something in the graph.
    Graph(GraphAction),
    /// Something in the hex view.
    Hex(HexAction),
    /// Chose what lies under a pixel of the ribbon.
    RibbonSelect {
        /// The ribbon as it was drawn.
        ribbon: Ribbon,
        /// The pixel, from its left end.
        pixel: u32,
    },
    /// Went to the next segment of the ribbon, or to the one before.
    RibbonStep {
        /// The ribbon as it was drawn.
        ribbon: Ribbon,
        /// To the right.
        forward: bool,
    },
    /// Something in the outline.
    Outline(OutlineAction),
    /// Something in the tree of members.
    Members(MembersAction),
    /// Something in the list of strings.
    Strings(StringsAction),
    /// Something about searching.
    Search(SearchAction),
    /// Something in a comparison of two files.
    Comparison(ComparisonAction),
}

/// What the user did in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreeAction {
    /// Pressed a key, with so many rows in sight.
    Key(RowKey, usize),
    /// Opened a closed row, or closed an open one.
    Toggle(ItemKey),
    /// Followed what a row refers to, else opened or closed it: a click twice.
    Enter(ItemKey),
    /// Opened all that is in what is chosen.
    ExpandAll,
    /// Closed what is chosen and its siblings.
    CollapseSiblings,
    /// Typed the beginning of a row.
    TypeAhead(String),
}

/// What the user did in the listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListingAction {
    /// Pressed a key, with so many rows in sight.
    Key(RowKey, usize),
    /// Unfolded the caches of an instruction, or folded them.
    Toggle(ItemKey),
    /// Followed what a row refers to, else unfolded or folded its caches: a click twice.
    Enter(ItemKey),
    /// Chose all rows from where it began to this one: with Shift.
    Extend(ItemKey),
    /// Unfolded the caches of all instructions, or folded them.
    ShowCaches(bool),
    /// Shows the columns of the source, or leaves them out.
    ShowColumns(bool),
}

/// What the user did in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceAction {
    /// Pressed a key, with so many lines in sight.
    Key(RowKey, usize),
    /// Folded what begins in a row, counted from 0, or unfolded it.
    Toggle(usize),
    /// Folded all functions and classes, or unfolded them.
    FoldAll(bool),
    /// Wants it once more, after it was not made.
    Retry,
}

/// What the user did in the hex view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HexAction {
    /// Moved the cursor.
    Move {
        /// Where to.
        to: HexMove,
        /// Whether the bytes between are chosen too: with Shift.
        extend: bool,
        /// How many bytes a row has.
        columns: u32,
        /// How many rows are in sight.
        page: u32,
    },
}

/// What the user did in the tree of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MembersAction {
    /// Wants those alone whose names hold this, in letters of either case; for nothing, all.
    Filter(String),
    /// Chose a row, counted from 0.
    Select(usize),
    /// Opened a closed row, or closed an open one, counted from 0.
    Toggle(usize),
    /// Pressed a key, with so many rows in sight.
    Key(RowKey, usize),
    /// Typed the beginning of a row.
    TypeAhead(String),
}

/// What the user did about searching.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchAction {
    /// Searched for what was typed; for nothing, ended the search.
    Query(String),
    /// Went to the next hit, round the end.
    Next,
    /// Went to the hit before, round the start.
    Previous,
    /// Chose a hit of the list, by its number from 0 on.
    Select(usize),
}

/// A key that moves through rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RowKey {
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

/// Where the cursor of the hex view moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HexMove {
    /// One byte back.
    Left,
    /// One byte on.
    Right,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// To the start of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// To the first byte.
    Start,
    /// To the last byte.
    End,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
}
