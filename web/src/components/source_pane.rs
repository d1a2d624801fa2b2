//! The source pane: the text of the source that belongs to a file. An instruction marks what became it there, and text that is
//! clicked or dragged over chooses what it became.

use super::{HeldRows, ListPane, RowAt, RowPress, StyledText};
use crate::hooks::use_rows_of;
use gloo::file::{File, FileList};
use gloo::timers::callback::Timeout;
use pycxray_view::protocol::{
    Action, CompanionAction, CompanionRow, CompanionWindow, RowKey, TextPoint, View, Viewport, Window,
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};
use yew::prelude::*;

/// Properties of [`SourcePane`].
#[derive(Properties, PartialEq)]
pub struct SourcePaneProps {
    /// The lines at hand.
    pub window: Option<Rc<CompanionWindow>>,
    /// Called with what the user does.
    pub onact: Callback<Action>,
    /// Called with what the pane shows, whenever that is something else than before.
    pub onwatch: Callback<Viewport>,
    /// Called when the pane is gone.
    pub onunwatch: Callback<View>,
    /// Called with a file that is to be the source.
    pub onchoose: Callback<File>,
    /// Called with a view that is to be seen on the left.
    pub onshow: Callback<View>,
}

/// The source pane.
#[component]
pub fn SourcePane(props: &SourcePaneProps) -> Html {
    let SourcePaneProps { window, onact, onwatch, onunwatch, onchoose, onshow } = props;
    let onneed = use_rows_of(Viewport::Companion, onwatch, onunwatch);
    let is_there = window.is_some();
    let window = window.clone().unwrap_or_else(|| {
        let none =
            Window { start: 0, rows: Vec::new(), total: 0, selected: None, choice: 0, subject: None, lead: None };
        Rc::new(CompanionWindow { window: none, has_tints: false, missing: None })
    });
    let onmouseup = {
        let act = onact.clone();
        move |event: MouseEvent| {
            if event.button() == 0 {
                // The browser has not yet done what a click does to what is selected.
                let act = act.clone();
                Timeout::new(0, move || picked().into_iter().for_each(|action| act.emit(Action::Companion(action))))
                    .forget();
            }
        }
    };
    let onkey = {
        let (act, onshow) = (onact.clone(), onshow.clone());
        move |press: RowPress| {
            let key = match press.event.key().as_str() {
                _ if press.is_command() => return false,
                "ArrowUp" => RowKey::Up,
                "ArrowDown" => RowKey::Down,
                "Home" => RowKey::Home,
                "End" => RowKey::End,
                "PageUp" => RowKey::PageUp,
                "PageDown" => RowKey::PageDown,
                "Enter" => {
                    onshow.emit(View::Listing);
                    return true;
                }
                _ => return false,
            };
            act.emit(Action::Companion(CompanionAction::Key(key, press.page)));
            true
        }
    };
    let draw_row = {
        let window = window.clone();
        move |at: RowAt| {
            let row = window.window.row(at.index);
            row.map_or_else(Html::default, |row| html! { <Row key={at.index} row={row.clone()} {at} /> })
        }
    };
    html! {
        <div class="source-pane" {onmouseup}>
            if let Some(sentence) = &window.missing {
                <div class="list nothing-there">
                    <div class="nothing">
                        <p>{ sentence.clone() }</p>
                        <ChooseSource onchoose={onchoose.clone()} />
                    </div>
                </div>
            } else {
                <ListPane id="companion" class="list listing source companion" role="listbox"
                    label="Source that belongs to the file" row_id="companion-line"
                    empty={if is_there { "The source is empty." } else { "" }} held={HeldRows::from(&window.window)}
                    draw_row={Callback::from(draw_row)} {onneed} onpick={Callback::noop()}
                    onkey={Callback::from(onkey)} />
            }
        </div>
    }
}

/// Properties of [`ChooseSource`].
#[derive(Properties, PartialEq)]
pub struct ChooseSourceProps {
    /// Called with the file that was chosen.
    pub onchoose: Callback<File>,
}

/// The button that has a source chosen for the file on screen, whatever it is called.
#[component]
pub fn ChooseSource(props: &ChooseSourceProps) -> Html {
    let input = use_node_ref();
    let onclick = {
        let input = input.clone();
        move |_: MouseEvent| input.cast::<HtmlElement>().iter().for_each(HtmlElement::click)
    };
    let onchange = {
        let onchoose = props.onchoose.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| FileList::from(files).first().cloned());
            // Otherwise choosing the same file again would be no change.
            input.set_value("");
            file.into_iter().for_each(|file| onchoose.emit(file));
        }
    };
    html! {
        <>
            <button type="button" class="btn small" title="Put a source beside the file" {onclick}>{ "Choose source…" }</button>
            <input ref={input} type="file" accept=".py,.pyw" hidden=true aria-label="Source that belongs to the file" {onchange} />
        </>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: CompanionRow,
    at: RowAt,
}

/// A line.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at: RowAt { index, total, selected, .. } } = props;
    let class = classes!(
        "row",
        selected.then_some("sel"),
        row.item.is_none().then_some("no-code"),
        row.tint.map(|tint| format!("tint-{tint}")),
    );
    html! {
        <div {class} id={format!("companion-line-{index}")} role="option" data-row={index.to_string()}
            aria-selected={selected.to_string()} aria-posinset={(index + 1).to_string()} aria-setsize={total.to_string()}>
            if row.is_evidence {
                <span class="verdict unproved" role="img" aria-label="Speaks against the file"
                    title="Something here speaks against the file">{ "!" }</span>
            } else {
                <span class="verdict" />
            }
            <span class="ln">{ (index + 1).to_string() }</span>
            <span class="src">
                <StyledText text={row.before.clone()} />
                if !row.chosen.is_empty() {
                    <mark class="chosen"><StyledText text={row.chosen.clone()} /></mark>
                }
                <StyledText text={row.after.clone()} />
            </span>
        </div>
    }
}

/// The text that the browser has selected, if it is in the pane; the mark of what is chosen takes the selection's place.
fn picked() -> Option<CompanionAction> {
    let selection = gloo::utils::window().get_selection().ok()??;
    let from = point(&selection.anchor_node()?, selection.anchor_offset())?;
    let to = point(&selection.focus_node()?, selection.focus_offset())?;
    let _ = selection.remove_all_ranges();
    Some(CompanionAction::Pick(from, to))
}

/// Where in the text a place in the page is.
fn point(node: &Node, offset: u32) -> Option<TextPoint> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let line = element.closest("#companion [data-row]").ok()??;
    let row = line.get_attribute("data-row")?.parse().ok()?;
    let text = line.query_selector(".src").ok()??;
    let column = if text.contains(Some(node)) {
        let range = gloo::utils::document().create_range().ok()?;
        range.set_start(&text, 0).ok()?;
        range.set_end(node, offset).ok()?;
        range.to_string().length() as usize
    } else {
        0
    };
    Some(TextPoint { row, column })
}
