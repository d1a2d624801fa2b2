//! A running engine, as the page holds it.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// What the page hears of a running engine.
pub(super) enum Heard {
    /// It says something.
    Message(JsValue),
    /// It has ended, as a trap ends it, or could not begin.
    Failed {
        /// Whether it had begun.
        had_started: bool,
    },
}

/// A running engine: a worker in which the same program runs. It ends when this is dropped, whatever it is at.
pub(super) struct Connection {
    worker: Worker,
    /// What waits for it to be ready; `None` once it is.
    #[allow(clippy::type_complexity)]
    waiting: Rc<RefCell<Option<Vec<(Array, Array)>>>>,
    _listeners: [EventListener; 2],
}

impl Connection {
    /// Starts an engine; `heard` is called with what it says. `None` where the browser allows no worker.
    pub(super) fn start(heard: Callback<Heard>) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address("data-engine")?, &options).ok()?;
        // The program is compiled once.
        let program = Array::of2(&address("data-js")?.into(), &wasm_bindgen::module());
        worker.post_message(&program).ok()?;
        let waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let messages = {
            let (worker, waiting, heard) = (worker.clone(), waiting.clone(), heard.clone());
            move |event: &web_sys::Event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                // The first thing it says is that it is ready.
                let waited = waiting.borrow_mut().take();
                match waited {
                    Some(waited) => waited.into_iter().for_each(|(message, handed)| post(&worker, &message, &handed)),
                    None => heard.emit(Heard::Message(event.data())),
                }
            }
        };
        let errors = {
            let waiting = waiting.clone();
            move |event: &web_sys::Event| {
                // The page tells the reader by itself.
                event.prevent_default();
                let had_started = waiting.borrow().is_none();
                heard.emit(Heard::Failed { had_started });
            }
        };
        let options = EventListenerOptions::enable_prevent_default();
        let listeners = [
            EventListener::new(&worker.clone(), "message", messages),
            EventListener::new_with_options(&worker.clone(), "error", options, errors),
        ];
        Some(Self { worker, waiting, _listeners: listeners })
    }

    /// Sends a message, and hands over what of it can belong to one side only.
    pub(super) fn send(&self, message: Array, handed: Array) {
        match self.waiting.borrow_mut().as_mut() {
            Some(waiting) => waiting.push((message, handed)),
            None => post(&self.worker, &message, &handed),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn post(worker: &Worker, message: &Array, handed: &Array) {
    // Fails for what cannot be cloned, which numbers, texts and buffers can.
    let _ = worker.post_message_with_transfer(message, handed);
}

/// An address that index.html holds on the element of start.js.
fn address(attribute: &str) -> Option<String> {
    let document = gloo::utils::document();
    let relative = document.get_element_by_id("start")?.get_attribute(attribute)?;
    let base = document.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(&relative, &base).ok()?.href())
}
