//! What each key does, and the dialog that says so.

use crate::modal::modal;
use crate::tag::{Tag, button, tag};
use yew::prelude::*;

/// Keys that do the same or opposite things, and what they do.
type Entry = (&'static [&'static str], &'static str);

/// The keys by place, as the dialog lists them.
const KEYS: [(&str, &[Entry]); 4] = [
    (
        "Anywhere",
        &[
            (&["/"], "Search; Enter and Shift+Enter step, Escape ends"),
            (&["g"], "Go to an offset, a function, a source line"),
            (&["Ctrl+O"], "Open files"),
            (&["F6", "Shift+F6"], "Next or previous pane"),
            (&["Alt+←", "Alt+→"], "Back and forward through what was chosen"),
            (&["Alt+,", "Alt+."], "Previous and next file"),
            (&["Alt+W"], "Close this file"),
            (&["?"], "This list"),
        ],
    ),
    (
        "Tree and listing",
        &[
            (&["↑", "↓"], "Previous and next row"),
            (&["→", "←"], "Open, or go in; close, or go out"),
            (&["Home", "End"], "First and last row"),
            (&["*"], "Open everything below"),
            (&["-"], "Close this and its siblings"),
            (&["Enter"], "Follow a reference, or open and close"),
            (&["A…Z"], "Go to the row that begins so"),
            (&["Ctrl+C"], "Copy the value"),
        ],
    ),
    (
        "Bytes",
        &[
            (&["↑", "↓", "←", "→"], "Move by a byte or a row"),
            (&["Shift+arrows"], "Choose a range"),
            (&["Home", "End"], "Start and end of the row"),
            (&["Ctrl+Home", "Ctrl+End"], "First and last byte"),
            (&["Ctrl+C"], "Copy the bytes as hex"),
        ],
    ),
    (
        "Ribbon",
        &[(&["←", "→"], "Previous and next part of the file"), (&["+", "-", "0"], "Closer, wider, the whole file")],
    ),
];

/// The dialog that lists the keys. `close` is told by its button, `closed` when it is gone.
pub(crate) fn draw_keys_dialog(close: Callback<MouseEvent>, closed: Callback<Event>) -> Tag {
    modal("keys-title", closed)
        .child(tag("h2").set("id", "keys-title").set("tabindex", "-1").flag("autofocus", true).text("Keys"))
        .child(tag("div").class("key-places").children(KEYS.iter().map(|(place, keys)| draw_place(place, keys))))
        .child(tag("div").class("row-end").child(button("btn primary").on_click(close).text("Close")))
}

fn draw_place(place: &'static str, keys: &'static [Entry]) -> Tag {
    let list = keys.iter().fold(tag("dl").class("keys"), |list, (keys, what)| {
        let term = keys.iter().fold(tag("dt"), |term, key| term.text(" ").child(tag("kbd").text(*key)));
        list.child(term).child(tag("dd").text(*what))
    });
    tag("section").child(tag("h3").text(place)).child(list)
}
