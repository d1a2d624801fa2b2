//! A sentence over the panes where the file is damaged or none at all.

use yew::prelude::*;

/// Properties of [`Banner`].
#[derive(Properties, PartialEq)]
pub struct BannerProps {
    /// The sentence.
    pub message: AttrValue,
    /// Whether the file can be read as it was before a transfer spoiled it.
    #[prop_or_default]
    pub can_be_repaired: bool,
    /// Called when the reader wants that.
    #[prop_or_default]
    pub onrepair: Callback<()>,
    /// Whether there is more to be said in the list of problems.
    pub has_more: bool,
    /// Called when the reader wants that list.
    pub onmore: Callback<()>,
}

/// A sentence over the panes.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    html! {
        <div class="banner" role="status">
            <p>{ props.message.clone() }</p>
            if props.can_be_repaired {
                <button type="button" class="btn small" onclick={props.onrepair.reform(|_| ())}>{ "Read it repaired" }</button>
            }
            if props.has_more {
                <button type="button" class="btn small" onclick={props.onmore.reform(|_| ())}>{ "Show all" }</button>
            }
        </div>
    }
}
