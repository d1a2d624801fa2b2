//! axe-core, which looks for barriers to people who use the page with other means than eyes and mouse.

use super::{Tools, npm};
use crate::failure::Result;
use std::path::PathBuf;

const VERSION: &str = "4.14.1";

/// The script to be run in the page.
pub(super) fn set_up(tools: &Tools) -> Result<PathBuf> {
    let modules = npm::package(tools, "axe-core", VERSION, "the tests look for barriers with it")?;
    Ok(modules.join("axe-core").join("axe.min.js"))
}
