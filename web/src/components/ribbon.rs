//! The ribbon: the whole file at a glance, clicked to choose, zoomed with the wheel.

use super::styled_text::hue_class;
use crate::cssom;
use crate::hooks::{use_after_render, use_element_size};
use gloo::events::{EventListener, EventListenerOptions};
use pycxray_view::Span;
use pycxray_view::protocol::{Action, Ribbon as Stretch, RibbonWindow, Segment, Selection};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

/// How much closer one notch of the wheel shows the file.
const ZOOM: f64 = 0.8;
/// The narrowest frame that is still seen, in pixels.
const LEAST_FRAME: u32 = 3;
/// The height of the drawing, in its own units.
const HEIGHT: u32 = 14;

/// Properties of [`Ribbon`].
#[derive(Properties, PartialEq)]
pub struct RibbonProps {
    /// How many bytes the file has.
    pub size: u32,
    /// What was asked for last.
    #[prop_or_default]
    pub window: Option<Rc<RibbonWindow>>,
    /// What is chosen.
    pub selection: Rc<Selection>,
    /// The bytes that the hex pane shows.
    pub sight: Span,
    /// What is under the pointer, as it was asked for.
    #[prop_or_default]
    pub tip: Option<AttrValue>,
    /// Called with the part of the file that is to be shown, and on how many pixels.
    pub onneed: Callback<Stretch>,
    /// Called with the pixel under the pointer, and with `None` when there is none any more.
    pub onhover: Callback<Option<(Stretch, u32)>>,
    /// Called with what the user does.
    pub onact: Callback<Action>,
}

/// The ribbon.
#[component]
pub fn Ribbon(props: &RibbonProps) -> Html {
    let RibbonProps { size, window, selection, sight, tip, .. } = props;
    let (node, frame, label) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (width, _) = use_element_size(&node);
    // The part of the file that is shown, if that is not all of it.
    let view = use_state_eq(|| None::<Span>);
    let whole = Span { start: 0, end: *size };
    let ribbon = Stretch { view: view.filter(|view| view.end <= *size).unwrap_or(whole), width };
    // The pixel under the pointer.
    let over = use_state_eq(|| None::<u32>);
    {
        let onneed = props.onneed.clone();
        use_effect_with(ribbon, move |ribbon| {
            if ribbon.width > 0 {
                onneed.emit(*ribbon);
            }
        });
    }
    {
        let (frame, label, sight, over) = (frame.clone(), label.clone(), *sight, *over);
        use_after_render(move || {
            place_frame(&frame, ribbon, sight);
            place_label(&label, ribbon, over);
        });
    }
    let show = {
        let (view, size) = (view.setter(), *size);
        Callback::from(move |ribbon: Stretch| view.set(Some(ribbon.view).filter(|view| view.len() < size)))
    };
    use_wheel(&node, ribbon, *size, &show);
    let onclick = {
        let (node, onact) = (node.clone(), props.onact.clone());
        move |event: MouseEvent| {
            onact.emit(Action::RibbonSelect { ribbon, pixel: pixel(&node, event.client_x()) });
        }
    };
    let hover = {
        let (over, onhover) = (over.setter(), props.onhover.clone());
        Callback::from(move |pixel: Option<u32>| {
            over.set(pixel);
            onhover.emit(pixel.map(|pixel| (ribbon, pixel)));
        })
    };
    let onpointermove = {
        let (node, hover) = (node.clone(), hover.clone());
        move |event: PointerEvent| {
            hover.emit(Some(pixel(&node, event.client_x())).filter(|_| event.pointer_type() == "mouse"));
        }
    };
    let onpointerleave = hover.reform(|_: PointerEvent| None);
    let onkeydown = {
        let (onact, here, size) = (props.onact.clone(), ribbon.pixel(selection.span.start), *size);
        move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "+" | "=" => show.emit(ribbon.zoomed(here, ZOOM, size)),
                "-" => show.emit(ribbon.zoomed(here, 1.0 / ZOOM, size)),
                "0" => show.emit(Stretch { view: whole, width }),
                "ArrowRight" => onact.emit(Action::RibbonStep { ribbon, forward: true }),
                "ArrowLeft" => onact.emit(Action::RibbonStep { ribbon, forward: false }),
                _ => return,
            }
            event.prevent_default();
        }
    };
    html! {
        <div class="ribbon-root">
            <div ref={node} class={classes!("ribbon", selection.broad.then_some("broad"))} role="slider" tabindex="0"
                aria-label="Anatomy of the file" aria-valuemin="0" aria-valuemax={size.to_string()}
                aria-valuenow={selection.span.start.to_string()} aria-valuetext={window.as_ref().and_then(|window| window.owner.clone())} {onclick} {onpointermove}
                {onpointerleave} {onkeydown}>
                if let Some(window) = window {
                    <Segments window={window.clone()} />
                }
                <div class="view" ref={frame} />
            </div>
            if let Some(tip) = tip.as_ref().filter(|_| over.is_some()) {
                <div class="tip" ref={label}>{ tip.clone() }</div>
            }
        </div>
    }
}

