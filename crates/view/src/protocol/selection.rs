//! What is chosen, in every view alike.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::ItemKey;

/// What is chosen: an item and its bytes, or a range of bytes and the innermost item that has them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// The item; `None` in an empty file alone.
    pub item: Option<ItemKey>,
    /// The bytes.
    pub span: Span,
    /// The byte that a range was begun at.
    pub anchor: u32,
    /// The byte that keys in the hex view move from: the end of the range that moves.
    pub cursor: u32,
    /// Whether what is chosen holds much else, such as a whole function: its bytes are then marked lightly, so that what they
    /// are can still be told by their colours.
    pub broad: bool,
    /// Changes when something else is chosen: that is when views scroll to it.
    pub choice: u64,
    /// The bytes in words: `0x00ad–0x00b6 · 10 bytes selected`.
    pub status: String,
    /// The path from the file to what is chosen. Of a long one the middle is left out: a crumb `…` leads there.
    pub crumbs: Vec<Crumb>,
    /// Changes when another place was gone to; places that are only passed, as with arrow keys, are one.
    pub visit: u64,
}

/// A step on the path from the file to what is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crumb {
    /// What it is called: `<module>`, `constants`, `46 LOAD_GLOBAL`.
    pub label: String,
    /// What it leads to.
    pub item: ItemKey,
}
