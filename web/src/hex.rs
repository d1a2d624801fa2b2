//! The hex pane: the file's bytes in rows, tinted by owner; one selection by mouse, touch and keyboard.

use crate::details::draw_definitions;
use crate::ink::hue_class;
use crate::list::{List, SizeWatch};
use crate::sight::Sight;
use crate::tag::{Tag, list, span, tag};
use crate::tell::Tell;
use crate::{Act, Shown, cssom};
use gloo::timers::callback::Timeout;
use pycxray_view::{HexCell, HexHover, HexRow, HexStep, Selection, Span, columns_for, grouped, hex_offset};
use web_sys::Element;
use yew::prelude::*;
use yew::virtual_dom::VComp;

/// Widths in CSS pixels, as in hex.css: of a byte, of a character of the text column, of all else in a row.
const CELL: f64 = 24.0;
const CHARACTER: f64 = 7.6;
const REST: f64 = 112.0;
/// How long the pointer rests on a byte before its card is shown, in milliseconds.
const REST_BEFORE_CARD: u32 = 350;

/// What the hex pane needs.
#[derive(Properties, PartialEq)]
pub(crate) struct HexProps {
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Where to say what the user did.
    pub(crate) act: Act,
    /// Where to say which bytes are in sight.
    pub(crate) sight: Sight,
}

pub(crate) struct HexPane {
    list: List,
    columns: u32,
    chosen: Selection,
    /// Where a drag began, while the button is down.
    anchor: Option<u32>,
    /// The byte under the pointer.
    over: Option<u32>,
    card: Option<HexHover>,
    card_node: NodeRef,
    waiting: Option<Timeout>,
    _watch: Option<SizeWatch>,
}

pub(crate) enum HexMsg {
    Scrolled,
    Resized,
    Down(PointerEvent),
    Move(PointerEvent),
    Up,
    Leave,
    ShowCard,
    Key(KeyboardEvent),
}

/// The byte at a point of the window.
fn byte_at(x: i32, y: i32) -> Option<u32> {
    let document = web_sys::window()?.document()?;
    let cell = document.element_from_point(x as f32, y as f32)?.closest(".h, .a").ok()??;
    let offset: u32 = cell.closest("[data-offset]").ok()??.get_attribute("data-offset")?.parse().ok()?;
    let before = std::iter::successors(cell.previous_element_sibling(), Element::previous_element_sibling);
    offset.checked_add(before.count() as u32)
}

impl HexPane {
    fn length(&self, ctx: &Context<Self>) -> usize {
        ctx.props().shown.read(|document| document.hex_len(self.columns)) as usize
    }

    fn measure(&mut self, ctx: &Context<Self>) -> bool {
        let columns = columns_for(self.list.width(), CELL, CHARACTER, REST);
        let changed = columns != self.columns;
        if changed {
            // Keeps the byte in the upper left corner where it is.
            let share = f64::from(self.columns) / f64::from(columns);
            self.columns = columns;
            self.list.measure(self.length(ctx));
            self.list.scroll.move_to(
                (self.list.scroll.top * share / self.list.scroll.row_height).floor() * self.list.scroll.row_height,
            );
        }
        self.list.measure(self.length(ctx)) || changed
    }

    fn follow(&mut self, ctx: &Context<Self>) {
        let (chosen, cursor) = ctx.props().shown.read(|document| (document.selection(), document.cursor()));
        if chosen != self.chosen {
            self.chosen = chosen;
            // A long selection is shown from its start, unless it is being extended at its end.
            let row = if self.anchor.is_some() || chosen.span.contains(cursor) { cursor } else { chosen.span.start };
            self.list.scroll.reveal((row / self.columns) as usize);
        }
    }

    /// Answers whether there was a card.
    fn forget_card(&mut self) -> bool {
        self.waiting = None;
        self.card.take().is_some()
    }

    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if event.alt_key() || event.meta_key() {
            return false;
        }
        let step = match (event.key().as_str(), event.ctrl_key()) {
            ("ArrowLeft", false) => HexStep::Left,
            ("ArrowRight", false) => HexStep::Right,
            ("ArrowUp", false) => HexStep::Up,
            ("ArrowDown", false) => HexStep::Down,
            ("Home", false) => HexStep::RowStart,
            ("End", false) => HexStep::RowEnd,
            ("Home", true) => HexStep::Start,
            ("End", true) => HexStep::End,
            ("PageUp", false) => HexStep::PageUp,
            ("PageDown", false) => HexStep::PageDown,
            _ => return false,
        };
        let (extend, columns, page) = (event.shift_key(), self.columns, self.list.scroll.page() as u32);
        ctx.props().act.run(move |document| {
            document.hex_key(step, extend, columns, page);
        });
        true
    }
}

