//! Starts the page, or its engine.

fn main() {
    pycxray_web::start();
}
