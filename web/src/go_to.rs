//! The dialog that asks where to go.

use crate::modal::modal;
use crate::tag::{Tag, button, tag};
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
) -> Tag {
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
    let field = tag("input")
        .set("id", "go-field")
        .class("field")
        .set("type", "text")
        .flag("autofocus", true)
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-labelledby", "go-title")
        .set("aria-describedby", "go-help go-wrong")
        .set("aria-invalid", error.is_some())
        .on_key(onkeydown);
    let buttons = tag("div")
        .class("row-end")
        .child(button("btn").on_click(cancel).text("Cancel"))
        .child(button("btn primary").on_click(Callback::from(move |_| go())).text("Go"));
    modal("go-title", closed)
        .child(tag("h2").set("id", "go-title").text("Go to"))
        .child(draw_help())
        .child(field)
        .child(tag("p").class("wrong").set("id", "go-wrong").role("alert").text(error))
        .child(buttons)
}

fn draw_help() -> Tag {
    let example = |code: &'static str| tag("code").text(code);
    tag("p")
        .class("w-soft")
        .set("id", "go-help")
        .text("An offset in the file: ")
        .child(example("0xad"))
        .text(", ")
        .child(example("173"))
        .text("; relative: ")
        .child(example("+16"))
        .text(", ")
        .child(example("-0x10"))
        .text("; a function or class: ")
        .child(example("walrus"))
        .text("; an offset in its bytecode: ")
        .child(example("walrus:46"))
        .text("; a line of the source: ")
        .child(example("line 4"))
        .text(".")
}

/// What the reader has typed.
fn answer() -> Option<String> {
    let field = web_sys::window()?.document()?.get_element_by_id("go-field")?;
    Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
}
