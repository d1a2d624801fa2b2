//! The tree: what the file is made of, as a WAI-ARIA treeview.

use crate::Act;
use crate::act::Deed;
use crate::ink::{draw_in_row, hue_class};
use crate::list_pane::{self, Face, Press, Rows, Standing};
use crate::tag::{Tag, list, span, tag};
use pycxray_view::{Document, InstructionCells, Key, Row, Severity, hex_offset};
use std::ops::Range;
use yew::prelude::*;

/// Deeper rows are not indented further, so that their text stays in sight.
const DEEPEST_INDENT: u32 = 24;

/// The key of the view that a key of the keyboard stands for.
pub(crate) fn key_of(press: &Press<'_>) -> Option<Key> {
    if press.is_command() {
        return None;
    }
    Some(match press.event.key().as_str() {
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "Enter" => Key::Enter,
        " " => Key::Toggle,
        "*" => Key::ExpandAll,
        _ => return None,
    })
}

/// The rows of the tree.
pub(crate) struct TreeRows;

impl Rows for TreeRows {
    fn face(&self) -> Face {
        Face {
            id: "tree",
            class: "list tree",
            role: "tree",
            label: "What the file is made of",
            empty: "The file has no bytes, so there is nothing to show.",
        }
    }

    fn length(&self, document: &Document) -> usize {
        document.tree_len()
    }

    fn standing(&self, document: &Document) -> Standing {
        Standing { subject: None, chosen: (document.selection(), None), row: document.tree_selected_row() }
    }

    fn draw(&self, document: &Document, seen: Range<usize>, _: f64, act: &Act) -> (Html, Option<String>) {
        let rows = document.tree_rows(seen);
        let active = rows.iter().find(|row| row.selected).map(|row| format!("row-{}", row.index));
        (list(rows.iter().map(|row| draw_row(row, act))), active)
    }

    fn click(&self, document: &mut Document, row: usize, twisty: bool) {
        let item = document.tree_rows(row..row + 1).first().map(|row| row.item);
        match item {
            Some(item) if twisty => document.tree_toggle(item),
            _ => document.tree_select_row(row),
        }
    }

    fn double_click(&self, document: &mut Document, row: usize) {
        document.tree_select_row(row);
        document.tree_key(Key::Enter, 1);
    }

    fn key(&self, press: &Press<'_>) -> Option<Deed> {
        if let Some(key) = key_of(press) {
            let page = press.page;
            return Some(Box::new(move |document| {
                document.tree_key(key, page);
            }));
        }
        let closes = press.event.key() == "-" && !press.event.ctrl_key() && !press.event.meta_key();
        closes.then(|| -> Deed {
            Box::new(|document| {
                if let Some(item) = document.selected_item() {
                    document.tree_collapse_siblings(item);
                }
            })
        })
    }

    fn type_ahead(&self) -> Option<fn(&mut Document, &str)> {
        Some(|document, typed| {
            document.tree_type_ahead(typed);
        })
    }
}

fn draw_row(row: &Row, act: &Act) -> Html {
    let drawn = list_pane::row(format!("row-{}", row.index), row.index, "treeitem", row.selected)
        .class(format!("d{}", row.depth.min(DEEPEST_INDENT)))
        .class(hue_class(row.hue))
        .class_if(row.instruction.is_some(), "ins")
        .class_if(row.marked, "marked")
        .set("aria-level", row.depth + 1)
        .set("aria-posinset", row.position)
        .set("aria-setsize", row.set_size)
        .set("aria-expanded", row.expandable.then_some(row.expanded))
        .child(twisty(row.expandable, row.expanded));
    match &row.instruction {
        Some(cells) => {
            drawn.child(instruction(cells, act)).maybe(trouble(row.problem)).child(span("x").text(size_of(cells.size)))
        }
        None => drawn
            .child(tag("i").class("k").set("aria-hidden", "true"))
            .child(span("lb").text(&row.label))
            .child(span("v").child(draw_in_row(&row.value, act)).maybe(meaning(&row.meaning)))
            .maybe(trouble(row.problem))
            .maybe(references(row.references))
            .child(span("x").text(hex_offset(row.span.start))),
    }
    .into()
}

/// The sign that a row can be opened, or closed.
pub(crate) fn twisty(expandable: bool, expanded: bool) -> Tag {
    span("twisty").class_if(expandable, "has").class_if(expanded, "open").set("aria-hidden", "true")
}

fn meaning(meaning: &String) -> Option<Tag> {
    (!meaning.is_empty()).then(|| span("w-soft").text(" ").text(meaning))
}

fn size_of(bytes: u32) -> String {
    if bytes == 1 { "1 byte".into() } else { format!("{bytes} bytes") }
}

/// How often something is referred to.
fn references(count: u32) -> Option<Tag> {
    let title = match count {
        0 => return None,
        1 => "One reference leads here".to_owned(),
        _ => format!("{count} references lead here"),
    };
    Some(span("refs").set("title", title).text(format!("←{count}")))
}

/// A sign that something is wrong here.
pub(crate) fn trouble(worst: Option<Severity>) -> Option<Tag> {
    let (class, sign, words) = match worst {
        Some(Severity::Error) => ("bad", "✕", "damaged"),
        Some(Severity::Warning) => ("odd", "!", "suspicious"),
        _ => return None,
    };
    Some(span("trouble").class(class).role("img").set("aria-label", words).text(sign))
}

/// The columns of an instruction: line, offset, label, name, argument, what that means.
pub(crate) fn instruction(cells: &InstructionCells, act: &Act) -> Html {
    list([
        span("ln").text(cells.line),
        span("of").class_if(cells.is_target, "target").text(cells.offset),
        span("lab").text(cells.label.as_ref()),
        span("op").text(&cells.opname),
        span("ar").text(cells.arg),
        span("rp").child(draw_in_row(&cells.operand, act)),
    ])
}
