//! wasm-opt of Binaryen, which makes the page smaller by a third.

use super::{Tools, npm};
use crate::process::{Run, find_program};
use crate::report;

/// Finds wasm-opt in `version`, written as Trunk does: `version_132`; or installs it; or leaves it to Trunk.
pub(super) fn set_up(tools: &mut Tools, version: &str) {
    if is_on_path(version) {
        report::found(format_args!("wasm-opt {version}"), "on PATH");
        return;
    }
    let number = version.trim_start_matches("version_");
    match npm::package(tools, "binaryen", &format!("{number}.0.0"), "wasm-opt of this version is not on PATH") {
        Ok(modules) => tools.add_folder(modules.join(".bin")),
        Err(failure) => {
            report::note(failure);
            report::note(format_args!(
                "Trunk will try to download wasm-opt {version}. Where it cannot, put it on PATH"
            ));
            report::note("(it is part of Binaryen), or install Node.js and its npm");
            tools.leave_downloads_to_trunk();
        }
    }
}

fn is_on_path(version: &str) -> bool {
    let Some(path) = find_program("wasm-opt", &[]) else { return false };
    // "wasm-opt version 132 (version_132)"; Trunk goes by the third word.
    let says = Run::new(path).arg("--version").quiet().unwrap_or_default();
    says.split_whitespace().nth(2).is_some_and(|number| format!("version_{number}") == version)
}
