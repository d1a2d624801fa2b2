//! The card beside a byte that the pointer rests on: who owns it, and what it would mean as a number or text.

use super::Definitions;
use super::hex_line::byte_id;
use crate::cssom;
use crate::hooks::use_after_render;
use pycxray_view::protocol::HexHover;
use pycxray_view::{grouped, hex_offset};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Between the card and the edge of the window, in CSS pixels.
const MARGIN: f64 = 8.0;
/// Between the card and its byte, in CSS pixels.
const GAP: f64 = 6.0;

/// Properties of [`HoverCard`].
#[derive(Properties, PartialEq)]
pub struct HoverCardProps {
    /// What it tells.
    pub hover: HexHover,
    /// In which of two files that are compared the byte is; `None` where one file is on screen.
    #[prop_or_default]
    pub side: Option<usize>,
}

/// The card beside a byte.
#[component]
pub fn HoverCard(props: &HoverCardProps) -> Html {
    let HexHover { offset, owner, span, readings, .. } = &props.hover;
    let (node, side, offset) = (use_node_ref(), props.side, *offset);
    {
        let node = node.clone();
        use_after_render(move || place(&node, &byte_id(side, offset)));
    }
    let nth = u64::from(offset - span.start.min(offset)) + 1;
    html! {
        <div class="card" ref={node} role="tooltip">
            <p class="owner">{ owner.clone() }</p>
            <p class="where">
                { format!("{} · {} of {}", hex_offset(offset), grouped(nth), grouped(u64::from(span.len()))) }
            </p>
            <Definitions definitions={readings.clone()} />
        </div>
    }
}

/// Puts the card below its byte, or above where there is no room below.
fn place(card: &NodeRef, byte: &str) {
    let byte: Option<Element> = gloo::utils::document().get_element_by_id(byte);
    let (Some(card), Some(byte)) = (card.cast::<HtmlElement>(), byte) else { return };
    let (root, size, place) =
        (gloo::utils::document_element(), card.get_bounding_client_rect(), byte.get_bounding_client_rect());
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let left = (place.left() - 2.0 * GAP).min(width - size.width() - MARGIN).max(MARGIN);
    let below = place.bottom() + GAP;
    let top = if below + size.height() > height - MARGIN { place.top() - size.height() - GAP } else { below };
    cssom::set(&card, "left", &format!("{left}px"));
    cssom::set(&card, "top", &format!("{top}px"));
}
