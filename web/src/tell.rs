//! Callbacks that tell a component something.

use yew::Callback;
use yew::html::{Component, Scope};

/// What makes callbacks that tell a component something. By functions that hold nothing, so that one piece of code does for
/// all that hear the same kind of event; Yew's own writes one out for each.
pub(crate) trait Tell<M> {
    /// A callback that tells the component what `what` makes of an event.
    fn tell<E: 'static>(&self, what: fn(E) -> M) -> Callback<E>;
}

impl<C: Component> Tell<C::Message> for Scope<C> {
    // Or the compiler would write it out at each place after all.
    #[inline(never)]
    fn tell<E: 'static>(&self, what: fn(E) -> C::Message) -> Callback<E> {
        self.callback(what)
    }
}
