//! Setting styles from code. The page's Content-Security-Policy forbids `style` attributes, which text from a file
//! could otherwise smuggle in; the CSS object model remains.

use web_sys::HtmlElement;
use yew::NodeRef;

/// Sets one property of an element's own style.
pub(crate) fn set(element: &HtmlElement, property: &str, value: &str) {
    // Fails only for properties marked read-only, which a plain element's style never is.
    let _ = element.style().set_property(property, value);
}

/// The same for an element that may not be drawn.
pub(crate) fn set_on(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        set(&element, property, value);
    }
}
