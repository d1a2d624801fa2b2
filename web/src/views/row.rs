//! What the rows of all lists have in common.

use pycxray_view::Severity;
use pycxray_view::protocol::RowKey;
use yew::prelude::*;

use crate::components::{RowAt, RowPress};

/// Deeper rows are not indented further, so that their text stays in sight.
const DEEPEST_INDENT: u32 = 24;

/// The class that indents a row; the styles have one for each depth, since style attributes are forbidden.
pub(super) fn depth_class(depth: u32) -> String {
    format!("d{}", depth.min(DEEPEST_INDENT))
}

/// A row of a flat list: `list` is what the ids of its rows begin with.
pub(super) fn draw_option(at: RowAt, list: &str, class: Classes, title: Option<AttrValue>, content: Html) -> Html {
    html! {
        <div class={classes!("row", at.selected.then_some("sel"), class)} id={format!("{list}-{}", at.index)}
            role="option" {title} data-row={at.index.to_string()} aria-selected={at.selected.to_string()}
            aria-posinset={(at.index + 1).to_string()} aria-setsize={at.total.to_string()}>
            { content }
        </div>
    }
}

/// What a key of the keyboard means in a list of which rows can be opened.
pub(super) fn row_key(press: &RowPress) -> Option<RowKey> {
    if press.is_command() {
        return None;
    }
    Some(match press.event.key().as_str() {
        "ArrowUp" => RowKey::Up,
        "ArrowDown" => RowKey::Down,
        "ArrowLeft" => RowKey::Left,
        "ArrowRight" => RowKey::Right,
        "Home" => RowKey::Home,
        "End" => RowKey::End,
        "PageUp" => RowKey::PageUp,
        "PageDown" => RowKey::PageDown,
        "Enter" => RowKey::Enter,
        " " => RowKey::Toggle,
        "*" => RowKey::ExpandAll,
        _ => return None,
    })
}

/// The sign that a row can be opened, or closed.
pub(super) fn draw_twisty(expandable: bool, expanded: bool) -> Html {
    let class = match (expandable, expanded) {
        (true, true) => "twisty has open",
        (true, false) => "twisty has",
        (false, _) => "twisty",
    };
    html! { <span {class} aria-hidden="true" /> }
}

/// A sign that something is wrong here.
pub(super) fn draw_trouble(worst: Option<Severity>) -> Html {
    let (class, sign, words) = match worst {
        Some(Severity::Error) => ("trouble bad", "✕", "damaged"),
        Some(Severity::Warning) => ("trouble odd", "!", "suspicious"),
        _ => return Html::default(),
    };
    html! { <span {class} role="img" aria-label={words}>{ sign }</span> }
}
