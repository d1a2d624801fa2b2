//! The list of what is wrong with the file, and of what is worth knowing.

use crate::tag::{button, span, tag};
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
        let chosen = problem.clone();
        let onclick = act.on_click(move |document| document.select_problem(&chosen));
        tag("li").child(
            button("problem")
                .on_click(onclick)
                .child(span("trouble").class(class).text(word))
                .child(span("message").text(&problem.message))
                .child(span("where").text(format!("{} · {}", hex_offset(problem.span.start), problem.code))),
        )
    };
    let list = |title: &'static str, none: &'static str, all: &[Problem]| {
        let Listed { shown, more } = Listed::of(all, MOST);
        let soft = || tag("p").class("w-soft");
        tag("section")
            .child(tag("h2").text(title))
            .maybe(all.is_empty().then(|| soft().text(none)))
            .child(tag("ul").children(shown.into_iter().map(row)))
            .children(more.into_iter().map(|(code, count)| soft().text(format!("and {count} more ({code})."))))
    };
    shown.read(|document| {
        let none = if document.is_inspected() { "Nothing unusual was found." } else { "Still looking…" };
        tag("div")
            .class("problems")
            .set("id", "problems")
            .set("tabindex", "0")
            .role("region")
            .set("aria-label", "Problems and findings")
            .child(list("Damage", "Nothing is damaged: every byte is accounted for.", document.problems()))
            .child(list("Worth knowing", none, document.findings()))
            .into()
    })
}
