//! The line that says what file this is, and what is wrong with it.

use crate::Shown;
use crate::ink::draw;
use yew::prelude::*;

/// What the summary needs.
#[derive(Properties, PartialEq)]
pub(crate) struct SummaryProps {
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Told when the reader wants the list of problems.
    pub(crate) problems: Callback<()>,
}

/// The line that says what file this is.
#[component]
pub(crate) fn SummaryLine(props: &SummaryProps) -> Html {
    let Some(summary) = props.shown.read(|document| Some(document.summary())) else { return html! {} };
    let problems = props.problems.reform(|_: MouseEvent| ());
    html! {
        <ul class="summary" aria-label="Summary">
            <li>
                <b>{ &summary.python }</b>
                if let Some(basis) = &summary.basis { { " " }<span>{ basis }</span> }
            </li>
            { for summary.parts.iter().map(|part| html! {
                <li>
                    if !part.term.is_empty() { { part.term }{ " " } }
                    <b>{ draw(&part.value, None) }</b>
                </li>
            }) }
            <li>
                if summary.problems == 0 {
                    <span class="fine">{ "✓ " }{ &summary.verdict }</span>
                } else {
                    <button type="button" class="wrong" onclick={problems}>{ &summary.verdict }</button>
                }
            </li>
        </ul>
    }
}
