//! What is seen before any file is open: what this is, what happens with a file, and samples.

use crate::samples::{SAMPLES, Sample};
use crate::tag::{Tag, button, span, tag};
use yew::prelude::*;

const LEAD: &str = "Header, constants, names, bytecode, line and exception tables as a tree, tied byte for byte to a hex view. \
                    Any Python from 1.0 to 3.15, PyPy too; damaged files as well.";

/// What is seen before any file is open. `open` opens the browser's file chooser, `sample` a sample.
pub(crate) fn draw_start_page(open: Callback<MouseEvent>, sample: &Callback<&'static Sample>) -> Tag {
    let drop = tag("div")
        .class("drop")
        .child(tag("p").class("big").text("Drop .pyc files anywhere on this page"))
        .child(button("btn primary").on_click(open).text("Open files…"))
        .child(tag("p").class("promise").text("Nothing is uploaded, nothing is run."))
        .child(
            tag("p").text("The page decodes the bytes itself, in this browser tab; it even works without a network."),
        );
    let samples = SAMPLES.iter().map(|of| draw_sample(of, sample.reform(move |_| of)));
    let inner = tag("div")
        .class("start-inner")
        .child(tag("h2").text("See every byte of a Python .pyc file"))
        .child(tag("p").class("lead").text(LEAD))
        .child(drop)
        .child(tag("h3").set("id", "samples").text("Or look at a sample"))
        .child(tag("ul").class("samples").set("aria-labelledby", "samples").children(samples));
    tag("main").class("start").child(inner)
}

fn draw_sample(sample: &Sample, chosen: Callback<MouseEvent>) -> Tag {
    tag("li").child(
        button("sample")
            .on_click(chosen)
            .child(tag("b").text(sample.python))
            .child(span("title").text(sample.about))
            .child(tag("span").text(sample.name)),
    )
}
