//! What each key does, and the dialog that says so.

use super::Dialog;
use super::styled_text::hue_class;
use pycxray_view::protocol::Hue;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Keys that do the same or opposite things, and what they do.
type Entry = (&'static [&'static str], &'static str);

/// The keys by place, as the dialog lists them.
const KEYS: [(&str, &[Entry]); 7] = [
    (
        "Anywhere",
        &[
            (&["/", "Ctrl+F"], "Search; Enter and Shift+Enter step, Escape ends; Ctrl+F again is the browser's own"),
            (&["g"], "Go to an offset, a function, a source line"),
            (&["Ctrl+O", "Ctrl+Shift+O"], "Open files, or a folder"),
            (&["Ctrl+V"], "Open what was copied: files, hex, base64, a literal"),
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
            (&["Shift+↑", "Shift+↓"], "Choose several instructions"),
            (&["Ctrl+C"], "Copy the value, or the instructions that are chosen"),
        ],
    ),
    (
        "Bytes",
        &[
            (&["↑", "↓", "←", "→"], "Move by a byte or a row"),
            (&["Shift+arrows"], "Choose a range"),
            (&["Home", "End"], "Start and end of the row"),
            (&["Ctrl+Home", "Ctrl+End"], "First and last byte"),
            (&["Ctrl+A"], "Choose all bytes"),
            (&["Ctrl+C"], "Copy the bytes as hex"),
        ],
    ),
    ("Source", &[(&["→", "←"], "Unfold, or fold, a function or class"), (&["Enter"], "Show the listing")]),
    (
        "Graph",
        &[
            (&["↑", "↓"], "Previous and next block"),
            (&["→", "←"], "Along a way from the block; against one to it"),
            (&["Enter"], "Open a folded block; show the listing"),
            (&["Backspace"], "Out of what was opened"),
            (&["+", "-", "0"], "Larger, smaller, the whole graph"),
        ],
    ),
    (
        "Differences",
        &[(&["n", "p"], "Next and previous change"), (&["←", "→"], "The bytes of the first file; of the second")],
    ),
    (
        "Ribbon",
        &[(&["←", "→"], "Previous and next part of the file"), (&["+", "-", "0"], "Closer, wider, the whole file")],
    ),
];

/// Properties of [`KeysDialog`].
#[derive(Properties, PartialEq)]
pub struct KeysDialogProps {
    /// Called when the dialog is closed.
    pub onclose: Callback<()>,
    /// Whether open files are kept for when the page is loaded again.
    pub keeps: bool,
    /// Called with whether they are to be.
    pub onkeep: Callback<bool>,
}

/// The dialog that lists the keys.
#[component]
pub fn KeysDialog(props: &KeysDialogProps) -> Html {
    html! {
        <Dialog named_by="keys-title" onclose={props.onclose.clone()}>
            // It has the focus, so that the list is read from its start, also where not all of it fits.
            <h2 id="keys-title" tabindex="-1" autofocus=true>{ "Help" }</h2>
            <div class="key-places">{ for KEYS.iter().map(|(place, keys)| draw_place(place, keys)) }</div>
            { draw_legend() }
            { draw_keeping(props) }
            <div class="row-end">
                <button type="button" class="btn primary" onclick={props.onclose.reform(|_| ())}>{ "Close" }</button>
            </div>
        </Dialog>
    }
}

/// What the colours of bytes, rows and ribbon stand for.
fn draw_legend() -> Html {
    html! {
        <section class="legend">
            <h3>{ "Colours of tree, bytes and ribbon" }</h3>
            <ul>
                { for Hue::ALL.into_iter().map(|hue| html! {
                    <li><span class={classes!("swatch", hue_class(hue))} aria-hidden="true" />{ hue.title() }</li>
                }) }
            </ul>
        </section>
    }
}

/// Whether open files are kept, with the switch.
fn draw_keeping(props: &KeysDialogProps) -> Html {
    let onchange = props.onkeep.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <label class="keeping">
            <input id="keeps" type="checkbox" checked={props.keeps} {onchange} />
            <span>
                { "Bring open files back when this page is reloaded. They are kept in this browser for that, for a day at \
                   most, and leave it when they are closed." }
            </span>
        </label>
    }
}

fn draw_place(place: &'static str, keys: &'static [Entry]) -> Html {
    html! {
        <section>
            <h3>{ place }</h3>
            <dl class="keys">
                { for keys.iter().map(|(keys, what)| html! {
                    <>
                        <dt>{ for keys.iter().map(|key| html! { <>{ " " }<kbd>{ *key }</kbd></> }) }</dt>
                        <dd>{ *what }</dd>
                    </>
                }) }
            </dl>
        </section>
    }
}
