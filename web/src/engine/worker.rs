//! The engine's half of the program: in a worker, it answers what the page sends.

use super::wire::{self, FromEngine};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer, Date, Uint8Array};
use pycxray_view::protocol::{Answer, Request, Update};
use pycxray_view::{Clock, Engine, Message};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// How long the page may wait for an answer while the engine works on what takes long, in milliseconds.
const SLICE: f64 = 10.0;

/// The worker that the program runs in; `None` for the half of it that is the page.
fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Whether this is the half of the program that runs in a worker.
pub(crate) fn is_worker() -> bool {
    scope().is_some()
}

/// Answers what the page sends, from now on.
pub(crate) fn serve() {
    let Some(scope) = scope() else { return };
    let engine = Engine::new(Clock { now: || (Date::now() / 1000.0) as u64, minutes_ahead });
    let engine = Rc::new(RefCell::new(Served { engine, is_waiting: false }));
    let hear = move |event: &web_sys::Event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            let (request, beside) = wire::read(&event.data());
            answer(&engine, request, &beside);
        }
    };
    EventListener::new(&scope, "message", hear).forget();
    post(&FromEngine::Ready, &Array::new());
}

/// The engine, and whether it is about to go on with what takes long.
struct Served {
    engine: Engine,
    is_waiting: bool,
}

fn answer(served: &Rc<RefCell<Served>>, request: Request, beside: &Array) {
    let bytes = match (&request, joined(beside)) {
        (Request::Open { id, .. }, None) => return post(&FromEngine::NoRoom(*id), &Array::new()),
        (_, bytes) => bytes.unwrap_or_default(),
    };
    served.borrow_mut().engine.handle(request, bytes, &mut send);
    go_on(served);
}

/// Goes on with what takes long, after what the page has sent meanwhile.
fn go_on(served: &Rc<RefCell<Served>>) {
    let mut this = served.borrow_mut();
    if this.is_waiting || !this.engine.is_busy() {
        return;
    }
    this.is_waiting = true;
    let served = served.clone();
    let work = move || {
        {
            let mut served = served.borrow_mut();
            served.is_waiting = false;
            let end = Date::now() + SLICE;
            served.engine.work(&mut || Date::now() < end, &mut send);
        }
        go_on(&served);
    };
    Timeout::new(0, work).forget();
}

fn send(message: Message) {
    let has_bytes = |update: &Update| matches!(update, Update::Answer { answer: Answer::Bytes, .. });
    let beside = Array::new();
    if message.updates.iter().any(has_bytes) {
        beside.push(&Uint8Array::from(message.bytes.as_slice()));
    }
    post(&FromEngine::Updates(message.updates), &beside);
}

fn post(message: &FromEngine, beside: &Array) {
    if let Some(scope) = scope() {
        // Fails for what cannot be cloned, which bytes can.
        let _ = scope.post_message(&wire::write(message, beside));
    }
}

/// The bytes of a file that comes in pieces; `None` if there is no memory for them.
fn joined(pieces: &Array) -> Option<Vec<u8>> {
    let pieces: Vec<Uint8Array> =
        pieces.iter().map(|piece| Uint8Array::new(piece.unchecked_ref::<ArrayBuffer>())).collect();
    let size = pieces.iter().map(|piece| piece.length() as usize).sum();
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).ok()?;
    for piece in pieces {
        let from = bytes.len();
        bytes.resize(from + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[from..]);
    }
    Some(bytes)
}

/// How many minutes the reader's clocks were ahead of UTC at a time, in seconds since 1970.
fn minutes_ahead(time: u32) -> i32 {
    let then = Date::new(&(f64::from(time) * 1000.0).into());
    -then.get_timezone_offset() as i32
}
