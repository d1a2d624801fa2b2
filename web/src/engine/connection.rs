//! A program in a worker, as the page holds it.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// What can run beside the page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Program {
    /// The engine, which start.js has sent for.
    Engine,
    /// The prover, loaded when it is first wanted.
    Prover,
    /// The verifier, as well.
    Verifier,
}

impl Program {
    /// The address of its bindings.
    fn bindings(self) -> Option<String> {
        address(match self {
            Self::Engine => "data-engine",
            Self::Prover => "data-prover",
            Self::Verifier => "data-verifier",
        })
    }

    /// The program, compiled or its address, once there is that.
    async fn come(self) -> Option<JsValue> {
        match self {
            Self::Engine => {
                let coming = Reflect::get(starter()?.as_ref(), &"engine".into()).ok()?;
                JsFuture::from(Promise::resolve(&coming)).await.ok()
            }
            Self::Prover => Some(address("data-prover-wasm")?.into()),
            Self::Verifier => Some(address("data-verifier-wasm")?.into()),
        }
    }
}

/// A message on its way, with what of it can belong to one side only.
struct Letter {
    message: Array,
    handed: Array,
}

/// What the page hears of a running program.
pub(super) enum Heard {
    /// It says something.
    Message(JsValue),
    /// It has ended, as a trap ends it, or could not begin.
    Failed {
        /// Whether it had begun.
        had_started: bool,
    },
}

/// A running program, in a worker. It ends when this is dropped, whatever it is at.
pub(super) struct Connection {
    worker: Worker,
    /// What waits for it to be ready; `None` once it is.
    waiting: Rc<RefCell<Option<Vec<Letter>>>>,
    _listeners: [EventListener; 2],
}

impl Connection {
    /// Starts a program; `heard` is called with what it says. `None` where the browser allows no worker.
    pub(super) fn start(program: Program, heard: Callback<Heard>) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // What worker.js fetches the bindings by.
        options.set_name(&program.bindings()?);
        let worker = Worker::new_with_options(&address("data-worker")?, &options).ok()?;
        let waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let messages = {
            let (worker, waiting, heard) = (worker.clone(), waiting.clone(), heard.clone());
            move |event: &web_sys::Event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                // The first thing it says is that it is ready.
                let waited = waiting.borrow_mut().take();
                match waited {
                    Some(waited) => waited.into_iter().for_each(|letter| post(&worker, &letter)),
                    None => heard.emit(Heard::Message(event.data())),
                }
            }
        };
        spawn_local(begin(program, worker.clone(), heard.clone()));
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
        let letter = Letter { message, handed };
        match self.waiting.borrow_mut().as_mut() {
            Some(waiting) => waiting.push(letter),
            None => post(&self.worker, &letter),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Sends a worker the program that it is to run, once that has come.
async fn begin(program: Program, worker: Worker, heard: Callback<Heard>) {
    match program.come().await {
        // Fails for what cannot be cloned, which addresses and programs can.
        Some(program) => worker.post_message(&program).unwrap_or_default(),
        None => heard.emit(Heard::Failed { had_started: false }),
    }
}

fn post(worker: &Worker, Letter { message, handed }: &Letter) {
    // Fails for what cannot be cloned, which numbers, texts and buffers can.
    let _ = worker.post_message_with_transfer(message, handed);
}

/// An address that index.html holds on the element of start.js.
fn address(attribute: &str) -> Option<String> {
    let relative = starter()?.get_attribute(attribute)?;
    let base = gloo::utils::document().base_uri().ok()??;
    Some(web_sys::Url::new_with_base(&relative, &base).ok()?.href())
}

/// The element of start.js.
fn starter() -> Option<Element> {
    gloo::utils::document().get_element_by_id("start")
}
