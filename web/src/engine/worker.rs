//! The engine's half of the program: in a worker, it answers what the page sends.

use super::rehearsal::rehearse;
use super::scope;
use super::wire::{self, FromEngine};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Date, Uint8Array};
use pycxray_view::protocol::{Request, Update};
use pycxray_view::{Clock, Engine, Message};
use std::cell::RefCell;
use std::rc::Rc;

/// How long the page may wait for an answer while the engine works on what takes long, in milliseconds.
const SLICE: f64 = 10.0;

/// How long the page has for its first request before the engine rehearses, in milliseconds: a file that waited is sent at once.
const REHEARSAL: u32 = 50;

/// Answers what the page sends, from now on.
pub(crate) fn serve() {
    let served = Served { engine: Engine::new(CLOCK), was_asked: false, is_waiting: false };
    let served = Rc::new(RefCell::new(served));
    let listening = served.clone();
    scope::listen(move |data| {
        let (request, beside) = wire::read(&data);
        answer(&listening, request, &beside);
    });
    post(&FromEngine::Ready, &Array::new());
    // After what the page has to say by now: if that is a file, this would only be in its way.
    let rehearse = move || {
        if !served.borrow().was_asked {
            rehearse(CLOCK);
        }
    };
    Timeout::new(REHEARSAL, rehearse).forget();
}

const CLOCK: Clock = Clock { now: || (Date::now() / 1000.0) as u64, minutes_ahead };

/// The engine, and how it is served.
struct Served {
    engine: Engine,
    /// Whether the page has asked anything of it.
    was_asked: bool,
    /// Whether it is about to go on with what takes long.
    is_waiting: bool,
}

fn answer(served: &Rc<RefCell<Served>>, request: Request, beside: &Array) {
    let bytes = match (&request, scope::joined(beside)) {
        (Request::Open { id, .. } | Request::OpenFolder { id, .. } | Request::OpenSource { id, .. }, None) => {
            return post(&FromEngine::NoRoom(*id), &Array::new());
        }
        (_, bytes) => bytes.unwrap_or_default(),
    };
    {
        let mut served = served.borrow_mut();
        served.was_asked = true;
        served.engine.handle(request, bytes, &mut send);
    }
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
    let has_bytes = |update: &Update| match update {
        Update::Answer { answer, .. } => answer.has_bytes(),
        update => matches!(update, Update::Wants(_)),
    };
    let beside = Array::new();
    if message.updates.iter().any(has_bytes) {
        beside.push(&Uint8Array::from(message.bytes.as_slice()));
    }
    post(&FromEngine::Updates(message.updates), &beside);
}

fn post(message: &FromEngine, beside: &Array) {
    scope::post(&wire::write(message, beside));
}

/// How many minutes the reader's clocks were ahead of UTC at a time, in seconds since 1970.
fn minutes_ahead(time: u32) -> i32 {
    let then = Date::new(&(f64::from(time) * 1000.0).into());
    -then.get_timezone_offset() as i32
}
