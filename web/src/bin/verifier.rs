//! Starts the verifier.

fn main() {
    pycxray_web::start_verifier();
}
