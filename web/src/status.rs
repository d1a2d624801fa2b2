//! The line at the bottom: which bytes are chosen, and the path to them.

use crate::tag::{Tag, button, span, tag};
use crate::{Act, Shown, icon};
use pycxray_view::Crumb;

/// The line at the bottom.
pub(crate) fn draw_status(shown: &Shown, act: &Act) -> Tag {
    let (status, crumbs, back, forward) = shown
        .read(|document| (document.status(), document.crumbs(), document.can_go_back(), document.can_go_forward()));
    let step = |forward: bool| {
        act.on_click(move |document| {
            if forward {
                document.forward()
            } else {
                document.back()
            };
        })
    };
    let history = span("history")
        .child(draw_step("Back (Alt+Left)", "Back", icon::back()).flag("disabled", !back).on_click(step(false)))
        .child(
            draw_step("Forward (Alt+Right)", "Forward", icon::forward())
                .flag("disabled", !forward)
                .on_click(step(true)),
        );
    tag("footer")
        .class("status")
        .child(history)
        .child(span("range").text(status))
        .child(tag("nav").set("aria-label", "Where this is").child(draw_crumbs(&crumbs, act)))
        .child(draw_promise())
}

fn draw_step(title: &'static str, label: &'static str, face: Tag) -> Tag {
    button("step").set("title", title).set("aria-label", label).child(face)
}

/// The way to something, as a list of what can be chosen on it.
pub(crate) fn draw_crumbs(crumbs: &[Crumb], act: &Act) -> Tag {
    let draw = |crumb: &Crumb| tag("li").child(button("").on_click(act.select(crumb.item)).text(&crumb.label));
    tag("ol").class("crumbs").children(crumbs.iter().map(draw))
}

/// What is said at the end of the line, on the start page too.
pub(crate) fn draw_promise() -> Tag {
    span("end").text("Nothing leaves this page")
}
