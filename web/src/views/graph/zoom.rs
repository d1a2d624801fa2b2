//! How large the graph is drawn: by buttons, by keys, by Ctrl and the wheel.

use super::drawing::MARGIN;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, WheelEvent};
use yew::prelude::*;

/// One step larger.
const STEP: f64 = 1.25;
/// How small and how large a graph is drawn at most.
const BOUNDS: (f64, f64) = (0.1, 4.0);

/// How the size is to change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zoom {
    /// Larger.
    In,
    /// Smaller.
    Out,
    /// So that a graph of this size is seen as a whole.
    Whole((u32, u32)),
}

/// How large the graph is drawn, and what changes that.
pub(super) struct Zooming {
    /// 1 for its own size.
    pub(super) scale: f64,
    pub(super) onzoom: Callback<Zoom>,
}

/// How large the graph in `outer` is drawn.
#[hook]
pub(super) fn use_zoom(outer: &NodeRef) -> Zooming {
    let scale = use_reducer_eq(|| Scale(1.0));
    let onzoom = {
        let (dispatch, outer) = (scale.dispatcher(), outer.clone());
        use_callback((), move |zoom: Zoom, ()| {
            let seen = outer.cast::<Element>().map_or((0, 0), |pane| (pane.client_width(), pane.client_height()));
            dispatch.dispatch((zoom, seen));
        })
    };
    {
        let (outer, onzoom) = (outer.clone(), onzoom.clone());
        use_effect_with((), move |()| {
            // The browser would zoom the page; only listeners that say so can keep it from that.
            let options = EventListenerOptions::enable_prevent_default();
            let listener = outer.cast::<Element>().map(|pane| {
                EventListener::new_with_options(&pane, "wheel", options, move |event: &Event| {
                    let Some(wheel) = event.dyn_ref::<WheelEvent>().filter(|wheel| wheel.ctrl_key()) else { return };
                    wheel.prevent_default();
                    onzoom.emit(if wheel.delta_y() < 0.0 { Zoom::In } else { Zoom::Out });
                })
            });
            move || drop(listener)
        });
    }
    Zooming { scale: scale.0, onzoom }
}

/// How large a graph is drawn.
#[derive(PartialEq)]
struct Scale(f64);

impl Reducible for Scale {
    /// A change, and the width and height of the pane in CSS pixels.
    type Action = (Zoom, (i32, i32));

    fn reduce(self: std::rc::Rc<Self>, (zoom, seen): Self::Action) -> std::rc::Rc<Self> {
        let scale = match zoom {
            Zoom::In => self.0 * STEP,
            Zoom::Out => self.0 / STEP,
            Zoom::Whole(size) => {
                let fits = |seen: i32, size: u32| f64::from(seen) / (f64::from(size) + 2.0 * MARGIN);
                // What is small is not blown up.
                fits(seen.0, size.0).min(fits(seen.1, size.1)).min(1.0)
            }
        };
        // Many steps in and out come back to where they began.
        let scale = (scale * 1000.0).round() / 1000.0;
        Self(scale.clamp(BOUNDS.0, BOUNDS.1)).into()
    }
}
