//! The parts of a Rust toolchain that format and lint.

use super::rust::Compiler;
use crate::failure::{Failure, Result};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use std::path::Path;

/// Fails unless `cargo fmt` and `cargo clippy` are there, or can be added by rustup.
pub(super) fn set_up(project: &Project) -> Result {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let is_there = || Run::new("cargo").arg(command).arg("--version").folder(&project.root).quiet();
        let Err(missing) = is_there() else { continue };
        if Compiler::find(Path::new("rustc"), &project.root)?.grows_by_rustup() {
            report::step(component, "missing, and rustup may download it", || {
                Run::new("rustup").words("component add").arg(component).folder(&project.root).quiet()
            })?;
        } else {
            let remedy =
                format!("you can install it by `rustup component add {component}`, or from the system's packages");
            return Err(Failure::new(format!("{missing}\n{component} is needed; {remedy}")));
        }
    }
    Ok(())
}
