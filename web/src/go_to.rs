//! The dialog that asks where to go.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(crate) struct GoToDialogProps {
    /// Why it could not go where the reader said last.
    pub(crate) error: Option<String>,
    /// Hears where to go.
    pub(crate) go: Callback<String>,
    /// Told when it was closed.
    pub(crate) closed: Callback<()>,
}

/// The dialog that asks where to go.
#[component]
pub(crate) fn GoToDialog(props: &GoToDialogProps) -> Html {
    let (node, field) = (use_node_ref(), use_node_ref());
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // Fails only if it is open already.
                let _ = dialog.show_modal();
            }
        });
    }
    let go = {
        let (go, field) = (props.go.clone(), field.clone());
        move || {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                go.emit(input.value());
            }
        }
    };
    let onkeydown = {
        let go = go.clone();
        Callback::from(move |event: KeyboardEvent| {
            let in_field = event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some());
            if in_field && event.key() == "Enter" {
                event.prevent_default();
                go();
            }
        })
    };
    let cancel = props.closed.reform(|_: MouseEvent| ());
    html! {
        <dialog ref={node} aria-labelledby="go-title" onclose={props.closed.reform(|_| ())}>
            <h2 id="go-title">{ "Go to" }</h2>
            <p class="w-soft" id="go-help">
                { "An offset in the file: " }<code>{ "0xad" }</code>{ ", " }<code>{ "173" }</code>
                { "; relative: " }<code>{ "+16" }</code>{ ", " }<code>{ "-0x10" }</code>
                { "; a function or class: " }<code>{ "walrus" }</code>{ "; an offset in its bytecode: " }<code>{ "walrus:46" }</code>
                { "; a line of the source: " }<code>{ "line 4" }</code>{ "." }
            </p>
            <input ref={field} id="go-field" class="field" type="text" autofocus=true autocomplete="off" spellcheck="false" aria-labelledby="go-title" aria-describedby="go-help go-wrong" aria-invalid={props.error.is_some().to_string()} {onkeydown} />
            <p class="wrong" id="go-wrong" role="alert">{ props.error.clone() }</p>
            <div class="row-end">
                <button type="button" class="btn" onclick={cancel}>{ "Cancel" }</button>
                <button type="button" class="btn primary" onclick={move |_: MouseEvent| go()}>{ "Go" }</button>
            </div>
        </dialog>
    }
}
