//! The line that says what file this is, and what is wrong with it.

use crate::Shown;
use crate::ink::draw;
use crate::menu::{Choice, Menu};
use yew::prelude::*;

/// The line that says what file this is. `problems` is told when the reader wants the list of problems, `read_as` which line
/// of the menu of Pythons was chosen.
pub(crate) fn draw_summary(shown: &Shown, problems: Callback<MouseEvent>, read_as: &Callback<usize>) -> Html {
    let Some(summary) = shown.read(|document| Some(document.summary())) else { return html! {} };
    html! {
        <ul class="summary" aria-label="Summary">
            <li>
                { versions(shown, read_as, &summary.python, summary.detected.clone()) }
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

/// The version, and the menu of all others that the file can be read as.
fn versions(shown: &Shown, picked: &Callback<usize>, python: &str, detected: String) -> Html {
    let pythons = shown.read(|document| document.pythons());
    let choices = std::iter::once(Choice::plain("As the file says").with_hint(detected))
        .chain(pythons.iter().map(|(_, name, chosen)| Choice::radio(name.clone(), *chosen)))
        .collect::<Vec<_>>();
    let face = html! { <><b>{ python }</b><span class="down" aria-hidden="true" /></> };
    html! { <Menu id="version" class="version" title="Read as another Python" label={format!("{python}: read as another Python")} {face} {choices} {picked} /> }
}