/// Zooms or pans with the wheel. Not by an attribute: the listener must keep the page from zooming or scrolling.
#[hook]
fn use_wheel(node: &NodeRef, ribbon: Stretch, size: u32, show: &Callback<Stretch>) {
    let (node, show) = (node.clone(), show.clone());
    use_effect_with((ribbon, size), move |(ribbon, size)| {
        let (ribbon, size) = (*ribbon, *size);
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                event.prevent_default();
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                if event.delta_x().abs() > event.delta_y().abs() {
                    show.emit(ribbon.panned(event.delta_x() as i32, size));
                } else if event.delta_y() != 0.0 {
                    let factor = if event.delta_y() < 0.0 { ZOOM } else { 1.0 / ZOOM };
                    show.emit(ribbon.zoomed(pixel(&node, event.client_x()), factor, size));
                }
            })
        });
        move || drop(listener)
    });
}

/// Which pixel of the ribbon is at a place of the window.
fn pixel(node: &NodeRef, client_x: i32) -> u32 {
    let left = node.cast::<Element>().map_or(0.0, |element| element.get_bounding_client_rect().left());
    (f64::from(client_x) - left).max(0.0) as u32
}

/// Puts the frame around what the hex pane shows.
fn place_frame(frame: &NodeRef, ribbon: Stretch, sight: Span) {
    let (start, end) = ribbon.frame(sight, LEAST_FRAME);
    cssom::set_on(frame, "left", &format!("{start}px"));
    cssom::set_on(frame, "width", &format!("{}px", end.saturating_sub(start)));
    let is_in_view = sight.start < ribbon.view.end && sight.end > ribbon.view.start;
    cssom::set_on(frame, "visibility", if is_in_view { "visible" } else { "hidden" });
}

/// Puts the name of what is under the pointer below it, inside the ribbon's ends: it is moved by its own share of the way.
fn place_label(label: &NodeRef, ribbon: Stretch, over: Option<u32>) {
    let Some(over) = over else { return };
    let share = (f64::from(over) / f64::from(ribbon.width.max(1)) * 100.0).round();
    cssom::set_on(label, "left", &format!("{over}px"));
    cssom::set_on(label, "transform", &format!("translateX(-{share}%)"));
}

/// Properties of [`Segments`].
#[derive(Properties, PartialEq)]
struct SegmentsProps {
    window: Rc<RibbonWindow>,
}

/// A part of the file after the other, and over them where something was found. A component of its own, so that it is not
/// drawn anew while the hex pane scrolls.
#[component]
fn Segments(props: &SegmentsProps) -> Html {
    let RibbonWindow { ribbon, segments, .. } = &*props.window;
    let draw_part = |segment: &Segment| {
        let marks = (segment.selected.then_some("sel"), segment.marked.then_some("marked"));
        html! {
            <rect class={classes!(hue_class(segment.hue), marks.0, marks.1)} x={segment.start.to_string()} y="0"
                width={(segment.end - segment.start).to_string()} height={HEIGHT.to_string()} />
        }
    };
    let draw_hit = |segment: &Segment| {
        let width = (segment.end - segment.start).max(2).to_string();
        html! { <rect class="hit" x={segment.start.to_string()} y="9" {width} height="5" /> }
    };
    html! {
        <svg viewBox={format!("0 0 {} {HEIGHT}", ribbon.width.max(1))} preserveAspectRatio="none" aria-hidden="true">
            { for segments.iter().map(draw_part) }
            { for segments.iter().filter(|segment| segment.marked).map(draw_hit) }
        </svg>
    }
}
