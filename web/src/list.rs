//! The frame of a virtual list: an element that the browser scrolls, and in it a window that always fills what is seen.
//!
//! The window sticks to the top of the visible part and only ever holds the rows in sight, so fast scrolling shows no
//! blank stretch and a list of a million rows costs what one of fifty does.

use crate::cssom;
use crate::tag::{Tag, tag};
use gloo::events::EventListener;
use pycxray_view::Scroll;
use std::ops::Range;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

/// The height of a row in CSS pixels; the styles' `--row` says the same.
pub(crate) fn row_height() -> f64 {
    let window = web_sys::window();
    let coarse = window.and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    if coarse.is_some_and(|query| query.matches()) { 30.0 } else { 22.0 }
}

/// The row that an event happened on, and whether on its twisty.
pub(crate) fn row_of(event: &MouseEvent) -> Option<(usize, bool)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let row = target.closest("[data-row]").ok()??.get_attribute("data-row")?.parse().ok()?;
    Some((row, target.closest(".twisty").ok()?.is_some()))
}

/// Watches an element's size until dropped.
pub(crate) struct SizeWatch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `changed` whenever the size of `element` changes, and once at the start.
    pub(crate) fn new(element: &Element, changed: Callback<()>) -> Option<Self> {
        let closure = Closure::<dyn FnMut()>::new(move || changed.emit(()));
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The frame of a virtual list, as a pane holds it.
pub(crate) struct List {
    /// Where the list stands.
    pub(crate) scroll: Scroll,
    /// The element that scrolls: the pane puts it on its own outermost element.
    pub(crate) outer: NodeRef,
    spacer: NodeRef,
    window: NodeRef,
    layer: NodeRef,
    watches: Option<(EventListener, Option<SizeWatch>)>,
}

impl List {
    /// A list that has not been drawn yet.
    pub(crate) fn new() -> Self {
        Self {
            scroll: Scroll::new(0, row_height()),
            outer: NodeRef::default(),
            spacer: NodeRef::default(),
            window: NodeRef::default(),
            layer: NodeRef::default(),
            watches: None,
        }
    }

    /// Begins to listen, once the pane has been drawn for the first time.
    pub(crate) fn attach(&mut self, scrolled: Callback<()>, resized: Callback<()>) {
        let Some(element) = self.outer.cast::<Element>() else { return };
        let listener = EventListener::new(&element, "scroll", move |_| scrolled.emit(()));
        let watch = SizeWatch::new(&element, resized);
        self.watches = Some((listener, watch));
    }

    /// The user scrolled. Answers whether the rows in sight changed.
    pub(crate) fn scrolled(&mut self) -> bool {
        self.outer.cast::<Element>().is_some_and(|element| self.scroll.scrolled(f64::from(element.scroll_top())))
    }

    /// The pane's size or the number of rows may have changed. Answers whether anything did.
    pub(crate) fn measure(&mut self, rows: usize) -> bool {
        let before = self.scroll;
        let height = self.outer.cast::<Element>().map_or(before.height, |element| f64::from(element.client_height()));
        self.scroll.resize(rows, height);
        self.scroll != before
    }

    /// The width inside the pane, in CSS pixels.
    pub(crate) fn width(&self) -> f64 {
        self.outer.cast::<Element>().map_or(0.0, |element| f64::from(element.client_width()))
    }

    /// The rows to draw.
    pub(crate) fn seen(&self) -> Range<usize> {
        self.scroll.seen()
    }

    /// The elements around `rows`.
    pub(crate) fn frame(&self, rows: Html) -> Tag {
        let layer = tag("div").class("layer").found_by(&self.layer).child(rows);
        let window = tag("div").class("window").found_by(&self.window).child(layer);
        tag("div").class("spacer").found_by(&self.spacer).child(window)
    }

    /// Puts everything in its place after drawing. The styles are set from here because a Content-Security-Policy
    /// without `unsafe-inline` forbids `style` attributes.
    pub(crate) fn place(&mut self) {
        cssom::set(&self.spacer, "height", &format!("{}px", self.scroll.element_height()));
        cssom::set(&self.window, "height", &format!("{}px", self.scroll.height));
        cssom::set(&self.layer, "transform", &format!("translateY({}px)", -self.scroll.cut()));
        if let Some(element) = self.outer.cast::<HtmlElement>() {
            let bar = self.scroll.bar().round();
            if (f64::from(element.scroll_top()) - bar).abs() >= 1.0 && !self.moved_by_hand(&element) {
                element.set_scroll_top(bar as i32);
            }
            self.scroll.wrote_bar(f64::from(element.scroll_top()));
        }
    }

    /// In a scaled list the bar drifts from its true place while the wheel moves it pixel by pixel; writing it back at
    /// each step would fight the browser's own smooth scrolling.
    fn moved_by_hand(&self, element: &HtmlElement) -> bool {
        self.scroll.is_scaled() && self.scroll.is_at(f64::from(element.scroll_top()))
    }
}
