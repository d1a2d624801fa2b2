//! What is seen before any file is open: what this is, what happens with a file, and samples.

use crate::samples::{SAMPLES, Sample};
use yew::prelude::*;

/// Properties of [`StartPage`].
#[derive(Properties, PartialEq)]
pub struct StartPageProps {
    /// What the address leads to, where its file is still to come.
    #[prop_or_default]
    pub awaited: Option<AttrValue>,
    /// Called when the reader wants to choose files.
    pub onchoose: Callback<()>,
    /// Called when the reader wants to choose a folder.
    pub onfolder: Callback<()>,
    /// Called with the sample that is wanted.
    pub onsample: Callback<&'static Sample>,
}

/// What is seen before any file is open.
#[component]
pub fn StartPage(props: &StartPageProps) -> Html {
    html! {
        <main class="start">
            <div class="start-inner">
                <h2>{ "See every byte of a Python .pyc file" }</h2>
                <p class="lead">
                    { "Header, constants, names, bytecode, line and exception tables as a tree, tied byte for byte to a \
                       hex view. Any Python from 1.0 to 3.15, PyPy too; damaged files as well." }
                </p>
                if let Some(awaited) = &props.awaited {
                    <p class="awaited" role="status">{ awaited.clone() }</p>
                }
                <div class="drop">
                    <p class="big for-mouse">{ "Drop .pyc files, archives or folders anywhere on this page" }</p>
                    <p class="big for-touch">{ "Open .pyc files, archives or folders" }</p>
                    <p class="ways">
                        <button type="button" class="btn primary" onclick={props.onchoose.reform(|_| ())}>
                            { "Open files…" }
                        </button>
                        <button type="button" class="btn" onclick={props.onfolder.reform(|_| ())}>
                            { "Open a folder…" }
                        </button>
                    </p>
                    <p class="paste for-mouse">{ "Hex, a hex dump, base64 or a Python literal can be pasted: " }<kbd>{ "Ctrl+V" }</kbd></p>
                    <p class="promise">{ "Nothing is uploaded, nothing is run." }</p>
                    <p>
                        { "The page decodes the bytes itself, in this browser tab; it even works without a network." }
                    </p>
                </div>
                <h3 id="samples">{ "Or look at a sample" }</h3>
                <ul class="samples" aria-labelledby="samples">
                    { for SAMPLES.iter().map(|sample| draw_sample(sample, &props.onsample)) }
                </ul>
            </div>
        </main>
    }
}

fn draw_sample(sample: &'static Sample, onsample: &Callback<&'static Sample>) -> Html {
    html! {
        <li>
            <button type="button" class="sample" onclick={onsample.reform(move |_| sample)}>
                <b>{ sample.python }</b>
                <span class="title">{ sample.about }</span>
                <span>{ sample.name }</span>
            </button>
        </li>
    }
}
