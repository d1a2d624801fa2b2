//! A row of bytes.

use super::styled_text::hue_class;
use pycxray_view::protocol::{HexWindow, Hue, Selection};
use yew::prelude::*;

/// A byte of the hex view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HexCell {
    /// The byte.
    pub byte: u8,
    /// The colour of its owner.
    pub hue: Hue,
    /// Whether its owner begins here: a thin line goes before it.
    pub starts: bool,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it is the byte that keys move from.
    pub cursor: bool,
    /// Whether it is part of a search hit.
    pub marked: bool,
    /// Whether it is part of what the chosen text became.
    pub together: bool,
}

/// The cells of a row, counted from the first row of the file on; none of a row that the window does not hold.
pub fn cells_of_row(window: &HexWindow, row: usize, selection: &Selection) -> Vec<HexCell> {
    let columns = window.columns as usize;
    let from = row.saturating_sub(window.start) * columns;
    let bytes = window.bytes.get(from..).unwrap_or_default();
    let first = (row * columns) as u32;
    let mut owners = window.owners.partition_point(|owner| owner.offset <= first).saturating_sub(1);
    let mut hits = window.hits.partition_point(|hit| hit.end <= first);
    let mut together = window.together.partition_point(|span| span.end <= first);
    let cell = |(offset, byte): (u32, &u8)| {
        while window.owners.get(owners + 1).is_some_and(|next| next.offset <= offset) {
            owners += 1;
        }
        while window.hits.get(hits).is_some_and(|hit| hit.end <= offset) {
            hits += 1;
        }
        while window.together.get(together).is_some_and(|span| span.end <= offset) {
            together += 1;
        }
        let owner = window.owners.get(owners);
        HexCell {
            byte: *byte,
            hue: owner.map_or(Hue::Damage, |owner| owner.hue),
            starts: owner.is_some_and(|owner| owner.offset == offset),
            selected: selection.span.contains(offset),
            cursor: selection.cursor == offset,
            marked: window.hits.get(hits).is_some_and(|hit| hit.contains(offset)),
            together: window.together.get(together).is_some_and(|span| span.contains(offset)),
        }
    };
    (first..).zip(bytes.iter().take(columns)).map(cell).collect()
}

/// The id of a byte's element: in the bytes of the file on screen, or of one of two files that are compared.
pub fn byte_id(side: Option<usize>, offset: u32) -> String {
    match side {
        Some(side) => format!("byte-{side}-{offset:x}"),
        None => format!("byte-{offset:x}"),
    }
}

/// Properties of [`HexLine`].
#[derive(Properties, PartialEq)]
pub struct HexLineProps {
    /// Of which of two files that are compared it is; `None` where one file is on screen.
    #[prop_or_default]
    pub side: Option<usize>,
    /// The offset of its first byte.
    pub offset: u32,
    /// Which row it is, counted from 0.
    pub index: usize,
    /// Its bytes.
    pub cells: Vec<HexCell>,
}

/// A row of bytes. A component of its own, so that rows that did not change are not compared byte by byte.
#[component]
pub fn HexLine(props: &HexLineProps) -> Html {
    let HexLineProps { side, offset, index, cells } = props;
    html! {
        <div class="hr" role="row" aria-rowindex={(index + 1).to_string()} data-offset={offset.to_string()}>
            <span class="ho" role="rowheader">{ format!("{offset:06x}") }</span>
            <span class="hb">{ for cells.iter().enumerate().map(|(at, cell)| draw_byte(*side, *offset, at, cell)) }</span>
            <span class="as" role="gridcell">{ for cells.iter().map(draw_character) }</span>
        </div>
    }
}

fn draw_byte(side: Option<usize>, offset: u32, at: usize, cell: &HexCell) -> Html {
    let marks = [
        (at > 0 && at.is_multiple_of(8), " gap"),
        (cell.starts, " starts"),
        (cell.selected, " on"),
        (cell.cursor, " cursor"),
        (cell.marked, " marked"),
        (cell.together, " together"),
    ];
    html! {
        <b class={class("h ", cell, &marks)} id={byte_id(side, offset + at as u32)} role="gridcell"
            aria-colindex={(at + 2).to_string()} aria-selected={if cell.selected { "true" } else { "false" }}>
            { format!("{:02x}", cell.byte) }
        </b>
    }
}

/// The byte as a character, where it is a printable one of ASCII.
fn draw_character(cell: &HexCell) -> Html {
    let character = if (b' '..=b'~').contains(&cell.byte) { char::from(cell.byte) } else { '·' };
    html! { <b class={class("a ", cell, &[(cell.selected, " on"), (cell.marked, " marked")])}>{ character }</b> }
}

/// The classes of a cell. As one string: there are two thousand of them on a screen.
fn class(kind: &str, cell: &HexCell, marks: &[(bool, &str)]) -> String {
    let mut class = format!("{kind}{}", hue_class(cell.hue));
    marks.iter().filter(|(is_so, _)| *is_so).for_each(|(_, word)| class.push_str(word));
    class
}
