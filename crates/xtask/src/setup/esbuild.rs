//! esbuild, which takes out of scripts and styles what only people need.

use super::{Tools, npm};
use crate::failure::Result;
use std::path::PathBuf;

const VERSION: &str = "0.28.2";

/// The script that starts it, for Node.js.
pub(super) fn set_up(tools: &Tools) -> Result<PathBuf> {
    let modules = npm::package(tools, "esbuild", VERSION, "it makes the page's scripts and styles smaller")?;
    Ok(modules.join("esbuild").join("bin").join("esbuild"))
}
