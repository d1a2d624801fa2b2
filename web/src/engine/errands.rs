//! Errands, on their way from the engine to the programs that do them, and back.

use super::connection::{Connection, Heard, Program};
use super::files::{PATIENCE, Subject, Under};
use super::wire;
use js_sys::{Array, Date, Uint8Array};
use pycxray_view::displayable;
use pycxray_view::protocol::{Errand, Outcome, Work};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use yew::Callback;

/// What has become of an errand.
pub(super) enum Ended {
    /// It is done: the message for the engine, as the program wrote it.
    Done(Array),
    /// It is not, and why.
    Failed(Outcome),
}

/// The programs that do errands.
pub(super) struct Errands(Rc<Programs>);

struct Programs {
    ended: Callback<Ended>,
    prover: Queue,
    verifier: Queue,
}

/// One of them, and what it has been sent and not done yet.
#[derive(Default)]
struct Queue {
    connection: RefCell<Option<Connection>>,
    /// In the order in which it does them.
    sent: RefCell<VecDeque<Sent>>,
}

struct Sent {
    errand: Errand,
    /// What the file is called.
    name: String,
    /// When it was sent, in milliseconds.
    begun: f64,
}

impl Errands {
    /// None yet; `ended` is called with what becomes of each.
    pub(super) fn new(ended: Callback<Ended>) -> Self {
        Self(Rc::new(Programs { ended, prover: Queue::default(), verifier: Queue::default() }))
    }

    /// Sends a program an errand, and hands over the bytes of its file, which has this name; starts the program if it does not run.
    pub(super) fn run(&self, errand: Errand, name: String, file: &Uint8Array) {
        let work = errand.work;
        let queue = self.0.queue(work);
        if queue.connection.borrow().is_none() {
            queue.connection.replace(self.start(work));
        }
        let handed = Array::of1(&file.buffer());
        let message = wire::write(&errand, &handed);
        queue.sent.borrow_mut().push_back(Sent { errand, name, begun: Date::now() });
        let sent = queue.connection.borrow().as_ref().map(|connection| connection.send(message, handed));
        if sent.is_none() {
            self.0.end(work, "did not begin: this browser did not let the page start what does it");
        }
    }

    fn start(&self, work: Work) -> Option<Connection> {
        let programs = Rc::downgrade(&self.0);
        let heard = move |heard| {
            let Some(programs) = Weak::upgrade(&programs) else { return };
            match heard {
                Heard::Message(outcome) => {
                    programs.queue(work).sent.borrow_mut().pop_front();
                    programs.ended.emit(Ended::Done(Array::from(&outcome)));
                }
                Heard::Failed { had_started: true } => programs.end(work, "has failed"),
                Heard::Failed { had_started: false } => {
                    programs.end(work, "did not begin: the part of the page that does it could not be loaded");
                }
            }
        };
        Connection::start(program(work), Callback::from(heard))
    }

    /// Ends what does such work: it cannot leave what it is at.
    pub(super) fn give_up(&self, work: Work) {
        self.0.end(work, "was given up");
    }

    /// Forgets everything: those who wanted it are gone.
    pub(super) fn forget(&self) {
        for queue in self.0.queues() {
            queue.connection.take();
            queue.sent.borrow_mut().clear();
        }
    }

    /// What takes long.
    pub(super) fn under_way(&self, now: f64) -> Vec<Under> {
        let under = |sent: &Sent| Under {
            subject: Subject::Errand(sent.errand.work),
            words: match sent.errand.work {
                Work::Source => format!("Writing the source of {}", displayable(&sent.name)),
                Work::Verify { .. } => format!("Holding {} against its source", displayable(&sent.name)),
            },
            progress: 0.0,
        };
        let slow = |queue: &Queue| -> Vec<Under> {
            queue.sent.borrow().iter().filter(|sent| now - sent.begun > PATIENCE).map(under).collect()
        };
        self.0.queues().into_iter().flat_map(slow).collect()
    }

    /// Whether nothing is waited for.
    pub(super) fn is_empty(&self) -> bool {
        self.0.queues().iter().all(|queue| queue.sent.borrow().is_empty())
    }
}

impl Programs {
    fn queues(&self) -> [&Queue; 2] {
        [&self.prover, &self.verifier]
    }

    /// That of the program which does this.
    fn queue(&self, work: Work) -> &Queue {
        match work {
            Work::Source => &self.prover,
            Work::Verify { .. } => &self.verifier,
        }
    }

    /// The program that does such work has ended, or never began. `how` is what became of the work, as a sentence about it ends.
    fn end(&self, work: Work, how: &str) {
        let queue = self.queue(work);
        queue.connection.take();
        for Sent { errand: Errand { document, serial, work, .. }, .. } in queue.sent.take() {
            let made = Err(format!("{} {how}.", doing(work)));
            self.ended.emit(Ended::Failed(Outcome { document, serial, work, made }));
        }
    }
}

/// The program that does this.
fn program(work: Work) -> Program {
    match work {
        Work::Source => Program::Prover,
        Work::Verify { .. } => Program::Verifier,
    }
}

/// What an errand is about, as a sentence begins.
fn doing(work: Work) -> &'static str {
    match work {
        Work::Source => "Writing the source",
        Work::Verify { .. } => "Holding the file against its source",
    }
}
