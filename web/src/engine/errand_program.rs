//! The program that does errands, in a worker: the prover, or the verifier.

use super::{scope, wire};
use js_sys::Array;
use pycxray_view::protocol::{Errand, Outcome, Request};

/// Does what the page brings from the engine, from now on.
pub(crate) fn serve_errands(run: fn(&Errand, Vec<u8>) -> Outcome) {
    scope::listen(move |data| {
        let (errand, beside): (Errand, Array) = wire::read(&data);
        let outcome = match scope::joined(&beside) {
            Some(bytes) => run(&errand, bytes),
            None => Outcome {
                document: errand.document,
                serial: errand.serial,
                work: errand.work,
                made: Err("There is no memory left for this. Closing other tabs may help.".to_owned()),
            },
        };
        scope::post(&wire::write(&Request::Take(outcome), &Array::new()));
    });
    // It can be sent errands.
    scope::post(&Array::new());
}
