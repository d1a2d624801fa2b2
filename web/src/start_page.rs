//! What is seen before any file is open: what this is, what happens with a file, and samples.

use crate::samples::{SAMPLES, Sample};
use yew::prelude::*;

/// What the start page needs.
#[derive(Properties, PartialEq)]
pub(crate) struct StartPageProps {
    /// Opens the browser's file chooser.
    pub(crate) open: Callback<()>,
    /// Opens a sample.
    pub(crate) sample: Callback<&'static Sample>,
}

/// What is seen before any file is open.
#[component]
pub(crate) fn StartPage(props: &StartPageProps) -> Html {
    let open = props.open.reform(|_: MouseEvent| ());
    html! {
        <main class="start">
            <div class="start-inner">
                <h2>{ "See every byte of a Python .pyc file" }</h2>
                <p class="lead">{ "Header, constants, names, bytecode, line and exception tables as a tree, tied byte for byte to a hex view. Any Python from 1.0 to 3.15, PyPy too; damaged files as well." }</p>
                <div class="drop">
                    <p class="big">{ "Drop .pyc files anywhere on this page" }</p>
                    <button type="button" class="btn primary" onclick={open}>{ "Open files…" }</button>
                    <p class="promise">{ "Nothing is uploaded, nothing is run." }</p>
                    <p>{ "The page decodes the bytes itself, in this browser tab; it even works without a network." }</p>
                </div>
                <h3 id="samples">{ "Or look at a sample" }</h3>
                <ul class="samples" aria-labelledby="samples">
                    { for SAMPLES.iter().map(|sample| {
                        let onclick = props.sample.reform(move |_: MouseEvent| sample);
                        html! {
                            <li>
                                <button type="button" class="sample" {onclick}>
                                    <b>{ sample.python }</b>
                                    <span class="title">{ sample.about }</span>
                                    <span>{ sample.name }</span>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            </div>
        </main>
    }
}
