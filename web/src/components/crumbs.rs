//! The way to something, as a list of what can be chosen on it.

use pycxray_view::protocol::{Crumb, ItemKey};
use yew::prelude::*;

/// Properties of [`Crumbs`].
#[derive(Properties, PartialEq)]
pub struct CrumbsProps {
    /// The way, outermost first.
    pub crumbs: Vec<Crumb>,
    /// What it is called, for those who listen.
    #[prop_or_default]
    pub label: Option<&'static str>,
    /// Called with what was chosen.
    pub onfollow: Callback<ItemKey>,
}

/// The way to something.
#[component]
pub fn Crumbs(props: &CrumbsProps) -> Html {
    html! {
        <ol class="crumbs" aria-label={props.label}>
            { for props.crumbs.iter().map(|Crumb { label, item }| {
                let item = *item;
                html! {
                    <li>
                        <button type="button" onclick={props.onfollow.reform(move |_| item)}>{ label.clone() }</button>
                    </li>
                }
            }) }
        </ol>
    }
}
