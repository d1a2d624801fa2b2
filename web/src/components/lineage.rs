//! Where a file came from that stood in another one, and the way back to that place.

use crate::lineage::Lineage;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CameFrom`].
#[derive(Properties, PartialEq)]
pub struct CameFromProps {
    /// Where the file came from.
    pub lineage: Rc<Lineage>,
    /// Whether the file that it stood in is still open.
    pub is_open: bool,
    /// Called when the reader wants to go there.
    pub ongo: Callback<()>,
}

/// Where a file came from.
#[component]
pub fn CameFrom(props: &CameFromProps) -> Html {
    let Lineage { outer, words, partly, .. } = &*props.lineage;
    html! {
        <p class="came-from">
            { "From " }
            if props.is_open {
                <button type="button" class="link" title="Go to where it stands" onclick={props.ongo.reform(|_| ())}>
                    { outer.clone() }
                </button>
            } else {
                <b>{ outer.clone() }</b>
            }
            if !words.is_empty() {
                { ": " }<span class="chain">{ words.clone() }</span>
            }
            if let Some(why) = partly {
                <span class="partly">{ " Not all of it: " }{ why.clone() }</span>
            }
        </p>
    }
}
