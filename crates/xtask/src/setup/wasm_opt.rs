//! wasm-opt of Binaryen, which makes the page smaller by a third.

use super::{Tools, npm};
use crate::failure::{Failure, Result};
use crate::process::{Run, find_program};
use crate::report;

/// Finds wasm-opt in `version`, written as Trunk does: `version_132`; or installs it.
pub(super) fn set_up(tools: &mut Tools, version: &str) -> Result {
    if is_on_path(version) {
        report::found(format_args!("wasm-opt {version}"), "on PATH");
        return Ok(());
    }
    let number = version.trim_start_matches("version_");
    let modules = npm::package(tools, "binaryen", &format!("{number}.0.0"), "wasm-opt of this version is not on PATH");
    let modules = modules.map_err(|failure| {
        let remedy = format!("you can put wasm-opt of Binaryen {number} on PATH, or install Node.js and its npm");
        Failure::new(format!("{failure}\nwasm-opt {version} is needed; {remedy}"))
    })?;
    tools.add_folder(modules.join(".bin"));
    Ok(())
}

fn is_on_path(version: &str) -> bool {
    let Some(path) = find_program("wasm-opt", &[]) else { return false };
    // "wasm-opt version 132 (version_132)"; Trunk goes by the third word.
    let says = Run::new(path).arg("--version").quiet().unwrap_or_default();
    says.split_whitespace().nth(2).is_some_and(|number| format!("version_{number}") == version)
}
