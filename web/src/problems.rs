//! The list of what is wrong with the file, and of what is worth knowing.

use crate::{Act, Shown};
use pycxray_view::{Listed, Problem, Severity, hex_offset};
use yew::prelude::*;

/// So many are listed; a file made to have a million would only slow the page down.
const MOST: usize = 1_000;

/// The list of what is wrong with the file.
pub(crate) fn draw_problems(shown: &Shown, act: &Act) -> Html {
    let row = |problem: &Problem| {
        let (class, word) = match problem.severity {
            Severity::Error => ("bad", "Error"),
            Severity::Warning => ("odd", "Warning"),
            _ => ("note", "Note"),
        };
        let (act, chosen) = (act.clone(), problem.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let chosen = chosen.clone();
            act.run(move |document| document.select_problem(&chosen));
        });
        html! {
            <li>
                <button type="button" class="problem" {onclick}>
                    <span class={classes!("trouble", class)}>{ word }</span>
                    <span class="message">{ &problem.message }</span>
                    <span class="where">{ format!("{} · {}", hex_offset(problem.span.start), problem.code) }</span>
                </button>
            </li>
        }
    };
    let list = |title: &'static str, none: &'static str, all: &[Problem]| {
        let Listed { shown, more } = Listed::of(all, MOST);
        html! {
            <section>
                <h2>{ title }</h2>
                if all.is_empty() { <p class="w-soft">{ none }</p> }
                <ul>{ for shown.into_iter().map(row) }</ul>
                for (code, count) in more {
                    <p class="w-soft">{ format!("and {count} more ({code}).") }</p>
                }
            </section>
        }
    };
    shown.read(|document| {
        let none = if document.is_inspected() { "Nothing unusual was found." } else { "Still looking…" };
        html! {
            <div class="problems" id="problems" tabindex="0" role="region" aria-label="Problems and findings">
                { list("Damage", "Nothing is damaged: every byte is accounted for.", document.problems()) }
                { list("Worth knowing", none, document.findings()) }
            </div>
        }
    })
}
