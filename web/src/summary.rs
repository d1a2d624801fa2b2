//! The line that says what file this is, and what is wrong with it.

use crate::Shown;
use crate::ink::draw;
use crate::menu::{Choice, Menu, MenuProps};
use crate::tag::{button, component, list, span, tag, text};
use yew::prelude::*;
use yew::virtual_dom::VComp;

/// The line that says what file this is. `problems` is told when the reader wants the list of problems, `read_as` which line
/// of the menu of Pythons was chosen.
pub(crate) fn draw_summary(shown: &Shown, problems: Callback<MouseEvent>, read_as: &Callback<usize>) -> Html {
    let Some(summary) = shown.read(|document| Some(document.summary())) else { return Html::default() };
    let version = versions(shown, read_as, &summary.python, summary.detected.clone());
    let basis = summary.basis.as_ref().map(|basis| tag("span").text(basis));
    let parts = summary.parts.iter().map(|part| {
        let term = (!part.term.is_empty()).then(|| text(format!("{} ", part.term)));
        tag("li").maybe(term).child(tag("b").child(draw(&part.value, None)))
    });
    let verdict = if summary.problems == 0 {
        span("fine").text("✓ ").text(&summary.verdict)
    } else {
        button("wrong").on_click(problems).text(&summary.verdict)
    };
    tag("ul")
        .class("summary")
        .set("aria-label", "Summary")
        .child(tag("li").child(version).text(basis.is_some().then_some(" ")).maybe(basis))
        .children(parts)
        .child(tag("li").child(verdict))
        .into()
}

/// The version, and the menu of all others that the file can be read as.
fn versions(shown: &Shown, picked: &Callback<usize>, python: &str, detected: String) -> VComp {
    let pythons = shown.read(|document| document.pythons());
    let choices = std::iter::once(Choice::plain("As the file says").with_hint(detected))
        .chain(pythons.iter().map(|(_, name, chosen)| Choice::radio(name.clone(), *chosen)));
    component::<Menu>(MenuProps {
        id: "version",
        class: "version",
        title: "Read as another Python",
        label: Some(format!("{python}: read as another Python").into()),
        face: |python| list([tag("b").text(python.to_owned()), span("down").set("aria-hidden", "true")]),
        says: python.to_owned(),
        choices: choices.collect(),
        picked: picked.clone(),
    })
}
