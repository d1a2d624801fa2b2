//! Long work on the page's only thread, a slice at a time, so that it goes on answering the user.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageChannel, Performance};
use yew::Callback;

/// How long a slice may take, in milliseconds: half a frame, the other half being the browser's.
const SLICE: f64 = 8.0;

/// The time of a slice, running.
pub(crate) struct Slice {
    end: f64,
}

impl Slice {
    /// Begins now.
    pub(crate) fn begin() -> Self {
        Self { end: now() + SLICE }
    }

    /// Whether it is over.
    pub(crate) fn is_over(&self) -> bool {
        now() >= self.end
    }
}

/// Milliseconds since the page was opened.
pub(crate) fn now() -> f64 {
    clock().map_or(0.0, |clock| clock.now())
}

fn clock() -> Option<Performance> {
    web_sys::window()?.performance()
}

/// The name under which the browser's record of performance has the time that decoding a file takes.
const DECODE: &str = "pycxray:decode";

/// Something that takes time, entered into the browser's record of performance, for `cargo xtask bench --browser` and for
/// whoever looks into the developer's tools.
pub(crate) struct Measured {
    mark: String,
}

impl Measured {
    /// Begins to decode the file of this number.
    pub(crate) fn decoding(id: u64) -> Self {
        let mark = format!("{DECODE}:{id}");
        if let Some(clock) = clock() {
            let _ = clock.mark(&mark);
        }
        Self { mark }
    }

    /// It is done.
    pub(crate) fn end(self) {
        if let Some(clock) = clock() {
            let _ = clock.measure_with_start_mark(DECODE, &self.mark);
            clock.clear_marks_with_mark_name(&self.mark);
        }
    }
}

/// Asks for the next slice. A message to oneself comes at once but lets input and drawing go first; a timer would wait
/// at least four milliseconds.
pub(crate) struct Ticker {
    channel: Option<MessageChannel>,
    _closure: Closure<dyn FnMut()>,
}

impl Ticker {
    /// Calls `tick` once for each [`Ticker::again`].
    pub(crate) fn new(tick: Callback<()>) -> Self {
        let closure = Closure::<dyn FnMut()>::new(move || tick.emit(()));
        let channel = MessageChannel::new().ok();
        if let Some(channel) = &channel {
            let function: &Function = closure.as_ref().unchecked_ref();
            channel.port1().set_onmessage(Some(function));
        }
        Self { channel, _closure: closure }
    }

    /// Asks for a tick.
    pub(crate) fn again(&self) {
        if let Some(channel) = &self.channel {
            // A message without content can always be cloned.
            let _ = channel.port2().post_message(&JsValue::NULL);
        }
    }
}
