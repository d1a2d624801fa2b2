//! The outline: the functions and classes of the file, nested as they are.

use crate::Act;
use crate::act::Deed;
use crate::ink::draw;
use crate::list_pane::{Face, Press, Rows, Standing};
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
        (seen.zip(&rows).map(|(index, row)| draw_row(index, row, total)).collect(), active)
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

fn draw_row(index: usize, row: &OutlineRow, total: usize) -> Html {
    html! {
        <div
            key={index}
            id={format!("code-{index}")}
            class={classes!("row", format!("d{}", row.depth.min(DEEPEST_INDENT)), row.current.then_some("sel"))}
            role="treeitem"
            aria-level={(row.depth + 1).to_string()}
            data-row={index.to_string()}
            aria-selected={row.current.to_string()}
            aria-posinset={(index + 1).to_string()}
            aria-setsize={total.to_string()}
        >
            <span class="v">{ draw(&row.name, None) }</span>
            <span class="x">
                if let Some(line) = row.line { { format!("line {line} · ") } }
                { format!("{} bytes", grouped(u64::from(row.size))) }
            </span>
        </div>
    }
}
