//! The page's own small icons, drawn in the colour of the text around them.

use crate::tag::{Tag, tag};

/// A 16 by 16 icon without anything in it.
fn drawing() -> Tag {
    tag("svg").set("viewBox", "0 0 16 16").set("aria-hidden", "true")
}

/// A 16 by 16 icon whose lines follow `path`.
fn line(path: &'static str) -> Tag {
    let lines = tag("path").set("d", path);
    drawing()
        .set("fill", "none")
        .set("stroke", "currentColor")
        .set("stroke-width", "1.6")
        .set("stroke-linecap", "round")
        .set("stroke-linejoin", "round")
        .child(lines)
}

/// A cross: close.
pub(crate) fn close() -> Tag {
    line("M3.5 3.5l9 9m0-9l-9 9")
}

/// Half a disc: light and dark.
pub(crate) fn theme() -> Tag {
    let disc = tag("circle").set("cx", "8").set("cy", "8").set("r", "6");
    drawing()
        .child(disc.set("fill", "none").set("stroke", "currentColor").set("stroke-width", "1.6"))
        .child(tag("path").set("fill", "currentColor").set("d", "M8 2a6 6 0 0 1 0 12z"))
}

/// A question mark: keys and help.
pub(crate) fn help() -> Tag {
    line("M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.9-1.1 1.7M8 12.4v.1")
}

/// Two sheets: copy.
pub(crate) fn copy() -> Tag {
    line("M5.5 5.5h7v8h-7zM3.5 10.5v-8h7")
}

/// An arrow to the left: back.
pub(crate) fn back() -> Tag {
    line("M9.5 3.5L5 8l4.5 4.5")
}

/// An arrow to the right: forward.
pub(crate) fn forward() -> Tag {
    line("M6.5 3.5L11 8l-4.5 4.5")
}

/// A lens: search.
pub(crate) fn search() -> Tag {
    line("M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.1 3.1")
}
