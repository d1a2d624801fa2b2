//! What is seen before any file is open: what this is, what happens with a file, and samples.

use crate::samples::{SAMPLES, Sample};
use yew::prelude::*;

/// What is seen before any file is open. `open` opens the browser's file chooser, `sample` a sample.
pub(crate) fn draw_start_page(open: Callback<MouseEvent>, sample: &Callback<&'static Sample>) -> Html {
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
                    { for SAMPLES.iter().map(|of| {
                        let onclick = sample.reform(move |_: MouseEvent| of);
                        html! {
                            <li>
                                <button type="button" class="sample" {onclick}>
                                    <b>{ of.python }</b>
                                    <span class="title">{ of.about }</span>
                                    <span>{ of.name }</span>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            </div>
        </main>
    }
}
