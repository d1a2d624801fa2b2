//! The source: the file as Python, proved to mean the same as the bytecode where that could be proved.

use super::leading::leading;
use super::row::{draw_option, draw_twisty, row_key};
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{HeldRows, ListPane, RowAt, RowClick, RowPress, StyledText};
use crate::hooks::use_rows_of;
use pycxray_view::protocol::{
    Action, ItemKey, RowKey, SourceAction, SourceRow, SourceVerdict, SourceWindow, View, Viewport,
};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Source,
    name: "Source",
    title: |document| (document.summary.codes > 0).then(|| "Source".to_owned()),
    draw: |props| html! { <Source key={props.document.key()} ..props.clone() /> },
    draw_tools: |props| html! { <SourceTools ..props.clone() /> },
};

/// What is known of how true the source is.
#[component]
fn SourceTools(props: &ViewProps) -> Html {
    let Some(source) = props.document.source.as_ref().filter(|source| source.codes > 0) else {
        return Html::default();
    };
    let SourceWindow { proved, codes, is_folded, .. } = **source;
    let class = if proved == codes { "proof all" } else { "proof" };
    let title = "How many code objects have source that is proved to mean the same as their bytecode";
    let onfold = move |is_folded: bool| props.onact.reform(move |_| Action::Source(SourceAction::FoldAll(!is_folded)));
    html! {
        <>
            <span {class} {title}>{ format!("{proved} of {codes} proved") }</span>
            if let Some(is_folded) = is_folded {
                <button type="button" class="btn quiet small" onclick={onfold(is_folded)}
                    title="Show the first lines of functions and classes alone" aria-pressed={is_folded.to_string()}>
                    { "Fold" }
                </button>
            }
        </>
    }
}

/// The source. Entering a line shows its instructions.
#[component]
fn Source(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, onshow, leads, .. } = props;
    let onneed = use_rows_of(Viewport::Source, onwatch, onunwatch);
    let source = document.source.clone().unwrap_or_else(|| {
        Rc::new(SourceWindow {
            window: no_rows(),
            proved: 0,
            codes: 0,
            missing: None,
            can_retry: false,
            is_folded: None,
        })
    });
    let select = {
        let (source, act) = (source.clone(), onact.clone());
        Callback::from(move |row: usize| {
            let item = source.window.row(row).and_then(|row| row.item);
            if let Some(item) = item {
                act.emit(Action::Select(item));
            }
            item.is_some()
        })
    };
    let onpick = {
        let select = select.clone();
        let act = onact.clone();
        move |RowClick { row, twisty, .. }| {
            if twisty {
                act.emit(Action::Source(SourceAction::Toggle(row)));
            } else {
                select.emit(row);
            }
        }
    };
    let onshow = match leads {
        // It is in sight already.
        Some(View::Listing) => Callback::noop(),
        _ => onshow.clone(),
    };
    let onscroll = {
        let (source, lead) = (source.clone(), leading(props));
        move |first: usize| {
            // What stands in a function says more than where it is made.
            let below = |at: usize| source.window.row(at).map(|row| row.item.filter(|_| row.is_unfolded != Some(true)));
            lead.emit((first..).map_while(below).find_map(|item| item));
        }
    };
    let onenter = {
        let onshow = onshow.clone();
        move |row: usize| {
            if select.emit(row) {
                onshow.emit(View::Listing);
            }
        }
    };
    let onkey = {
        let (act, onshow) = (onact.clone(), onshow.clone());
        move |press: RowPress| {
            match row_key(&press) {
                Some(RowKey::Enter) => onshow.emit(View::Listing),
                Some(key) => act.emit(Action::Source(SourceAction::Key(key, press.page))),
                None => return false,
            }
            true
        }
    };
    let draw_row = {
        let (source, onfollow) = (source.clone(), onact.reform(Action::Select));
        move |at: RowAt| {
            let row = source.window.row(at.index);
            row.map_or_else(
                Html::default,
                |row| html! { <Row key={at.index} row={row.clone()} {at} onfollow={onfollow.clone()} /> },
            )
        }
    };
    if let Some(sentence) = source.missing.clone() {
        let onclick = onact.reform(|_: MouseEvent| Action::Source(SourceAction::Retry));
        return html! {
            <div class="list source" id="source" tabindex="0">
                <div class="nothing">
                    <p>{ sentence }</p>
                    if source.can_retry {
                        <button type="button" class="btn" {onclick}>{ "Try again" }</button>
                    }
                </div>
            </div>
        };
    }
    html! {
        <ListPane id="source" class="list listing source" role="listbox" label="Source" row_id="source-line"
            empty="Writing the source…" held={HeldRows::from(&source.window)}
            draw_row={Callback::from(draw_row)} {onneed} {onscroll} {onpick} {onenter} onkey={Callback::from(onkey)} />
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: SourceRow,
    at: RowAt,
    onfollow: Callback<ItemKey>,
}

/// A line of the source.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at, onfollow } = props;
    let content = html! {
        <>
            { draw_verdict(row.verdict.as_ref(), onfollow) }
            <span class="ln">{ row.line.to_string() }</span>
            { draw_twisty(row.is_unfolded.is_some(), row.is_unfolded == Some(true)) }
            <span class="src">
                <StyledText text={row.before.clone()} />
                if !row.chosen.is_empty() {
                    <mark class="chosen"><StyledText text={row.chosen.clone()} /></mark>
                }
                <StyledText text={row.after.clone()} />
                if row.is_unfolded == Some(false) {
                    <span class="folded">{ " …" }</span>
                }
            </span>
        </>
    };
    draw_option(*at, "source-line", classes!(row.item.is_none().then_some("no-code")), None, content)
}

/// The mark where a code object begins: whether its source is proved, with the way to where it is not.
fn draw_verdict(verdict: Option<&SourceVerdict>, onfollow: &Callback<ItemKey>) -> Html {
    let Some(SourceVerdict { proved, words, item }) = verdict else { return html! { <span class="verdict" /> } };
    let (class, sign) = if *proved { ("verdict proved", "✓") } else { ("verdict unproved", "!") };
    let (title, item) = (words.clone(), *item);
    let onclick = onfollow.reform(move |event: MouseEvent| {
        event.stop_propagation();
        item
    });
    html! {
        <span {class} role="img" aria-label={words.clone()} {title} {onclick}>{ sign }</span>
    }
}
