//! The dialog that asks where to go.

use crate::modal::Modal;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The dialog that asks where to go. `error` says why the page could not go where the reader said last, `go` hears where to
/// go; `cancel` is told by the button, `closed` when the dialog is gone.
pub(crate) fn draw_go_to_dialog(
    error: Option<&String>,
    go: Callback<String>,
    cancel: Callback<MouseEvent>,
    closed: Callback<Event>,
) -> Html {
    let go = move || {
        if let Some(answer) = answer() {
            go.emit(answer);
        }
    };
    let onkeydown = {
        let go = go.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                go();
            }
        })
    };
    html! {
        <Modal key="go" named_by="go-title" {closed}>
            <h2 id="go-title">{ "Go to" }</h2>
            <p class="w-soft" id="go-help">
                { "An offset in the file: " }<code>{ "0xad" }</code>{ ", " }<code>{ "173" }</code>
                { "; relative: " }<code>{ "+16" }</code>{ ", " }<code>{ "-0x10" }</code>
                { "; a function or class: " }<code>{ "walrus" }</code>{ "; an offset in its bytecode: " }<code>{ "walrus:46" }</code>
                { "; a line of the source: " }<code>{ "line 4" }</code>{ "." }
            </p>
            <input id="go-field" class="field" type="text" autofocus=true autocomplete="off" spellcheck="false" aria-labelledby="go-title" aria-describedby="go-help go-wrong" aria-invalid={error.is_some().to_string()} {onkeydown} />
            <p class="wrong" id="go-wrong" role="alert">{ error }</p>
            <div class="row-end">
                <button type="button" class="btn" onclick={cancel}>{ "Cancel" }</button>
                <button type="button" class="btn primary" onclick={move |_: MouseEvent| go()}>{ "Go" }</button>
            </div>
        </Modal>
    }
}

/// What the reader has typed.
fn answer() -> Option<String> {
    let field = web_sys::window()?.document()?.get_element_by_id("go-field")?;
    Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
}
