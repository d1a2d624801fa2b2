//! The line at the bottom: which bytes are chosen, and the path to them.

use super::{Crumbs, Icon, IconKind};
use pycxray_view::protocol::{Crumb, ItemKey};
use yew::prelude::*;

/// Properties of [`StatusBar`].
#[derive(Properties, PartialEq)]
pub struct StatusBarProps {
    /// Which bytes are chosen.
    pub status: AttrValue,
    /// The path to what is chosen.
    pub crumbs: Vec<Crumb>,
    /// Whether there is something to go back to, and forward.
    pub can_step: (bool, bool),
    /// Called with a step of the path.
    pub onfollow: Callback<ItemKey>,
    /// Called to go back, or with `true` forward.
    pub onstep: Callback<bool>,
}

/// The line at the bottom.
#[component]
pub fn StatusBar(props: &StatusBarProps) -> Html {
    let StatusBarProps { status, crumbs, can_step: (can_go_back, can_go_forward), onfollow, onstep } = props;
    html! {
        <footer class="status">
            <span class="history">
                <button type="button" class="step" title="Back (Alt+Left)" aria-label="Back" disabled={!can_go_back}
                    onclick={onstep.reform(|_| false)}>
                    <Icon kind={IconKind::Back} />
                </button>
                <button type="button" class="step" title="Forward (Alt+Right)" aria-label="Forward"
                    disabled={!can_go_forward} onclick={onstep.reform(|_| true)}>
                    <Icon kind={IconKind::Forward} />
                </button>
            </span>
            <span class="range">{ status.clone() }</span>
            <nav aria-label="Where this is"><Crumbs crumbs={crumbs.clone()} {onfollow} /></nav>
            <Promise />
        </footer>
    }
}

/// What is said at the end of the line, on the start page too.
#[component]
pub fn Promise() -> Html {
    html! { <span class="end">{ "Nothing leaves this page" }</span> }
}
