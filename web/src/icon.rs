//! The page's own small icons, drawn in the colour of the text around them.

use yew::prelude::*;

/// A 16 by 16 icon whose lines follow `path`.
fn line(path: &'static str) -> Html {
    html! {
        <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}

/// A cross: close.
pub(crate) fn close() -> Html {
    line("M3.5 3.5l9 9m0-9l-9 9")
}

/// Half a disc: light and dark.
pub(crate) fn theme() -> Html {
    html! {
        <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" /><path fill="currentColor" d="M8 2a6 6 0 0 1 0 12z" /></svg>
    }
}

/// A question mark: keys and help.
pub(crate) fn help() -> Html {
    line("M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.9-1.1 1.7M8 12.4v.1")
}

/// Two sheets: copy.
pub(crate) fn copy() -> Html {
    line("M5.5 5.5h7v8h-7zM3.5 10.5v-8h7")
}

/// An arrow to the left: back.
pub(crate) fn back() -> Html {
    line("M9.5 3.5L5 8l4.5 4.5")
}

/// An arrow to the right: forward.
pub(crate) fn forward() -> Html {
    line("M6.5 3.5L11 8l-4.5 4.5")
}

/// A lens: search.
pub(crate) fn search() -> Html {
    line("M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.1 3.1")
}
