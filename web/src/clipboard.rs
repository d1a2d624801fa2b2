//! Handing text to the user through the clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies text, which is called `what`. Answers how it went, in a sentence.
pub(crate) async fn copy(text: &str, what: &str) -> String {
    let window = gloo::utils::window();
    // Outside secure contexts there is no clipboard object at all, whatever its type says.
    if !window.is_secure_context() {
        return "This page is not served securely, so the browser allows no copying.".to_owned();
    }
    match JsFuture::from(window.navigator().clipboard().write_text(text)).await {
        Ok(_) => format!("Copied {what}."),
        Err(_) => "The browser did not allow copying.".to_owned(),
    }
}
