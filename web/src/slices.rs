//! Long work on the page's only thread, a slice at a time, so that it goes on answering the user.

use js_sys::{Function, Object, Reflect};
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
/// whoever looks into the developer's tools. Once it is over: an entry takes longer than decoding a small file.
pub(crate) struct Measured {
    begun: f64,
    ended: Option<f64>,
}

impl Measured {
    /// Begins to decode a file.
    pub(crate) fn decoding() -> Self {
        Self { begun: now(), ended: None }
    }

    /// It is done, unless it was before.
    pub(crate) fn end(&mut self) {
        self.ended.get_or_insert_with(now);
    }

    /// Enters it.
    pub(crate) fn enter(self) {
        let times = Object::new();
        for (name, time) in [("start", self.begun), ("end", self.ended.unwrap_or_else(now))] {
            let _ = Reflect::set(&times, &name.into(), &time.into());
        }
        // By its name, as this way to call it is not among those that web-sys knows.
        let Some(clock) = clock() else { return };
        let measure =
            Reflect::get(&clock, &"measure".into()).ok().and_then(|measure| measure.dyn_into::<Function>().ok());
        if let Some(measure) = measure {
            let _ = measure.call2(&clock, &DECODE.into(), &times);
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
