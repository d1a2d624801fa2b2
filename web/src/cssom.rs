//! Setting styles from code. The page's Content-Security-Policy forbids `style` attributes, which text from a file
//! could otherwise smuggle in; the CSS object model remains.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

/// Sets one property of an element's own style; an element that is not there is left alone.
pub(crate) fn set(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        set_on(&element, property, value);
    }
}

/// The same for an element at hand.
pub(crate) fn set_on(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails only for properties marked read-only, which a plain element's style never is.
        let _ = element.style().set_property(property, value);
    }
}
