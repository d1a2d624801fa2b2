//! The ribbon: the whole file at a glance, clicked to choose, zoomed with the wheel.

use crate::ink::hue_class;
use crate::list::SizeWatch;
use crate::sight::Sight;
use crate::tag::{Tag, tag};
use crate::tell::Tell;
use crate::{Act, Shown, cssom};
use gloo::events::{EventListener, EventListenerOptions};
use pycxray_view::{Ribbon, Segment, Span};
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

/// How much closer one notch of the wheel shows the file.
const ZOOM: f64 = 0.8;
/// The narrowest frame that is still seen, in pixels.
const LEAST_FRAME: u32 = 3;
/// The height of the drawing, in its own units.
const HEIGHT: u32 = 14;

/// What the ribbon needs.
#[derive(Properties, PartialEq)]
pub(crate) struct RibbonProps {
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Where to say what the user did.
    pub(crate) act: Act,
    /// The bytes that the hex pane shows.
    pub(crate) sight: Sight,
}

pub(crate) struct RibbonPane {
    ribbon: Ribbon,
    /// The pixel under the pointer.
    over: Option<u32>,
    node: NodeRef,
    frame: NodeRef,
    label: NodeRef,
    watches: Option<(EventListener, Option<SizeWatch>)>,
}

pub(crate) enum RibbonMsg {
    Resized,
    /// The hex pane shows other bytes.
    Sight,
    Click(MouseEvent),
    Over(PointerEvent),
    Leave,
    Wheel(WheelEvent),
    Key(KeyboardEvent),
}

impl RibbonPane {
    fn size(ctx: &Context<Self>) -> u32 {
        ctx.props().shown.read(|document| document.hex_len(1))
    }

    fn pixel(&self, client_x: i32) -> u32 {
        let left = self.node.cast::<Element>().map_or(0.0, |element| element.get_bounding_client_rect().left());
        (f64::from(client_x) - left).max(0.0) as u32
    }

    fn choose(&self, ctx: &Context<Self>, pixel: u32) {
        let ribbon = self.ribbon;
        ctx.props().act.run(move |document| {
            if let Some((item, _)) = document.ribbon_at(ribbon, pixel) {
                document.select(item);
            }
        });
    }

    fn zoom(&mut self, ctx: &Context<Self>, pixel: u32, factor: f64) {
        self.ribbon = self.ribbon.zoomed(pixel, factor, Self::size(ctx));
    }

    fn whole(ctx: &Context<Self>, width: u32) -> Ribbon {
        Ribbon { view: Span { start: 0, end: Self::size(ctx) }, width }
    }

    /// Puts the frame around what the hex pane shows.
    fn place_frame(&self, sight: Span) {
        let (start, end) = self.ribbon.frame(sight, LEAST_FRAME);
        cssom::set(&self.frame, "left", &format!("{start}px"));
        cssom::set(&self.frame, "width", &format!("{}px", end.saturating_sub(start)));
        let in_view = sight.start < self.ribbon.view.end && sight.end > self.ribbon.view.start;
        cssom::set(&self.frame, "visibility", if in_view { "visible" } else { "hidden" });
    }

    fn key(&mut self, ctx: &Context<Self>, key: &str) -> bool {
        let span = ctx.props().shown.read(|document| document.selection().span);
        let here = self.ribbon.pixel(span.start);
        match key {
            "+" | "=" => self.zoom(ctx, here, ZOOM),
            "-" => self.zoom(ctx, here, 1.0 / ZOOM),
            "0" => self.ribbon = Self::whole(ctx, self.ribbon.width),
            "ArrowRight" | "ArrowLeft" => {
                let ribbon = self.ribbon;
                let forward = key == "ArrowRight";
                ctx.props().act.run(move |document| {
                    let segments = document.ribbon(ribbon);
                    let to = if forward {
                        segments.iter().find(|segment| segment.span.start >= span.end.max(span.start + 1))
                    } else {
                        segments.iter().rev().find(|segment| segment.span.start < span.start)
                    };
                    if let Some(to) = to {
                        document.select_offset(to.span.start);
                    }
                });
            }
            _ => return false,
        }
        true
    }
}

