//! Errands, on their way from the engine to the programs that do them, and back.

use super::client::Client;
use super::connection::{Connection, Heard, Program};
use super::files::{PATIENCE, Subject, Under};
use super::wire;
use js_sys::{Array, Date, Uint8Array};
use pycxray_view::displayable;
use pycxray_view::protocol::{Errand, Outcome, Request, Work};
use std::cell::RefCell;
use std::collections::VecDeque;
use yew::Callback;

/// The programs that do errands.
#[derive(Default)]
pub(super) struct Errands {
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
    /// Forgets everything: those who wanted it are gone.
    pub(super) fn forget(&self) {
        for queue in self.queues() {
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
        self.queues().into_iter().flat_map(slow).collect()
    }

    /// Whether nothing is waited for.
    pub(super) fn is_empty(&self) -> bool {
        self.queues().iter().all(|queue| queue.sent.borrow().is_empty())
    }

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

impl Client {
    /// Sends a program an errand, and hands over the bytes of its file; starts the program if it does not run.
    pub(super) fn run_errand(&self, errand: Errand, file: &Uint8Array) {
        let name = self.name_of(errand.document).unwrap_or_default();
        let work = errand.work;
        let queue = self.errands().queue(work);
        if queue.connection.borrow().is_none() {
            queue.connection.replace(self.start_program(work));
        }
        let handed = Array::of1(&file.buffer());
        let message = wire::write(&errand, &handed);
        queue.sent.borrow_mut().push_back(Sent { errand, name, begun: Date::now() });
        match &*queue.connection.borrow() {
            Some(connection) => connection.send(message, handed),
            None => {
                return self.end_errands(work, "did not begin: this browser did not let the page start what does it");
            }
        }
        self.look_on();
    }

    fn start_program(&self, work: Work) -> Option<Connection> {
        let client = self.weak();
        let heard = move |heard| {
            let Some(client) = client() else { return };
            match heard {
                Heard::Message(outcome) => {
                    client.errands().queue(work).sent.borrow_mut().pop_front();
                    client.forward(Array::from(&outcome), Array::new());
                    client.look_on();
                }
                Heard::Failed { had_started: true } => client.end_errands(work, "has failed"),
                Heard::Failed { had_started: false } => {
                    client.end_errands(work, "did not begin: the part of the page that does it could not be loaded");
                }
            }
        };
        Connection::start(program(work), Callback::from(heard))
    }

    /// The program that does such work has ended, or never began, or is ended because it took too long: it cannot leave what it is
    /// at. `how` is what became of the work, as a sentence about it ends.
    pub(super) fn end_errands(&self, work: Work, how: &str) {
        let queue = self.errands().queue(work);
        queue.connection.take();
        for Sent { errand: Errand { document, serial, work, .. }, .. } in queue.sent.take() {
            let made = Err(format!("{} {how}.", doing(work)));
            self.send(&Request::Take(Outcome { document, serial, work, made }));
        }
    }
}
