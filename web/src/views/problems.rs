//! The list of what is wrong with the file, and of what is worth knowing.

use super::{ViewEntry, ViewProps};
use crate::hooks::use_watched;
use pycxray_view::protocol::{Action, Listed, Problem, View, Viewport};
use pycxray_view::{Severity, hex_offset};
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Problems,
    name: "Problems",
    title: |document| {
        let (wrong, listed) = (document.summary.problems, document.summary.listed + document.summary.calls_of_note);
        // The same number as in the summary, in which notes and findings are not counted.
        let title = if wrong > 0 { format!("Problems {wrong}") } else { format!("Findings {listed}") };
        (listed > 0).then_some(title)
    },
    draw: |props| html! { <Problems key={props.document.id.0} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// The list of what is wrong with the file.
#[component]
fn Problems(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    use_watched(Viewport::Problems, onwatch, onunwatch);
    let problems = document.problems.clone().unwrap_or_default();
    let none = if problems.complete { "Nothing unusual was found." } else { "Still looking…" };
    html! {
        <div class="problems" id="problems" tabindex="0" role="region" aria-label="Problems and findings">
            { draw_list("Damage", "Nothing is damaged.", &problems.problems, onact) }
            { draw_list("Worth knowing", none, &problems.findings, onact) }
            if !problems.calls_of_note.shown.is_empty() {
                { draw_list("Calls of note", "", &problems.calls_of_note, onact) }
            }
        </div>
    }
}

fn draw_list(title: &'static str, none: &'static str, listed: &Listed, onact: &Callback<Action>) -> Html {
    html! {
        <section>
            <h2>{ title }</h2>
            if listed.shown.is_empty() {
                <p class="w-soft">{ none }</p>
            }
            <ul>{ for listed.shown.iter().map(|problem| draw_problem(problem, onact)) }</ul>
            { for listed.more.iter().map(|(code, count)| html! {
                <p class="w-soft">{ format!("and {count} more ({code}).") }</p>
            }) }
        </section>
    }
}

fn draw_problem(problem: &Problem, onact: &Callback<Action>) -> Html {
    let (class, word) = match problem.severity {
        Severity::Error => ("trouble bad", "Error"),
        Severity::Warning => ("trouble odd", "Warning"),
        _ => ("trouble note", "Note"),
    };
    let (span, item) = (problem.span, problem.item);
    html! {
        <li>
            <button type="button" class="problem" onclick={onact.reform(move |_| Action::SelectSpan { span, item })}>
                <span {class}>{ word }</span>
                <span class="message">{ problem.message.clone() }</span>
                <span class="where">{ format!("{} · {}", hex_offset(span.start), problem.code) }</span>
            </button>
        </li>
    }
}
