//! Packages of npm, for what comes from nowhere else.

use super::{Tools, apt};
use crate::failure::{Failure, Result};
use crate::process::{Run, find_program};
use crate::report;
use std::path::PathBuf;

/// The folder `node_modules` that holds `package` in `version`; `why` says what it is good for.
pub(super) fn package(tools: &Tools, package: &str, version: &str, why: &str) -> Result<PathBuf> {
    let what = format!("{package} {version}");
    let name = format!("{package}-{version}");
    if tools.cache.has(&name) {
        report::found(&what, "installed before");
    }
    let folder = tools.cache.folder(&name, |folder, _| {
        let npm = npm()?;
        report::step(&what, format_args!("{why}, so npm installs it once"), || {
            let options = "install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error";
            let run = Run::new(npm).words(options).arg("--prefix").arg(folder).arg(format!("{package}@{version}"));
            run.folder(folder).quiet().map(drop)
        })
    })?;
    Ok(folder.join("node_modules"))
}

fn npm() -> Result<PathBuf> {
    let find = || find_program("npm", &[]).or_else(|| find_program("npm.cmd", &[]));
    if let Some(npm) = find() {
        return Ok(npm);
    }
    if apt::may_install() {
        apt::install("npm", "what is not on this machine comes through it", &["nodejs", "npm"])?;
    }
    find().ok_or_else(|| Failure::new("npm is not on PATH; install Node.js, which brings it"))
}
