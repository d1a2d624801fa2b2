//! What the end-to-end tests are written with: a real browser that opens the built page as a person would.
//!
//! `cargo xtask test` builds the page, finds the browser and runs the tests. With a built `dist/` and with Chromium and
//! its driver on PATH, `cargo test -p pycxray-tests` does as well.
//!
//! ```no_run
//! use pycxray_tests::{File, Key, Page};
//!
//! let page = Page::open("/pycxray/");
//! page.drop_files("body", &[File::new("hello.pyc", b"...")]);
//! let tree = page.find("[role=tree]");
//! tree.click();
//! page.press(Key::Down);
//! assert_eq!(page.find("[aria-selected=true]").attribute("aria-level").as_deref(), Some("2"));
//! page.assert_quiet();
//! ```
//!
//! Everything here waits by asking again until a deadline, and panics with what it waited for: in a test, there is
//! nothing better to do.
//!
//! The layers, from below: [`wire`] speaks WebDriver's protocol, [`browser`] is a session of it, [`element`] something in
//! the document, [`page`] the page with what a person can do on it.

pub mod audit;
pub mod browser;
pub mod element;
pub mod engine;
pub mod events;
pub mod file;
pub mod keyboard;
pub mod log;
pub mod media;
pub mod page;
pub mod place;
pub mod site;
pub mod wait;
pub mod wire;

pub use browser::Browser;
pub use element::Element;
pub use engine::Engine;
pub use file::File;
pub use keyboard::{Key, Modifier};
pub use media::{Media, Scheme};
pub use page::Page;
pub use wait::until;
