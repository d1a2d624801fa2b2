//! The prover's program: in a worker, it does the errands that the page brings from the engine.

use super::{scope, wire};
use js_sys::Array;
use pycxray_view::protocol::{Errand, Outcome, Request};
use pycxray_view::prover;

/// Does what the page brings, from now on.
pub(crate) fn serve_prover() {
    scope::listen(|data| {
        let (errand, beside): (Errand, Array) = wire::read(&data);
        let outcome = match scope::joined(&beside) {
            Some(bytes) => prover::run(&errand, bytes),
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
