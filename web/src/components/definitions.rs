//! Terms, and what they are here.

use super::StyledText;
use pycxray_view::protocol::{Definition, ItemKey};
use yew::prelude::*;

/// Properties of [`Definitions`].
#[derive(Properties, PartialEq)]
pub struct DefinitionsProps {
    /// The terms.
    pub definitions: Vec<Definition>,
    /// Called with what a link leads to; without it, there are no links.
    #[prop_or_default]
    pub onfollow: Option<Callback<ItemKey>>,
}

/// Terms, and what they are here.
#[component]
pub fn Definitions(props: &DefinitionsProps) -> Html {
    html! {
        <dl>
            { for props.definitions.iter().map(|Definition { term, value }| html! {
                <>
                    <dt>{ term.clone() }</dt>
                    <dd><StyledText text={value.clone()} onfollow={props.onfollow.clone()} /></dd>
                </>
            }) }
        </dl>
    }
}
