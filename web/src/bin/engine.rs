//! Starts the engine.

fn main() {
    pycxray_web::start_engine();
}
