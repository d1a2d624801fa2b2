//! The page's components, each drawn by itself in a real browser, without the page around it and of its styles with the sizes alone:
//! `wasm-pack test --headless --chrome web`.

#![cfg(target_arch = "wasm32")]

mod bytes;
mod details;
mod dialogs;
mod files;
mod harness;
mod menu;
mod ribbon;
mod search;
mod splitter;
mod status;
mod text;
mod views;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
