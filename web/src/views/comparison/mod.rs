//! Two files that are compared: the verdict, what is told, all that differs, and the instructions of both.

mod changes;
mod instructions;

use super::{ViewEntry, ViewProps};
use crate::components::Unfolding;
use crate::document::Document;
use changes::Changes;
use instructions::Instructions;
use pycxray_view::counted;
use pycxray_view::protocol::{Action, Comparison as State, ComparisonAction, ComparisonVerdict, View};
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Pair,
    name: "Differences",
    title: |document| document.comparison.is_some().then(|| "Differences".to_owned()),
    draw: |props| html! { <Comparison key={props.document.id.0} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// A callback that does something in the comparison, whatever the event.
fn acting<E>(props: &ViewProps, action: ComparisonAction) -> Callback<E> {
    props.onact.reform(move |_| Action::Comparison(action))
}

/// Two files that are compared. `n` and `p` step from change to change.
#[component]
fn Comparison(props: &ViewProps) -> Html {
    let Document { comparison, .. } = &*props.document;
    let Some(comparison) = comparison.clone() else { return Html::default() };
    let onkeydown = {
        let act = props.onact.clone();
        move |event: KeyboardEvent| {
            let action = match event.key().as_str() {
                _ if event.ctrl_key() || event.alt_key() || event.meta_key() => return,
                "n" => ComparisonAction::Next,
                "p" => ComparisonAction::Previous,
                _ => return,
            };
            event.prevent_default();
            act.emit(Action::Comparison(action));
        }
    };
    html! {
        <div class={classes!("comparison", (!comparison.has_instructions).then_some("of-members"))} {onkeydown}>
            { draw_verdict(&comparison, props) }
            <Changes ..props.clone() />
            if comparison.has_instructions {
                <Instructions ..props.clone() />
            }
        </div>
    }
}

/// The verdict, what is told, and the steps from change to change.
fn draw_verdict(comparison: &State, props: &ViewProps) -> Html {
    let State { verdict, sentence, names, classes, at, changes, .. } = comparison;
    let class = match verdict {
        ComparisonVerdict::Same => "same",
        ComparisonVerdict::SameProgram => "same-program",
        ComparisonVerdict::Different => "different",
    };
    let told = classes.iter().filter(|class| class.is_told).count();
    let step = |word: &'static str, title: &'static str, action| {
        html! { <button type="button" class="btn small" {title} onclick={acting(props, action)}>{ word }</button> }
    };
    html! {
        <section class="judgement" aria-label="The verdict">
            <p class={classes!("says", class)} role="status">{ sentence.clone() }</p>
            <p class="names"><span>{ names[0].clone() }</span>{ " → " }<span>{ names[1].clone() }</span></p>
            <div class="steps">
                <span class="said">
                    { match at {
                        Some(at) => format!("Change {at} of {changes}"),
                        None => counted(*changes as u64, "change"),
                    } }
                </span>
                { step("Previous", "The change before (p)", ComparisonAction::Previous) }
                { step("Next", "The next change (n)", ComparisonAction::Next) }
                if !classes.is_empty() {
                    <Unfolding class="classes" title={format!("{told} of {} kinds told", classes.len())}>
                        <div role="group" aria-label="Kinds of difference that are told">
                            { for classes.iter().enumerate().map(|(at, class)| {
                                let is_told = class.is_told;
                                html! {
                                    <label>
                                        <input type="checkbox" checked={is_told}
                                            onchange={acting(props, ComparisonAction::Tell(at, !is_told))} />
                                        { class.title.clone() }
                                    </label>
                                }
                            }) }
                        </div>
                    </Unfolding>
                }
            </div>
        </section>
    }
}
