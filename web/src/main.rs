//! Starts the page.

fn main() {
    pycxray_web::start();
}
