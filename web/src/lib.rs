//! The pycxray page: draws what the engine says of files, and tells it what the user does.
//!
//! The engine is [`pycxray_view`] in a worker of its own ([`engine`]); nothing here decodes. [`Page`] holds a state
//! that actions change and puts [`components`] together; the left side shows one of the [`views`].

#![forbid(unsafe_code)]

mod address;
mod app;
mod clipboard;
mod commands;
pub mod components;
mod cssom;
pub mod document;
mod download;
mod embedding;
mod engine;
mod folder;
mod hooks;
pub mod lineage;
pub mod samples;
mod session;
mod settings;
mod state;
pub mod theme;
pub mod views;

pub use app::Page;

/// Starts the page in the element that index.html keeps for it, in place of what stands there until the wasm has come.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(root) = gloo::utils::document().get_element_by_id("app") {
        yew::Renderer::<Page>::with_root(root).render();
    }
}

/// Starts the engine, in a worker.
pub fn start_engine() {
    console_error_panic_hook::set_once();
    engine::serve();
}

/// Starts the prover, in a worker.
pub fn start_prover() {
    console_error_panic_hook::set_once();
    engine::serve_errands(pycxray_view::prover::run);
}

/// Starts the verifier, in a worker.
pub fn start_verifier() {
    console_error_panic_hook::set_once();
    engine::serve_errands(pycxray_view::verifier::run);
}
