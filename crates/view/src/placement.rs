//! Where the rows of a view are, and which of them is to be in sight.

use crate::protocol::{ItemKey, Lead, Rows, Window};

/// Where the rows of a view are, and which of them is to be in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Placement {
    /// How many rows there are.
    pub(crate) total: usize,
    /// The row of what is chosen.
    pub(crate) selected: Option<usize>,
    /// Changes when another row is to be in sight.
    pub(crate) choice: u64,
    /// What is listed, where that can change.
    pub(crate) subject: Option<ItemKey>,
    /// Where another view led it last.
    pub(crate) lead: Option<Lead>,
}

impl Placement {
    pub(crate) fn window<R>(self, asked: Rows, rows: Vec<R>) -> Window<R> {
        let Self { total, selected, choice, subject, lead } = self;
        Window { start: asked.start, rows, total, selected, choice, subject, lead }
    }
}
