//! The way to something, as a list of what can be chosen on it.

use crate::hooks::use_element_size;
use pycxray_view::protocol::{Crumb, ItemKey};
use web_sys::Element;
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

/// The way to something. Where there is room for a part of it alone, that is its end.
#[component]
pub fn Crumbs(props: &CrumbsProps) -> Html {
    let node = use_node_ref();
    let (width, _) = use_element_size(&node);
    {
        let node = node.clone();
        use_effect_with((props.crumbs.clone(), width), move |_| {
            if let Some(way) = node.cast::<Element>() {
                way.set_scroll_left(way.scroll_width());
            }
        });
    }
    html! {
        <ol class="crumbs" ref={node} aria-label={props.label}>
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
