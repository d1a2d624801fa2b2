//! What a search found, as a list.

use crate::act::Deed;
use crate::ink::draw;
use crate::list_pane::{self, Face, Press, Rows, Standing};
use crate::tag::{Tag, list, span, tag};
use crate::{Act, Shown};
use pycxray_view::{Document, Hit, Selection, Styled, hex_offset};
use std::ops::Range;
use yew::prelude::*;

/// The rows of what was found.
pub(crate) struct HitRows;

impl Rows for HitRows {
    fn face(&self) -> Face {
        Face { id: "hits", class: "list tree", role: "listbox", label: "What was found", empty: "" }
    }

    fn length(&self, document: &Document) -> usize {
        document.search_state().map_or(0, |state| state.total)
    }

    fn standing(&self, document: &Document) -> Standing {
        let row = document.search_state().and_then(|state| state.current);
        Standing { subject: None, chosen: (Selection::default(), row), row }
    }

    fn draw(&self, document: &Document, seen: Range<usize>, _: f64, _: &Act) -> (Html, Option<String>) {
        let state = document.search_state().unwrap_or_default();
        let hits = document.search_hits(seen.clone());
        let active = state.current.filter(|row| seen.contains(row)).map(|row| format!("hit-{row}"));
        let row = |(index, hit)| draw_row(index, hit, state.current == Some(index), state.total);
        (list(seen.zip(&hits).map(row)), active)
    }

    fn click(&self, document: &mut Document, row: usize, _: bool) {
        document.search_select(row);
    }

    fn key(&self, press: &Press<'_>) -> Option<Deed> {
        let to = press.step()?;
        Some(Box::new(move |document| document.search_select(to)))
    }
}

fn draw_row(index: usize, (hit, words): &(Hit, Styled), current: bool, total: usize) -> Tag {
    list_pane::row(format!("hit-{index}"), index, "option", current)
        .set("aria-posinset", index + 1)
        .set("aria-setsize", total)
        .child(span("lb").text(hit.kind.name()))
        .child(span("v").child(draw(words, None)))
        .child(span("x").text(hex_offset(hit.span.start)))
}

/// The list with a line over it that says how much was found.
pub(crate) fn draw_found(shown: &Shown, list: Html) -> Html {
    let state = shown.read(Document::search_state).unwrap_or_default();
    tag("div")
        .class("hits")
        .child(tag("p").class("hits-head").text(state.error.unwrap_or(state.message)))
        .child(list)
        .into()
}
