//! The tabs of the opened files.

use super::{Icon, IconKind};
use crate::hooks::use_element_size;
use pycxray_view::protocol::{DocumentId, Tab};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// Properties of [`TabBar`].
#[derive(Properties, PartialEq)]
pub struct TabBarProps {
    /// The tabs, from left to right.
    pub tabs: Vec<Tab>,
    /// The one on screen.
    pub active: Option<DocumentId>,
    /// Called with the tab that is to come on screen.
    pub onchoose: Callback<DocumentId>,
    /// Called with the tab that is to be closed.
    pub onclose: Callback<DocumentId>,
}

/// The tabs of the opened files.
#[component]
pub fn TabBar(props: &TabBarProps) -> Html {
    let TabBarProps { tabs, active, onchoose, onclose } = props;
    let root = use_node_ref();
    let (width, _) = use_element_size(&root);
    // Whether the focus moves along once another tab is drawn as the one on screen.
    let follows = use_mut_ref(|| false);
    {
        let (root, follows) = (root.clone(), follows.clone());
        // What it says makes it wider: its Python is known later than its name.
        let drawn = tabs.iter().find(|tab| Some(tab.id) == *active).cloned();
        use_effect_with((drawn, width), move |_| {
            let Some(tab) = active_tab(&root) else { return };
            if follows.take() {
                let _ = tab.focus();
            }
            // All of it, with its cross.
            bring_in_sight(&tab.parent_element().unwrap_or(tab.into()));
        });
    }
    let onkeydown = {
        let ids: Vec<DocumentId> = tabs.iter().map(|tab| tab.id).collect();
        let at = ids.iter().position(|id| Some(*id) == *active);
        let (onchoose, onclose) = (onchoose.clone(), onclose.clone());
        move |event: KeyboardEvent| {
            let Some(at) = at else { return };
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % ids.len(),
                "ArrowLeft" => (at + ids.len() - 1) % ids.len(),
                "Delete" => return onclose.emit(ids[at]),
                _ => return,
            };
            event.prevent_default();
            follows.replace(true);
            onchoose.emit(ids[to]);
        }
    };
    let onwheel = {
        let root = root.clone();
        move |event: WheelEvent| {
            if let Some(tabs) = root.cast::<Element>().filter(|tabs| tabs.scroll_width() > tabs.client_width()) {
                event.prevent_default();
                tabs.set_scroll_left(tabs.scroll_left() + (event.delta_x() + event.delta_y()) as i32);
            }
        }
    };
    html! {
        <div class="tabs" ref={root} role="tablist" aria-label="Open files" {onkeydown} {onwheel}>
            { for tabs.iter().enumerate().map(|(at, tab)| {
                draw_tab(tab, same_before(tabs, at), Some(tab.id) == *active, onchoose, onclose)
            }) }
        </div>
    }
}

/// How many tabs before one have its name.
fn same_before(tabs: &[Tab], at: usize) -> usize {
    tabs[..at].iter().filter(|tab| tab.name == tabs[at].name).count()
}

/// The Python of a file, as short as a tab has room for; nothing for what is none.
fn version(python: &str) -> Option<&str> {
    let version = python.strip_prefix("CPython ").unwrap_or(python);
    (version.len() <= 12 && version.contains(|c: char| c.is_ascii_digit())).then_some(version)
}

fn draw_tab(
    tab: &Tab,
    same_before: usize,
    is_active: bool,
    onchoose: &Callback<DocumentId>,
    onclose: &Callback<DocumentId>,
) -> Html {
    let id = tab.id;
    let onauxclick = {
        let onclose = onclose.clone();
        move |event: MouseEvent| {
            if event.button() == 1 {
                event.prevent_default();
                onclose.emit(id);
            }
        }
    };
    html! {
        <div key={id.0} class={classes!("tab", is_active.then_some("on"))} role="presentation" {onauxclick}>
            <button type="button" role="tab" aria-keyshortcuts="Delete" aria-selected={is_active.to_string()}
                tabindex={if is_active { "0" } else { "-1" }} title={format!("{}, {}", tab.name, tab.python)}
                onclick={onchoose.reform(move |_| id)}>
                <span class="name">{ shortened(&tab.name) }</span>
                if same_before > 0 {
                    <span class="same">{ format!(" ({})", same_before + 1) }</span>
                }
                if let Some(version) = version(&tab.python) {
                    <span class="version-of">{ " " }{ version.to_owned() }</span>
                }
            </button>
            <button type="button" class="close" tabindex="-1" aria-hidden="true" title="Close (Alt+W)"
                onclick={onclose.reform(move |_| id)}>
                <Icon kind={IconKind::Close} />
            </button>
        </div>
    }
}

/// How many characters of a name are shown that leads through other files, and how many of them are its beginning.
const SHOWN: (usize, usize) = (32, 7);

/// A name as a tab has room for it. Members of one file are told apart by the end of theirs.
fn shortened(name: &str) -> String {
    let (shown, first) = SHOWN;
    let count = name.chars().count();
    if count <= shown || !name.contains('!') || name.contains('↔') {
        return name.to_owned();
    }
    let (start, end) = (name.chars().take(first), name.chars().skip(count - (shown - first - 1)));
    start.chain(['…']).chain(end).collect()
}

/// The tab of the file on screen.
fn active_tab(root: &NodeRef) -> Option<HtmlElement> {
    root.cast::<Element>()?.query_selector("[aria-selected=true]").ok()??.dyn_into().ok()
}

fn bring_in_sight(tab: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    tab.scroll_into_view_with_scroll_into_view_options(&options);
}
