//! The errands of the prover, on their way from the engine and back.

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

/// The prover, and what it has been sent and not done yet.
#[derive(Default)]
pub(super) struct Errands {
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
        self.connection.take();
        self.sent.borrow_mut().clear();
    }

    /// What takes long.
    pub(super) fn under_way(&self, now: f64) -> Vec<Under> {
        let sent = self.sent.borrow();
        let slow = sent.iter().filter(|sent| now - sent.begun > PATIENCE);
        let under = |sent: &Sent| Under {
            subject: Subject::Errand,
            words: match sent.errand.work {
                Work::Source => format!("Writing the source of {}", displayable(&sent.name)),
                Work::Verify { .. } => format!("Holding {} against its source", displayable(&sent.name)),
            },
            progress: 0.0,
        };
        slow.map(under).collect()
    }

    /// Whether nothing is waited for.
    pub(super) fn is_empty(&self) -> bool {
        self.sent.borrow().is_empty()
    }
}

/// What an errand is about, as a sentence begins.
pub(super) fn doing(work: Work) -> &'static str {
    match work {
        Work::Source => "Writing the source",
        Work::Verify { .. } => "Holding the file against its source",
    }
}

impl Client {
    /// Sends the prover an errand, and hands over the bytes of its file; starts it if there is none.
    pub(super) fn run_errand(&self, errand: Errand, file: &Uint8Array) {
        let name = self.name_of(errand.document).unwrap_or_default();
        let errands = self.errands();
        if errands.connection.borrow().is_none() {
            errands.connection.replace(self.start_prover());
        }
        let handed = Array::of1(&file.buffer());
        let message = wire::write(&errand, &handed);
        errands.sent.borrow_mut().push_back(Sent { errand, name, begun: Date::now() });
        match &*errands.connection.borrow() {
            Some(connection) => connection.send(message, handed),
            None => {
                return self.end_errands(|work| {
                    format!("{} did not begin: this browser did not let the page start what does it.", doing(work))
                });
            }
        }
        self.look_on();
    }

    fn start_prover(&self) -> Option<Connection> {
        let client = self.weak();
        let heard = move |heard| {
            let Some(client) = client() else { return };
            match heard {
                Heard::Message(outcome) => {
                    client.errands().sent.borrow_mut().pop_front();
                    client.forward(Array::from(&outcome), Array::new());
                    client.look_on();
                }
                Heard::Failed { had_started: true } => {
                    client.end_errands(|work| format!("{} has failed.", doing(work)));
                }
                Heard::Failed { had_started: false } => client.end_errands(|work| {
                    format!("{} did not begin: the part of the page that does it could not be loaded.", doing(work))
                }),
            }
        };
        Connection::start(Program::Prover, Callback::from(heard))
    }

    /// The prover has ended, or never began, or is ended because it took too long: it cannot leave what it is at.
    pub(super) fn end_errands(&self, why: impl Fn(Work) -> String) {
        let errands = self.errands();
        errands.connection.take();
        for Sent { errand: Errand { document, serial, work, .. }, .. } in errands.sent.take() {
            self.send(&Request::Take(Outcome { document, serial, work, made: Err(why(work)) }));
        }
    }
}
