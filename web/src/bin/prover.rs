//! Starts the prover.

fn main() {
    pycxray_web::start_prover();
}
