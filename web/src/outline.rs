//! The outline: the functions and classes of the file, nested as they are.

use crate::Act;
use crate::act::Deed;
use crate::ink::draw;
use crate::list_pane::{self, Face, Press, Rows, Standing};
use crate::tag::{Tag, list, span};
use pycxray_view::{Document, OutlineRow, Selection, grouped};
use std::ops::Range;
use yew::prelude::*;

/// Deeper rows are not indented further.
const DEEPEST_INDENT: u32 = 24;

/// The rows of the outline.
pub(crate) struct OutlineRows;

impl Rows for OutlineRows {
    fn face(&self) -> Face {
        let label = "Functions and classes";
        Face { id: "outline", class: "list tree outline", role: "tree", label, empty: "" }
    }

    fn length(&self, document: &Document) -> usize {
        document.outline_len()
    }

    fn standing(&self, document: &Document) -> Standing {
        let row = document.outline_current();
        Standing { subject: None, chosen: (Selection::default(), row), row }
    }

    fn draw(&self, document: &Document, seen: Range<usize>, _: f64, _: &Act) -> (Html, Option<String>) {
        let (rows, total) = (document.outline_rows(seen.clone()), document.outline_len());
        let active = document.outline_current().filter(|row| seen.contains(row)).map(|row| format!("code-{row}"));
        (list(seen.zip(&rows).map(|(index, row)| draw_row(index, row, total))), active)
    }

    fn click(&self, document: &mut Document, row: usize, _: bool) {
        if let Some(row) = document.outline_rows(row..row + 1).first() {
            document.select(row.item);
        }
    }

    fn key(&self, press: &Press<'_>) -> Option<Deed> {
        let to = press.step()?;
        Some(Box::new(move |document| OutlineRows.click(document, to, false)))
    }
}

fn draw_row(index: usize, row: &OutlineRow, total: usize) -> Tag {
    let size = format!("{} bytes", grouped(u64::from(row.size)));
    list_pane::row(format!("code-{index}"), index, "treeitem", row.current)
        .class(format!("d{}", row.depth.min(DEEPEST_INDENT)))
        .set("aria-level", row.depth + 1)
        .set("aria-posinset", index + 1)
        .set("aria-setsize", total)
        .child(span("v").child(draw(&row.name, None)))
        .child(span("x").text(row.line.map(|line| format!("line {line} · "))).text(size))
}
