//! Events of the window as a whole.

use gloo::events::{EventListener, EventListenerOptions};
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use web_sys::Event;
use yew::prelude::*;

/// Calls `callback` at each event `name` of the window, for as long as the component is there. What the event does by itself
/// can be prevented.
#[hook]
pub fn use_window_event<E: JsCast + 'static>(name: &'static str, callback: Callback<E>) {
    use_effect_with(callback, move |callback| {
        let callback = callback.clone();
        let hear = move |event: &Event| {
            if let Ok(event) = event.clone().dyn_into::<E>() {
                callback.emit(event);
            }
        };
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&gloo::utils::window(), Cow::Borrowed(name), options, hear);
        move || drop(listener)
    });
}
