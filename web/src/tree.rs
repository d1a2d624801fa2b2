//! The tree: what the file is made of, as a WAI-ARIA treeview.

use crate::Act;
use crate::act::Deed;
use crate::ink::{draw_in_row, hue_class};
use crate::list_pane::{Face, Press, Rows, Standing};
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
        (rows.iter().map(|row| draw_row(row, act)).collect(), active)
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
    let depth = row.depth.min(DEEPEST_INDENT);
    let class = classes!(
        "row",
        format!("d{depth}"),
        hue_class(row.hue),
        row.instruction.is_some().then_some("ins"),
        row.selected.then_some("sel"),
        row.marked.then_some("marked"),
    );
    let expanded = row.expandable.then(|| row.expanded.to_string());
    html! {
        <div
            key={row.index}
            id={format!("row-{}", row.index)}
            {class}
            role="treeitem"
            data-row={row.index.to_string()}
            aria-level={(row.depth + 1).to_string()}
            aria-posinset={row.position.to_string()}
            aria-setsize={row.set_size.to_string()}
            aria-selected={row.selected.to_string()}
            aria-expanded={expanded}
        >
            <span class={classes!("twisty", row.expandable.then_some("has"), row.expanded.then_some("open"))} aria-hidden="true" />
            if let Some(cells) = &row.instruction {
                { instruction(cells, act) }
                { trouble(row.problem) }
                <span class="x">{ size_of(cells.size) }</span>
            } else {
                <i class="k" aria-hidden="true" />
                <span class="lb">{ &row.label }</span>
                <span class="v">
                    { draw_in_row(&row.value, act) }
                    if !row.meaning.is_empty() {
                        <span class="w-soft">{ " " }{ &row.meaning }</span>
                    }
                </span>
                { trouble(row.problem) }
                { references(row.references) }
                <span class="x">{ hex_offset(row.span.start) }</span>
            }
        </div>
    }
}

fn size_of(bytes: u32) -> String {
    if bytes == 1 { "1 byte".into() } else { format!("{bytes} bytes") }
}

/// How often something is referred to.
fn references(count: u32) -> Html {
    match count {
        0 => html! {},
        1 => html! { <span class="refs" title="One reference leads here">{ "←1" }</span> },
        _ => {
            html! { <span class="refs" title={format!("{count} references lead here")}>{ format!("←{count}") }</span> }
        }
    }
}

/// A sign that something is wrong here.
pub(crate) fn trouble(worst: Option<Severity>) -> Html {
    let (class, sign, words) = match worst {
        Some(Severity::Error) => ("bad", "✕", "damaged"),
        Some(Severity::Warning) => ("odd", "!", "suspicious"),
        _ => return html! {},
    };
    html! { <span class={classes!("trouble", class)} role="img" aria-label={words}>{ sign }</span> }
}

/// The columns of an instruction: line, offset, label, name, argument, what that means.
pub(crate) fn instruction(cells: &InstructionCells, act: &Act) -> Html {
    html! {
        <>
            <span class="ln">{ cells.line.map(|line| line.to_string()) }</span>
            <span class={classes!("of", cells.is_target.then_some("target"))}>{ cells.offset }</span>
            <span class="lab">{ cells.label.clone() }</span>
            <span class="op">{ &cells.opname }</span>
            <span class="ar">{ cells.arg.map(|arg| arg.to_string()) }</span>
            <span class="rp">{ draw_in_row(&cells.operand, act) }</span>
        </>
    }
}
