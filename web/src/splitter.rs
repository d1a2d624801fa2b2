//! The line between two panes: dragged, or moved with the arrow keys, and remembered.

use crate::tag::tag;
use crate::tell::Tell;
use crate::{cssom, store};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Which way the line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Between a left and a right pane; the size is the left one's.
    Upright,
    /// Between an upper and a lower pane; the size is the lower one's.
    Level,
}

/// What a splitter moves.
#[derive(Properties, PartialEq)]
pub(crate) struct SplitterProps {
    /// Which way it runs.
    pub(crate) direction: Direction,
    /// The custom property of the parent element that holds the size, such as `--split`.
    pub(crate) property: &'static str,
    /// Under which name the size is remembered.
    pub(crate) name: &'static str,
    /// What it is called to those who cannot see it.
    pub(crate) label: &'static str,
}

/// The least that is left of a pane, in percent of both.
const LEAST: f64 = 12.0;
/// How far an arrow key moves the line, in percent.
const STEP: f64 = 2.0;

/// The line between two panes.
pub(crate) struct Splitter {
    node: NodeRef,
    /// The size in percent, if it is not the styles' own.
    share: Option<f64>,
    moving: bool,
}

pub(crate) enum SplitterMsg {
    Grab(PointerEvent),
    Drag(PointerEvent),
    Release,
    Key(KeyboardEvent),
    Reset,
}

impl Splitter {
    fn parent(&self) -> Option<HtmlElement> {
        self.node.cast::<Element>()?.parent_element()?.dyn_into().ok()
    }

    fn set(&mut self, share: Option<f64>, props: &SplitterProps) {
        self.share = share.map(|share| share.clamp(LEAST, 100.0 - LEAST));
        // In thousandths: whole numbers need none of the tables that reading a fraction takes.
        let text = self.share.map(|share| ((share * 10.0).round() as u16).to_string());
        store::write(props.name, text.as_deref());
        self.show(props);
    }

    fn show(&self, props: &SplitterProps) {
        let Some(parent) = self.parent() else { return };
        match self.share {
            Some(share) => cssom::set_on(&parent, props.property, &format!("{}%", (share * 10.0).round() / 10.0)),
            None => {
                let _ = parent.style().remove_property(props.property);
            }
        }
    }

    /// Where the line stands now, in percent.
    fn now(&self, direction: Direction) -> Option<f64> {
        let (line, around) = (self.node.cast::<Element>()?, self.parent()?);
        let (line, around) = (line.get_bounding_client_rect(), around.get_bounding_client_rect());
        Some(match direction {
            Direction::Upright => (line.left() - around.left()) / around.width() * 100.0,
            Direction::Level => (around.bottom() - line.bottom()) / around.height() * 100.0,
        })
    }
}

impl Component for Splitter {
    type Message = SplitterMsg;
    type Properties = SplitterProps;

    fn create(ctx: &Context<Self>) -> Self {
        let stored = store::read(ctx.props().name).and_then(|text| text.parse::<u16>().ok());
        // What was stored may have been written by anybody.
        let share = stored.map(|share| f64::from(share) / 10.0).filter(|share| (LEAST..=100.0 - LEAST).contains(share));
        Self { node: NodeRef::default(), share, moving: false }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: SplitterMsg) -> bool {
        let props = ctx.props();
        match msg {
            SplitterMsg::Grab(event) => {
                if let Some(element) = self.node.cast::<Element>() {
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
                self.moving = true;
                true
            }
            SplitterMsg::Drag(event) => {
                if self.moving
                    && let Some(around) = self.parent()
                {
                    let around = around.get_bounding_client_rect();
                    let share = match props.direction {
                        Direction::Upright => (f64::from(event.client_x()) - around.left()) / around.width(),
                        Direction::Level => (around.bottom() - f64::from(event.client_y())) / around.height(),
                    };
                    self.set(Some(share * 100.0), props);
                    return true;
                }
                false
            }
            SplitterMsg::Release => std::mem::take(&mut self.moving),
            SplitterMsg::Reset => {
                self.set(None, props);
                true
            }
            SplitterMsg::Key(event) => {
                let Some(now) = self.now(props.direction) else { return false };
                let to = match (event.key().as_str(), props.direction) {
                    ("ArrowLeft", Direction::Upright) | ("ArrowDown", Direction::Level) => now - STEP,
                    ("ArrowRight", Direction::Upright) | ("ArrowUp", Direction::Level) => now + STEP,
                    ("Home", _) => LEAST,
                    ("End", _) => 100.0 - LEAST,
                    _ => return false,
                };
                event.prevent_default();
                self.set(Some(to), props);
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let (class, orientation) = match props.direction {
            Direction::Upright => ("upright", "vertical"),
            Direction::Level => ("level", "horizontal"),
        };
        let link = ctx.link();
        tag("div")
            .found_by(&self.node)
            .class("splitter")
            .class(class)
            .class_if(self.moving, "moving")
            .role("separator")
            .set("tabindex", "0")
            .set("aria-label", props.label)
            .set("aria-orientation", orientation)
            .set("aria-valuemin", LEAST.to_string())
            .set("aria-valuemax", (100.0 - LEAST).to_string())
            .set("aria-valuenow", self.share.unwrap_or(50.0).round().to_string())
            .on_down(link.tell(SplitterMsg::Grab))
            .on_move(link.tell(SplitterMsg::Drag))
            .on_up(link.tell(|_| SplitterMsg::Release))
            .on_cancel(link.tell(|_| SplitterMsg::Release))
            .on_double_click(link.tell(|_| SplitterMsg::Reset))
            .on_key(link.tell(SplitterMsg::Key))
            .into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            self.show(ctx.props());
        }
    }
}
