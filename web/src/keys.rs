//! What each key does, and the dialog that says so.

use crate::modal::Modal;
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
pub(crate) fn draw_keys_dialog(close: Callback<MouseEvent>, closed: Callback<Event>) -> Html {
    html! {
        <Modal key="keys" named_by="keys-title" {closed}>
            <h2 id="keys-title" tabindex="-1" autofocus=true>{ "Keys" }</h2>
            <div class="key-places">{ for KEYS.iter().map(|(place, keys)| html! {
                <section>
                    <h3>{ *place }</h3>
                    <dl class="keys">
                        { for keys.iter().map(|(keys, what)| html! {
                            <><dt>{ for keys.iter().map(|key| html! { <>{ " " }<kbd>{ *key }</kbd></> }) }</dt><dd>{ *what }</dd></>
                        }) }
                    </dl>
                </section>
            }) }</div>
            <div class="row-end"><button type="button" class="btn primary" onclick={close}>{ "Close" }</button></div>
        </Modal>
    }
}