impl Component for HexPane {
    type Message = HexMsg;
    type Properties = HexProps;

    fn create(_: &Context<Self>) -> Self {
        Self {
            list: List::new(),
            columns: 16,
            chosen: Selection::default(),
            anchor: None,
            over: None,
            card: None,
            card_node: NodeRef::default(),
            waiting: None,
            _watch: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &HexProps) -> bool {
        if old.shown.id != ctx.props().shown.id {
            self.list.scroll.move_to(0.0);
            self.chosen = Selection::default();
            self.forget_card();
        }
        self.measure(ctx);
        self.follow(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: HexMsg) -> bool {
        let act = &ctx.props().act;
        match msg {
            HexMsg::Scrolled => {
                // The card goes even where the rows in sight are those that the pane went to by itself.
                return self.forget_card() | self.list.scrolled();
            }
            HexMsg::Resized => {
                self.measure(ctx);
                return true;
            }
            HexMsg::Down(event) => {
                if event.button() != 0 {
                    return false;
                }
                if let Some(byte) = byte_at(event.client_x(), event.client_y()) {
                    self.forget_card();
                    if event.shift_key() {
                        let from = ctx.props().shown.read(|document| document.selection().span.start);
                        act.run(move |document| document.select_range(from, byte));
                    } else {
                        act.run(move |document| document.select_offset(byte));
                    }
                    // A finger scrolls by dragging; only a mouse or pen selects that way.
                    self.anchor = (event.pointer_type() != "touch").then_some(byte);
                }
            }
            HexMsg::Move(event) => {
                let byte = byte_at(event.client_x(), event.client_y());
                if byte == self.over {
                    return false;
                }
                self.over = byte;
                self.forget_card();
                match (self.anchor, byte) {
                    (Some(anchor), Some(byte)) if event.buttons() & 1 == 1 => {
                        act.run(move |document| document.select_range(anchor, byte));
                    }
                    (_, Some(_)) if event.pointer_type() == "mouse" => {
                        self.anchor = None;
                        let link = ctx.link().clone();
                        self.waiting =
                            Some(Timeout::new(REST_BEFORE_CARD, move || link.send_message(HexMsg::ShowCard)));
                    }
                    _ => {}
                }
                return true;
            }
            HexMsg::Up => self.anchor = None,
            HexMsg::Leave => {
                self.over = None;
                self.forget_card();
                return true;
            }
            HexMsg::ShowCard => {
                self.card = self.over.and_then(|byte| ctx.props().shown.read(|document| document.hex_hover(byte)));
                return true;
            }
            HexMsg::Key(event) => {
                if self.key(ctx, &event) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let seen = self.list.seen();
        let columns = self.columns;
        let (rows, total, cursor, broad) = ctx.props().shown.read(|document| {
            let rows = document.hex_rows(seen.start as u32, seen.len() as u32, columns);
            (rows, document.hex_len(columns), document.cursor(), document.selection_is_broad())
        });
        let active =
            rows.iter().any(|row| row.cells.iter().any(|cell| cell.cursor)).then(|| format!("byte-{cursor:x}"));
        // A row that comes into sight takes the elements of one that has left it: what differs is changed, nothing is made.
        let slots = self.list.scroll.page() as u32 + 2;
        let line = |row: HexRow| {
            let (index, key) = (row.offset / columns, row.offset / columns % slots);
            VComp::new::<HexLine>(HexLineProps { row, index }.into(), Some(key.into()))
        };
        let link = ctx.link();
        let bytes = tag("div")
            .found_by(&self.list.outer)
            .set("id", "hex")
            .class("list hex")
            .class(format!("columns-{columns}"))
            .class_if(broad, "broad")
            .role("grid")
            .set("tabindex", "0")
            .set("aria-label", "Bytes of the file")
            .set("aria-rowcount", total)
            .set("aria-colcount", columns + 2)
            .set("aria-multiselectable", "true")
            .set("aria-activedescendant", active)
            .on_down(link.tell(HexMsg::Down))
            .on_move(link.tell(HexMsg::Move))
            .on_up(link.tell(|_| HexMsg::Up))
            .on_leave(link.tell(|_| HexMsg::Leave))
            .on_key(link.tell(HexMsg::Key))
            .child(self.list.frame(list(rows.into_iter().map(line))));
        let card = self.card.as_ref().map(|card| draw_card(card, &self.card_node));
        tag("div").class("hexpane").child(bytes).maybe(card).into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            self.list.attach(link.tell(|()| HexMsg::Scrolled), link.tell(|()| HexMsg::Resized));
            self.measure(ctx);
            self.follow(ctx);
            link.send_message(HexMsg::Resized);
        }
        self.list.place();
        self.place_card();
        let seen = self.list.seen();
        let size = ctx.props().shown.read(|document| document.hex_len(1));
        let end = (seen.end as u32).saturating_mul(self.columns).min(size);
        ctx.props().sight.show(Span { start: (seen.start as u32 * self.columns).min(end), end });
    }
}

impl HexPane {
    /// Puts the card beside its byte: below it, or above where there is no room below.
    fn place_card(&self) {
        let (Some(card), Some(hover)) = (self.card_node.cast::<Element>(), &self.card) else { return };
        let Some(byte) = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id(&format!("byte-{:x}", hover.offset)))
        else {
            return;
        };
        let (Some(root), size) =
            (byte.owner_document().and_then(|d| d.document_element()), card.get_bounding_client_rect())
        else {
            return;
        };
        let place = byte.get_bounding_client_rect();
        let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
        let left = (place.left() - 12.0).min(width - size.width() - 8.0).max(8.0);
        let below = place.bottom() + 6.0;
        let top = if below + size.height() > height - 8.0 { place.top() - size.height() - 6.0 } else { below };
        cssom::set_on(&card, "left", &format!("{left}px"));
        cssom::set_on(&card, "top", &format!("{top}px"));
    }
}

fn draw_card(hover: &HexHover, node: &NodeRef) -> Tag {
    let nth = u64::from(hover.offset - hover.span.start.min(hover.offset)) + 1;
    let place = format!("{} · {} of {}", hex_offset(hover.offset), grouped(nth), grouped(u64::from(hover.span.len())));
    tag("div")
        .class("card")
        .found_by(node)
        .role("tooltip")
        .child(tag("p").class("owner").text(&hover.owner))
        .child(tag("p").class("where").text(place))
        .child(draw_definitions(&hover.readings, None))
}

/// A row of bytes. A component of its own, so that rows that did not change are not compared byte by byte.
#[derive(Properties, PartialEq)]
struct HexLineProps {
    row: HexRow,
    index: u32,
}

struct HexLine;

impl Component for HexLine {
    type Message = ();
    type Properties = HexLineProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        draw_line(ctx.props())
    }
}

fn draw_line(props: &HexLineProps) -> Html {
    let row = &props.row;
    let byte = |(at, cell): (usize, &HexCell)| {
        let offset = row.offset + at as u32;
        tag("b")
            .class("h")
            .class(hue_class(cell.hue))
            .class_if(at > 0 && at % 8 == 0, "gap")
            .class_if(cell.starts, "starts")
            .class_if(cell.selected, "on")
            .class_if(cell.cursor, "cursor")
            .class_if(cell.marked, "marked")
            .set("id", format!("byte-{offset:x}"))
            .role("gridcell")
            .set("aria-colindex", at + 2)
            .set("aria-selected", cell.selected)
            .text(format!("{:02x}", cell.byte))
    };
    let letter = |cell: &HexCell| {
        tag("b")
            .class("a")
            .class(hue_class(cell.hue))
            .class_if(cell.selected, "on")
            .class_if(cell.marked, "marked")
            .text(cell.text.to_string())
    };
    tag("div")
        .class("hr")
        .role("row")
        .set("aria-rowindex", props.index + 1)
        .set("data-offset", row.offset)
        .child(span("ho").role("rowheader").text(format!("{:06x}", row.offset)))
        .child(span("hb").children(row.cells.iter().enumerate().map(byte)))
        .child(span("as").role("gridcell").children(row.cells.iter().map(letter)))
        .into()
}
