//! Where keys lead in lists of rows.

use pycxray::Item;

use crate::protocol::RowKey;

/// What a key chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// Something to look at: a step of the history.
    To(Item),
    /// Something on the way to another: many such steps one after the other are one in the history.
    Past(Item),
}

/// The row to which a key moves from another, `page` rows being on screen; `None` if it does something else.
pub(crate) fn moved(key: RowKey, row: usize, last: usize, page: usize) -> Option<usize> {
    let page = page.max(2) - 1;
    Some(match key {
        RowKey::Up => row.saturating_sub(1),
        RowKey::Down => (row + 1).min(last),
        RowKey::Home => 0,
        RowKey::End => last,
        RowKey::PageUp => row.saturating_sub(page),
        RowKey::PageDown => row.saturating_add(page).min(last),
        _ => return None,
    })
}
