//! What is done each time a component has been drawn.

use yew::prelude::*;

/// Calls `effect` after each rendering.
#[hook]
pub fn use_after_render(effect: impl FnOnce() + 'static) {
    use_effect(move || {
        effect();
        || ()
    });
}