impl Component for RibbonPane {
    type Message = RibbonMsg;
    type Properties = RibbonProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.props().sight.listen(ctx.link().tell(|()| RibbonMsg::Sight));
        Self {
            ribbon: Self::whole(ctx, 0),
            over: None,
            node: NodeRef::default(),
            frame: NodeRef::default(),
            label: NodeRef::default(),
            watches: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RibbonProps) -> bool {
        if old.shown.id != ctx.props().shown.id || self.ribbon.view.end > Self::size(ctx) {
            self.ribbon = Self::whole(ctx, self.ribbon.width);
            self.over = None;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: RibbonMsg) -> bool {
        match msg {
            RibbonMsg::Resized => {
                let width = self.node.cast::<Element>().map_or(0, |element| element.client_width() as u32);
                let changed = width != self.ribbon.width;
                self.ribbon.width = width;
                changed
            }
            RibbonMsg::Sight => {
                self.place_frame(ctx.props().sight.span());
                false
            }
            RibbonMsg::Click(event) => {
                self.choose(ctx, self.pixel(event.client_x()));
                false
            }
            RibbonMsg::Over(event) => {
                let pixel = Some(self.pixel(event.client_x())).filter(|_| event.pointer_type() == "mouse");
                std::mem::replace(&mut self.over, pixel) != pixel
            }
            RibbonMsg::Leave => self.over.take().is_some(),
            RibbonMsg::Wheel(event) => {
                if event.delta_x().abs() > event.delta_y().abs() {
                    self.ribbon = self.ribbon.panned(event.delta_x() as i32, Self::size(ctx));
                    return true;
                }
                if event.delta_y() == 0.0 {
                    return false;
                }
                let factor = if event.delta_y() < 0.0 { ZOOM } else { 1.0 / ZOOM };
                self.zoom(ctx, self.pixel(event.client_x()), factor);
                true
            }
            RibbonMsg::Key(event) => {
                let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
                let handled = plain && self.key(ctx, &event.key());
                if handled {
                    event.prevent_default();
                }
                handled
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let shown = &ctx.props().shown;
        let ribbon = self.ribbon;
        let (segments, span, owner, broad) = shown.read(|document| {
            let span = document.selection().span;
            let owner = document.ribbon_at(ribbon, ribbon.pixel(span.start)).map(|(_, name)| name);
            (document.ribbon(ribbon), span, owner, document.selection_is_broad())
        });
        let label = self.over.and_then(|pixel| shown.read(|document| document.ribbon_at(ribbon, pixel)));
        let link = ctx.link();
        let slider = tag("div")
            .found_by(&self.node)
            .class("ribbon")
            .class_if(broad, "broad")
            .role("slider")
            .set("tabindex", "0")
            .set("aria-label", "Anatomy of the file")
            .set("aria-valuemin", "0")
            .set("aria-valuemax", Self::size(ctx))
            .set("aria-valuenow", span.start)
            .set("aria-valuetext", owner)
            .on_click(link.tell(RibbonMsg::Click))
            .on_move(link.tell(RibbonMsg::Over))
            .on_leave(link.tell(|_| RibbonMsg::Leave))
            .on_key(link.tell(RibbonMsg::Key))
            .child(draw_segments(&segments, ribbon.width))
            .child(tag("div").class("view").found_by(&self.frame));
        tag("div")
            .class("ribbon-root")
            .child(slider)
            .maybe(label.map(|(_, name)| tag("div").class("tip").found_by(&self.label).text(name)))
            .into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render && let Some(element) = self.node.cast::<Element>() {
            let link = ctx.link();
            let wheel = link.tell(RibbonMsg::Wheel);
            // Yew listens passively to the wheel; this one must keep the page from zooming or scrolling.
            let options = EventListenerOptions::enable_prevent_default();
            let listener = EventListener::new_with_options(&element, "wheel", options, move |event| {
                event.prevent_default();
                if let Some(event) = event.dyn_ref::<WheelEvent>() {
                    wheel.emit(event.clone());
                }
            });
            let watch = SizeWatch::new(&element, link.tell(|()| RibbonMsg::Resized));
            self.watches = Some((listener, watch));
            link.send_message(RibbonMsg::Resized);
        }
        self.place_frame(ctx.props().sight.span());
        if let Some(over) = self.over {
            // Kept inside the ribbon's ends by moving it by its own share of the way.
            let share = (f64::from(over) / f64::from(self.ribbon.width.max(1)) * 100.0).round();
            cssom::set(&self.label, "left", &format!("{over}px"));
            cssom::set(&self.label, "transform", &format!("translateX(-{share}%)"));
        }
    }
}

/// The ribbon itself: a part of the file after the other, and over them where something was found.
fn draw_segments(segments: &[Segment], width: u32) -> Tag {
    let part = |segment: &Segment| {
        tag("rect")
            .class(hue_class(segment.hue))
            .class_if(segment.selected, "sel")
            .class_if(segment.marked, "marked")
            .set("x", segment.start)
            .set("y", "0")
            .set("width", segment.end - segment.start)
            .set("height", HEIGHT)
    };
    let hit = |segment: &Segment| {
        tag("rect")
            .class("hit")
            .set("x", segment.start)
            .set("y", "9")
            .set("width", (segment.end - segment.start).max(2))
            .set("height", "5")
    };
    tag("svg")
        .set("viewBox", format!("0 0 {} {HEIGHT}", width.max(1)))
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .children(segments.iter().map(part))
        .children(segments.iter().filter(|segment| segment.marked).map(hit))
}
