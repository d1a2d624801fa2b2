//! The dialog that asks where to go.

use super::Dialog;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`GoToDialog`].
#[derive(Properties, PartialEq)]
pub struct GoToDialogProps {
    /// Why the page could not go where the reader said last.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Called with where to go.
    pub ongo: Callback<String>,
    /// Called when the dialog is closed.
    pub onclose: Callback<()>,
}

/// The dialog that asks where to go.
#[component]
pub fn GoToDialog(props: &GoToDialogProps) -> Html {
    let field = use_node_ref();
    let go = {
        let (field, ongo) = (field.clone(), props.ongo.clone());
        Callback::from(move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                ongo.emit(field.value());
            }
        })
    };
    let onkeydown = {
        let go = go.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                go.emit(());
            }
        })
    };
    let wrong = props.error.clone().unwrap_or_default();
    html! {
        <Dialog named_by="go-title" onclose={props.onclose.clone()}>
            <h2 id="go-title">{ "Go to" }</h2>
            <p class="w-soft" id="go-help">
                { "An offset in the file: " }<code>{ "0xad" }</code>{ ", " }<code>{ "173" }</code>
                { "; relative: " }<code>{ "+16" }</code>{ ", " }<code>{ "-0x10" }</code>
                { "; a function or class: " }<code>{ "walrus" }</code>
                { "; an offset in its bytecode: " }<code>{ "walrus:46" }</code>
                { "; a line of the source: " }<code>{ "line 4" }</code>{ "." }
            </p>
            <input ref={field} id="go-field" class="field" type="text" autofocus=true autocomplete="off"
                spellcheck="false" aria-labelledby="go-title" aria-describedby="go-help go-wrong"
                aria-invalid={props.error.is_some().to_string()} {onkeydown} />
            <p class="wrong" id="go-wrong" role="alert">{ wrong }</p>
            <div class="row-end">
                <button type="button" class="btn" onclick={props.onclose.reform(|_| ())}>{ "Cancel" }</button>
                <button type="button" class="btn primary" onclick={go.reform(|_| ())}>{ "Go" }</button>
            </div>
        </Dialog>
    }
}
