//! The size of an element, watched.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Watches an element's size until dropped.
struct SizeWatch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    fn new(element: &Element, changed: impl Fn() + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut()>::new(changed);
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

/// The width and height inside an element, without scroll bars, in CSS pixels; zeros until it is drawn. The component is drawn
/// anew when they change.
#[hook]
pub fn use_element_size(node: &NodeRef) -> (u32, u32) {
    let size = use_state_eq(|| (0, 0));
    {
        let (node, size) = (node.clone(), size.setter());
        use_effect_with((), move |()| {
            let watch = node.cast::<Element>().and_then(|element| {
                let watched = element.clone();
                let measure = move || size.set((watched.client_width() as u32, watched.client_height() as u32));
                measure();
                SizeWatch::new(&element, measure)
            });
            move || drop(watch)
        });
    }
    *size
}
