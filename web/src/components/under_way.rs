//! What takes long, with a way to give it up.

use yew::prelude::*;

/// Something that takes long.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// What is being done: `Decoding big.pyc`.
    pub words: AttrValue,
    /// How far it has come, from 0 to 1.
    pub progress: f64,
}

/// Properties of [`UnderWay`].
#[derive(Properties, PartialEq)]
pub struct UnderWayProps {
    /// All that takes long.
    pub works: Vec<Work>,
    /// Called with which of them is to be given up, counted from 0.
    pub oncancel: Callback<usize>,
}

/// What takes long, with a way to give it up.
#[component]
pub fn UnderWay(props: &UnderWayProps) -> Html {
    html! {
        <div class="arrivals" role="region" aria-label="Under way">
            { for props.works.iter().enumerate().map(|(at, Work { words, progress })| {
                html! {
                    <div class="arrival">
                        <span>{ words.clone() }</span>
                        <button type="button" class="btn small" onclick={props.oncancel.reform(move |_| at)}>
                            { "Cancel" }
                        </button>
                        <progress value={format!("{progress:.3}")} aria-label={words.clone()} />
                    </div>
                }
            }) }
        </div>
    }
}
